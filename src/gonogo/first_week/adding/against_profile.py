"""Answers about an export of a known tool against what its profile, or the word itself, says: told before all else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gonogo.first_week import hints
from gonogo.first_week.adding.drafted_again import profile_of
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.profile_sheets import word_lists
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.profiled import column_of
from gonogo.first_week.drafts.word_meanings import Meaning, meaning_of
from gonogo.first_week.good_words import plain_word
from gonogo.first_week.proposal import Proposal
from gonogo.profiles.expanding import facts_of

_GRADES: Final = (Meaning.LOWER, Meaning.HIGH, Meaning.CRITICAL)
"""Grades, the least first."""
_LISTED: Final = {
    **dict.fromkeys(("low", "lower", "moderate", "uncritical", "ordinary"), Meaning.LOWER),
    **dict.fromkeys(("high", "second"), Meaning.HIGH),
    **dict.fromkeys(("critical", "first"), Meaning.CRITICAL),
}
"""Word lists of profiles that grade."""
_BAD: Final = frozenset({Meaning.FAILED, Meaning.OPEN, Meaning.NO})
_GOOD: Final = frozenset({"acted_on", "agreed", "approved", "closed", "completed", "decided", "done", "filled"}) | {
    *("final", "fixed", "mended", "others", "passed", "settled", "solved")
}
"""Word lists of profiles by which a row is over, is good, or does not count."""


def against_profile(program: OpenProgram, proposal: Proposal | None, rows: Sequence[AnsweredRow]) -> Iterator[str]:
    """Yield the answers of a person by which a word means something else than it says, or than its profile says of it.

    Args:
        program: The program, which may have profiles of its own.
        proposal: Of the file; nothing is yielded where no profile reads it.
        rows: The sheet.
    """
    if proposal is None or proposal.draft is not None:
        return
    profile = profile_of(program, proposal)
    lists = word_lists(profile, facts_of(profile, proposal.prefix))
    groups = list(lists.values())
    usual = {name: {plain_word(word) for word in each.usual} for name, each in profile.words.items()}
    for row in rows:
        if row.tag == "word" and row.answer:
            listed = lists.get(column_of(profile, row.of))  # else a person chose the column, and the list tells which
            group = listed or next((each for each in groups if row.answer in each), [])
            said = [(row.about, row.answer, f" under {row.of}")]
        elif row.tag == "words":
            group = next((each for each in groups if row.about in each), [])
            said = [(word.strip(), row.about, "") for word in row.answer.split(";") if word.strip()]
        else:
            continue
        for word, answer, under in said:
            own = [name for name in group if plain_word(word) in usual[name]]
            if own and answer not in own:
                yield f"`{hints.sayable(word)}`{under} counts as {answer}, and {profile.reference} calls it {own[0]}"
            elif not own and _against(meaning_of(word, row.of), answer):
                yield f"`{hints.sayable(word)}`{under} counts as {answer}"


def _against(says: Meaning | None, answer: str) -> bool:
    """Whether a word that no list of the profile has is put into one against its plain sense."""
    if says in _GRADES and answer in _LISTED:
        return _GRADES.index(_LISTED[answer]) < _GRADES.index(says)
    return says in _BAD and answer in _GOOD
