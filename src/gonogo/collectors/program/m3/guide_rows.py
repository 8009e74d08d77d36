"""What GSA's Tailoring Guide lists for Phases 3 and 4, as published: data, and nothing else.

A guide that an office filled in no longer shows which rows GSA left to the project, nor that a row was deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_ROWS: Final = """
3.1 R- Program Charter
3.1 R- HR/Staffing Plan
3.1 R- IMS
3.1 R- Program Management Plan
3.1 O- IV&V Plan
3.2 R- Governance Charter
3.3 P- Procurement Plan
3.4 R- Program Management Plan
3.4 R- Status Reports/Dashboards
3.4 O- IV&V Plan
3.4 P- Change Request Log
3.4 P- Change Request Form
3.4 R- IMS
3.4 R- Lessons Learned Report
3.5 R- Risk Management Plan
3.5 R- RAID Log
3.5 R- M3 Risk Assessment
3.6 P- Migration Phase IAA Terms and Conditions (Federal Only)
3.6 P- Intent to Exercise Migration Option (Commercial)
3.6 P- Migration Approach, including Technical Strategies
3.6 R- Go/No-Go Criteria for Go-Live Assessment
3.6 R- IMS
3.6 O- Decommission Plan
3.7 R- LCCE for Migration and O&M
3.8 P- Labor Relations Strategy
3.9 P- Change Management Plan
3.9 R- Communications Plan
3.9 R- Readiness Assessment
3.9 R- Workforce Assessment
3.10 P- Training Plan
3.11 RT Requirements Management Plan
3.11 PT Requirements Traceability Matrix (RTM)
3.12 PT Gap Analysis Report
3.12 PT RTM
3.13 OT Validated and Updated As-Is Systems Environment
3.13 PT Target State Systems Environment
3.14 PT Test Plan
3.14 PT Configuration Management Plan
3.14 PT CooP and Disaster Recovery Plan
3.14 PT Interface Strategy
3.14 PT Enhancement Strategy
3.14 OT Decommission Plan
3.15 OT Data Cleansing Plan
3.15 PT Data Cleansing Scripts
3.15 PT Documented Data Structure and Mapping
3.15 PT Data Conversion Plan
3.16 R- Target State Concept of Operations
3.17 O- Contact Center Strategy
3.18 R- Operations & Maintenance (O&M) Service Level Agreements (SLAs)
4.1 R- Change Request Form
4.1 R- Change Request Log
4.1 P- IMS
4.1 R- Program Management Plan
4.1 O- IV&V Plan
4.1 R- Resource Management Plan
4.2 R- Risk Management Plan
4.2 R- RAID Log
4.2 R- M3 Risk Assessment Tool
4.3 O- O&M Governance Plan
4.3 R- RAID Log
4.4 R- Target State Process Maps
4.4 R- Standard Operating Procedures (SOPs)
4.4 P- Business Process Reengineering Strategy
4.4 R- Desk Guides/User Guide
4.5 R- Target State Organization Design
4.5 R- Workforce Assessment
4.5 R- Workforce Transition Strategy
4.6 OT Security Documentation, including Security Test Results and ATO
4.6 OT Privacy Documentation, including Initial Privacy Assessment, FIPS 199, System of Records Notice \
(SORN), Privacy Impact Assessment
4.7 RT Baselined List of ID Credentials
4.8 PT RTM
4.8 OT Configuration Workbooks
4.9 OT Interface Control Document
4.10 OT Reports Design Document
4.11 PT Data Conversion Plan
4.11 PT Mock Conversion Report
4.11 PT Conversion Defect Log
4.12 OT Test Plan
4.12 OT Test Scripts
4.12 OT Test Results Report
4.12 OT Test Defect Log
4.12 PT RTM
4.13 R- Communications Plan
4.13 R- Targeted Cutover Communications Plan
4.13 R- Workforce Assessment
4.13 R- Change Readiness Assessment
4.13 R- Change Management Plan
4.14 O- Training Plan
4.14 O- Training Materials
4.14 O- Training Evaluations
4.15 P- Labor Relations Strategy
4.16 O- Contingency Plan
4.16 R- Go/No-Go Readiness Criteria
4.16 R- Go/No-Go Assessment Report
4.17 OT Cutover Plan
4.17 OT Decommission Plan
"""
_STATUSES: Final = {"R": "recommended", "P": "project dependent", "O": "omit"}


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One row: an output of an activity.

    Attributes:
        activity: Its number, ``3.12``.
        output: What it makes, as GSA writes it.
        status: recommended, project dependent or omit, as published.
        technology: Whether it is of the work stream Technology.
    """

    activity: str
    output: str
    status: str
    technology: bool

    @property
    def phase(self) -> int:
        """Phase of the activity."""
        return int(self.activity.partition(".")[0])


def _row(line: str) -> GuideRow:
    activity, marks, output = line.split(" ", 2)
    return GuideRow(activity, output, _STATUSES[marks[0]], marks[1] == "T")


ROWS: Final = tuple(_row(line) for line in _ROWS.strip().splitlines())
"""Every row of Phases 3 and 4, in their order."""
