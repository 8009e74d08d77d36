"""An export that was pasted below itself, where no key would show it."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.collectors.table.pasted import _block
from gonogo.model.evidence import GapReason

SETTINGS: dict[str, Any] = {
    "tables": {
        "t": {
            "others": "ignored",
            "one_row": "one finding",
            "columns": {"s": {"header": "Severity", "type": "text", "allowed": ["High", "Low"]}},
        }
    },
    "facts": {"f": {"count": {"where": 's == "High"'}, "unit": "findings"}},
}


def ask(collect: Any, *rows: str, **more: Any) -> Any:
    table = {**SETTINGS["tables"]["t"], **more}
    settings = {**SETTINGS, "tables": {"t": table}}
    return collect({"f.csv": "\n".join(("Host,Severity", *rows, "")).encode()}, settings)["f"]


ROWS = ("a,High", "b,Low", "c,High")


@pytest.mark.parametrize("times", [2, 3])
def test_a_copy_below_itself_is_a_gap(collect, times):
    """A count that is doubled is no number of anything."""
    answer = ask(collect, *ROWS * times)

    assert answer.gap is GapReason.AMBIGUOUS_ROWS
    assert "from line 5 on the rows are those from line 2 on once more, cell by cell" in answer.detail
    assert answer.told == answer.detail


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        (ROWS, 2),
        ((*ROWS, *ROWS[:2]), 3),
        ((*ROWS, "a,High", "b,Low", "d,High"), 4),
        (("a,High",) * 4, 4),
    ],
)
def test_rows_that_are_no_copy_of_all_others_count(collect, rows, value):
    assert ask(collect, *rows).value == value


def test_a_key_says_it_by_itself(collect):
    columns = {"h": {"header": "Host", "type": "id"}, **SETTINGS["tables"]["t"]["columns"]}
    answer = ask(collect, *ROWS * 2, columns=columns, unique=["h"], one_row=None)

    assert answer.gap is not None
    assert "once more, cell by cell" not in answer.detail


@pytest.mark.parametrize(
    ("lines", "size"),
    [("abab", 2), ("aabaab", 3), ("ab", 0), ("aaaa", 0), ("ababa", 0), ("abcabd", 0), ("abacabac", 4), ("ababab", 2)],
)
def test_the_block_is_the_smallest_that_comes_again_until_the_end(lines, size):
    assert _block(list(lines)) == size
