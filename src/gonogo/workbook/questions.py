"""What the workbook asks: the facts that are due and that no collector answers, and by when an answer must be dated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from gonogo.core.due import earliest, first_day, last_moment, next_milestone
from gonogo.model.fact import Bound, FactDeclaration, Vocabulary
from gonogo.model.judgement import Scope
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, DecisionPolicy

DAY_S: Final = 86400


@dataclass(frozen=True, slots=True)
class Question:
    """One fact that a person must state.

    Attributes:
        fact: Its declaration.
        criteria: The criteria that read it, in the order of the ruleset.
        seats: Seats that may state it for at least one of them.
        decision: From when on it must have held to be fresh at the decision: ``2027-04-12``.
        go_live: The same for go-live.
    """

    fact: FactDeclaration
    criteria: tuple[Criterion, ...]
    seats: tuple[str, ...]
    decision: str
    go_live: str

    @property
    def max_age_s(self) -> int:
        """Age, in seconds, from which on the strictest of the criteria finds an answer stale."""
        return min(criterion.max_age_s for criterion in self.criteria)


def questions(
    scope: Scope,
    vocabulary: Vocabulary,
    answered: Collection[str],
    *,
    identity: ProgramIdentity,
    release: Release,
    decision: date,
    names_build: bool = False,
) -> tuple[Question, ...]:
    """Return the facts of the criteria that are asked, without those that are answered, in the order of the ruleset.

    A row names no build. Unless the binding does, no answer counts for a fact that is about one, so it is not asked.
    Nor is a fact by which a register counts: a statement names no items.

    Args:
        scope: The criteria as they stand.
        vocabulary: Declarations.
        answered: Facts that a collector answers.
        identity: Gives the time zone.
        release: Gives go-live.
        decision: Day of the decision, local date; an answer must be fresh until it is over.
        names_build: Whether the binding that reads the workbook says which build it is about.
    """
    users = _users(scope, vocabulary, answered)
    found = []
    for name, criteria in users.items():
        if (vocabulary[name].bound is Bound.BUILD and not names_build) or name in vocabulary.counting:
            continue
        age = min(criterion.max_age_s for criterion in criteria)
        found.append(
            Question(
                fact=vocabulary[name],
                criteria=tuple(criteria),
                seats=tuple(dict.fromkeys(seat for criterion in criteria for seat in criterion.attest)),
                decision=fresh_from(last_moment(identity, release, decision), age, identity),
                go_live=fresh_from(release.go_live, age, identity),
            )
        )
    return tuple(found)


def about_a_build(scope: Scope, vocabulary: Vocabulary, answered: Collection[str]) -> list[str]:
    """Return the facts that would be asked, and count for one build only."""
    return [name for name in _users(scope, vocabulary, answered) if vocabulary[name].bound is Bound.BUILD]


def of_a_register(scope: Scope, vocabulary: Vocabulary, answered: Collection[str]) -> list[str]:
    """Return the facts that would be asked, and that only a list with a key for each item can answer."""
    return [name for name in _users(scope, vocabulary, answered) if name in vocabulary.counting]


def _users(scope: Scope, vocabulary: Vocabulary, answered: Collection[str]) -> dict[str, list[Criterion]]:
    """Return the criteria that are asked by each fact that nothing answers."""
    users: dict[str, list[Criterion]] = {}
    for case in scope.asked:
        for name in case.criterion.facts:
            if name not in answered and not vocabulary.computed(name):
                users.setdefault(name, []).append(case.criterion)
    return users


def fresh_from(moment: datetime, max_age_s: int, identity: ProgramIdentity) -> str:
    """Return the first local day on which something must have held to be younger than ``max_age_s`` at ``moment``.

    A day stands for its first moment. Where no whole day is young enough, the time from which on it must have held.
    """
    first = earliest(moment, max_age_s)
    day = first_day(identity, first)
    if identity.day_start(day) < moment:
        return day.isoformat()
    return f"{first.astimezone(identity.zone):%Y-%m-%d %H:%M:%S}"


def decision_day(policy: DecisionPolicy, identity: ProgramIdentity, *, release: Release, now: datetime) -> date:
    """Return the day of the next milestone, today's included; after go-live, the day of go-live."""
    coming = next_milestone(policy, identity, release, now)
    return identity.local_date(release.go_live if coming is None else coming[1])


def midnight(day: date) -> datetime:
    """Return a local day as a spreadsheet program has it: without a zone."""
    return datetime.combine(day, time.min)
