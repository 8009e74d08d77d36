"""What the rows of a RAID log show and the settings do not settle: several releases, or rows that are no items.

A log that mixes releases, or counts a total as a risk, gives a share of something else than it says. So each such row
or column is a gap that lists what was found, until the settings say what it means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from gonogo.collectors.program.raid.release_scope import names_in
from gonogo.collectors.program.raid.scales import CLOSED, words
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.rows.outline import adds_up, may_be_outline, outlined
from gonogo.collectors.rows.row_subject import NOTHING, About, BoundSubjects, about, bound_to
from gonogo.collectors.worksheet import Header, Workbook, Worksheet, header_key, struck_rows
from gonogo.model.evidence import GapReason
from gonogo.model.placeholder import has_content
from gonogo.plugin.spec import Job

Left = Literal["left_out", "counts"]
NO_ITEMS: Final = (NoItem.STRUCK, NoItem.TOTAL, NoItem.REPEATED_HEADING, NoItem.GROUP_TITLE, NoItem.PARENT)
_LISTED: Final = 6
_NAMED: Final = 5
_WHOLE: Final = frozenset(
    {"program", "the program", "whole program", "entire program", "program wide", "program-wide", "all", "all releases"}
)
_KIND_WORDS: Final = {
    NoItem.STRUCK: "struck through",
    NoItem.TOTAL: "the sum of others",
    NoItem.REPEATED_HEADING: "the heading again",
    NoItem.GROUP_TITLE: "one text and nothing else, as a group's title is",
    NoItem.PARENT: "a parent of others",
}


@dataclass(frozen=True, slots=True)
class RowSettings:
    """What the settings say of rows.

    Attributes:
        rows: What becomes of rows that are no items, by kind.
        not_subject: Headings that do not tell releases apart, to the reason.
        releases: Whether the settings say which release a row belongs to.
        bound: What the evidence is bound to.
        program: Names of the program.
        other_sheets: Sheets that look like a log and are none, to the reason.
    """

    rows: Mapping[NoItem, Left] = field(default_factory=dict)
    not_subject: Mapping[str, str] = field(default_factory=dict)
    releases: bool = False
    bound: BoundSubjects = NOTHING
    program: frozenset[str] = frozenset()
    other_sheets: Mapping[str, str] = field(default_factory=dict)


def row_settings(
    job: Job, rows: Mapping[NoItem, Left], not_subject: Mapping[str, str], *, releases: bool
) -> RowSettings:
    """Return what the settings say about rows, with what the job is bound to."""
    environment = job.subject.environment
    bound = bound_to(
        builds=job.builds,
        releases=[job.subject.release or job.release],
        environments=[environment] if environment else [],
    )
    return RowSettings(rows, not_subject, releases, bound, frozenset({words(job.program)}))


def row_mistakes(
    rows: Mapping[NoItem, Left], not_subject: Mapping[str, str]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield what is no reason, or no way to tell parents."""
    for heading, reason in not_subject.items():
        if not has_content(reason):
            yield ("not_subject", heading), f"{reason!r} is not a reason"
    if NoItem.CONTINUED in rows:
        yield ("rows", "continued"), "no row of a log is recognized as a line of the one above; write both in one row"
    if NoItem.TEMPLATE in rows:
        yield ("rows", "template"), "no row of a log is recognized as one of the template; delete its example"
    if rows.get(NoItem.PARENT) == "left_out":
        yield ("rows", "parent"), "no column here shows which rows are parents; say counts, or take them out of the log"


