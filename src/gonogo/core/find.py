"""Findings: what the engines answered, with every operand, in one sentence a sponsor can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from gonogo.core.carry import is_carried
from gonogo.core.observe import outcome
from gonogo.core.operand import OperandReading
from gonogo.core.sentence import checked, decided, exempted, unknown
from gonogo.core.span_held import earlier_names, mandatory_at, span_words
from gonogo.core.turn import Turning, node_outcome
from gonogo.core.usable import usable
from gonogo.core.wording import day_there, listing, shown
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.finding import AgreeingReading, ComparisonReading, FactReading, Finding, Outcome, Status
from gonogo.model.judgement import Case, Compiled, CompiledCriterion, Gate, Judgement, Leaf, Observation, Scope
from gonogo.model.open_items import SHOWN_KEYS
from gonogo.model.ruleset import Severity

_WORD = {Status.NOT_MET: "Not met", Status.UNKNOWN: "Unknown"}
_STATUS = {Outcome.MET: Status.MET, Outcome.NOT_MET: Status.NOT_MET, Outcome.UNKNOWN: Status.UNKNOWN}


@dataclass(frozen=True)
class Trial:
    """Everything that one judging produced, from which findings are written.

    Attributes:
        scope: What was asked.
        compiled: The same, compiled.
        observations: What the evidence says about each leaf.
        judgement: What the engine answered.
        evidence: Admitted evidence and gaps.
        refused: (criterion, fact) pairs whose evidence might not be used.
        bare: The evidence as if nothing were accepted; None where no acceptance counts.
        accepted: Criterion to the ids of the acceptances behind it, where it reads a register.
        answers: Computed fact to which acceptances would answer the open items that it counts, without a full stop.
    """

    scope: Scope
    compiled: Compiled
    observations: Sequence[Observation]
    judgement: Judgement
    evidence: EvidenceSet
    refused: frozenset[tuple[str, str]] = frozenset()
    bare: EvidenceSet | None = None
    accepted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def gates(self) -> dict[str, Gate]:
        """Every gate by id."""
        return {gate.id: gate for gate in self.compiled.gates}


def find(trial: Trial) -> tuple[Finding, ...]:
    """Return one finding for each criterion of the scope, in its order."""
    by_criterion: dict[int, list[tuple[Leaf, Observation]]] = {}
    for leaf, observation in zip(trial.compiled.leaves, trial.observations, strict=True):
        by_criterion.setdefault(leaf.criterion, []).append((leaf, observation))
    numbers = {id(case): number for number, case in enumerate(trial.scope.asked)}
    return tuple(
        _skipped(case, case.skipped)
        if case.skipped
        else _asked(case, numbers[id(case)], by_criterion.get(numbers[id(case)], []), trial)
        for case in trial.scope.cases
    )


def _skipped(case: Case, status: Status) -> Finding:
    criterion = case.criterion
    exempt = criterion.not_applicable
    words = exempt.reason.rstrip(".") if exempt else ""
    sentences = {
        Status.NOT_APPLICABLE: f"Not applicable: {words} (approved by {exempt.approved_by})." if exempt else "",
        Status.NOT_DUE: f"Not due before {criterion.due_from}: {criterion.title}.",
        Status.NOT_ADOPTED: f"Not yet adopted by the program: {criterion.title}.",
    }
    return Finding(
        criterion=criterion.id,
        title=criterion.title,
        domain=criterion.domain,
        severity=criterion.severity,
        status=status,
        sentence=sentences[status],
        owner=criterion.owner,
        due_from=criterion.due_from,
        shadow=case.shadow,
    )


def _asked(case: Case, index: int, asked: Sequence[tuple[Leaf, Observation]], trial: Trial) -> Finding:
    criterion, compiled = case.criterion, trial.compiled.criteria[index]
    judged = trial.judgement.criteria[criterion.id]
    status = Status.NOT_APPLICABLE if judged is None else _STATUS[judged]
    exemption = criterion.not_applicable_when
    facts = tuple(_fact(name, case, trial) for name in criterion.facts)
    without = [leaf for leaf, _ in asked if leaf.bare or leaf.exempts]
    leaves = [pair for pair in asked if not pair[0].bare]
    required = [pair for pair in leaves if not pair[0].exempts and pair[0].held is None]
    comparisons = tuple(_comparison(leaf, seen, criterion.require.text) for leaf, seen in required)
    if exemption is not None and status is Status.NOT_APPLICABLE:
        sentence = exempted(exemption, facts, trial.scope.zone)
    elif status is Status.UNKNOWN:
        sentence = unknown(facts, [gap for _, seen in leaves for gap in seen.gaps])
    else:
        read = checked([leaf for leaf, _ in required], comparisons)
        sentence = decided(status, criterion.require, read, facts, trial.scope.zone)
    today = came_out(index, leaves, trial) if criterion.held_s is not None and case.record is not None else None
    accepting = bool(trial.accepted.get(criterion.id))
    if today is Outcome.MET and status.open:
        sentence = f"{_WORD[status]}: met today, but {span_words(case, trial.scope, accepting=accepting)}."
    elif today is Outcome.UNKNOWN and status is Status.NOT_MET:
        sentence = f"Not met: {span_words(case, trial.scope, accepting=accepting)}."
    if status.open:
        more = [text for name in criterion.facts if (text := trial.answers.get(name)) and text not in sentence]
        sentence = " ".join([sentence, *(f"{text}." for text in more)])
    if case.open_since is not None:
        days = (trial.scope.now - case.open_since).days
        names = earlier_names(case, trial.scope.now)
        under = f" It was recorded as {listing(list(names), most=3)} before." if names else ""
        sentence += (
            f" Open since {day_there(case.open_since, trial.scope.zone)}, {days} days, so it is mandatory now.{under}"
        )
    rests_on = trial.accepted.get(criterion.id, ()) if criterion.id in trial.judgement.resting else None
    if rests_on is not None:
        bare = {leaf.id: outcome(leaf.operator, seen) for leaf, seen in asked if leaf.bare}
        itself = today is Outcome.MET and node_outcome(f"c{index}.b", bare, trial.gates) is Outcome.MET
        over = ", in earlier runs of the span that it must have been met for," if itself else ""
        sentence = f"{sentence} It is met{over} on acceptance alone ({listing(list(rests_on), most=10)})."
    reading = OperandReading.of(case, trial.scope, trial.evidence, trial.refused)
    turns_at = Turning(compiled, [leaf for leaf, _ in leaves], trial.gates, reading).moment()
    if compiled.bare is not None and status is Status.MET:
        turns_at = _earlier(
            turns_at, _begins_to_rest(case, replace(compiled, requirement=compiled.bare), without, trial)
        )
    return Finding(
        criterion=criterion.id,
        title=criterion.title,
        domain=criterion.domain,
        severity=criterion.severity,
        status=status,
        sentence=sentence,
        facts=facts,
        comparisons=comparisons,
        owner=criterion.owner,
        remedy=criterion.remedy if status.open else "",
        due_from=criterion.due_from,
        turns_at=turns_at,
        rests_on=rests_on,
        requirement=today,
        open_since=case.open_since,
        mandatory_at=mandatory_at(case, trial.scope.now) if _may_turn(case, status) else None,
        shadow=case.shadow,
    )


def came_out(index: int, leaves: Sequence[tuple[Leaf, Observation]], trial: Trial) -> Outcome:
    """Return how the requirement came out today, no matter what the record says about the time before."""
    outcomes = {leaf.id: outcome(leaf.operator, seen) for leaf, seen in leaves}
    return node_outcome(f"c{index}.r", outcomes, trial.gates)


def _may_turn(case: Case, status: Status) -> bool:
    return status.open and case.shadow is None and case.criterion.severity is Severity.CONDITIONAL


def _begins_to_rest(case: Case, bare: CompiledCriterion, leaves: Sequence[Leaf], trial: Trial) -> datetime | None:
    """Return when a criterion that is met by itself will be met on acceptance only; also the other way round."""
    reading = OperandReading.of(case, trial.scope, trial.bare or trial.evidence, trial.refused)
    return Turning(bare, leaves, trial.gates, reading).moment()


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((each for each in (one, other) if each is not None), default=None)


def _fact(name: str, case: Case, trial: Trial) -> FactReading:
    entry = usable(case, name, trial.evidence, trial.scope, trial.refused)
    if isinstance(entry, Gap):
        return FactReading(fact=name, gap=entry, source=", ".join(entry.sources))
    oldest = min(value.as_of for value in entry.values)
    return FactReading(
        fact=name,
        shown=shown(entry),
        basis=entry.basis,
        as_of=entry.as_of,
        age_days=max((trial.scope.now - oldest).days, 0),
        source=_source(entry, trial.scope.release),
        stated_by=_stated_by(entry),
        stale_at=oldest + timedelta(seconds=case.criterion.max_age_s),
        open_items=None if entry.open_items is None else entry.open_items[:SHOWN_KEYS],
        open_count=entry.open_count,
        rows_from=min((value.rows_from for value in entry.values if value.rows_from is not None), default=None),
        agreeing=_agreeing(entry, trial.scope),
    )


def _agreeing(entry: Evidence, scope: Scope) -> tuple[AgreeingReading, ...] | None:
    if entry.agreeing is None:
        return None
    return tuple(
        AgreeingReading(
            shown=shown(value),
            basis=value.basis,
            as_of=value.as_of,
            age_days=max((scope.now - value.as_of).days, 0),
            source=_source(value, scope.release),
            stated_by=_stated_by(value),
        )
        for value in entry.agreeing
    )


def _stated_by(value: Evidence) -> str:
    return ", ".join(f"{statement.person} as {statement.role}" for statement in value.attested)


def _source(entry: Evidence, release: str) -> str:
    """Say where a value is from, and from which release it was carried."""
    carried = f", carried from the release {entry.subject.release}" if is_carried(entry, release) else ""
    return entry.source.locator + carried


def _comparison(leaf: Leaf, observation: Observation, text: str) -> ComparisonReading:
    span = leaf.comparison.span
    return ComparisonReading(
        text=text[span.start : span.end] or text,
        left=observation.left,
        operator=leaf.operator.value,
        right=observation.right,
        outcome=outcome(leaf.operator, observation),
        margin=observation.margin,
        exact=observation.exact,
    )
