"""Rows of a table that may be no items, as rows of its sheet: what becomes of each kind is said in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.rows_in_question import ROWS, rows_in_question
from gonogo.first_week.drafts.table_draft import TableDraft

_NO_RULE: Final = (
    " Nothing in the file tells them from the others. If they are none, take them out of the file, or export it with a "
    "column of the level."
)


def rows_rows(draft: TableDraft) -> Iterator[SheetLine]:
    """Yield what is asked of each kind of rows that may be no items, with what is proposed."""
    for each in rows_in_question(draft.mapping):
        yield SheetLine(
            ROWS,
            each.words.about,
            answer=each.proposed,
            offered=each.offered,
            note=f"{each.question} While this is blank, nothing is read.{'' if each.left is not None else _NO_RULE}",
        )


def with_own_rows(rows: Sequence[SheetLine], own: Mapping[str, Any], draft: TableDraft) -> list[SheetLine]:
    """Return the rows of a sheet with what the settings of a confirmed binding say of such rows.

    Args:
        rows: As they would be asked of a draft.
        own: The settings that stand in the binding.
        draft: Of its file.
    """
    said: dict[str, Any] = {}
    for table in own.get("tables", {}).values():
        said |= table.get("rows", {})
    asked = {each.words.about: each for each in rows_in_question(draft.mapping)}
    return [
        replace(row, answer=asked[row.about].answered(said.get(asked[row.about].kind)))
        if row.tag == ROWS and row.about in asked
        else row
        for row in rows
    ]
