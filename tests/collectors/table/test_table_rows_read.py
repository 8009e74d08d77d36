"""A share says how many rows were read wherever its whole is another number."""

from __future__ import annotations

from typing import Any

import pytest

ROWS = b"id,state,scope,dollars\nA,good,in,9\nB,good,in,1\nC,bad,out,5\n"
COLUMNS = {
    "id": {"type": "id"},
    "state": {"type": "text", "allowed": ["good", "bad"]},
    "scope": {"type": "text", "allowed": ["in", "out"]},
    "dollars": {"type": "integer", "unit": "USD"},
}
GOOD = 'state == "good"'
SQL = "SELECT {n}count(*) FILTER (WHERE state = 'good') AS part, {n}count(*) AS whole FROM rows"


@pytest.mark.parametrize(
    ("measure", "whole", "read"),
    [
        ({"share": {"where": GOOD}}, 3, None),
        ({"share": {"where": GOOD, "among": 'scope == "in"'}}, 2, 3),
        ({"share": {"where": GOOD, "weigh": "dollars"}}, 15, 3),
        ({"share": {"where": GOOD, "weigh": "dollars", "among": "dollars == 1"}}, 1, None),
        ({"share": {"where": GOOD, "per": {"column": "scope", "need": "every"}}}, 2, None),
        ({"share": {"where": GOOD}, "by": {"column": "scope", "take": "lowest"}}, 1, None),
        ({"sql": SQL.format(n=""), "type": "ratio", "inputs": ["rows"]}, 3, None),
        ({"sql": SQL.format(n="2 * "), "type": "ratio", "inputs": ["rows"]}, 6, 3),
        ({"sql": SQL.format(n="") + " WHERE scope = 'in'", "type": "ratio", "inputs": ["rows"]}, 2, None),
    ],
)
def test_rows_that_were_read_are_told_where_the_whole_is_another_number(
    collect: Any, measure: dict[str, Any], whole: int, read: int | None
):
    """Only so can anybody see that 2,000 were counted from 50 rows, or 8 from 10."""
    answer = collect(
        {"rows.csv": ROWS}, {"tables": {"rows": {"columns": COLUMNS, "unique": ["id"]}}, "facts": {"f": measure}}
    )["f"]

    assert (answer.whole, answer.rows_read) == (whole, read), answer
