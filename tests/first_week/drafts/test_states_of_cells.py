"""The words of a column that says how rows stand: each once, in the order of the file, blanks apart."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from gonogo.first_week.drafts.draft_columns import states_of
from gonogo.first_week.mapping import map_file


def test_each_word_stands_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    """The workbook lists them in this order, and a blank is no word."""
    rows = "".join(f"I-{number},{word}\n" for number, word in enumerate(["Done", "Open", "", "Done", "Failed", ""]))
    (tmp_path / "a.csv").write_text(f"ID,Status\n{rows}")
    mapping = map_file(tmp_path / "a.csv")

    state = states_of(mapping, "status", mapping.columns["status"])

    assert state is not None
    assert [*state.words] == ["Done", "Open", "Failed"]
    assert state.blanks == 2


def test_truth_values_of_a_workbook_are_words(tmp_path: Path) -> None:
    """Excel writes TRUE and FALSE, which equal one and zero."""
    book = openpyxl.Workbook()
    for row in (["ID", "Approved"], ["A-1", True], ["A-2", False], ["A-3", None], ["A-4", True]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    mapping = map_file(tmp_path / "a.xlsx")

    state = states_of(mapping, "approved", mapping.columns["approved"])

    assert state is not None
    assert [*state.words] == ["true", "false"]
    assert state.blanks == 1
