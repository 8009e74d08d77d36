"""GSA's requirements traceability matrix as its template has it, and the sheet of its change requests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from .files import dice
from .names import SERVICES

HEADINGS = (
    *("Requirements Unique ID #*", "Process Area Business Requirement Name\n(Level 1 Requirement)"),
    *("Sub Process Area Requirement Name\n(Level 2 Requirement)*", "Requirement Description / Definition*"),
    *("Reference to High Level Business Requirements / Objectives", "Requirement Type*", "Requirement Source*"),
    *("Federal Standard or Mission Unique?*", "Requirement Decision Maker", "Priority*", "Localization*", "Author*"),
    *("Status*", "If deferred, how is the requirement being met? ", "Change Request Required?"),
    *("In Scope or Out of Scope for Provider", "Complexity*", "Fit/Gap*", "Fit/Gap Description*"),
    *("Alternative Solution*", "Resolution Type\n(Transaction / RICEF)*", "Gap Resolution Description*"),
    *("Gap Resolution Complexity*", "Gap Decision Solution Status*", "System", "Release", "Functional Specification"),
    *("Technical Specification*", "Unit Test Case*", "Integration Test Case*", "UAT Case*", "Regression Test Case*"),
    "Remark / Example",
)
BANDS = ((0, 15, "Requirements Specification"), (16, 25, "Fit Gap Analysis"), (26, 32, "Traceability"))
CHANGES = ("Requirement ID", "*CR ID", "CR Name", "CR Description", "CR Status")
BASELINE, REQUESTS = 1210, 58
FIRST_REQUEST = 101
Row = Sequence[str]


def changed() -> dict[int, int]:
    """Return the request of each requirement that was changed after the baseline."""
    random = dice("requirements")
    return {n: random.randint(1, 40) for n in range(1, BASELINE + 1) if random.random() < 0.04}


def requirement(number: int, priority: str, case: str, *, inside: bool, required: bool) -> dict[str, str]:
    """Return the cells of one requirement, by heading."""
    return {
        "Requirements Unique ID #*": f"R-{number:04d}",
        "Process Area Business Requirement Name\n(Level 1 Requirement)": SERVICES[number % 14],
        "Requirement Type*": "Functional",
        "Priority*": priority,
        "Author*": "Requirements team",
        "Status*": "Approved-Active" if inside else "Rejected-Deferred",
        "If deferred, how is the requirement being met? ": "" if inside else "By hand until release 2",
        "Change Request Required?": "Yes" if required else "No",
        "In Scope or Out of Scope for Provider": "In Scope" if inside else "Out of Scope",
        "Fit/Gap*": "Fit",
        "Release": "R1",
        "UAT Case*": case,
    }


def requests(status: Sequence[str]) -> list[Row]:
    """Return a row for each requirement that a request changed; a request that changed none names one all the same."""
    found = []
    for number in range(1, REQUESTS + 1):
        about = [n for n, request in changed().items() if request == number] or [number]
        name = f"CR{FIRST_REQUEST + number - 1:08d}"
        found += [(f"R-{n:04d}", name, f"Change {number}", "A change", status[number - 1]) for n in about]
    return found


def write(
    book: Any, day: datetime, rows: Iterable[dict[str, str]], changes: Iterable[Row], added: Sequence[str] = ()
) -> None:
    """Write the three sheets; ``added`` are columns that the program put behind GSA's."""
    cover = book.add_worksheet("Cover")
    cover.write_string("B3", "Requirements Traceability Matrix")
    cover.write_string("B4", "Version 1.0")
    cover.write_datetime("B5", day, book.add_format({"num_format": "mmmm d, yyyy"}))
    sheet = book.add_worksheet("RTM")
    bold = book.add_format({"bold": True})
    for first, last, title in BANDS:
        sheet.merge_range(0, first, 0, last, title, bold)
    headings = [*HEADINGS, *added]
    sheet.write_row(1, 0, headings)
    for number, row in enumerate(rows, 2):
        for heading, text in row.items():
            if text:
                sheet.write_string(number, headings.index(heading), text)
    sheet = book.add_worksheet("CR")
    for number, cells in enumerate([CHANGES, *changes]):
        sheet.write_row(number, 0, cells)
