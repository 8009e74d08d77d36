"""When a RAID workbook held: what the host knows, or the date in a cell; or that it is GSA's blank template."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from gonogo.collectors.document_moment import cell_moment
from gonogo.collectors.program.raid.m3_layout import ISSUE_LOG, RISKS
from gonogo.collectors.worksheet import Workbook, find_header, header_key
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import CollectorRefusal, Input

COVER_DATE: Final = "Cover!B5"


def held(source: Input, workbook: Workbook, time_zone: str) -> datetime:
    """Return when the workbook's content held: what the host knows, or the date in the cell that the rule names.

    Raises:
        CollectorRefusal: The cell holds no date, or the rule is one that this workbook cannot follow.
    """
    if source.as_of is not None:
        return source.held(None)
    if source.rule.rule not in (AsOfRule.DOCUMENT, AsOfRule.CELL):
        raise CollectorRefusal(
            f"{source.file_name}: as_of of a RAID workbook is `document`, a cell, a file name, or a day (at, by)",
            GapReason.MISSING,
        )
    value, where = workbook.cell(source.rule.cell or COVER_DATE)
    moment = cell_moment(value, time_zone)
    if moment is None:
        what = f"it holds {str(value)[:60]!r}" if value != "" else "it is blank"
        blank = "; no row of its two logs has a title, so it is GSA's template as it comes" if _blank(workbook) else ""
        raise CollectorRefusal(f"{where} should hold the date of the log; {what}{blank}", GapReason.MISSING)
    return moment


def _blank(workbook: Workbook) -> bool:
    """Return whether no risk and no issue has a title."""
    for log in (RISKS, ISSUE_LOG):
        title = log.headings["title"]
        try:
            sheet = workbook.sheet(log.sheet)
            header = find_header(sheet, [title])
        except CollectorRefusal:
            return False
        column = header.columns[header_key(title)]
        if any(row[column - 1] != "" for row in sheet.rows[header.row :] if len(row) >= column):
            return False
    return True
