"""What settles that some rows are parents of others, in words: by what the column that shows it holds.

Pure, over headings and texts, so that people who set up a binding see what collecting would report. A row that another
names is the parent, never the one that names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gonogo.collectors.rows import row_words as words
from gonogo.collectors.rows.outline import YES
from gonogo.collectors.rows.row_subject import folded, plain
from gonogo.collectors.rows.tree import names_parents

_COUNTS: Final = "rows: {parent: counts}"


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column: its heading, its name where it is read, and its cells."""

    heading: str
    name: str
    cells: Sequence[str]


def settling(column: ShownColumn, others: Iterable[ShownColumn]) -> str:
    """Return the settings that answer what a column shows of parents, the part of a sentence after ``say``.

    Args:
        column: That shows it.
        others: Columns by which a row may be named.
    """
    by = key_of_parents(column, others)
    if by is not None:
        rule = f"column: {_name(column)}, names_parent: {_name(by)}"
        items = f"{_COUNTS} if a row that others name is an item too, as an epic or a story is"
        return f"{items}, or rows: {{parent: {{{rule}}}}} if it is none"
    otherwise = f", or {_COUNTS} if they are items"
    heading, listed = plain(column.heading), "..."
    if heading in words.OUTLINE | words.OUTLINE_NUMBERS | words.MAYBE_OUTLINE_NUMBERS:
        return f"rows: {{parent: {{column: {_name(column)}, outline: true}}}}{otherwise}"
    if heading in words.SUMMARY_FLAGS:
        listed = ", ".join(sorted({f'"{cell.strip()}"' for cell in column.cells if folded(cell) in YES})) or listed
        return f"rows: {{parent: {{column: {_name(column)}, values: [{listed}]}}}}{otherwise}"
    return f"rows: {{parent: {{column: ..., values: [...]}}}} by a column that shows the parents{otherwise}"


def rule_of_parents(column: ShownColumn, others: Iterable[ShownColumn]) -> dict[str, Any] | None:
    """Return the setting that leaves out the parents which a column shows, in every file alike; None where none does.

    Args:
        column: That shows it; it is read.
        others: Columns by which a row may be named.
    """
    if not column.name:
        return None
    by = key_of_parents(column, others)
    if by is not None:
        return {"column": column.name, "names_parent": by.name} if by.name else None
    heading = plain(column.heading)
    if heading in words.OUTLINE | words.OUTLINE_NUMBERS | words.MAYBE_OUTLINE_NUMBERS:
        return {"column": column.name, "outline": True}
    if heading in words.SUMMARY_FLAGS:
        said = sorted({cell.strip() for cell in column.cells if folded(cell) in YES})
        return {"column": column.name, "values": said} if said else None
    return None


def key_of_parents(column: ShownColumn, others: Iterable[ShownColumn]) -> ShownColumn | None:
    """Return the column by whose cells another one names each row's parent; None where none is named so."""
    if not names_parents(column.heading):
        return None
    named = {cell.strip() for cell in column.cells} - {""}
    found = [(len(named.intersection(_cells(each.cells))), bool(each.name), each) for each in others if each != column]
    most = max(found, key=lambda entry: entry[:2], default=None)
    return most[2] if most is not None and most[0] else None


def leaves_children_out(column: ShownColumn, values: Collection[str], others: Iterable[ShownColumn]) -> bool:
    """Return whether rows that hold these values are children: the values are keys, and name each row's parent."""
    return names_parents(column.heading) and any(not set(values).isdisjoint(_cells(each.cells)) for each in others)


def _cells(cells: Iterable[str]) -> set[str]:
    return {cell.strip() for cell in cells} - {""}


def _name(column: ShownColumn) -> str:
    return column.name or f"COLUMN (read {column.heading!r} first)"
