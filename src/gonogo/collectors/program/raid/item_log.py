"""Rows of the M3 RAID workbook's two logs, every one accounted for.

A row is an item as soon as it has a title or a description, whatever its id formula shows and whether it is hidden
or not. What cannot be read is a problem that names the cell and the facts it takes with it: an item is never left
out because somebody mistyped its status.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gonogo.collectors.document_moment import read_day
from gonogo.collectors.program.raid.beside_log import items_beside, words_on_notes
from gonogo.collectors.program.raid.m3_layout import HIGH_RISKS, ISSUES, RaidLayout
from gonogo.collectors.program.raid.other_logs import open_elsewhere
from gonogo.collectors.program.raid.release_scope import ReleaseFilter
from gonogo.collectors.program.raid.scales import (
    CLOSED,
    OPEN,
    PRIORITIES,
    ImpactScale,
    as_written,
    read_impact,
    read_probability,
    stated,
    words,
)
from gonogo.collectors.program.raid.unsettled_rows import RowSettings, no_items, subjects, unsettled_kinds
from gonogo.collectors.worksheet import Cell, Workbook, Worksheet, find_header, header_key
from gonogo.model.evidence import GapReason
from gonogo.model.planned_answers import says_what_is_done
from gonogo.plugin.spec import CollectorRefusal


def item_key(sheet: Worksheet, row: int, column: int) -> str:
    """Return the id of an item: as the sheet has it, ``Risk 3`` where it is a bare number.

    The id's formula may have no stored result; then the item is named by its place, ``Risk Log row 7``.
    """
    value = "" if sheet.fault(row, column) else sheet.value(row, column)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if not text:
        return f"{sheet.name} row {row}"
    return f"{sheet.name.removesuffix(' Log')} {text}" if text.isdigit() else text


def typed_id(sheet: Worksheet, row: int, column: int) -> bool:
    """Return whether an id is there that no formula can have left behind: the row has lost its content."""
    return not sheet.fault(row, column) and sheet.value(row, column) != ""


EVERY_RELEASE: Final = ReleaseFilter()
NO_ROW_SETTINGS: Final = RowSettings()
_RESTS_ON: Final[Mapping[str, frozenset[str]]] = {
    "plan": frozenset({"high_risks_unmitigated", "high_issues_unplanned"}),
    "response": frozenset({"high_risks_unmitigated"}),
    "owner": frozenset({"high_risks_unmitigated", "complete_ratio"}),
    "side": frozenset({"complete_ratio"}),
    "closure": frozenset({"complete_ratio"}),
    "due": frozenset({"high_risks_unmitigated", "high_issues_unplanned", "complete_ratio", "overdue_ratio"}),
    "modified": frozenset({"stale_items"}),
    "probability": HIGH_RISKS,
    "impact": HIGH_RISKS,
    "priority": ISSUES,
}
"""Facts that a column takes with it when one of its cells cannot be read; any other column takes all of its log."""


@dataclass(slots=True)
class LogItem:
    """One open item of a log.

    Attributes:
        row: Row in the sheet.
        key: Its id as the sheet has it; for a bare number ``Risk 3``, without a stored id the sheet and row.
        status: In lower case.
        plan: Whether a response or resolution plan is written down.
        response: Risk response in lower case; empty for issues.
        owner: Whether a person is named.
        side: The owner's organization in lower case.
        closure: Whether closure criteria are written down.
        due: Due or trigger date, local; None when blank.
        modified: Local date of the last change; None when blank.
        score: Probability times impact, 1 to 25; 0 for issues.
        priority: Priority in lower case; empty for risks.
    """

    row: int
    key: str
    status: str
    plan: bool = False
    response: str = ""
    owner: bool = False
    side: str = ""
    closure: bool = False
    due: date | None = None
    modified: date | None = None
    score: int = 0
    priority: str = ""


@dataclass(slots=True)
class Log:
    """What one log holds.

    Attributes:
        layout: Which log.
        items: Open items that count.
        rows: Items in all, closed ones included, that count.
        left_out: Items of other releases, left out by the settings.
        hidden: Open items in hidden rows; they count.
        no_items: Rows that are no items and were left out, by kind.
        problems: Sentences by fact that they take away.
        reasons: Reason of the first of them.
        counted: Numbers of the rows that count.
        beside: Which cells beside its columns say something, for the end of a sentence.
    """

    layout: RaidLayout
    items: list[LogItem] = field(default_factory=list)
    rows: int = 0
    left_out: int = 0
    hidden: int = 0
    no_items: dict[str, int] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)
    reasons: dict[str, GapReason] = field(default_factory=dict)
    counted: list[int] = field(default_factory=list)
    beside: str = ""

    def report(self, sentence: str, facts: frozenset[str], reason: GapReason = GapReason.MALFORMED) -> None:
        """Record a problem against the facts of this log that it takes away."""
        for fact in facts & self.layout.facts:
            self.problems.setdefault(fact, []).append(sentence)
            self.reasons.setdefault(fact, reason)


def read_log(
    workbook: Workbook,
    layout: RaidLayout,
    *,
    scale: ImpactScale,
    modified: str = "",
    releases: ReleaseFilter = EVERY_RELEASE,
    row_settings: RowSettings = NO_ROW_SETTINGS,
) -> Log:
    """Read one log.

    Args:
        workbook: The workbook.
        layout: Sheet and columns of the log.
        scale: Impact scale by which risks were scored.
        modified: Heading of an added column with the date of the last change; empty for the layout's own.
        releases: Which rows count, by *Program or Release*.
        row_settings: What the settings say of rows.

    Raises:
        CollectorRefusal: The header is not that of the template.
    """
    sheet = workbook.sheet(layout.sheet)
    headings = {"id": layout.ids} | dict(layout.headings) | ({"modified": modified} if modified else {})
    header = find_header(sheet, headings.values())
    columns = {name: header.columns[header_key(heading)] for name, heading in headings.items()}
    log = Log(layout)
    for merged in sheet.merged_in(header.row + 1, sheet.last_row):
        log.report(
            f"{sheet.where()} has merged cells {merged} among its rows; only one row holds the value", layout.facts
        )
    log.beside = words_on_notes(sheet, header)
    for sentence in (
        *open_elsewhere(workbook, layout.sheet, headings, row_settings.other_sheets),
        *items_beside(sheet, header, layout.headings),
    ):
        log.report(sentence, layout.facts, GapReason.AMBIGUOUS_ROWS)
    odd = no_items(workbook, sheet, header, columns)
    for sentence in unsettled_kinds(sheet, odd, row_settings.rows):
        log.report(sentence, layout.facts, GapReason.AMBIGUOUS_ROWS)
    for row in range(header.row + 1, sheet.last_row + 1):
        if row not in odd or row_settings.rows.get(odd[row]) == "counts":
            _read_row(_Row(sheet, row, columns, log), scale, releases)
        else:
            log.no_items[odd[row]] = log.no_items.get(odd[row], 0) + 1
    for reason, sentence in subjects(sheet, header, headings, log.counted, row_settings):
        log.report(sentence, layout.facts, reason)
    return log


@dataclass(frozen=True, slots=True)
class _Row:
    sheet: Worksheet
    row: int
    columns: Mapping[str, int]
    log: Log

    def report(self, name: str, sentence: str) -> None:
        """Report a cell; the sentence goes on after its name."""
        facts = _RESTS_ON.get(name, self.log.layout.facts)
        self.log.report(f"{self.sheet.where(self.row, self.columns[name])} {sentence}", facts)

    def cell(self, name: str) -> Cell:
        """Return the cell's value, or blank after reporting why there is none."""
        try:
            return self.sheet.value(self.row, self.columns[name])
        except CollectorRefusal as refusal:
            self.log.report(str(refusal), _RESTS_ON.get(name, self.log.layout.facts))
            return ""

    def level(self, name: str, read: Callable[[Cell], int]) -> int:
        """Return a level from 1 to 5, or the highest after reporting why there is none."""
        try:
            return read(self.sheet.value(self.row, self.columns[name]))
        except ValueError as error:
            self.report(name, str(error))
        except CollectorRefusal as refusal:
            self.log.report(str(refusal), _RESTS_ON[name])
        return 5

    def day(self, name: str) -> date | None:
        """Return a local date; None for blank, and after reporting anything else."""
        value = self.cell(name)
        if isinstance(value, str) and not stated(value) and not any(char.isdigit() for char in value):
            return None
        day = read_day(value)
        if day is None:
            self.report(name, f"holds {str(value)[:60]!r}, which is not a date; format the cell as a date")
        return day

    @property
    def blank(self) -> bool:
        """Whether the row says nothing at all, the id's formula aside."""
        width = self.sheet.last_column
        return not any(
            not self.sheet.empty(self.row, column) for column in range(1, width + 1) if column != self.columns["id"]
        )


