"""Headings of real exports, with the right answer for each: whether the column is about people.

They come from GSA's M3 workbooks and service measures, the FedRAMP and eMASS plans of action, Jira, Azure DevOps,
ServiceNow, Nessus, Power Apps and survey exports, award data and training records. To pass over a person's column is
worse than a false mark, so every miss counts, and a false mark too. Surveys record the IP address of each respondent.
"""

from __future__ import annotations

import pytest

from gonogo.model.about_people import personal_word, why_about_people

PEOPLE = (
    """
Family Name|POC Name|POC Phone Number|POC Email|Point of Contact|Point of Contac|Risk Owner|Issue Owner(s)
Created By|Author*|Requirement Decision Maker|Stakeholder Name|Assignee|Reporter|Creator|Watchers|Project lead
Custom field (Approvers)|Custom field (Request participants)|Business Email|Cell Phone|Co-manager|Employee
First Name|Former Name|Home Phone|Last Name|Manager|Middle Name|Personal Email|Birthday|Actual Address
caller_id|assigned_to|sys_created_by|sys_updated_by|closed_by|opened_by|u_affected_user|u_affected_user_email
caller_id.email|Requested for|Affected end user|Caller|Assigned To|Changed By|Activated By|Completed By
Signed off by|Tested By|Executed By|QA Contact|Test Designer|Step executed by|Recipient Last Name
RecipientEmail|IPAddress|IP Address|Respondent|Email Address|Name|NAME|Full Name|EmpName|Employee Name
Employee ID|User Name|UserPrincipalName|DisplayName|samAccountName|Login ID|EDIPI|SSN|Date of Birth|Supervisor
Approving Official|Certifying Official|Certifying Officer|Authorizing Official|Contracting Officer
Contracting Officer's Representative|COR|ISSO|ISSM|System Owner|Information Owner|Data Steward|Business Lead
Team Lead|Traveler Name|Traveler|Cardholder|Payee Name|Applicant Name|Claimant|Beneficiary Name|Home Address
Mailing Address|Emergency Contact|Primary POC|Alternate|Backup|Incumbent|Attendees|Facilitator|Presenter
Interviewer|Witness|Trainer|Trainee|Student Name|Learner|Submitted By|Last Modified By|Modified by|Editor
Collaborators|Followers|Reviewer|Approver|Signature|Signatory|Accountable|Responsible|By whom|Who|By
Resource Names|Resource Name|Decision Maker|Nominee|Delegate|Deputy|Sponsor|Executive Sponsor|Change Owner
Process Owner|Responsible Party|Responsible Person|Prepared by|Vendor Contact|COTR|Program Manager Name|PM
Vendor Name|RecipientLastName|RecipientFirstName|rep_name|Basic Salary|Custom field (Requested participant)
Custom field (Responders)|Custom field (People involved in Incident)|Course Instructor|Agency POC
Approving Authority|Requesting Official|Senior Leader|Functional Lead|Tester Initials|Account Manager
Case Worker|Caseworker|Inspector|Investigator|Adjudicator|Judge|Counsel|Attorney|Physician|Guardian|Spouse
Dependents|Next of Kin|Badge Holder|Badge|Badge No.|Badge Number|Key Personnel|Screenname|Account Holder
""".strip()
    .replace("\n", "|")
    .split("|")
)
THINGS = (
    """
Badge Type|Badge earned
POAM ID|Controls|Weakness Name|Weakness Description|Weakness Detector Source|Weakness Source Identifier
Asset Identifier|Resources Required|Overall Remediation Plan|Original Detection Date|Vendor Dependency
Last Vendor Check-in Date|Vendor Dependent Product Name|Auto-Approve|Service Name
Binding Operational Directive 22-01 tracking|Control Vulnerability Description
Security Control Number (NC/NA controls only)|Office/Org|Security Checks|Milestone with Completion Dates
Source Identifying Vulnerability|Raw Severity|Devices Affected|Relevance of Threat|Residual Risk Level
Recommendations|Identified in CFO Audit or other review|POA&M Requested Risk Accepted Expiration Date|STIG ID
Rule ID|Group ID|Affected Asset|Service Measure ID|Service Measure Name|Service Measure Status
Performing Organization|Reporting Organization|Accountable Organization|Function Name|Activity Name
Reference Name|Reference ID|Communication Name|CR Name|CR ID|*CR ID|Process Area Business Requirement Name
Sub Process Area Requirement Name|Report Name|Risk Owner(s) - Organization|Issue Owner(s) - Organization
Stakeholder Group|Agency|Program or Release|Task Name|Resource Type|Workbook Tab|UAT Case*|BY+1|BY+4 & Beyond
Agency Rating|Issue key|Issue id|Project key|Project name|Project type|Component/s|Custom field (Epic Name)
Custom field (Story Points)|Custom field (Request Type)|Work Ratio|Sprint|Security Level|Original Estimate
short_description|assignment_group|contact_type|made_sla|u_state|sys_class_name|business_service|cmdb_ci|sys_id
close_notes|Business service|Configuration item|Contact type|Assignment group|Plugin ID|Plugin Name|Host
DNS Name|NetBIOS Name|MAC Address|Host Name|Protocol|STIG Severity|Repository Name|Asset Name|Software Name
Image Name|Scan Name|Vulnerability Name|Finding Name|Policy Name|Rule Name|Control Name|System Name
Awarding Agency Name|Awarding Sub Agency Name|Awarding Office Name|Funding Agency Name|Federal Account Name
Treasury Account Name|Contract Name|Award Name|NAICS Description|Program Activity Name|Object Class Name
Bureau Name|Office Name|Country Name|State Name|City Name|County Name|Facility Name|Site Name|Course Name
Course Title|Curriculum Name|Training Title|Class Name|Learning Activity Name|Risk Name|Risk Title
Milestone Name|Deliverable Name|Document Name|File Name|Template Name|Epic Name|Test Plan Name|Test Suite Name
Test Case Name|Requirement Name|Dataset Name|Metric Name|KPI Name|Goal Name|Objective Name|Initiative Name
Investment Name|Portfolio Name|Interface Name|Table Name|Column Name|Field Name|Server Name|Database Name
Package Name|Product Name|Element Name|Workflow Name|Queue Name|Category Name|Status Name|Wave Name
Environment Name|Business Process Name|Job Name|Script Name|Data Element Name|Report Data Element Label
User Story|User Acceptance Test Status|Owner Organization|Lead Agency|Lead Office|Position Title
Position Number|Role Name|Role|Team Name|Group Name|Work Stream|Customer Impact|Employee Count|Contract Number
Person Days|contract_award_unique_key|cfda_title|recipient_city_name|recipient_country_code|Pay Group
Exempt Status|Employment Type|Department|Device Info|ExternalReference|DistributionChannel
Duration (in seconds)|Custom field (Tempo Account)|Custom field (Partner)|Custom field (Pending Reason)
Area Path|Step Action|Board Column|Value Area|Reopen Count|Mitigation Strategy|Threat Name|Evidence Block IDs
Legal Authority|Legacy System|Mapping Rule|Conversion Object|Reject Count|Ledger Account|Fund Code
USSGL Account|Invoice Number|Vendor ID|Fiscal Year
""".strip()
    .replace("\n", "|")
    .split("|")
)


