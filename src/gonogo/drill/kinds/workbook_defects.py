"""Defects of Excel workbooks: of tables, and of the RAID log of M3."""

from __future__ import annotations

from typing import TypeGuard

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.file_defects import planted
from gonogo.drill.kinds.workbook_parts import WorkbookParts, without_results
from gonogo.drill.site import BoundSource, TargetProgram, mapped
from gonogo.model.evidence import Evidence, Gap

_BOOK = "a workbook that a table or a RAID log is read from"
_RAID = "a RAID log"
_RISKS = "Risk Log"


def _book(site: TargetProgram, *plugins: str) -> tuple[BoundSource, WorkbookParts, str]:
    """Return a workbook that counts, and the member of the sheet that is read."""
    source = site.source("workbook", *(plugins or ("table", "raid")), ending=".xlsx")
    parts = WorkbookParts(site.copy.read(source.path))
    tables = [mapped(table) for table in mapped(source.binding.settings.get("tables")).values()]
    named = [str(table["sheet"]) for table in tables if table.get("sheet")]
    name = _RISKS if source.binding.plugin == "raid" else next(iter(named), "")
    return source, parts, parts.sheet(name)


def _put(site: TargetProgram, source: BoundSource, parts: WorkbookParts, what: str) -> Planted:
    site.copy.put(source.path, parts.data)
    return planted(source, f"{source.path}, {what}")


def _without_value(site: TargetProgram) -> Planted:
    source, parts, sheet = _book(site)
    rows = parts.filled(sheet)
    if len(rows) < 3:
        raise NotPlanted("the sheet has too few rows")
    row = rows[len(rows) // 2]
    content = parts.member(sheet)
    parts.put(sheet, content[: row.start()] + without_results(row[0]) + content[row.end() :])
    return _put(site, source, parts, "one row")


def _rows_gone(site: TargetProgram, *plugins: str) -> Planted:
    source, parts, sheet = _book(site, *plugins)
    own = [answer for answer in site.known.answers.values() if _is_of(answer, source)]
    if not any(answer.whole is not None or answer.open_items for answer in own):
        raise NotPlanted("no share is counted in the workbook, and no row of it counts against a fact")
    rows = parts.filled(sheet)
    content = parts.member(sheet)
    for row in reversed(rows[3:]):
        content = content[: row.start()] + content[row.end() :]
    if len(rows) < 5:
        raise NotPlanted("the sheet has too few rows")
    parts.put(sheet, content)
    return _put(site, source, parts, f"{len(rows) - 3} rows")


def _is_of(answer: Evidence | Gap, source: BoundSource) -> TypeGuard[Evidence]:
    return isinstance(answer, Evidence) and answer.source.binding == source.binding.id


def _emptied(site: TargetProgram) -> Planted:
    source, parts, sheet = _book(site, "raid")
    content = parts.member(sheet)
    start, end = content.index(b"<sheetData"), content.index(b"</sheetData>")
    parts.put(sheet, content[:start] + b"<sheetData>" + content[end:])
    return _put(site, source, parts, "every row")


def _headings(site: TargetProgram) -> Planted:
    """The workbook's headings have other words."""
    source, parts, _ = _book(site, "raid")
    name = "xl/sharedStrings.xml"
    content = parts.member(name)
    for heading in (b"Status", b"Probability  (Likelihood)", b"Due Date"):
        content = content.replace(b">" + heading + b"<", b">" + heading + b" (old)<")
    if content == parts.member(name):
        raise NotPlanted("the workbook does not hold its headings as shared strings")
    parts.put(name, content)
    return _put(site, source, parts, "its headings")


def _torn(site: TargetProgram) -> Planted:
    source, parts, _ = _book(site)
    site.copy.put(source.path, parts.data[: len(parts.data) * 2 // 3])
    return planted(source)


DEFECTS = (
    Defect("formula-without-value", "A row of a workbook was never calculated", _BOOK, _without_value, Noticed.STOPPED),
    Defect("torn-workbook", "A workbook was cut off", _BOOK, _torn, Noticed.STOPPED),
    Defect(
        "rows-gone", "Most rows of a workbook were deleted", "a table in a workbook", lambda s: _rows_gone(s, "table")
    ),
    Defect(
        "raid-rows-gone",
        "Most risks were deleted from the RAID log",
        _RAID,
        lambda site: _rows_gone(site, "raid"),
        Noticed.TOLD,
    ),
    Defect("raid-emptied", "The risk log holds nothing, not even headings", _RAID, _emptied, Noticed.STOPPED),
    Defect("raid-headings", "Columns of the RAID log have other names", _RAID, _headings, Noticed.STOPPED),
)
