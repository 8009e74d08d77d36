"""The changes that somebody approved: one column of an export in which nothing but approved ones are."""

from __future__ import annotations

from gonogo.collectors.listed_rows import listed_rows
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input


def approved_changes(source: Input, heading: str) -> frozenset[str]:
    """Return the ids of the column of that heading, folded.

    Raises:
        CollectorRefusal: It is no CSV in UTF-8 and no workbook of one sheet, has no such column once, or no id in it.
    """
    rows = listed_rows(source, "", final_line_break=False)
    header = [cell.strip() for cell in next(rows)[1]]
    if header.count(heading) != 1:
        raise StructuralFault(f"{source.file_name} does not have the column {heading} once")
    at = header.index(heading)
    found = {row[at].strip().casefold() for _, row in rows} - {""}
    if not found:
        raise StructuralFault(f"{source.file_name} holds no approved change", GapReason.MISSING)
    return frozenset(found)