def test_no_column_of_people_is_passed_over() -> None:
    """A name that is not marked is printed in a report, for ever."""
    assert len(PEOPLE) > 100
    assert [heading for heading in PEOPLE if not why_about_people(heading)] == []


def test_no_column_of_things_is_marked() -> None:
    """A mark hides every value of the file, and somebody must take it off with a reason."""
    assert len(THINGS) > 100
    assert [(heading, personal_word(heading)) for heading in THINGS if why_about_people(heading)] == []


@pytest.mark.parametrize(
    ("heading", "texts", "people"),
    [
        (
            "Name",
            ["SSL Certificate Cannot Be Trusted On Host", "Apache 2.4 Multiple Vulnerabilities", "TLS 1.0 Enabled"],
            False,
        ),
        ("Title of Name", ["Add new approval step", "Move go-live by two days", "Retire old form"], False),
        ("Name", ["Ada Kirsch", "Bo Lind", "Cy Poe"], True),
        ("Name", ["akirsch", "u4711", "mosei2"], True),
        ("Name", ["Ludwig van der Berg", "Maria de la Cruz", "Jan ter Horst"], True),
        ("Name", ["Kirsch, Ada", "Lind, Bo (QA)", "Poe, Cy"], True),
        ("Name", ["TLS 1.0 Enabled", "Apache 2.4 Found", "Ada Kirsch"], True),
        ("Name", ["TLS 1.0 Enabled", "Apache 2.4 Found"], True),
        ("Name", [], True),
        ("Backup", ["Yes", "No", "yes", "no"], False),
        ("Backup", ["Ada Kirsch", "Bo Lind", "None"], True),
        ("Approved by ISSO", ["Yes", "No", "N/A"], False),
        ("Approved by ISSO", ["Yes", "No", "Kirsch"], True),
        ("Approved by ISSO", ["Yes"], False),
        ("Owner", ["Yes", "No"], True),
        ("BY", ["1,200,000", "$3,400", "(500)"], False),
        ("BY", ["AK", "BL", "CP"], True),
        ("Resources", ["2 FTE and a test server", "$10,000 for a second scan", "1 analyst for 3 weeks"], False),
        ("Owner", ["Move go-live by two days", "Add new approval step", "Retire old form"], True),
        ("Name", ["2 ada@example.gov", "3 bo@example.gov", "4 cy@example.gov"], True),
    ],
)
def test_cells_decide_only_where_the_heading_may_mean_things(heading: str, texts: list[str], people: bool) -> None:
    """*Name* heads scan findings as often as people; *Owner* heads people, whatever is typed there."""
    assert bool(why_about_people(heading, texts)) is people


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("By", "by"),
        ("BY", "by"),
        ("BY+1", ""),
        ("BY + 2 Request", ""),
        ("COR", "cor"),
        ("COR Level", ""),
        ("PM", "pm"),
        ("2 PM", ""),
        ("IP Address", "address"),
        ("Server IP Address", ""),
        ("MAC Address", ""),
        ("Home Address", "address"),
        ("Approving Official", "official"),
        ("Approving Official Name", "official"),
        ("Official Policy", ""),
        ("Malware Signature Version", ""),
        ("User Group", ""),
    ],
)
def test_a_word_means_a_person_by_its_place(heading: str, word: str) -> None:
    """*COR* is an office where it stands alone, and *Official* where it stands last."""
    assert personal_word(heading) == word
