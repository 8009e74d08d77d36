"""GSA's Risk Assessment Tool, rated for Phase 4 by the agency and by the outside reviewer, saved without its macros."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..files import write_workbook
from ..workdays import at
from .story import Story

CATEGORIES = (
    *("Data/Information Risk", "Cyber Information Security Risk", "Financial Risk", "Acquisition and Procurement Risk"),
    *("Operational Risk", "Reputational Risk", "Schedule Risk", "Management Support Risk", "Feasibility Risk"),
    *("Technical Complexity", "Requirements Management Risk", "Organizational and Change Management "),
)
HALF = {1: (4,), 3: (5, 6), 5: (7, 8), 7: (9, 10, 11, 12)}
"""Categories that weigh half in a large project, by column of the weights; each phase has two, the small size first."""
NOT_ASSESSED = {1: 10, 4: 9}
HEADINGS = (
    *("Risk Category", "Low ", "Medium", "High", "Agency Rating", "Agency Value", "Agency Weighted Value"),
    *("Agency Applied Risk Mitigation Strategy", "OSSPI Rating", "OSSPI Value", "OSSPI Weighted Value"),
    "OSSPI Comments",
)
ASK = "<<Enter Your agency's Justification or Mitigation Strategies here, and rate yourself to the left>>"
AGENCY = {"1": "Low", "3": "Medium", "5": "High"}
REVIEWER = {
    "1": "Low",
    "2": "Medium with Accepted Risk Strategy",
    "3": "Medium",
    "4": "High with Accepted Risk Strategy",
    "5": "High",
}
RATED = {
    "go": ("31313131-331", "32323232-211"),
    "conditional": ("33131313-331", "33323332-333"),
    "nogo": ("31313131-333", "44545444-444"),
}
"""Points of the twelve categories by the agency and by the reviewer; Phase 4 does not assess feasibility."""


def write(target: Path, story: Story) -> None:
    """Write the workbook."""
    day = story.ago(14)
    write_workbook(
        target / "evidence" / "program" / f"m3_risk_tool-{day}.xlsx",
        at(day),
        lambda book: fill(book, 4, RATED[story.scenario]),
    )


def fill(book: Any, rated: int, ratings: tuple[str, str]) -> None:
    """Fill the sheets that the tool has, with its formulas and without their results.

    Args:
        book: The workbook.
        rated: The phase that is rated.
        ratings: Points of the agency, and of the second rating.
    """
    book.add_worksheet("Risk Descriptions").write_column(0, 0, ("Risk Category", *CATEGORIES))
    for phase in range(1, 5):
        _phase(book.add_worksheet(f"Phase {phase}"), phase, ratings if phase == rated else ("", ""))
    book.add_worksheet("Dashboard").write_formula("Q22", "=Parameters!D4", None, "")
    _weights(book.add_worksheet("Parameters"))


def _phase(sheet: Any, phase: int, rated: tuple[str, str]) -> None:
    sheet.write_row(1, 0, (f"Phase {phase}", "Cumulative Risk Ratings"))
    sheet.write_column(2, 0, ("Agency Self-assessment", "Overall OSSPI Rating"))
    for row, column in ((2, "G"), (3, "K")):
        sheet.write_formula(row, 1, f'=IFERROR(AVERAGEIF({column}8:{column}19,">0",{column}8:{column}19),"")', None, "")
    sheet.write_string(5, 0, f"Phase {phase} Risk Evaluation Criteria")
    sheet.write_row(6, 0, HEADINGS)
    for number, category in enumerate(CATEGORIES):
        row, line = 7 + number, 8 + number
        levels = ["Not assessed"] * 3 if NOT_ASSESSED.get(phase) == number + 1 else ["● less", "● some", "● more"]
        sheet.write_row(row, 0, (category, *levels))
        ours, theirs = (points[number : number + 1] for points in rated)
        for column, rating in ((4, AGENCY.get(ours)), (8, REVIEWER.get(theirs))):
            if rating:
                sheet.write_string(row, column, rating)
        sheet.write_string(row, 7, f"Reviewed each week: {category.strip()}" if AGENCY.get(ours) else ASK)
        for column, rating, value in ((5, "E", "F"), (9, "I", "J")):
            sheet.write_formula(row, column, f"=MATCH({rating}{line},Ratings,0)", None, "")
            sheet.write_formula(row, column + 1, f"={value}{line}*Parameters!J{line + 8}", None, "")


def _weights(sheet: Any) -> None:
    sheet.write_row("C4", ("Project Size", "Large"))
    sheet.write_string("B15", "Risk Category")
    for column in range(8):
        sheet.write_string(13, 2 + column, ("Small", "Large")[column % 2])
        if column % 2 == 0:
            sheet.write_string(14, 2 + column, f"Phase {column // 2 + 1}")
        for number, category in enumerate(CATEGORIES):
            sheet.write_string(15 + number, 1, category)
            sheet.write_number(15 + number, 2 + column, 0.5 if number + 1 in HALF.get(column, ()) else 1)
