"""Words that close a thing, with what they are about. A condition is proposed for these words and for no other.

A cell counts as good only if it is such a word as a whole: "In test", "No Run" and "39 of 40 approved" are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from gonogo.first_week.prose import ascii_words, word_set
from gonogo.first_week.spellings import as_one


class WordSubject(StrEnum):
    """What a good word is about."""

    TEST = "test"
    WORK = "work"
    APPROVAL = "approval"
    TRAINING = "training"
    DATA = "data"
    MESSAGE = "message"


GOOD: Final[dict[str, frozenset[WordSubject]]] = {
    "passed": frozenset({WordSubject.TEST}),
    "pass": frozenset({WordSubject.TEST}),
    "success": frozenset({WordSubject.TEST}),
    "successful": frozenset({WordSubject.TEST}),
    "succeeded": frozenset({WordSubject.TEST}),
    "completed": frozenset({WordSubject.WORK, WordSubject.TRAINING}),
    "complete": frozenset({WordSubject.WORK, WordSubject.TRAINING}),
    "done": frozenset({WordSubject.WORK}),
    "finished": frozenset({WordSubject.WORK}),
    "closed": frozenset({WordSubject.WORK}),
    "resolved": frozenset({WordSubject.WORK}),
    "implemented": frozenset({WordSubject.WORK}),
    "documented": frozenset({WordSubject.WORK}),
    "approved": frozenset({WordSubject.APPROVAL}),
    "accepted": frozenset({WordSubject.APPROVAL}),
    "signed": frozenset({WordSubject.APPROVAL}),
    "signed off": frozenset({WordSubject.APPROVAL}),
    "authorized": frozenset({WordSubject.APPROVAL}),
    "trained": frozenset({WordSubject.TRAINING}),
    "attended": frozenset({WordSubject.TRAINING}),
    "certified": frozenset({WordSubject.TRAINING}),
    "validated": frozenset({WordSubject.DATA}),
    "reconciled": frozenset({WordSubject.DATA}),
    "migrated": frozenset({WordSubject.DATA}),
    "mapped": frozenset({WordSubject.DATA}),
    "verified": frozenset({WordSubject.DATA}),
    "sent": frozenset({WordSubject.MESSAGE}),
    "delivered": frozenset({WordSubject.MESSAGE}),
    "acknowledged": frozenset({WordSubject.MESSAGE}),
    "bestanden": frozenset({WordSubject.TEST}),
    "erledigt": frozenset({WordSubject.WORK}),
    "abgeschlossen": frozenset({WordSubject.WORK, WordSubject.TRAINING}),
    "genehmigt": frozenset({WordSubject.APPROVAL}),
    "unterschrieben": frozenset({WordSubject.APPROVAL}),
    "geschult": frozenset({WordSubject.TRAINING}),
}
"""A cell as a whole, in lower case, to what it is about."""

ASKED: Final[dict[str, WordSubject]] = {
    "pass": WordSubject.TEST,
    "passed": WordSubject.TEST,
    "tested": WordSubject.TEST,
    "success": WordSubject.TEST,
    "completed": WordSubject.WORK,
    "complete": WordSubject.WORK,
    "done": WordSubject.WORK,
    "documented": WordSubject.WORK,
    "approved": WordSubject.APPROVAL,
    "signed": WordSubject.APPROVAL,
    "trained": WordSubject.TRAINING,
    "training": WordSubject.TRAINING,
    "validated": WordSubject.DATA,
    "mapped": WordSubject.DATA,
    "reconciled": WordSubject.DATA,
    "delivered": WordSubject.MESSAGE,
    "acknowledged": WordSubject.MESSAGE,
}
"""A word of a fact's name to what its good cells are about. A fact whose name has none is asked of a person."""