def _read_row(row: _Row, scale: ImpactScale, releases: ReleaseFilter) -> None:
    log, layout = row.log, row.log.layout
    if row.blank and not typed_id(row.sheet, row.row, row.columns["id"]):
        return
    if row.cell("title") == "" and row.cell("description") == "":
        log.report(f"{row.sheet.where()}, row {row.row}, has neither title nor description", layout.facts)
        return
    counts = releases.counts(row.cell("scope"))
    if counts is None:
        row.report("scope", f"holds {as_written(row.cell('scope'))}, which the settings give as no release's name")
    if counts is False:
        log.left_out += 1
        return
    log.rows += 1
    log.counted.append(row.row)
    status = words(row.cell("status"))
    if status in CLOSED:
        return
    if status not in OPEN:
        what = (
            f"holds {as_written(row.cell('status'))}, which is not a status of the template" if status else "is blank"
        )
        row.report("status", f"{what}; an item with an unknown status is neither open nor closed")
        return
    if row.row in row.sheet.scan.hidden_rows:
        log.hidden += 1
    log.items.append(_item(row, status, scale))


def _item(row: _Row, status: str, scale: ImpactScale) -> LogItem:
    item = LogItem(
        row=row.row,
        key=item_key(row.sheet, row.row, row.columns["id"]),
        status=status,
        plan=says_what_is_done(str(row.cell("plan"))),
        owner=stated(row.cell("owner")),
        side=words(row.cell("side")),
        closure=stated(row.cell("closure")),
        due=row.day("due"),
        modified=row.day("modified") if "modified" in row.columns else None,
    )
    if "probability" in row.columns:
        item.response = words(row.cell("response"))
        item.score = row.level("probability", read_probability) * row.level("impact", lambda v: read_impact(v, scale))
    else:
        item.priority = words(row.cell("priority"))
        if item.priority not in PRIORITIES:
            written = as_written(row.cell("priority"))
            what = f"holds {written}, which is not a priority" if item.priority else "is blank"
            row.report("priority", f"{what}; the template knows Critical, High, Medium and Low")
    return item
