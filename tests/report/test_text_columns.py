"""Text in columns: nothing is lost, and nothing runs over the edge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.report.formats.text_columns import cells, legible, row_lines, table_widths, wrap

TEXT = st.text("abc .-東é\u0301😀", max_size=120).map(lambda text: " ".join(text.split()))


class TestCells:
    @pytest.mark.parametrize(("text", "width"), [("abc", 3), ("東京", 4), ("é", 1), ("e\u0301", 1), ("", 0)])
    def test_a_cell_is_what_a_terminal_draws(self, text: str, width: int):
        """A table with a Japanese name in it would stand askew."""
        assert cells(text) == width


class TestWrap:
    @given(text=TEXT, width=st.integers(2, 40))
    def test_no_line_is_wider_than_it_may_be(self, text: str, width: int):
        """A CI log cuts what runs over the edge, and what is cut may be the blocker."""
        assert all(cells(line) <= width for line in wrap(text, width))

    @given(text=TEXT, width=st.integers(2, 40))
    def test_nothing_is_lost(self, text: str, width: int):
        """A sentence without its end says something else."""
        assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")

    def test_words_stay_whole_where_they_fit(self):
        """Names are searched for; one that is cut is not found."""
        assert wrap("the customer's functional lead", 16) == ["the customer's", "functional lead"]

    def test_a_word_that_is_too_wide_is_cut(self):
        """A digest or a path is wider than any column."""
        assert wrap("see evidence/program/ims.xml now", 10) == ["see", "evidence/p", "rogram/ims", ".xml now"]


class TestTable:
    @given(
        rows=st.integers(1, 5).flatmap(
            lambda columns: st.lists(st.lists(TEXT, min_size=columns, max_size=columns), min_size=1, max_size=4)
        ),
        width=st.integers(40, 100),
    )
    def test_every_row_fits(self, rows: list[list[str]], width: int):
        """A table that is wider than the page is no table any more."""
        widths = table_widths(rows, width)

        lines = ["".join(line) for row in rows for line in row_lines(row, widths)]
        assert all(cells(line) <= width for line in lines)

    def test_only_wide_columns_are_narrowed(self):
        """`Met` must not be broken because a sentence stands beside it."""
        assert table_widths([["Met", "x" * 60, "y" * 30]], 60) == [3, 25, 26]

    def test_short_words_are_kept_while_long_ones_can_be_cut(self):
        """`Workforce` is read; the path beside it is looked up."""
        rows = [["Domain", "Source"], ["Workforce", "evidence/workforce/rosters/roster.csv"]]

        assert table_widths(rows, 24) == [9, 12]

    def test_a_table_that_would_cut_short_words_is_not_legible(self):
        """Then its rows are told one after the other."""
        rows = [["Domain", "Verdict"], ["Workforce", "CONDITIONAL GO"]]

        assert legible(rows, 23)
        assert not legible(rows, 22)
