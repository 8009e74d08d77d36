"""What a word of a column means for a fact: the few meanings that an office picks from a list."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from gonogo.first_week.good_words import ENDED, GOOD, OPEN, WordSubject, height_of, plain_state, plain_word
from gonogo.first_week.prose import ascii_words, word_set


class Meaning(StrEnum):
    """What one word of a column means. The text is what the drop-down offers."""

    DONE = "done"
    APPROVED = "approved"
    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    ENDED = "ended without being done"
    GONE = "no longer on the list"
    CRITICAL = "critical"
    HIGH = "high"
    LOWER = "lower than high"
    YES = "yes"
    NO = "no"
    NONE = "none of these"


_CRITICAL: Final = 4
_HIGH: Final = 3
_NOTHING: Final = frozenset({"none", "no problem", "no issue", "nil"})
_YES: Final = frozenset({"yes", "y", "true", "x", "t", "si", "sí", "sì", "sim", "oui", "ja"})
_NO: Final = frozenset({"no", "n", "false", "f", "non", "nein", "nee", "não", "nao"})
_FAILED: Final = frozenset({"failed", "fail", "error", "errored", "unsuccessful", "nok", "not ok", "not passed"})
_UNPROVEN: Final = frozenset({"resolved", "fixed"})
"""Words that say of some tools that it is over, and of others that somebody still has to test and close it."""
_PASSED: Final = frozenset({"ok", "green"})
_NOT_YET: Final = frozenset(
    {"not run", "no run", "untested", "unexecuted", "submitted", "undecided", "late", "pending", "vacant", "offer made"}
)
_GRADED: Final = word_set("severity priority criticality impact gravity urgency critical probability class level grade")
_STANDS: Final = word_set("state status stage result outcome decision disposition phase code")
"""Words of a heading under which a single letter is an abbreviation, and no yes or no."""


_GONE: Final = frozenset({"retired", "decommissioned", "descoped", "de scoped", "out of scope"})
"""Words by which a thing is none of those that count any more, whatever was done with it before."""


def says_nothing(word: str) -> bool:
    """Return whether a word says in plain words that there is nothing: *none*, *no problem*."""
    return plain_word(word) in _NOTHING


def meaning_of(word: str, heading: str) -> Meaning | None:
    """Return what a word means under a heading, by stated lists alone; None for a word that is in none."""
    written = plain_state(word)
    if len(written) == 1 and _STANDS & set(ascii_words(heading)):
        return None  # `N` under a status may be new or no, and `P` passed or pending: only the office knows
    graded = bool(_GRADED & set(ascii_words(heading)))
    if says_nothing(word):
        return Meaning.NONE
    height = height_of(word)
    if height is not None and (graded or written not in OPEN | ENDED) and height >= 0:
        return Meaning.CRITICAL if height >= _CRITICAL else Meaning.HIGH if height == _HIGH else Meaning.LOWER
    if written in _YES:
        return Meaning.YES
    if written in _NO:
        return Meaning.NO
    if written in _UNPROVEN:
        return None
    if written in _FAILED:
        return Meaning.FAILED
    subjects = GOOD.get(written, frozenset())
    if WordSubject.TEST in subjects or written in _PASSED:
        return Meaning.PASSED
    if WordSubject.APPROVAL in subjects:
        return Meaning.APPROVED
    if subjects:
        return Meaning.DONE
    if written in _GONE:
        return Meaning.GONE
    if written in ENDED:
        return Meaning.ENDED
    if written in OPEN or written in _NOT_YET:
        return Meaning.OPEN
    return None
