"""What the log records after a decision, and what of it makes the decision void. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gonogo.model.outcome import ReleaseOutcome
from gonogo.model.verdict import Verdict
from gonogo.text import listed


@dataclass(frozen=True, slots=True)
class LaterRun:
    """A run of the same release that ended after the decision; rehearsals are none.

    Attributes:
        run: Id.
        at: The moment at which it judged.
        verdict: What it came to.
        conditions: Criteria that its CONDITIONAL GO depends on.
        holds: Titles of the standing holds that are on.
        subjects: What was released: kind to identifier or digest.
        owner: Who answers for what is wrong first: a hold, a reason against, or a condition; empty for nobody.
        remedy: What to do about it; empty where nothing says so.
    """

    run: str
    at: datetime
    verdict: Verdict
    conditions: frozenset[str] = frozenset()
    holds: tuple[str, ...] = ()
    subjects: Mapping[str, str] | None = None
    owner: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class LaterOutcome:
    """What became of the release, recorded after the decision.

    Attributes:
        at: When it was recorded.
        outcome: What was done.
    """

    at: datetime
    outcome: ReleaseOutcome


@dataclass(frozen=True, slots=True)
class LaterLock:
    """A lock of the program that was made, or changed, after the decision.

    Attributes:
        at: When it was recorded.
        number: Of the lock.
    """

    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision that may have become void.

    Attributes:
        verdict: What it came to.
        conditions: Criteria that it depends on.
        subjects: What is released.
    """

    verdict: Verdict
    conditions: Collection[str]
    subjects: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Voided:
    """Why a decision no longer counts.

    Attributes:
        why: One sentence; empty if nothing voids it.
        owner: Who answers for it; empty for nobody in particular.
        remedy: What to do about it first; empty where nothing says so.
    """

    why: str = ""
    owner: str = ""
    remedy: str = ""


def voided_by(decided: Decided, later: Iterable[LaterRun | LaterOutcome | LaterLock]) -> str:
    """Return why a decision no longer counts, as a sentence; empty if nothing voids it. See :func:`voiding`."""
    return voiding(decided, later).why


def voiding(decided: Decided, later: Iterable[LaterRun | LaterOutcome | LaterLock]) -> Voided:
    """Return why a decision no longer counts, and who answers for that.

    A standing hold that is on; a run that came to something worse, or to a condition that the decision does not have;
    another build, or none, under the name of the release; a release that was held or rolled back; criteria that were
    locked or changed since. A later run that is as good changes nothing, and neither does a deployment.
    """
    for each in later:
        if isinstance(each, LaterLock):
            return Voided(f"Since the decision the criteria were locked again: lock {each.number} of {_day(each.at)}.")
        if isinstance(each, LaterOutcome):
            if each.outcome is not ReleaseOutcome.DEPLOYED:
                return Voided(f"After the decision the release was recorded as {each.outcome} ({_day(each.at)}).")
            continue
        when = f"the run {each.run} of {_day(each.at)}"
        if each.holds:
            why = f"A standing hold has been on since {when}: {listed(each.holds, most=3)}."
            return Voided(why, each.owner, each.remedy)
        if each.verdict.rank < decided.verdict.rank:
            return Voided(f"It was worse later: {when} came to {each.verdict}.", each.owner, each.remedy)
        new = sorted(each.conditions - set(decided.conditions))
        if new and each.verdict is not Verdict.GO:
            return Voided(f"{when[0].upper()}{when[1:]} depends on what the decision does not: {listed(new, most=3)}.")
        if dict(each.subjects or {}) != dict(decided.subjects):
            what = (
                "is a different build from the one that was decided on" if each.subjects else "no longer names a build"
            )
            return Voided(f"Since {when} the release {what}.")
    return Voided()


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
