"""What a fact asks to have been done, and whether a heading says so: *approved on* does, *approval required* does not.

A heading answers only where each of its words is explained: by what was done, by the fact, or as a mere filler. A word
about scope, need, plan or denial is never a filler, so a column of it at most says which rows are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gonogo.first_week.drafts.fact_groups import called, stems
from gonogo.first_week.good_words import GOOD, WordSubject, plain_state
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.model.fact import FactDeclaration
from gonogo.model.people import Side


class RowOutcome(StrEnum):
    """What can have been done with a thing that a fact counts."""

    BUILT = "built"
    TESTED = "tested"
    RAN = "ran"
    APPROVED = "approved"
    SIGNED = "signed"
    WRITTEN = "written"
    TRAINED = "trained"
    TOLD = "told"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    REACHED = "reached"
    VALIDATED = "validated"
    ASSIGNED = "assigned"
    IN_PLACE = "in place"
    ROUTED = "routed"
    ANSWERED = "answered"
    MET = "met"
    DONE = "done"


_SAID: Final[dict[str, RowOutcome]] = {
    word: outcome
    for outcome, words in {
        RowOutcome.BUILT: "built configured gebaut konfiguriert eingerichtet",
        RowOutcome.TESTED: "tested passed success successful getestet bestanden",
        RowOutcome.RAN: "executed ran",
        RowOutcome.APPROVED: "approved authorized endorsed genehmigt",
        RowOutcome.SIGNED: "signed unterschrieben",
        RowOutcome.WRITTEN: "written documented published dokumentiert",
        RowOutcome.TRAINED: "trained geschult",
        RowOutcome.TOLD: "told informed notified informiert",
        RowOutcome.SENT: "sent delivered given",
        RowOutcome.ACKNOWLEDGED: "acknowledged",
        RowOutcome.REACHED: "reached",
        RowOutcome.VALIDATED: "validated proven reconciled validiert",
        RowOutcome.ASSIGNED: "assigned mapped zugeordnet",
        RowOutcome.IN_PLACE: "onboard inplace",
        RowOutcome.ROUTED: "routed",
        RowOutcome.ANSWERED: "answered",
        RowOutcome.MET: "met",
        RowOutcome.DONE: "done complete completed finished erledigt abgeschlossen",
    }.items()
    for word in words.split()
}
"""A word that says it by itself, in a fact and in a heading."""
_THINGS: Final[dict[str, RowOutcome]] = {
    "test": RowOutcome.TESTED,
    "pass": RowOutcome.TESTED,
    "approval": RowOutcome.APPROVED,
    "signature": RowOutcome.SIGNED,
    "training": RowOutcome.TRAINED,
    "delivery": RowOutcome.SENT,
    "validation": RowOutcome.VALIDATED,
    "reconciliation": RowOutcome.VALIDATED,
    "execution": RowOutcome.RAN,
    "run": RowOutcome.RAN,
}
"""A word of a heading that names the matter only: what became of it is in the cells."""
_ALSO: Final[dict[RowOutcome, frozenset[RowOutcome]]] = {
    RowOutcome.TESTED: frozenset({RowOutcome.BUILT}),
    RowOutcome.APPROVED: frozenset({RowOutcome.WRITTEN}),
    RowOutcome.ACKNOWLEDGED: frozenset({RowOutcome.TOLD}),
}
"""What is so as well: nobody tests what was not built."""
_OF_SUBJECT: Final = {
    WordSubject.TEST: RowOutcome.TESTED,
    WordSubject.WORK: RowOutcome.DONE,
    WordSubject.APPROVAL: RowOutcome.APPROVED,
    WordSubject.TRAINING: RowOutcome.TRAINED,
}
STANDING: Final = frozenset({"state", "status", "result", "outcome", "decision", "disposition", "stage"})
_FILLERS: Final = STANDING | word_set(
    """
    on date day at the a of is was has been have and yes no y n e s final actual fully by in id name title
    number both to
    """
)
_SCOPE: Final = word_set(
    """
    scope required requires require need needs needed applicable applies apply applicability relevant affects affect
    affected impacted owed owes mandatory included include
    obligatorio obligatoria requerido requerida alcance pflicht erforderlich verpflichtend obligatoire requis requise
    """
)
_NARROWS: Final = _SCOPE | word_set("critical planned")
_NEVER: Final = _SCOPE | word_set(
    """
    critical planned plan due expected target scheduled must should shall will be being ready readiness pending
    awaiting waiting requested request not without un open failed fail failure rejected waived waiver exempt exception
    excluded except before until owner owned responsible draft drafted submitted started begun last next partly partial
    old optional other eligible possible percent share
    """
)
"""Words of a heading by which it says something else than that the thing was done."""
_WHO: Final = word_set("owner owned responsible")
"""Those of them that say to whom a thing is assigned."""
_WORDS_TOGETHER: Final = (("on board", "onboard"), ("onboarded", "onboard"), ("in place", "inplace"))
_WHOLE: Final = re.compile(r",? (?:out of|divided by) |;")
_THROUGH: Final = re.compile(r"\bfrom [a-z]+ to ([a-z]+)")
"""What runs from one stage to another: it is over when the last one is."""
_THING: Final = re.compile(r",| (?:that|whose|which|with|in|against|from) ")
"""What follows the words for the things that a fact counts."""
_OVER: Final = frozenset({RowOutcome.DONE, RowOutcome.RAN})
"""What says that something is over, and of what only the words beside it say."""
_BOTH: Final = re.compile(r"\bboth (?:sides|agencies|parties)\b")
SIDES: Final[dict[Side, frozenset[str]]] = {
    Side.CUSTOMER: word_set("customer customers client agency"),
    Side.PROVIDER: word_set("provider providers supplier vendor servicer"),
}
_RELEASE: Final = frozenset({"release", "in"})
_FOR_WHOM: Final = frozenset({"for"})


@dataclass(frozen=True, slots=True)
class HeadingFit:
    """What a heading says of a fact.

    Attributes:
        outcomes: What was done; nothing where the heading says something else, or a word of it is not explained.
        plainly: Whether the heading itself says it, so that yes, or a day, is enough.
        standing: Whether it says how a thing stands, so that its words say what was done.
        sides: Whose doing it is; empty where it names neither side.
    """

    outcomes: frozenset[RowOutcome] = frozenset()
    plainly: bool = False
    standing: bool = False
    sides: frozenset[Side] = frozenset()


def asked_outcomes(fact: FactDeclaration) -> tuple[frozenset[RowOutcome], ...]:
    """Return what a fact asks to have been done, in each way in which a table may say it; nothing where it does not.

    What its meaning names has to be done all of it, unless one column says the word of its name: *complete*. What
    runs from one stage to another is done as well when the last stage is.
    """
    told = _outcomes(_WHOLE.split(fact.meaning)[0])
    named = _outcomes(fact.name.rpartition(".")[2])
    whole = named - told
    last = frozenset(_THINGS[word] for word in [last_stage(fact)] if word in _THINGS)
    return tuple(dict.fromkeys(each for each in (told or named, whole, last) if each))


def last_stage(fact: FactDeclaration) -> str:
    """Return the stage with which what a fact counts is over: *reconciliation*; empty where it names no stages."""
    found = _THROUGH.search(fact.meaning)
    return found[1] if found else ""


def names_stage(heading: str, fact: FactDeclaration) -> bool:
    """Whether a heading says that a part of what a fact asks is over, and not the whole of it: ``Extract done``."""
    words = _words(heading)
    said = {_SAID[word] for word in words if word in _SAID} | {_THINGS[word] for word in words if word in _THINGS}
    asked = frozenset().union(*asked_outcomes(fact)) - {_THINGS.get(last_stage(fact))}
    if not said or not said <= _OVER or not RowOutcome.DONE in asked <= _OVER:
        return False
    group, _, local = fact.name.rpartition(".")
    thing = f"{local} {fact.unit} {_THING.split(fact.meaning)[0]} {last_stage(fact)}"
    whole = stems(ascii_words(thing)) | called(group) | stems(ascii_words(group))
    rest = (word for word in words if word not in _SAID and word not in _THINGS and word not in _FILLERS)
    return bool(stems(rest) & explained_by(fact) - whole)


def _outcomes(text: str) -> frozenset[RowOutcome]:
    return frozenset(_SAID[word] for word in _words(text) if word in _SAID)


def outcomes_named(heading: str) -> frozenset[RowOutcome]:
    """Return what the words of a heading say was done, whatever else it says: ``In place``, ``Trained``."""
    return _outcomes(heading)


def _words(text: str) -> list[str]:
    plain = " ".join(ascii_words(text))
    for apart, together in _WORDS_TOGETHER:
        plain = re.sub(rf"\b{apart}\b", together, plain)
    return plain.split()


def outcomes_of_word(word: str) -> frozenset[RowOutcome]:
    """Return what a cell says was done, where it is one word of a stated list; nothing for any other."""
    written = plain_state(word)
    subjects = GOOD.get(written, frozenset())
    found = {_OF_SUBJECT[each] for each in subjects if each in _OF_SUBJECT}
    found |= {_SAID[written]} if written in _SAID else set()
    return _with_implied(found)


def _with_implied(found: Collection[RowOutcome]) -> frozenset[RowOutcome]:
    return frozenset(found) | frozenset(also for one in found for also in _ALSO.get(one, ()))


def asks_both_sides(fact: FactDeclaration) -> bool:
    """Whether something has to be done by the customer and by the provider."""
    return _BOTH.search(fact.meaning) is not None


def side_asked(fact: FactDeclaration) -> Side | None:
    """Return whose people or things a fact counts, by the first word of what it means; None for either."""
    first = next(iter(ascii_words(fact.meaning)), "")
    return next((side for side, words in SIDES.items() if first in words), None)


def side_words(parties: Mapping[str, str]) -> dict[Side, frozenset[str]]:
    """Return the words that name each side, those of the program's own parties among them."""
    return {side: words | frozenset(ascii_words(parties.get(side, ""))) for side, words in SIDES.items()}


