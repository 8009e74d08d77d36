"""Facts about gonogo's own record of a release, from the runs before this one: no person states any of them. Pure.

Rehearsals are no runs of the record. If the record does not reach back to the beginning of the window, nobody knows: a
log that is short, cut or gone must not look better than one that is whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from gonogo.core.paper_facts import with_counts
from gonogo.model.computed_facts import (
    RECORD,
    RECORD_DAYS,
    RECORD_NO_GO_RUNS,
    RECORD_OPEN,
    RECORD_REDATED,
    RECORD_REOPENED,
)
from gonogo.model.evidence import Evidence, EvidenceSet
from gonogo.model.fact import Vocabulary
from gonogo.model.program import ProgramIdentity
from gonogo.model.verdict import Verdict

WINDOW: Final = timedelta(days=28)
"""How far back the facts with a span look."""
_SPANNING: Final = (RECORD_NO_GO_RUNS, RECORD_OPEN, RECORD_REOPENED, RECORD_REDATED)


Dated = tuple[str, tuple[str, ...], datetime]
"""Binding, digests of the bytes, and when the value held."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """What one recorded run of the release says that facts about the record ask for.

    Attributes:
        now: The moment of its assessment, UTC.
        verdict: Its verdict.
        open: Mandatory and conditional criteria that it found not met or unknown.
        met: Criteria that it found met.
        evidence: What it admitted, by fact; only of facts that a trend compares.
        dated: The bytes from which it read each fact, with their date.
    """

    now: datetime
    verdict: Verdict
    open: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    dated: Mapping[str, frozenset[Dated]] = field(default_factory=dict)


def with_record_facts(
    evidence: EvidenceSet,
    runs: Sequence[PastRun],
    vocabulary: Vocabulary,
    *,
    identity: ProgramIdentity,
    now: datetime,
    first: datetime | None,
) -> EvidenceSet:
    """Return the evidence with what the record says in place of any other answer about it.

    Args:
        evidence: What came, a gap for each fact that nobody answered.
        runs: Finished runs of the release before ``now`` that are no rehearsals: at least the last one before the
            window, and all in it.
        vocabulary: Only what it declares is answered.
        identity: Gives the time zone.
        now: The moment of the assessment.
        first: When the first recorded run judged; None where there is none.
    """
    values = record_values(evidence, runs, identity=identity, now=now, first=first)
    count = f"{len(runs)} run{'' if len(runs) == 1 else 's'}" if runs else "no run"
    return with_counts(
        evidence, values, vocabulary, papers="recorded runs", locator=f"the record before this run: {count}", now=now,
        silent=RECORD,
    )  # fmt: skip


def record_values(
    evidence: EvidenceSet,
    runs: Sequence[PastRun],
    *,
    identity: ProgramIdentity,
    now: datetime,
    first: datetime | None,
) -> Mapping[str, int | str]:
    """Return what the record says, by fact; a sentence where it does not reach back far enough."""
    if first is None:
        return dict.fromkeys(
            (RECORD_DAYS, RECORD_NO_GO_RUNS, RECORD_OPEN, RECORD_REOPENED, RECORD_REDATED),
            "No earlier run of the release is recorded.",
        )
    days = (identity.local_date(now) - identity.local_date(first)).days
    covering = covering_runs(runs, now - WINDOW, now)
    if not covering or covering[0].now > now - WINDOW:
        short = f"The record of the release begins on {identity.local_date(first)}, and {WINDOW.days} days are needed."
        return {RECORD_DAYS: days} | dict.fromkeys(
            (RECORD_NO_GO_RUNS, RECORD_OPEN, RECORD_REOPENED, RECORD_REDATED), short
        )
    return {
        RECORD_DAYS: days,
        RECORD_NO_GO_RUNS: sum(each.verdict is Verdict.NO_GO for each in covering),
        RECORD_OPEN: len(frozenset.intersection(*(each.open for each in covering))),
        RECORD_REOPENED: len(_reopened(covering)),
        RECORD_REDATED: len(_redated(evidence, covering)),
    }


def covering_runs(runs: Sequence[PastRun], start: datetime, now: datetime) -> list[PastRun]:
    """Return the runs that stand for the time from ``start`` on, oldest first: the last before it, and all in it."""
    known = sorted((each for each in runs if each.now <= now), key=lambda each: each.now)
    before = [each for each in known if each.now <= start]
    return before[-1:] + [each for each in known if each.now > start]


def _reopened(runs: Sequence[PastRun]) -> set[str]:
    met: set[str] = set()
    found: set[str] = set()
    for each in runs:
        found |= each.open & met
        met |= each.met
    return found


def _redated(evidence: EvidenceSet, runs: Sequence[PastRun]) -> set[str]:
    """Return the sources that say a later day of bytes that were read before: a renamed file, a day typed by hand."""
    return {
        value.source.binding
        for entry in evidence
        if isinstance(entry, Evidence)
        for value in entry.values
        if value.source.sha256
        for each in runs
        for binding, sha256, as_of in each.dated.get(value.fact, ())
        if (binding, sha256) == (value.source.binding, value.source.sha256) and as_of < value.as_of
    }
