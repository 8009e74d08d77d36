"""Given names that may be one person's, in words of small letters."""

import pytest

from gonogo.model import given_names
from gonogo.model.given_names import same_given


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ted", "edward", True),
        ("ted", "theodore", True),
        ("edward", "theodore", False),
        ("lin", "lynn", True),
        ("jon", "john", True),
        ("mark", "marc", True),
        ("marcy", "marcie", True),
        ("stefan", "stephan", True),
        ("rana", "hrana", False),
        ("li", "ly", False),
        ("lin", "ly", False),
        ("jane", "jan", True),
        ("jane", "john", False),
    ],
)
def test_a_short_form_or_another_spelling_is_the_same_name(one: str, other: str, same: bool) -> None:
    """Two are one by a third name only where a register has the third; and short names differ by a letter."""
    assert same_given(one, other) is same
    assert same_given(other, one) is same


def test_each_short_form_is_one_word_in_small_letters_and_stands_once_in_its_group() -> None:
    """A list that is written by hand."""
    for line in given_names._SHORT_FORMS.split("\n"):
        words = line.split()
        assert line == " ".join(dict.fromkeys(words))
        assert line == line.lower()
        assert len(words) != 1
