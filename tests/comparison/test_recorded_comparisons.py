"""The comparisons of a recorded requirement, by their text: what `progress` says of a value rests on them."""

from __future__ import annotations

import pytest

from gonogo.comparison.recorded_comparisons import written_in


@pytest.mark.parametrize(
    ("requirement", "text", "facts", "negated", "rises"),
    [
        ("a.x >= 3", "a.x >= 3", {"a.x"}, False, True),
        ("a.x>3", "a.x>3", {"a.x"}, False, True),
        ("a.x   <=   3", "a.x   <=   3", {"a.x"}, False, False),
        ("a.x < least", "a.x < least", {"a.x"}, False, False),
        ("not (a.x <= 3)", "a.x <= 3", {"a.x"}, True, False),
        ("not (not (a.x <= 3))", "a.x <= 3", {"a.x"}, False, False),
        ("not a.flag and a.x<=3", "a.x<=3", {"a.x"}, False, False),
        ("not a.flag and a.x<=3", "a.flag", {"a.flag"}, True, None),
        ("a.x == 3", "a.x == 3", {"a.x"}, False, None),
        ("a.x >= a.y", "a.x >= a.y", {"a.x", "a.y"}, False, None),
        ("a.x * 2 >= 3", "a.x * 2 >= 3", {"a.x"}, False, None),
        ('a.word not in ["a", "b"]', 'a.word not in ["a", "b"]', {"a.word"}, True, None),
    ],
)
def test_a_comparison_is_known_by_its_text(requirement, text, facts, negated, rises):
    """However it is spaced; `not` counts only for what stands below it."""
    found = written_in(requirement)[text]

    assert (found.facts, found.negated, found.rises) == (facts, negated, rises)


@pytest.mark.parametrize("requirement", ["", "a.x >", "a.x >= 3 and"])
def test_what_cannot_be_read_says_nothing(requirement):
    """A record of another version must not end a run."""
    assert written_in(requirement) == {}
