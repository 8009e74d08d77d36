"""The twelve ratings of one phase of M3's Risk Assessment Tool, as its sheet has them.

The tool's formulas are not trusted: a rating is what a person chose in a drop-down, and its points and weight follow
from that. A category that is missing, twice there, or taken out of the assessment is a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from gonogo.collectors.program.m3.plain_sheet import check_struck, shown_sheet
from gonogo.collectors.worksheet import Header, Workbook, Worksheet, find_header, header_key
from gonogo.model.evidence import GapReason
from gonogo.model.planned_answers import says_what_is_done
from gonogo.plugin.spec import CollectorRefusal

CATEGORIES: Final = (
    "Data/Information Risk",
    "Cyber Information Security Risk",
    "Financial Risk",
    "Acquisition and Procurement Risk",
    "Operational Risk",
    "Reputational Risk",
    "Schedule Risk",
    "Management Support Risk",
    "Feasibility Risk",
    "Technical Complexity",
    "Requirements Management Risk",
    "Organizational and Change Management",
)
NOT_ASSESSED: Final = {1: "Technical Complexity", 4: "Feasibility Risk"}
"""By phase: the category that GSA's own sheet does not assess."""
SIDES: Final = {"agency": "Agency Rating", "second": "OSSPI Rating"}
STRATEGY: Final = "Agency Applied Risk Mitigation Strategy"
_TOTALS: Final = {"agency": "agency self", "second": "overall osspi rating"}
"""How the cell beside the tool's own result begins."""
_POINTS: Final = {
    "agency": {"low": 1, "medium": 3, "high": 5},
    "second": {
        "low": 1,
        "medium with accepted risk strategy": 2,
        "medium": 3,
        "high with accepted risk strategy": 4,
        "high": 5,
    },
}
HIGH: Final = frozenset({"high", "high with accepted risk strategy"})
ACCEPTED: Final = frozenset({"high with accepted risk strategy", "medium with accepted risk strategy"})
_NONE: Final = frozenset({"", "n/a"})
_LEVELS: Final = ("Low", "Medium", "High")
_WITHIN: Final = 40


@dataclass(frozen=True, slots=True)
class Rating:
    """One category.

    Attributes:
        category: Its name, as GSA writes it.
        row: Row of the sheet.
        agency, second: The rating in lower case; empty where there is none.
        strategy: Whether a mitigation strategy is written down.
        weight: What a point of it weighs, by the size of the project.
    """

    category: str
    row: int
    agency: str
    second: str
    strategy: bool
    weight: Decimal

    def points(self, side: str) -> Decimal | None:
        """Return the weighted points of a rating; None where there is none."""
        rating = self.agency if side == "agency" else self.second
        return _POINTS[side][rating] * self.weight if rating else None


@dataclass(frozen=True, slots=True)
class PhaseRatings:
    """One phase.

    Attributes:
        sheet: Its sheet.
        ratings: The categories that it assesses.
        stored: By side, the result that the workbook itself shows; only where it stores one.
    """

    sheet: Worksheet
    ratings: tuple[Rating, ...]
    stored: Mapping[str, Decimal]


def read_ratings(workbook: Workbook, phase: int) -> PhaseRatings:
    """Read one phase.

    Raises:
        CollectorRefusal: Not the tool, a category is missing or twice there, or a cell cannot be used.
    """
    sheet = shown_sheet(workbook, f"Phase {phase}")
    header = find_header(sheet, ["Risk Category", *_LEVELS, *SIDES.values(), STRATEGY])
    first, last = header.row + 1, sheet.last_row
    rows = _category_rows(sheet, header)
    check_struck(workbook, sheet, rows.values())
    for merged in sheet.merged_in(first, max(rows.values(), default=last)):
        raise CollectorRefusal(f"{sheet.where()} has merged cells {merged} among its categories")
    weights = _weights(workbook, phase)
    ratings = []
    for category, row in rows.items():
        if _assessed(sheet, header, row, category, phase):
            ratings.append(_rating(sheet, header, row, category, weights[category]))
    return PhaseRatings(sheet, tuple(ratings), _stored(sheet, header))