def sides_named(heading: str, parties: Mapping[str, str]) -> frozenset[Side]:
    """Return the sides that a heading names: ``Signed by the provider``."""
    return frozenset(side for side, names in side_words(parties).items() if names & set(_words(heading)))


def heading_fit(heading: str, fact: FactDeclaration, parties: Mapping[str, str]) -> HeadingFit:
    """Return what a heading says of a fact.

    Args:
        heading: As the file writes it.
        fact: What is asked.
        parties: Side to the name of its organization.
    """
    words = _words(heading)
    asked = frozenset().union(*asked_outcomes(fact))
    said = {_SAID[word] for word in words if word in _SAID}
    things = {_THINGS[word] for word in words if word in _THINGS}
    sides = {side: names for side, names in side_words(parties).items() if names & set(words)}
    own = set().union(*sides.values()) | (explained_by(fact) - _NEVER)
    strange = [
        word
        for word in words
        if not (word in _SAID or word in _THINGS or word in _FILLERS or stems([word]) & own or word in own)
        and not word.isdigit()
    ]
    by_nobody = "by" in words and not sides  # *approved by* names a person, or the day by which it should be
    if strange or by_nobody or set(words) & _NEVER or (said | things) - _with_implied(asked):
        return HeadingFit()
    if names_stage(heading, fact):
        return HeadingFit()
    found = _with_implied(said) if said else frozenset(things)
    # A heading that only names the thing, such as *control document*, leaves it to its words, as *status* does.
    standing = bool(STANDING & set(words)) or not (said or things)
    return HeadingFit(found & asked, bool(said), standing, frozenset(sides))


