"""What a sheet says of a figure that is unknown: the row that settles it, and no setting that only a file can hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.first_week.adding.test_offered_answers import answered, begun

from gonogo.first_week.adding.told_reasons import told_reason


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        (
            "plan.xlsx: row 3 indented below others, by outline level; say rows: {parent: set_in} to leave the rows "
            "above them out, or rows: {parent: counts} if they are items",
            "row 3 indented below others, by outline level; say in the row `rows` of its sheet whether they count",
        ),
        (
            "calls.xlsx: nothing says what one row is: no column is a key; say the key by unique: [...], or in words "
            "what one row is by one_row: ...",
            "choose in the row `key` of its sheet the column, or the two,",
        ),
        (
            "f.csv: the column 'Release' names 2 releases; say which rows count by subject: {release: {kind: release}}",
            "names 2 releases; say in the row `which rows` of its sheet which of them count",
        ),
        ("row 4 is blank; say in the settings what a blank means (blank: or given:)", "what a blank cell means"),
        ("f.csv: two sheets fit; say which one: sheet: [A, B]", "two sheets fit; correct the file, or ask the person"),
        ("f.csv: a cell says TBD; correct it in the file", "f.csv: a cell says TBD; correct it in the file"),
    ],
)
def test_settings_become_the_row_that_answers(detail: str, told: str) -> None:
    """An office that does not program read `say rows: {parent: set_in}` and had no cell for it."""
    found = told_reason(detail)

    assert told in found
    assert "{" not in found
    assert ": [" not in found


CASES = "Case,Severity,Result\nS-1,{},{}\nS-2,Low,Failed\nS-3,{},Passed\n"


@pytest.mark.parametrize(("grade", "result", "unknown"), [("Critical", "Not run", True), ("Critical", "Passed", False)])
def test_a_critical_case_without_an_outcome_is_told_as_such(
    tmp_path: Path, grade: str, result: str, unknown: bool
) -> None:
    """The sheet spoke of a query, which nobody who fills it in has written, and of a number divided by 0."""
    rows = begun(tmp_path, "SIT results.csv", CASES.format(grade, result, grade))
    note = rows["sit.critical_failed"].note
    told = " ".join(answered(tmp_path))

    assert ("a row that it asks about has no outcome yet" in note) is unknown
    assert "query" not in note + told
    assert "divided" not in note + told
