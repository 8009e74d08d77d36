"""Columns that nobody reads and that may still say what the rows are about: they are looked at, not ignored."""

from __future__ import annotations

from collections.abc import Sequence

from gonogo.collectors.rows.outline import may_be_outline, may_be_steps
from gonogo.collectors.rows.row_key import may_be_items, repeating_keys
from gonogo.collectors.rows.row_subject import BoundSubjects, worth_watching
from gonogo.collectors.rows.tree import indented, level_of, names_parents, names_rows
from gonogo.collectors.table.rival_columns import rivalled
from gonogo.collectors.table.settings import Table


def watched_columns(
    table: Table, headings: Sequence[str], sample: Sequence[Sequence[str]], bound: BoundSubjects
) -> tuple[tuple[str, int], ...]:
    """Return heading and position of each column that is not read, not explained, and worth a look.

    Args:
        table: Settings of the table.
        headings: Every heading of the file, by position.
        sample: Its first rows, as texts.
        bound: What the evidence is bound to.
    """
    parents = any(map(names_parents, headings))
    read = {column.header or name for name, column in table.columns.items()}
    return tuple(
        (heading, position)
        for position, heading in enumerate(headings)
        if heading not in read
        and heading not in table.not_subject
        and (
            rivalled(table, heading)
            or is_watched(heading, [row[position] for row in sample if position < len(row)], bound, parents=parents)
        )
    )


def is_watched(heading: str, sample: Sequence[str], bound: BoundSubjects, *, parents: bool = False) -> bool:
    """Return whether a column is worth a look, by its heading or by its first values.

    Args:
        heading: As the file has it.
        sample: First values.
        bound: What the evidence is bound to.
        parents: Whether another column names the parent of each row.
    """
    named = may_be_outline(heading) or may_be_steps(heading) or may_be_items(heading) or level_of(heading) is not None
    if named or indented(sample) or (parents and names_rows(heading)):
        return True
    return repeating_keys(sample) or worth_watching(heading, sample, bound)