def no_items(workbook: Workbook, sheet: Worksheet, header: Header, columns: Mapping[str, int]) -> dict[int, NoItem]:
    """Return the rows below the header that look like no item of the log, with their kind.

    Args:
        workbook: The workbook.
        sheet: The log.
        header: Its header.
        columns: The columns that are read, by name; ``id``, ``title`` and ``status`` among them.
    """
    struck = struck_rows(*workbook.styled(sheet.name), str(sheet.where()), texts=workbook.texts)
    last = header.row + 1
    found: dict[int, NoItem] = {}
    for row in range(header.row + 1, sheet.last_row + 1):
        filled = [at for at in range(1, sheet.last_column + 1) if at != columns["id"] and not sheet.empty(row, at)]
        if not filled:
            continue
        last = row
        texts = {at: words(sheet.rows[row - 1][at - 1]) if at <= len(sheet.rows[row - 1]) else "" for at in filled}
        headings = {at: words(heading) for heading, at in header.columns.items()}
        if len(filled) > 1 and all(text == headings.get(at) for at, text in texts.items()):
            found[row] = NoItem.REPEATED_HEADING
        elif adds_up(texts[filled[0]]) or adds_up(texts.get(columns["title"], "")):
            found[row] = NoItem.TOTAL
        elif row in struck and texts.get(columns["status"], "") not in CLOSED:
            found[row] = NoItem.STRUCK
        elif filled == [columns["title"]]:
            found[row] = NoItem.GROUP_TITLE
    if adds_up(str(sheet.rows[last - 1][columns["title"] - 1]) if last > header.row + 1 else "", last=True):
        found.setdefault(last, NoItem.TOTAL)
    return found


def unsettled_kinds(sheet: Worksheet, found: Mapping[int, NoItem], rows: Mapping[NoItem, Left]) -> Iterator[str]:
    """Yield a sentence for each kind of rows that the settings do not mention."""
    for kind in dict.fromkeys(found.values()):
        if kind in rows:
            continue
        numbers = [row for row, of in found.items() if of is kind]
        more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
        which = f"row{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers[:_NAMED]))}{more}"
        yield (
            f"{sheet.where()}: {which} {'are' if len(numbers) > 1 else 'is'} {_KIND_WORDS[kind]}; say rows: "
            f"{{{kind}: left_out}}, or {{{kind}: counts}} where such a row is an item"
        )


def subjects(
    sheet: Worksheet, header: Header, read: Mapping[str, str], rows: Sequence[int], row_settings: RowSettings
) -> Iterator[tuple[GapReason, str]]:
    """Yield the columns that name several releases, builds, environments or cycles, or parents, and are not settled.

    Args:
        sheet: The log.
        header: Its header.
        read: Headings of the columns that are read, by name.
        rows: The rows that are items.
        row_settings: What the settings say.
    """
    known = {header_key(heading) for heading in read.values()}
    explained = {header_key(heading) for heading in row_settings.not_subject}
    for heading, at in header.columns.items():
        if heading in explained:
            continue
        cells = [_text(sheet, row, at) for row in rows]
        counts = Counter(filter(None, cells))
        if heading == header_key(read["scope"]):
            names = {name for cell in counts for name in names_in(cell)} - _WHOLE - row_settings.program
            if len(names) > 1 and not row_settings.releases:
                settle = (
                    "say whose rows count by release_names: {RELEASE: [...]}, or by other_releases: [...], or why it "
                    f"does not matter by not_subject: {{{read['scope']!r}: reason}}"
                )
                yield GapReason.MIXED_SUBJECTS, _mixed(sheet, read["scope"], About.RELEASE, counts, settle)
        elif heading not in known:
            kind = about(heading, counts, row_settings.bound, rows=len(rows))
            if kind is not None:
                settle = f"keep one log for each, or say why it does not matter by not_subject: {{{heading!r}: reason}}"
                yield GapReason.MIXED_SUBJECTS, _mixed(sheet, heading, kind, counts, settle)
            keys = [_text(sheet, row, header.columns[header_key(read["id"])]) for row in rows]
            if NoItem.PARENT not in row_settings.rows and may_be_outline(heading) and outlined(heading, cells, keys):
                yield (
                    GapReason.AMBIGUOUS_ROWS,
                    f"{sheet.where()}: the column {heading!r} shows that some rows are parents of others; take them "
                    "out of the log, or say rows: {parent: counts} where they are items",
                )


def _mixed(sheet: Worksheet, heading: str, kind: About, counts: Counter[str], settle: str) -> str:
    listed = ", ".join(f"{value[:60]} ({count})" for value, count in counts.most_common(_LISTED))
    more = f" and {len(counts) - _LISTED} more" if len(counts) > _LISTED else ""
    many = f"several {kind}s" if len(counts) > 1 else f"another {kind} than the one that counts"
    return f"{sheet.where()}: the column {heading!r} names {many}: {listed}{more}; {settle}"


def _text(sheet: Worksheet, row: int, column: int) -> str:
    if sheet.fault(row, column):
        return ""
    value = sheet.value(row, column)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