def _category_rows(sheet: Worksheet, header: Header) -> dict[str, int]:
    names = {header_key(name): name for name in CATEGORIES}
    found: dict[str, int] = {}
    column = header.columns[header_key("Risk Category")]
    for row in range(header.row + 1, sheet.last_row + 1):
        name = names.get(header_key(str(sheet.value(row, column))))
        if name is None:
            continue
        if name in found:
            raise CollectorRefusal(f"{sheet.where(row, column)} has the category {name!r} a second time")
        found[name] = row
    lacking = [name for name in CATEGORIES if name not in found]
    if lacking:
        raise CollectorRefusal(
            f"{sheet.where()} lacks {len(lacking)} of the 12 categories: {', '.join(lacking[:3])}"
            f"{', …' if len(lacking) > 3 else ''}; restore the rows of GSA's tool"
        )
    return found


def _assessed(sheet: Worksheet, header: Header, row: int, category: str, phase: int) -> bool:
    texts = [header_key(str(sheet.value(row, header.columns[header_key(level)]))) for level in _LEVELS]
    left_out = "not assessed" in texts
    if left_out and NOT_ASSESSED.get(phase) != category:
        raise CollectorRefusal(
            f"{sheet.where()}, row {row}, says that {category!r} is not assessed; GSA's tool assesses it in phase "
            f"{phase}"
        )
    return not left_out


def _rating(sheet: Worksheet, header: Header, row: int, category: str, weight: Decimal) -> Rating:
    read = {}
    for side, heading in SIDES.items():
        column = header.columns[header_key(heading)]
        text = header_key(str(sheet.value(row, column)))
        if text not in _NONE and text not in _POINTS[side]:
            raise CollectorRefusal(
                f"{sheet.where(row, column)} holds {text[:60]!r}, which is no rating of the tool's drop-down"
            )
        read[side] = "" if text in _NONE else text
    strategy = says_what_is_done(str(sheet.value(row, header.columns[header_key(STRATEGY)])))
    return Rating(category, row, read["agency"], read["second"], strategy, weight)


def _weights(workbook: Workbook, phase: int) -> dict[str, Decimal]:
    sheet = workbook.sheet("Parameters")
    header = find_header(sheet, ["Risk Category", *(f"Phase {number}" for number in range(1, 5))], within=_WITHIN)
    size, where = workbook.cell("Parameters!D4")
    if size not in ("Small", "Large"):
        raise CollectorRefusal(f"{where} should hold the project's size, Small or Large; it holds {str(size)[:40]!r}")
    column = header.columns[f"phase {phase}"] + (size == "Large")
    if header_key(str(sheet.value(header.row - 1, column))) != header_key(str(size)):
        raise CollectorRefusal(f"{sheet.where(header.row - 1, column)} should say {size!r}, above the weights of it")
    weights = {}
    for name, row in _category_rows(sheet, header).items():
        value = sheet.value(row, column)
        if isinstance(value, bool) or not isinstance(value, float) or not 0 < value <= 1:
            raise CollectorRefusal(
                f"{sheet.where(row, column)} should hold a weight above 0 and up to 1; it holds {str(value)[:40]!r}"
            )
        weights[name] = Decimal(str(value))
    return weights


def _stored(sheet: Worksheet, header: Header) -> dict[str, Decimal]:
    found = {}
    for row in range(1, header.row):
        text = header_key(str(sheet.value(row, 1)))
        for side, begins in _TOTALS.items():
            if text.startswith(begins) and not sheet.fault(row, 2):
                value = sheet.value(row, 2)
                if isinstance(value, float):
                    found[side] = Decimal(str(value))
    return found


def check_phase(ratings: PhaseRatings, phase: int) -> None:
    """Refuse a phase that nobody rated: that is GSA's template.

    Raises:
        CollectorRefusal: No category has a rating.
    """
    if not any(rating.agency or rating.second for rating in ratings.ratings):
        raise CollectorRefusal(
            f"{ratings.sheet.where()} has no rating: phase {phase} of GSA's tool is not filled in",
            GapReason.NOT_PROVABLE,
        )
