"""Lines above the headings of a text: their cells, and the day by which one of them dates the content."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from gonogo.collectors.document_moment import stated_moment
from gonogo.collectors.table.settings import Table
from gonogo.collectors.worksheet import column_letters
from gonogo.model.program import AsOfRule
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input

_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def loosely(line: str, table: Table) -> list[list[str]]:
    """Return the cells of a line above the header, which may be anything."""
    try:
        return [cells for cells in csv.reader([line], delimiter=table.delimiter) if any(cells)]
    except csv.Error:
        return []


def moment_above(above: Sequence[str], table: Table, source: Input, time_zone: str) -> datetime | None:
    """Return the moment that a cell above the headings gives, where the binding dates the content by one."""
    if source.as_of is not None or source.rule.rule is not AsOfRule.CELL:
        return None
    cell = source.rule.cell
    match = _CELL.fullmatch(cell)
    if match is None or int(match[2]) > len(above):
        raise StructuralFault(
            f"{source.file_name} is a text, and {cell!r} is no cell above its headings; name one such as A1"
        )
    rows = loosely(above[int(match[2]) - 1], table)
    value = next((text for each in rows for at, text in enumerate(each, 1) if column_letters(at) == match[1]), "")
    moment = stated_moment(value.strip(), time_zone)
    if moment is None:
        raise StructuralFault(
            f"{source.file_name}, cell {cell}: no date or time is there, so nobody knows when the content held"
        )
    return moment