def _listed(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


OPEN: Final = _listed(
    """
    open, new, to do, todo, in progress, in work, active, assigned, pending, on hold, deferred, blocked, reopened,
    overdue, raised, identified, under review, in review, escalated, unresolved, planned, not started, draft, waiting,
    monitoring, accepted risk, risk accepted, ongoing, delayed, reopen, offen, in arbeit, in bearbeitung, ausstehend
    """
)
"""States in which a risk, an issue or a defect still counts."""
ENDED: Final = _listed(
    "closed, done, resolved, cancelled, canceled, completed, complete, retired, rejected, duplicate, fixed, verified"
)
"""States in which it no longer does."""
ANSWERS: Final = _listed("yes, no, ja, nein, oui, non, si, sí, sì, sim, não, nao, nee")
"""Yes and no as offices write them in several languages: nobody's name."""
BAD: Final = word_set(
    """
    open failed fail undecided unmapped unmitigated unplanned overdue stale without late missing unprotected skipped not
    invalid negative demands deviations issues risks defects error critical high
    """
)
"""Words of a fact that counts what stands against go-live."""
REACHED: Final[dict[str, int]] = {
    "lowest": 0,
    "very low": 0, "negligible": 0, "minimal": 0, "trivial": 0, "low": 1, "minor": 1, "medium": 2, "moderate": 2,
    "normal": 2, "high": 3, "major": 3, "very high": 4, "critical": 4, "extreme": 5, "severe": 4, "catastrophic": 5,
    "blocker": 5, "highest": 5, "none": -1, "no": -1,
}  # fmt: skip
"""How high a word of severity reaches."""
CRITICAL: Final = REACHED["critical"]
_SPELLED: Final[dict[str, str]] = {
    "risk": "risk|risks|threat",
    "opportunity": "opportunity|opportunities",
    "issue": "issue|issues",
    "action": "action|actions|action item|action items",
    "decision": "decision|decisions|key decision",
    "assumption": "assumption|assumptions",
    "dependency": "dependency|dependencies",
    "constraint": "constraint|constraints",
    "lesson": "lesson|lessons|lesson learned|lessons learned",
    "defect": "defect|defects|bug|bugs",
    "incident": "incident|incidents",
    "problem": "problem record|problem ticket",
    "change": "change|changes|change request|change requests|cr",
    "request": "service request|request|requested item",
    "story": "story|stories|user story|user stories|product backlog item",
    "task": "task|tasks|sub task|subtask|sub tasks",
    "epic": "epic|epics",
    "feature": "feature|features|new feature|enhancement|improvement",
    "spike": "spike|spikes",
    "case": "test|tests|test case|test cases|case|cases",
    "test execution": "test execution|test run|test set|test plan|test suite|shared steps|precondition|pre condition",
    "requirement": "requirement|requirements",
}
KINDS: Final = {word: kind for kind, words in _SPELLED.items() for word in words.split("|")}
"""What kind of thing a row is, in lower case, to the kind that a fact asks for."""
_PLAIN: Final = re.compile(r"[ _-]+")
_NUMBERED: Final = re.compile(
    r"(?:[(\[]?[psPS]?[0-9][)\]]?\s*(?:[-:.\u2013\u2014]\s*|\s))?(.*?)(?:\s*[(\[][psPS]?[0-9][)\]])?"
)
"""A word with its number before or behind: ``1 - Critical``, ``P2: High``, ``Major (3)``."""


def plain_word(cell: str) -> str:
    """Return a cell as the lists write it: lower case, one blank between words, no sign that nobody sees."""
    return _PLAIN.sub(" ", as_one(cell)).strip()


def plain_state(cell: str) -> str:
    """Return a state as the lists write it: what is final and approved is approved, and a final draft is a draft."""
    written = plain_word(cell)
    rest = written.removeprefix("final ")
    return rest if rest in GOOD or rest in OPEN else written


def height_of(value: str) -> int | None:
    """Return how high a word of severity reaches, also where its number stands beside it; None for any other word."""
    numbered = _NUMBERED.fullmatch(value.strip())
    return REACHED.get(plain_word(numbered[1] if numbered else value))


def good_in(values: Iterable[str], domain: WordSubject) -> list[str]:
    """Return the values that are good words of a domain, as the file writes them."""
    return [value for value in values if domain in GOOD.get(plain_word(value), frozenset())]


def open_in(values: Iterable[str]) -> list[str] | None:
    """Return the values that are open states; None where a value is in neither list, so that only a person knows."""
    found = []
    for value in values:
        word = plain_word(value)
        if word in OPEN:
            found.append(value)
        elif word not in ENDED:
            return None
    return found


def reaching(values: Iterable[str], least: int) -> list[str] | None:
    """Return the values of severity that reach a height, those above included; None where a word is of no list."""
    found = []
    for value in values:
        height = height_of(value)
        if height is None:
            return None
        if height >= least:
            found.append(value)
    return found


def domains_of(name: str) -> set[WordSubject]:
    """Return what the good cells of a fact are about, by the words of its name."""
    return {ASKED[word] for word in ascii_words(name) if word in ASKED}
