"""The outputs that M3's Document Tracker expects in Phases 3 and 4, as published: 41 and 43, and what they are called.

What is due is taken from here and never from the cells, so that clearing one does not make an output less due.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.worksheet import header_key

_OUTPUTS: Final = """
U. Program Charter
UU Resource Management Plan
UU Program Management Plan
UU Independent Verification & Validation (IV&V) Plan
UU Status Reports/Dashboards
U. Governance Plan
UU Risk Management Plan
UU Risk, Actions, Issues, and Decisions (RAID) Log
UU M3 Risk Assessment Tool
U. Quality Assurance Surveillance Plan (QASP)
UU Communications Plan
U. As-Is Systems Environment
U. Target State Systems Environment
U. Data Cleansing Plan
U. Target State Concept of Operations
U. Requirements Management Plan
UU Labor Relations Strategy
UU Change Management Plan
UU Change Readiness Assessment
U. Data Cleansing Scripts
UU Decommission Plan
.U Business Process Reengineering Strategy
VU Change Request Log
VU Change Request Form
V. Integrated Master Schedule (IMS)
V. Lessons Learned Report
V. Migration Approach, including Technical Strategies
VU Go/No-Go Criteria for Go-Live Assessment
UU Workforce Assessment
VU Training Plan
VU Requirements Traceability Matrix (RTM)
V. Requirements Fit Gap Analysis
V. Validated and Updated As-Is Systems Environment
VU Test Plan
V. Configuration Management Plan
V. CooP and Disaster Recovery Plan
V. Interface Strategy
V. Enhancement Strategy
V. Documented Data Structure and Mapping
VU Data Conversion Plan
V. Contact Center Strategy
V. Service Level Agreements (SLAs)
.V O&M Governance Plan
.V Contingency Plan
.V Go/No-Go Readiness Criteria
.V Go/No-Go Assessment Report
.V Target State Organization Design
.V Workforce Transition Strategy
.V Targeted Cutover Communications Plan
.V Training Materials
.V Training Evaluations
.V Security Documentation, including Security Test Results and ATO
.V Privacy Documentation, including Initial Privacy Assessment, FIPS 199, System of Records Notice (SORN), \
Privacy Impact Assessment
.V Baselined List of ID Credentials
.V Configuration Workbooks
.V Interface Control Document
.V Reports Design Document
.V Mock Conversion Report
.V Test Scripts
.V Test Results Report
.V Test Defect Log
.V Cutover Plan
.V Target State Process Flows
.V Standard Operating Procedures (SOPs)
"""
"""What is due in Phase 3 and in Phase 4: ``V`` Version 1, ``U`` an updated one, ``.`` nothing."""
_ALSO: Final = {
    "Governance Plan": ("governance charter",),
    "M3 Risk Assessment Tool": ("m3 risk assessment",),
    "Change Readiness Assessment": ("readiness assessment",),
    "Requirements Fit Gap Analysis": ("gap analysis report",),
    "Service Level Agreements (SLAs)": ("operations & maintenance (o&m) service level agreements (slas)",),
    "Target State Process Flows": ("target state process maps",),
    "Independent Verification & Validation (IV&V) Plan": ("iv&v plan",),
    "Risk, Actions, Issues, and Decisions (RAID) Log": ("raid log",),
}
"""What GSA's Tailoring Guide calls them, where it has another name."""
_SHORT: Final = re.compile(r"\(([^()]{2,10})\)$")


@dataclass(frozen=True, slots=True)
class PhaseOutput:
    """One output.

    Attributes:
        name: As GSA writes it.
        phases: The phases, 3 and 4, in which one of its versions is due.
    """

    name: str
    phases: frozenset[int]


def _output(line: str) -> PhaseOutput:
    marks, name = line.split(" ", 1)
    return PhaseOutput(name, frozenset(phase for phase, mark in zip((3, 4), marks, strict=True) if mark != "."))


OUTPUTS: Final = tuple(_output(line) for line in _OUTPUTS.strip().splitlines())
"""Every output that is due in one of the two phases, in the order of the tracker."""


def names_of(output: str) -> frozenset[str]:
    """Return what an output is called, as keys: its name, its short name in brackets, and what the guide calls it."""
    short = _SHORT.search(output)
    found = {header_key(output), *_ALSO.get(output, ())}
    return frozenset(found | {header_key(short[1])} if short else found)
