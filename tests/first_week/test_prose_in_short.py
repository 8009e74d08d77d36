"""A reason for which there is no room ends after a statement: half a one sends somebody to look for the rest."""

from __future__ import annotations

import pytest

from gonogo.first_week.prose import in_short, with_article

WHY = "The source holds personal data, so it is not repeated here; look at line 6: nobody has said what a word means."


@pytest.mark.parametrize(
    ("most", "words"),
    [
        (len(WHY) + 1, WHY),
        (len(WHY), WHY),
        (len(WHY) - 1, "The source holds personal data, so it is not repeated here; look at line 6 …"),
        (80, "The source holds personal data, so it is not repeated here; look at line 6 …"),
        (70, "The source holds personal data, so it is not repeated here …"),
        (30, "The source holds personal …"),
    ],
)
def test_it_ends_after_a_statement(most: int, words: str) -> None:
    """*… look at line 6: jira.csv: nobody has said what a word means in …* stood on the first sheet."""
    assert in_short(WHY, most=most) == words


def test_a_word_alone_and_signs_that_hurt_are_written_as_they_may_be() -> None:
    """What comes from a file is spelt out, also where it is cut."""
    assert in_short("x" * 50, most=10) == "xxxxxxxxxx …"
    assert in_short("a\x1bb", most=10) == "a\\x1bb"


@pytest.mark.parametrize(
    ("noun", "words"), [("issue", "an issue"), ("risk", "a risk"), ("action", "an action"), ("", "a ")]
)
def test_a_noun_has_the_article_that_is_spoken(noun: str, words: str) -> None:
    """*Each row is a issue* reads as if nobody had looked at it."""
    assert with_article(noun) == words
