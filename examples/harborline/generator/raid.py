"""The RAID log in the layout of GSA's M3 workbook: its stray blanks, its formula ids, its hidden list, no risk date.

The program added one column to the Risk Log, *Modified On*: the template has none, and without it nobody can show that
a risk was kept up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .figures import Figures
from .files import dice, write_workbook
from .names import INTERFACES, OBJECTS, SERVICES
from .workdays import at

PATH = Path("evidence", "program", "raid_log.xlsx")
HELD = at("2027-04-15")
LAST, TOO_LATE = at("2027-05-02"), at("2027-04-28")
RISK_HEADINGS = [
    "Risk #",
    "Title",
    "Description",
    "Response Plan",
    "Risk Response",
    "Status",
    "Risk Status Notes",
    "Risk Type ",
    "Program or Release",
    "Created By",
    "Created On",
    "Risk Owner(s) - Organization",
    "Risk Owner",
    "Probability  (Likelihood)",
    "Consequence / Impact",
    "Risk Trigger",
    "Due Date (Trigger Date)",
    "Risk Contingency Plan",
    "Related Risk #",
    "Closure Criteria",
    "OMB ID",
    "Notes",
    "Reference Materials",
    "Modified On",
]
ISSUE_HEADINGS = [
    "Issue #",
    "Related Risk #",
    "Title",
    "Description",
    "Resolution Plan",
    "Status",
    "Issue Status Notes",
    "Issue Type",
    "Program or Release",
    "Created By",
    "Created On",
    "Issue Owner(s) - Organization",
    "Issue Owner(s)",
    "Due Date",
    "Consequence / Impact",
    "Priority",
    "Modified On",
    "Closure Criteria",
    "Closed Date",
    "Change Request #",
    "OMB ID",
    "Notes",
    "Reference Materials",
]
CHANCES = ("1-Not Likely (10%)", "2-Low Likelihood (30%)", "3-Likely (50%)", "4-Highly Likely (70%)")
IMPACTS = (
    "1-Minimal or No Impact (0-5% impact to cost or schedule)",
    "2-Minor (5% impact to cost or schedule)",
    "3-Moderate (10% impact to cost or schedule)",
    "4-Significant (15% impact to cost or schedule)",
)
LISTS = {
    "Risk Status": ("New", "In Progress", "Pending Approval", "Escalated", "Closed", "Cancelled", "Defer"),
    "Risk Responses": ("Avoid", "Mitigate", "Accept"),
    "Issue Status": ("New", "In Progress", "Pending Approval", "Closed", "Cancelled"),
    "Risk Probability": CHANCES,
    "Risk / Issue Consequence & Impact": IMPACTS,
    "Issue Priority": ("Critical", "High", "Medium", "Low"),
}
SUBJECTS = (*INTERFACES, *SERVICES, *OBJECTS)
OWNERS = ("Theo Brandvold", "Ines Calloway", "Ruth Amsel", "Owen Tillery", "Wes Okafor", "Lin Marchetti", "Joan Pruett")
CLOSED_RISKS, CLOSED_ISSUES, OPEN_RISKS = 33, 21, 27


@dataclass
class Entry:
    """One risk or issue; what is blank is what somebody forgot."""

    subject: str
    owner: str
    side: str
    due: datetime
    modified: datetime
    status: str = "In Progress"
    closure: str = "Confirmed by two weekly reviews"
    plan: str = "Daily check, named deputy, weekly report to both program managers"
    high: bool = False
    priority: str = "Medium"


def write(target: Path, figures: Figures, held: datetime = HELD) -> None:
    """Write the log of a program."""
    risks, issues = _entries(figures)
    for entry in (*risks, *issues):
        entry.due += held - HELD
        if held < TOO_LATE:  # later nothing that is still to be done is done before go-live
            entry.due = min(entry.due, LAST)
        entry.modified += held - HELD

    def fill(book: Any) -> None:
        _cover(book, held)
        _risk_sheet(book, risks)
        _issue_sheet(book, issues)
        _lists(book)

    write_workbook(target / PATH, held, fill)


def _entries(figures: Figures) -> tuple[list[Entry], list[Entry]]:
    random = dice("raid")
    total = figures.number("raid.open_items")
    entries = [_entry(number, random.randint(1, 20), random.randint(1, 9)) for number in range(total)]
    _spoil(entries, figures)
    risks, issues = entries[: total - 14], entries[total - 14 :]
    for risk in risks[3 : 3 + figures.number("raid.high_risks_open")]:
        risk.high = True
    for risk in risks[3 : 3 + figures.number("raid.high_risks_unmitigated")]:
        risk.status = "New"  # nobody has approved a response
    for issue in issues[: figures.number("raid.critical_issues_open")]:
        issue.priority = "Critical"
    if figures.number("raid.high_risks_open"):
        issues[5].priority = "High"
    done = [_entry(100 + number, 5, 3) for number in range(CLOSED_RISKS + CLOSED_ISSUES)]
    for entry in done:
        entry.status, entry.due = "Closed", HELD - timedelta(days=40)
    return [*done[:CLOSED_RISKS:2], *risks, *done[1:CLOSED_RISKS:2]], [*issues, *done[CLOSED_RISKS:]]


def _entry(number: int, owner: int, age: int) -> Entry:
    subject = SUBJECTS[number % len(SUBJECTS)]
    side = ("Customer", "Provider", "Shared")[number % 3]
    due = at("2027-04-20") + timedelta(days=number % 11)
    return Entry(subject, OWNERS[owner % 7], side, due, HELD - timedelta(days=age - 1))


def _spoil(entries: list[Entry], figures: Figures) -> None:
    """Forget closure criteria, let due dates pass, leave items untouched: as many as the figures say."""
    part, whole = figures.counts("raid.complete_ratio")
    for entry in entries[12 : 12 + whole - part]:
        entry.closure = ""
    overdue, _ = figures.counts("raid.overdue_ratio")
    for number, entry in enumerate(entries[14 : 14 + overdue]):
        entry.due = at("2027-04-16") - timedelta(days=number)
    for entry in entries[16 : 16 + figures.number("raid.stale_items")]:
        entry.modified = at("2027-02-26")


def _cover(book: Any, held: datetime) -> None:
    sheet = book.add_worksheet("Cover")
    sheet.write_string("B3", "Harborline: Risk and Issue Logs")
    sheet.write_string("B4", "Version 1.0")
    sheet.write_datetime("B5", held, book.add_format({"num_format": "mmmm d, yyyy"}))


def _risk_sheet(book: Any, risks: list[Entry]) -> None:
    log = _log(book, "Risk Log", RISK_HEADINGS, (("A1:O1", "Summary"), ("P1:T1", "Risk Response"), ("U1:X1", "Notes")))
    for row, entry in enumerate(risks, 3):
        response = "Accept" if entry.subject == "Permits" else "Mitigate"
        chance, impact = (3, 3) if entry.high else (row % 3, 1 + row % 2)
        about = f"If {entry.subject.lower()} is late, then the cutover weekend loses time."
        log.put(row, "B", entry.subject, about, entry.plan, response, entry.status, "", "Schedule", "R1", "PMO")
        log.put(row, "K", at("2026-11-02"), entry.side, entry.owner, CHANCES[chance], IMPACTS[impact], "Missed date")
        log.put(row, "Q", entry.due, "Manual procedure", "", entry.closure, "", "", "", entry.modified)
    for row in range(3, len(risks) + 8):
        log.number(row, "B")


def _issue_sheet(book: Any, issues: list[Entry]) -> None:
    log = _log(book, "Issue Log", ISSUE_HEADINGS, (("A1:Q1", "Summary"), ("R1:T1", "Resolution"), ("U1:W1", "Notes")))
    for row, entry in enumerate(issues, 3):
        about = f"Work on {entry.subject.lower()} waits for a decision."
        log.put(row, "C", entry.subject, about, entry.plan, entry.status, "", "Schedule", "R1", "PMO")
        log.put(row, "K", at("2027-01-11"), entry.side, entry.owner, entry.due, IMPACTS[row % 3], entry.priority)
        log.put(row, "Q", entry.modified, entry.closure)
    for row in range(3, len(issues) + 8):
        log.number(row, "C")


@dataclass(frozen=True)
class _Log:
    sheet: Any
    day: Any

    def put(self, row: int, column: str, *values: object) -> None:
        """Write values from a column on; a blank text leaves its cell blank."""
        for offset, value in enumerate(values):
            place = row - 1, ord(column) - 65 + offset
            if isinstance(value, datetime):
                self.sheet.write_datetime(*place, value, self.day)
            elif value:
                self.sheet.write_string(*place, str(value))

    def number(self, row: int, title: str) -> None:
        """Write the id as the template has it: a formula, here without a stored result."""
        self.sheet.write_formula(f"A{row}", f'=IF({title}{row}="","",ROW()-2)', None, "")


def _log(book: Any, name: str, headings: list[str], bands: tuple[tuple[str, str], ...]) -> _Log:
    sheet = book.add_worksheet(name)
    for cells, title in bands:
        sheet.merge_range(cells, title)
    sheet.write_row("A2", headings)
    return _Log(sheet, book.add_format({"num_format": "m/d/yyyy"}))


def _lists(book: Any) -> None:
    sheet = book.add_worksheet("Data Mgmt")
    sheet.write_string("B3", "Data Validation Fields")
    for column, (heading, values) in enumerate(LISTS.items(), 1):
        sheet.write_string(4, column, heading)
        sheet.write_column(5, column, values)
    sheet.hide()
