"""Keys that a workbook holds as numbers: taken as ids only where each filled cell of the column is a whole number."""

from __future__ import annotations

import pytest

from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.table.numbered_keys import numbered_keys
from gonogo.collectors.worksheet import Cell

TICKET = Column(type=ColumnType.ID)


@pytest.mark.parametrize(
    ("cells", "numbered"),
    [
        ([1.0, 2.0], True),
        ([1.0, "", 3.0], True),
        ([-1.0], True),
        ([999_999_999_999_999.0], True),
        ([1_000_000_000_000_000.0], False),
        ([1.0, "A-2"], False),
        ([1.0, 2.5], False),
        ([1.0, True], False),
        (["1"], False),
        (["", ""], False),
        ([], False),
    ],
)
def test_a_column_of_ids_is_numbered_if_every_filled_cell_is_a_whole_number(cells: list[Cell], numbered: bool) -> None:
    """A half number has lost digits that are in the key; above fifteen digits Excel has lost them too."""
    assert numbered_keys([("ticket", TICKET, 0)], [[cell] for cell in cells]) == ({"ticket"} if numbered else set())


def test_only_columns_of_ids_are_numbered_and_a_short_row_has_no_cell() -> None:
    """A text column keeps what it holds."""
    text = Column(type=ColumnType.TEXT, allowed="any")
    rows: list[list[Cell]] = [[1.0, 7.0], [2.0]]

    assert numbered_keys([("name", text, 0), ("ticket", TICKET, 1)], rows) == {"ticket"}
