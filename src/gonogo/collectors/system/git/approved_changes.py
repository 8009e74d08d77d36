"""The changes that somebody approved: one column of an export in CSV, in which nothing but approved ones are."""

from __future__ import annotations

import csv

from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input


def approved_changes(source: Input, heading: str) -> frozenset[str]:
    """Return the ids of the column of that heading, folded.

    Raises:
        StructuralFault: It is no CSV in UTF-8, has no such column once, or no id in it.
    """
    place = source.file_name
    try:
        with source.text() as stream:
            rows = csv.reader(stream, strict=True)
            header = [cell.strip() for cell in next(rows, [])]
            if header.count(heading) != 1:
                raise StructuralFault(f"{place} does not have the column {heading} once")
            at = header.index(heading)
            found: set[str] = set()
            for row in rows:
                if row and len(row) != len(header):
                    raise StructuralFault(f"{place}, line {rows.line_num}, does not have as many columns as its header")
                found.update(cell.strip().casefold() for cell in row[at : at + 1])
    except UnicodeDecodeError as error:
        raise StructuralFault(f"{place} is not UTF-8 at byte {error.start}; save it as CSV UTF-8") from error
    except csv.Error as error:
        raise StructuralFault(f"{place}, line {rows.line_num}, is not strict CSV: {error}") from error
    found.discard("")
    if not found:
        raise StructuralFault(f"{place} holds no approved change", GapReason.MISSING)
    return frozenset(found)
