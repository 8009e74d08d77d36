"""Examples of a column about people: words of a closed list are shown, and whatever may name somebody is not."""

from __future__ import annotations

import pytest

from gonogo.first_week.adding.sheet_line import shown
from gonogo.first_week.hints import digest_of_word


@pytest.mark.parametrize("cell", ["Yes", "no", "N", "n/a", "Completed", "signed off", " Pending "])
def test_a_word_of_a_closed_list_is_shown_as_it_is(cell: str) -> None:
    """`#85a39ab3` for a Yes told nobody what the column says."""
    assert shown([cell], hashed=True) == shown([cell], hashed=False)


@pytest.mark.parametrize("cell", ["Ada Kirsch", "Yes, Ada", "no.ott", "May", "U-17", "completed by Ott"])
def test_any_other_cell_is_a_digest(cell: str) -> None:
    """A word of a list inside of a longer text is no word of a list."""
    assert shown([cell, "Yes"], hashed=True) == f"{digest_of_word(cell)}, Yes"