def explained_by(fact: FactDeclaration) -> set[str]:
    """Return the telling words of a fact, of what it means, and of what offices call the things of its group."""
    group, _, local = fact.name.rpartition(".")
    return stems(ascii_words(f"{local} {fact.meaning}")) | called(group) | stems(ascii_words(group))


def is_scope(heading: str, fact: FactDeclaration, parties: Mapping[str, str]) -> bool:
    """Whether a heading says which things are asked about at all: ``In scope``, ``Required``, ``Notice owed``."""
    words = _words(heading)
    if not (set(words) & _SCOPE or set(words) >= _RELEASE):
        return False
    known = explained_by(fact) | set().union(*side_words(parties).values()) | _SCOPE | _FILLERS | _RELEASE
    known |= _FOR_WHOM
    return all(word in known or stems([word]) & known or word.isdigit() or word == "r" for word in words)


def says_otherwise(heading: str, *, names_who: bool = False) -> bool:
    """Whether a word of a heading is about scope, need, plan or denial, so that it does not say what was done.

    Args:
        heading: As the file writes it.
        names_who: Whether a cell that names who or what is responsible is what is asked for.
    """
    words = set(_words(heading))
    return bool(words & (_NEVER - _WHO if names_who else _NEVER)) or words >= _RELEASE


def says_scope_only(heading: str) -> bool:
    """Whether a heading is about scope or need and names nothing that was done, so that nobody can mean it by that."""
    words = set(_words(heading))
    return bool(words & _NARROWS or words >= _RELEASE) and not words & _SAID.keys()
