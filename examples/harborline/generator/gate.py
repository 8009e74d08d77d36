"""The gate before the migration: what tools and registers say, beside what the seats state."""

from __future__ import annotations

from pathlib import Path

from . import requirements
from .files import write_csv, write_workbook
from .hardened import decks, risk_tool
from .workdays import at

DAY = "2026-12-28"
METRICS = 8
COMPONENTS, FUNCTIONS = 41, 28
GAPS = range(1, 1210, 110)
"""Mandatory requirements that the standard service does not meet: eleven, each with an agreed solution."""
RATED = ("313131313313", "323232323213")
"""Points of the twelve categories by NIWA and by CFSC."""


def write(target: Path) -> None:
    """Write what the program offices bind, beside the tracker."""
    folder = target / "evidence"
    decks.success(folder / f"success_metrics-{DAY}.pptx", DAY, decks.METRICS[:METRICS])
    decks.readiness(folder / f"business_readiness-{DAY}.pptx", DAY)
    write_workbook(folder / f"m3_risk_tool-{DAY}.xlsx", at(DAY), lambda book: risk_tool.fill(book, 3, RATED))
    rows = [_requirement(number) for number in range(1, requirements.BASELINE + 1)]
    write_workbook(folder / f"rtm-{DAY}.xlsx", at(DAY), lambda book: requirements.write(book, at(DAY), rows, ()))
    write_csv(
        folder / f"decommission-{DAY}.csv",
        ("Component ID", "Destination", "Owner", "Decommission date"),
        [
            (f"Component {n:02d}", ("Archive", "Retire", "Keep")[n % 3], "Legacy system office", "2027-11-30")
            for n in range(1, COMPONENTS + 1)
        ],
    )
    write_csv(
        folder / f"functions-{DAY}.csv",
        ("Function ID", "Performed by"),
        [(f"Function {n:02d}", "Agency" if n % 3 else "FSSP") for n in range(1, FUNCTIONS + 1)],
    )


def _requirement(number: int) -> dict[str, str]:
    priority = "Mandatory" if number % 3 or number in GAPS else "Optional"
    row = requirements.requirement(number, priority, "", inside=True, required=False)
    if number in GAPS:
        row |= {
            "Fit/Gap*": "Gap",
            "Requirement Decision Maker": "Business owner",
            "Gap Resolution Description*": "The process changes",
            "Gap Decision Solution Status*": "Approved",
        }
    return row
