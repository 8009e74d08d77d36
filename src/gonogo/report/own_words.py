"""Words of the gate's own that no copy leaves out: a reason that reads *NO-GO* must not take the verdict with it.

A copy replaces what people wrote wherever it occurs. A row, a plan or a person could be called like a verdict or a
status, by chance or on purpose, and the copy would then hide what the gate says. A text of nothing but these words
names nobody and tells nothing, so it stays.
"""

from __future__ import annotations

import re
from typing import Final

from gonogo.model.finding import Status
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.report.health import TONES
from gonogo.report.words import M3_WORDS, PURPOSE, REASON, STATUS, approval, weight

_WORD: Final = re.compile(r"[^\W_]+")
_COUNT: Final = 3
"""A number of so many digits counts something; a longer one may be somebody's."""
_PHRASES: Final = (
    "There is 1 reason against going live: 2 on merit, 3 because evidence is missing. There are 2 reasons.",
    "Nothing blocks; the go-live depends on 2 conditions named below. This decision, each criterion that blocks.",
    "Of 26 criteria: 14 met, 8 not met and 4 unknown. No criterion failed on merit: chase evidence.",
    "Verdict with waivers: NO-GO; verdict without waivers: NO-GO. Verdict by domain, criteria by weight.",
    "What blocks, what it depends on, what changed. Due, not due yet, open, owner, plan due, waived, accepted.",
    "Rehearsal, not a decision: the clock was set by hand. Progress, no decision. Decision. Approved, denied.",
    "standing hold, condition, blocked, requires, mandatory, true, false, none, yes, no, failed, passed",
)
_OWN: Final = frozenset(
    word
    for text in (
        *_PHRASES,
        *(each.value for each in (*Verdict, *Severity, *Status, *Domain)),
        *(approval(each) for each in Verdict),
        *(weight(each) for each in Severity),
        *STATUS.values(),
        *REASON.values(),
        *PURPOSE.values(),
        *TONES,
        M3_WORDS,
    )
    for word in _WORD.findall(text.lower())
)


def only_own_words(text: str) -> bool:
    """Return whether a text holds nothing but words in which the gate gives its verdict, counts and marks."""
    return all(word in _OWN or (word.isdecimal() and len(word) <= _COUNT) for word in _WORD.findall(text.lower()))
