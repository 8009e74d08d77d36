"""What is still needed so that a decision can be taken on fresh evidence: facts, action plans, waivers. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from gonogo.core.due import earliest
from gonogo.core.gap_cause import KEEPERS, in_program_file
from gonogo.core.usable import usable
from gonogo.core.waive import WaiverStanding
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.finding import Finding, Outcome, Status
from gonogo.model.judgement import Case, Scope
from gonogo.model.program import Binding
from gonogo.model.ruleset import Criterion, Severity

_WEIGHT: Final = {severity: number for number, severity in enumerate(Severity)}


def weight(criterion: Criterion) -> int:
    """Return the place of a criterion among others: standing holds first, then mandatory ones."""
    return -1 if criterion.is_hold else _WEIGHT[criterion.severity]


@dataclass(frozen=True, slots=True)
class OutstandingFact:
    """A fact that has no usable value, or whose value will be too old.

    Attributes:
        fact: Dotted name.
        criteria: Criteria that wait for it, the weightiest first.
        gap: Why it has no usable value now; None while it has one.
        stale_at: When its value turns stale for the first of them; None where it has none.
        for_decision: Whether it is needed for the decision; else only for go-live.
        decision_from: Earliest moment at which it may be dated so as to be fresh at the decision, UTC.
        go_live_from: Likewise for go-live, over every criterion that will read it then, UTC.
        binding: Source that owes it; None where no source is named.
        attest: Seats that may state it for every one of the criteria; empty where no single seat may.
    """

    fact: str
    criteria: tuple[Criterion, ...]
    gap: Gap | None
    stale_at: datetime | None
    for_decision: bool
    decision_from: datetime
    go_live_from: datetime
    binding: Binding | None
    attest: tuple[str, ...]

    @property
    def asks(self) -> tuple[str, ...]:
        """Whom to ask, the best first: person id or seat.

        Who keeps the program file, where its settings are at fault; else who makes the evidence; the owner's office on
        the side that makes it; the owner of the weightiest criterion.
        """
        owner = self.criteria[0].owner
        if self.binding is None:
            return (owner,)
        if self.gap is not None and in_program_file(self.gap, self.binding):
            return (*KEEPERS, owner)
        beside = f"{self.binding.side}.{owner.partition('.')[2]}"
        return tuple(dict.fromkeys((self.binding.producer, beside, owner)))


@dataclass(frozen=True, slots=True)
class RequestBasis:
    """What the answers are measured by.

    Attributes:
        scope: The criteria and parameters of the decision's milestone, at the present moment.
        standing: Day, release and people.
        decision: When the decision is taken, UTC.
        evidence: What is known now.
        refused: (criterion, fact) pairs whose evidence may not be used.
        outcomes: How each asked criterion of the scope comes out on that evidence; None for not applicable.
        findings: The same in words, by criterion.
    """

    scope: Scope
    standing: WaiverStanding
    decision: datetime
    evidence: EvidenceSet
    refused: frozenset[tuple[str, str]]
    outcomes: Mapping[str, Outcome | None]
    findings: Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class _Wait:
    criterion: Criterion
    entry: Evidence | Gap
    stale_at: datetime | None
    for_decision: bool


def outstanding_facts(basis: RequestBasis, bindings: Sequence[Binding]) -> tuple[OutstandingFact, ...]:
    """Return every fact that is still needed, those for the decision and the weightiest first.

    Owed are the gaps of criteria that are due at the decision and not met on what is known, and the facts that turn
    stale before the decision or before go-live. A criterion that is met in spite of a gap does not ask for it.
    """
    waits: dict[str, list[_Wait]] = {}
    for case in basis.scope.asked:
        for fact, wait in _waits(case, basis):
            waits.setdefault(fact, []).append(wait)
    known = {binding.id: binding for binding in bindings}
    found = [_needed(fact, sorted(mine, key=_weight), basis, known) for fact, mine in waits.items()]
    return tuple(sorted(found, key=lambda fact: (not fact.for_decision, weight(fact.criteria[0]))))


def _weight(wait: _Wait) -> int:
    return weight(wait.criterion)


def _waits(case: Case, basis: RequestBasis) -> Iterator[tuple[str, _Wait]]:
    criterion, outcome = case.criterion, basis.outcomes[case.criterion.id]
    exemption = criterion.not_applicable_when
    facts = exemption.facts if outcome is None and exemption is not None else criterion.facts
    go_live = basis.standing.release.go_live
    for fact in facts:
        entry = usable(case, fact, basis.evidence, basis.scope, basis.refused)
        if isinstance(entry, Gap):
            if outcome in (Outcome.NOT_MET, Outcome.UNKNOWN):
                yield fact, _Wait(criterion, entry, None, for_decision=True)
            continue
        stale_at = entry.as_of + timedelta(seconds=criterion.max_age_s)
        if stale_at <= max(basis.decision, go_live):
            yield fact, _Wait(criterion, entry, stale_at, for_decision=stale_at <= basis.decision)


def _needed(fact: str, waits: Sequence[_Wait], basis: RequestBasis, known: Mapping[str, Binding]) -> OutstandingFact:
    gap = next((wait.entry for wait in waits if isinstance(wait.entry, Gap)), None)
    entry = waits[0].entry
    binding = gap.binding if gap is not None else entry.source.binding if isinstance(entry, Evidence) else None
    criteria = tuple(wait.criterion for wait in waits)
    go_live = basis.standing.release.go_live
    due = _youngest(fact, basis.scope.asked)
    later = _youngest(fact, [case for case in basis.scope.cases if case.skipped is not Status.NOT_ADOPTED])
    return OutstandingFact(
        fact=fact,
        criteria=criteria,
        gap=gap,
        stale_at=min((wait.stale_at for wait in waits if wait.stale_at is not None), default=None),
        for_decision=any(wait.for_decision for wait in waits),
        decision_from=earliest(basis.decision, due),
        go_live_from=earliest(go_live, later),
        binding=known.get(binding or ""),
        attest=tuple(seat for seat in criteria[0].attest if all(seat in other.attest for other in criteria)),
    )


def _youngest(fact: str, cases: Sequence[Case]) -> int:
    """The strictest age, in seconds, of the criteria that read the fact."""
    return min(case.criterion.max_age_s for case in cases if fact in case.criterion.facts)
