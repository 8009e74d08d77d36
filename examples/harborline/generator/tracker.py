"""M3's Document Tracker at the end of the engagement phase, with the five columns that the program added.

One output of the 41 that are due is missing, the enhancement strategy; none rests on a replaced one.
"""

from __future__ import annotations

from pathlib import Path

from .files import write_sheet, write_workbook
from .workdays import at

PATH = Path("evidence", "document-tracker-2026-12-28.xlsx")
HELD = at("2026-12-28")
HEADINGS = [
    "Documentation/Output",
    "Phases.Activity.Task",
    "Phase 0 \nReadiness",
    "Phase 1\nReadiness",
    "Phase 2 \nSelection",
    "Phase 3 \nEngagement",
    "Phase 4 \nMigration",
    "Phase 5 \nOperations",
    "Version in Force",
    "Phase of Version",
    "Date of Version",
    "Location",
    "Cites",
]
MISSING = "Enhancement Strategy"
CITES = {
    "Test Plan": "RTM 1.2; Migration Approach, including Technical Strategies 1.1",
    "Training Plan": "Change Management Plan 2.0; Workforce Assessment 2.0",
    "Data Conversion Plan": "Documented Data Structure and Mapping 1.0; Data Cleansing Plan 2.1",
    "Integrated Master Schedule (IMS)": "Migration Approach, including Technical Strategies 1.1",
}
VERSIONS = {
    "Requirements Traceability Matrix (RTM)": "1.2",
    "Migration Approach, including Technical Strategies": "1.1",
    "Documented Data Structure and Mapping": "1.0",
    "Data Cleansing Plan": "2.1",
}
OUTPUTS = """
Program Charter
Resource Management Plan
Program Management Plan
Independent Verification & Validation (IV&V) Plan
Status Reports/Dashboards
Governance Plan
Risk Management Plan
Risk, Actions, Issues, and Decisions (RAID) Log
M3 Risk Assessment Tool
Quality Assurance Surveillance Plan (QASP)
Communications Plan
As-Is Systems Environment
Target State Systems Environment
Data Cleansing Plan
Target State Concept of Operations
Requirements Management Plan
Labor Relations Strategy
Change Management Plan
Change Readiness Assessment
Data Cleansing Scripts
Decommission Plan
Change Request Log
Change Request Form
Integrated Master Schedule (IMS)
Lessons Learned Report
Migration Approach, including Technical Strategies
Go/No-Go Criteria for Go-Live Assessment
Workforce Assessment
Training Plan
Requirements Traceability Matrix (RTM)
Requirements Fit Gap Analysis
Validated and Updated As-Is Systems Environment
Test Plan
Configuration Management Plan
CooP and Disaster Recovery Plan
Interface Strategy
Enhancement Strategy
Documented Data Structure and Mapping
Data Conversion Plan
Contact Center Strategy
Service Level Agreements (SLAs)
"""


def write(folder: Path) -> None:
    """Write the tracker of one program."""
    rows = []
    for name in OUTPUTS.strip().splitlines():
        row: list[object] = [name, "3", None, None, None, "Updated", None, None]
        if name != MISSING:
            cites = CITES.get(name, "none")
            row += [VERSIONS.get(name, "2.0"), 3, at("2026-12-18"), "Library of the program office, phase 3", cites]
        rows.append(row)
    write_workbook(folder / PATH, HELD, lambda book: write_sheet(book, "M3 Documents", HEADINGS, rows))
