"""Open items on a further sheet that looks like a log, such as *Issue Log (2)*: they would count nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gonogo.collectors.program.raid.m3_layout import ISSUE_LOG, RISKS
from gonogo.collectors.program.raid.scales import CLOSED, words
from gonogo.collectors.rows.page_names import goes_on_by_name
from gonogo.collectors.worksheet import Workbook, find_header, header_key
from gonogo.plugin.spec import CollectorRefusal


def open_elsewhere(
    workbook: Workbook, log: str, headings: Mapping[str, str], settled: Collection[str]
) -> Iterator[str]:
    """Yield a sentence for each further sheet that has the headings of a log and a row that is not closed.

    A further page by its name, which has rows and no headings, is one too: nobody knows what is open there.

    Args:
        workbook: The workbook.
        log: The sheet of the log.
        headings: Name to heading of the log's columns.
        settled: Sheets of which a person said why they are no log.
    """
    for name in workbook.sheet_names:
        if name in (RISKS.sheet, ISSUE_LOG.sheet) or name in settled:
            continue
        sheet = workbook.sheet(name)
        try:
            header = find_header(sheet, headings.values())
        except CollectorRefusal:
            of_other = any(name.startswith(each) for each in {RISKS.sheet, ISSUE_LOG.sheet} - {log})
            rows = sum(sum(cell != "" for cell in cells) > 1 for cells in sheet.rows)
            if goes_on_by_name(name) and rows and not of_other:
                yield (
                    f"{sheet.where()} goes on with the log by its name, has {rows} row{'s' if rows > 1 else ''} and "
                    "not its headings; put the items on the log's own sheet, or name it under other_sheets with the "
                    "reason"
                )
            continue
        at = {key: header.columns[header_key(heading)] - 1 for key, heading in headings.items()}
        for number, cells in enumerate(sheet.rows[header.row :], header.row + 1):
            text = {key: str(cells[column]).strip() if column < len(cells) else "" for key, column in at.items()}
            if (text["title"] or text["description"]) and words(text["status"]) not in CLOSED:
                yield (
                    f"{sheet.where()} has the headings of the log too, and an item in row {number} that is not closed; "
                    "put it on the log's own sheet, or name the sheet under other_sheets with the reason"
                )
                break
