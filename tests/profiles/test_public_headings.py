"""Headings of exports that stand in public repositories: each is taken for what it is, or for nothing."""

import pytest

from gonogo.profiles import shelf
from gonogo.profiles.fitting import Head, recognize

PROFILES = shelf.shipped_profiles()
JIRA = (
    "Summary,Issue key,Issue id,Parent id,Issue Type,Status,Project key,Project name,Project type,Project lead,Project "
    "description,Project url,Priority,Resolution,Assignee,Reporter,Creator,Created,Updated,Last Viewed,Resolved,"
    "Fix Version/s,Component/s,Due Date,Votes,Labels,Description,Environment,Watchers,Watchers,Original Estimate,"
    "Σ Time Spent,Inward issue link (Blocks),Attachment,Custom field (Build Number),Sprint,Sprint,Comment,Comment"
)
NESSUS = (
    "Plugin ID,CVE,CVSS v2.0 Base Score,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin "
    "Output,STIG Severity,CVSS v3.0 Base Score,Risk Factor,BID,XREF,MSKB,Plugin Publication Date,Metasploit,CANVAS"
)
QUALYS = (
    "IP,DNS,NetBIOS,OS,IP Status,QID,Title,Vuln Status,Type,Severity,Port,Protocol,FQDN,SSL,First Detected,Last "
    "Detected,Times Detected,Date Last Fixed,CVE ID,Vendor Reference,Bugtraq ID,CVSS,CVSS Base,Threat"
)
CASES = (
    "ID,Title,Automation Type,Created By,Created On,Estimate,Preconditions,Priority,References,Section,Section Depth,"
    "Section Hierarchy,Steps,Steps,Steps (Expected Result),Suite,Suite ID,Template,Type,Updated By,Updated On"
)
EVENTS = (
    "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,"
    "sys_created_by,sys_updated_by,contact_type,location,category,cmdb_ci,impact,urgency,priority,assignment_group"
)


@pytest.mark.parametrize(
    ("headings", "name", "taken"),
    [
        (JIRA, "jira.csv", "jira-issues sure"),
        (
            "Summary,Issue key,Issue id,Issue Type,Status,Priority,Labels,Labels,Parent id",
            "a.csv",
            "jira-issues likely",
        ),
        ("Key,Summary,Status,Priority,Affected Versions", "jira_issues.csv", "jira-issues changed"),
        (
            "number,opened_at,short_description,caller_id,priority,state,category,assignment_group,sys_updated_on",
            "incident.csv",
            "servicenow-incidents sure",
        ),
        (
            "number,incident_state,opened_at,caller_id,short_description,sys_updated_on,assignment_group,closed_by",
            "incident.csv",
            "servicenow-incidents changed",
        ),
        (EVENTS, "incident_event_log.csv", "servicenow-incidents sure"),
        (NESSUS, "nessus.csv", "nessus-findings sure"),
        ("Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Solution", "x.csv", "nessus-findings sure"),
        (QUALYS, "report.csv", "qualys-findings sure"),
        (CASES, "testrail.csv", "testrail-tests changed"),
        ("ShortDescription, Description, CallerID, State, Urgency", "incident.csv", ""),
        ("hostname,duration(seconds)", "nessus.csv", ""),
        ("Title,Status,Assignee,Due,Tags,Priority", "export.csv", ""),
        ("ID,Team,Title,Description,Status,Estimate,Priority,Project,Creator,Assignee,Labels", "linear.csv", ""),
        ("Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Due Date,Tags", "asana.csv", ""),
    ],
)
def test_an_export_is_taken_for_what_it_is_or_for_nothing(headings, name, taken):
    """A wrong tool is worse than none: its words would mean done."""
    found = recognize(Head(tuple(headings.split(",")), name), PROFILES)
    best = next((each for each in found if each.confidence != "possible"), None)

    assert (f"{best.profile.name} {best.confidence}" if best else "") == taken
