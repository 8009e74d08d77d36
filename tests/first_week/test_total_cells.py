"""Which cells are asked whether they are those of a total: a code that ends in a digit never is one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.first_week.sample_rows import is_total
from gonogo.first_week.totals import may_be_total

WORDS = st.sampled_from(
    ["total", "Totals", "GRAND", "sub-", "sum", "count", "row", "average", "mean", "avg", "overall", "%", "percent"]
)
OTHERS = st.sampled_from(["complete", "done", "passed", "of", "rows", "records", "report", "R1", "report", "column"])
REST = st.sampled_from(["", " ", ":", "=", "\u00a0", "\t", "5", "12", ",", "$", "\u0665", ".", "-", "²"])


@settings(max_examples=1500, deadline=None)
@given(st.lists(WORDS | OTHERS | REST, max_size=7).map("".join))
def test_no_total_is_passed_over(cell: str) -> None:
    """A total that is counted as an item makes a share better or worse than it is."""
    if is_total(cell):
        assert may_be_total(cell)


@pytest.mark.parametrize(
    ("cell", "asked"),
    [("C00012", False), ("Total 12", True), ("Total", True), ("Average", True), ("7", False), ("", True)],
)
def test_codes_are_not_asked(cell: str, asked: bool) -> None:
    """A column of 100,000 codes is not looked at one by one."""
    assert may_be_total(cell) is asked
