"""What an office decided in GSA's Tailoring Guide: one decision a row, and its reason beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.program.m3.guide_rows import ROWS, GuideRow
from gonogo.collectors.program.m3.plain_sheet import check_struck, shown_sheet
from gonogo.collectors.worksheet import Header, Workbook, Worksheet, find_header, header_key
from gonogo.model.evidence import GapReason
from gonogo.model.placeholder import has_content
from gonogo.plugin.spec import CollectorRefusal

SHEET: Final = "Tailor"
_ACTIVITY: Final = "M3 Playbook Activity"
_OUTPUT: Final = "M3 Output"
_STATUS: Final = "Tailoring"
_PHASE: Final = "M3 Phase"
_STREAM: Final = "M3 Work Stream"
_REASON: Final = "Agency Remarks"
_STATUSES: Final = frozenset({"recommended", "project dependent", "omit"})
_NUMBER: Final = re.compile(r"([0-5])\.([0-9]{1,2})\b")
_PHASE_NUMBER: Final = re.compile(r"(?:phase )?([0-5])")

Key = tuple[str, str]
"""Number of the activity, and the output in lower case."""


@dataclass(frozen=True, slots=True)
class TailoringDecision:
    """One row.

    Attributes:
        row: Row of the sheet.
        activity: Number of the activity; empty for an item of the agency's own.
        output: As the sheet writes it.
        phase: Its phase.
        status: recommended, project dependent or omit.
        technology: Whether it is of the work stream Technology.
        reason: Whether the agency wrote a reason.
    """

    row: int
    activity: str
    output: str
    phase: int
    status: str
    technology: bool
    reason: bool

    @property
    def decided(self) -> bool:
        """Whether it is decided, with a reason."""
        return self.reason and self.status != "project dependent"


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide that somebody filled in.

    Attributes:
        sheet: Its sheet.
        decisions: Every row, by activity and output.
    """

    sheet: Worksheet
    decisions: Mapping[Key, TailoringDecision]

    def of(self, row: GuideRow) -> TailoringDecision | None:
        """Return the decision on a row that GSA published; None where the row was deleted."""
        return self.decisions.get((row.activity, header_key(row.output)))


def published(phase: int) -> Iterable[GuideRow]:
    """Return the rows of one phase, as GSA published them."""
    return (row for row in ROWS if row.phase == phase)


def read_guide(workbook: Workbook) -> Guide:
    """Read the guide.

    Raises:
        CollectorRefusal: Not the guide, nobody filled it in, or a row cannot be read.
    """
    sheet = shown_sheet(workbook, SHEET)
    header = find_header(sheet, [_ACTIVITY, _OUTPUT, _STATUS, _PHASE, _STREAM, _REASON])
    for merged in sheet.merged_in(header.row + 1, sheet.last_row):
        if merged.last_row > merged.first_row:
            raise CollectorRefusal(
                f"{sheet.where()} has merged cells {merged} among its rows; only one holds the value"
            )
    decisions: dict[Key, TailoringDecision] = {}
    for row in range(header.row + 1, sheet.last_row + 1):
        decision = _decision(sheet, header, row)
        if decision is None:
            continue
        key = (decision.activity, header_key(decision.output))
        if key in decisions:
            raise CollectorRefusal(
                f"{sheet.where()}, row {row}, has {decision.output!r} of activity {decision.activity or '(none)'} a "
                f"second time; the first is in row {decisions[key].row}"
            )
        decisions[key] = decision
    check_struck(workbook, sheet, (decision.row for decision in decisions.values()))
    if not any(decision.reason for decision in decisions.values()):
        raise CollectorRefusal(
            f"{sheet.where()} has no agency remark: GSA's guide is not filled in", GapReason.NOT_PROVABLE
        )
    return Guide(sheet, decisions)


def _decision(sheet: Worksheet, header: Header, row: int) -> TailoringDecision | None:
    def text(heading: str) -> str:
        return " ".join(str(sheet.value(row, header.columns[header_key(heading)])).split())

    output, status = text(_OUTPUT), header_key(text(_STATUS))
    if not output:
        if status:
            raise CollectorRefusal(f"{sheet.where()}, row {row}, has a status and names no output")
        return None
    if status not in _STATUSES:
        place = sheet.where(row, header.columns[header_key(_STATUS)])
        raise CollectorRefusal(f"{place} holds {status[:40]!r}; it is Recommended, Project Dependent or Omit")
    number = _NUMBER.match(text(_ACTIVITY))
    phase = _PHASE_NUMBER.fullmatch(header_key(text(_PHASE)))
    if phase is None:
        place = sheet.where(row, header.columns[header_key(_PHASE)])
        raise CollectorRefusal(f"{place} holds {text(_PHASE)[:40]!r}; it is a phase, such as Phase 3")
    return TailoringDecision(
        row,
        f"{number[1]}.{number[2]}" if number else "",
        output,
        int(phase[1]),
        status,
        header_key(text(_STREAM)) == "technology",
        has_content(text(_REASON)),
    )
