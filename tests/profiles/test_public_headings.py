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

TENABLE = (
    "age_in_days,asset.id,asset.ipv4_addresses,asset.name,definition.cve,definition.description,definition.family,"
    "definition.id,definition.name,definition.plugin_updated,definition.vpr.score,definition.vpr_v2.score,id,port,"
    "protocol,resurfaced_date,severity,state,vuln_age,vuln_sla_date"
)
STATELESS = (
    "asset.display_ipv4_address,asset.host_name,asset.name,definition.cve,definition.exploitability_ease,definition.id,"
    "definition.name,definition.vpr.score,first_observed,last_seen,port,protocol,severity"
)
EMASS = (
    "POA&M Item ID,Control Vulnerability Description,Controls / APs,Security Checks,POA&M Status,POA&M Scheduled "
    "Completion Date,POA&M Completion Date,Milestone ID,Milestone Description,Identification Source,Office/Org,"
    "Comments,Raw Severity,Devices Affected,Severity,Relevance of Threat,Residual Risk Level,Recommendations"
)
EMASS_SYSTEM = (
    "ID,Vulnerability Description,Controls / APs,Control Criticality,Security Checks,POA&M Status,POA&M Scheduled "
    "Completion Date,Milestone ID,Milestone Description,Artifacts,Identification Source,Identification Source Details,"
    "Office / Org,Resources,Comments,Raw Severity,Devices Affected,Severity,Likelihood,Impact,Residual Risk Level"
)
EMASS_WITHOUT_KEY = (
    "Control Vulnerability Description,Security Control Number (NC/NA controls only),Office/Org,Security Checks,"
    "Resources Required,Scheduled Completion Date,Milestone with Completion Dates,Status,Comments,Raw Severity"
)
FEDRAMP = (
    "POAM ID,Controls,Weakness Name,Weakness Description,Weakness Detector Source,Weakness Source Identifier,Asset "
    "Identifier,Point of Contact,Resources Required,Overall Remediation Plan,Original Detection Date,Scheduled "
    "Completion Date,Planned Milestones,Milestone Changes,Status Date,Vendor Dependency,Original Risk Rating"
)
COMPLETION = "ID,Name,Email address,Quiz 1,Quiz 1 - Completion date,Course complete"


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
        (TENABLE, "export.csv", "tenable-vm-findings sure"),
        (STATELESS, "export.csv", "tenable-vm-findings changed"),
        (COMPLETION, "completion-payroll.csv", "moodle-course-completion sure"),
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


@pytest.mark.parametrize(
    ("headings", "taken"),
    [
        (EMASS, "emass-poam sure"),
        (EMASS_SYSTEM, "emass-poam sure"),
        (EMASS_WITHOUT_KEY, "emass-poam changed"),
        (FEDRAMP, "fedramp-poam sure"),
    ],
)
def test_a_plan_of_weaknesses_is_taken_for_that_of_its_tool(headings, taken):
    """Each of the layouts that eMASS has had; one without a key names the key that it lacks."""
    best = recognize(Head(tuple(headings.split(",")), "POAM.xlsx", "Sheet1", "xlsx"), PROFILES)[0]

    assert f"{best.profile.name} {best.confidence}" == taken


@pytest.mark.parametrize(
    ("keys", "taken"),
    [
        ("id,case_id,status_id,assignedto_id,priority_id,run_id,title,type_id", "testrail-tests-json"),
        ("id,status,color,testKey,testExecKey,assignee,startedOn,defects,fixVersions", "xray-test-runs-json"),
        (
            "id,key,project.id,testCase.id,testExecutionStatus.id,testCycle.id,executedById",
            "zephyr-scale-executions-json",
        ),
        ("id,executionStatus,cycleName,versionName,issueKey,executedByDisplay,summary", "zephyr-executions-json"),
        ("id,pid,testCaseId,latest_test_log.status,latest_test_log.id,properties", "qtest-test-runs-json"),
        ("values.Incident Number,values.Status,values.Priority,values.Assigned Group", "remedy-incidents-json"),
        ("Id,Title,Status,Priority,AuthorId,EditorId,FileSystemObjectType,Modified", "sharepoint-issues-json"),
        ("Id,Title,AuthorId,EditorId,FileSystemObjectType,Modified", ""),
        ("id,name,status", ""),
    ],
)
def test_records_are_taken_for_those_of_their_tool(keys, taken):
    """A list of SharePoint without a state and a priority is none of issues."""
    found = recognize(Head(tuple(keys.split(",")), "answer.json", "", "json"), PROFILES)
    best = next((each for each in found if each.confidence in ("sure", "likely") and each.fits), None)

    assert (best.profile.name if best else "") == taken
