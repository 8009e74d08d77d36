"""Words that a person types into a list of a profile, beside the rows of the words that the file holds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gonogo.first_week.adding.profile_sheets import NONE, take_profile_answers
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.profiles.shelf import shipped_profiles

JIRA = next(each for each in shipped_profiles() if each.name == "jira-issues")
HEADING = "Custom field (Workaround approved)"


def agreed(typed: str, by_row: str) -> Any:
    """Answer the list ``agreed`` by typed words, and the row of the word ``Yes by mail`` by a choice."""
    proposal: Any = SimpleNamespace(prefix="defects", mapping=None, settings={}, words={})
    rows = [
        AnsweredRow("words", "agreed", "", typed, "", "sheet Jira, row 9"),
        AnsweredRow("word", "Yes by mail", HEADING, by_row, "", "sheet Jira, row 30"),
    ]
    take_profile_answers(JIRA, proposal, rows)
    return proposal.words.get("agreed")


@pytest.mark.parametrize(
    ("typed", "by_row", "found"),
    [
        ("Yes by mail; OK", "", ["Yes by mail", "OK"]),
        ("yes by mail", "", ["yes by mail"]),
        ("yes by mail", "agreed", ["yes by mail", "Yes by mail"]),
        ("OK", "agreed", ["OK", "Yes by mail"]),
        ("OK", "", ["OK"]),
    ],
)
def test_what_is_typed_counts_though_the_row_of_its_word_is_blank(typed: str, by_row: str, found: list[str]) -> None:
    """The row stands folded, and nobody opened it: what was typed counted nowhere, and nothing said so."""
    assert agreed(typed, by_row) == found


@pytest.mark.parametrize("other", ["final", NONE])
def test_a_word_of_which_two_rows_say_different_things_is_refused(other: str) -> None:
    """One of them is a slip, and nobody knows which."""
    with pytest.raises(WrongAnswerInSheet, match="row 9: `Yes by mail` is typed as `agreed`, and sheet Jira"):
        agreed("Yes by mail", other)
