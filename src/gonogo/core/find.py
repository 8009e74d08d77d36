"""Findings: what the engines answered, with every operand, in one sentence a sponsor can read."""

from __future__ import annotations

import operator as operators
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Final

from gonogo.core.carry import is_carried
from gonogo.core.observe import usable
from gonogo.core.wording import WORDS, age_words, gap_predicate, listing, shown, unit_text
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason
from gonogo.model.finding import ComparisonReading, FactReading, Finding, Outcome, Status
from gonogo.model.judgement import Case, Compiled, Judgement, Leaf, Observation, Scope
from gonogo.model.open_items import SHOWN_KEYS
from gonogo.model.requirement import Operator

_HOLDS = {
    Operator.LT: operators.lt,
    Operator.LE: operators.le,
    Operator.GT: operators.gt,
    Operator.GE: operators.ge,
    Operator.EQ: operators.eq,
    Operator.NE: operators.ne,
}
_ONE: Final = Fraction(1)
_STATUS = {Outcome.MET: Status.MET, Outcome.NOT_MET: Status.NOT_MET, Outcome.UNKNOWN: Status.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything that one judging produced, from which findings are written.

    Attributes:
        scope: What was asked.
        compiled: The same, compiled.
        observations: What the evidence said of each leaf.
        judgement: What the engine answered.
        evidence: Admitted evidence and gaps.
        refused: (criterion, fact) pairs whose evidence might not be used.
    """

    scope: Scope
    compiled: Compiled
    observations: Sequence[Observation]
    judgement: Judgement
    evidence: EvidenceSet
    refused: frozenset[tuple[str, str]] = frozenset()


def find(trial: Trial) -> tuple[Finding, ...]:
    """Return one finding for each criterion of the scope, in its order."""
    by_criterion: dict[int, list[tuple[Leaf, Observation]]] = {}
    for leaf, observation in zip(trial.compiled.leaves, trial.observations, strict=True):
        by_criterion.setdefault(leaf.criterion, []).append((leaf, observation))
    numbers = {id(case): number for number, case in enumerate(trial.scope.asked)}
    return tuple(
        _skipped(case) if case.skipped else _asked(case, by_criterion.get(numbers[id(case)], []), trial)
        for case in trial.scope.cases
    )


def _skipped(case: Case) -> Finding:
    criterion = case.criterion
    told = {
        Status.NOT_DUE: f"Not due before {criterion.due_from}: {criterion.title}.",
        Status.NOT_ADOPTED: f"Not yet adopted by the program: {criterion.title}.",
    }
    status = case.skipped or Status.NOT_DUE
    return Finding(
        criterion=criterion.id,
        title=criterion.title,
        domain=criterion.domain,
        severity=criterion.severity,
        status=status,
        sentence=told[status],
        owner=criterion.owner,
        due_from=criterion.due_from,
    )


def _asked(case: Case, leaves: list[tuple[Leaf, Observation]], trial: Trial) -> Finding:
    criterion = case.criterion
    outcome = trial.judgement.criteria[criterion.id]
    status = Status.NOT_APPLICABLE if outcome is None else _STATUS[outcome]
    exemption = criterion.not_applicable_when.text if criterion.not_applicable_when else ""
    facts = tuple(_fact(name, case, trial) for name in criterion.facts)
    comparisons = tuple(
        _comparison(leaf, observation, criterion.require.text) for leaf, observation in leaves if ".r" in leaf.id
    )
    return Finding(
        criterion=criterion.id,
        title=criterion.title,
        domain=criterion.domain,
        severity=criterion.severity,
        status=status,
        sentence=_sentence(status, exemption, comparisons, facts, [gap for _, seen in leaves for gap in seen.gaps]),
        facts=facts,
        comparisons=comparisons,
        owner=criterion.owner,
        remedy=criterion.remedy if status.open else "",
        due_from=criterion.due_from,
    )


def _fact(name: str, case: Case, trial: Trial) -> FactReading:
    entry = usable(case, name, trial.evidence, trial.scope, trial.refused)
    if isinstance(entry, Gap):
        return FactReading(fact=name, gap=entry, source=", ".join(entry.sources))
    return FactReading(
        fact=name,
        shown=shown(entry),
        basis=entry.basis,
        as_of=entry.as_of,
        age_days=max((trial.scope.now - entry.as_of).days, 0),
        source=_source(entry, trial.scope.release),
        stated_by=", ".join(f"{statement.person} as {statement.role}" for statement in entry.attested),
        stale_at=entry.as_of + timedelta(seconds=case.criterion.max_age_s),
        open_items=None if entry.open_items is None else entry.open_items[:SHOWN_KEYS],
        open_count=entry.open_count,
    )


def _source(entry: Evidence, release: str) -> str:
    """Say where a value stands, and from which release it was carried."""
    carried = f", carried from the release {entry.subject.release}" if is_carried(entry, release) else ""
    return entry.source.locator + carried


def _comparison(leaf: Leaf, observation: Observation, text: str) -> ComparisonReading:
    comparison = leaf.comparison
    return ComparisonReading(
        text=text[comparison.span.start : comparison.span.end] or text,
        left=observation.left,
        operator=leaf.operator.value,
        right=observation.right,
        outcome=_outcome(leaf.operator, observation),
        margin=observation.margin,
        exact=observation.exact,
    )


def _outcome(operator: Operator, observation: Observation) -> Outcome:
    """Say how one comparison came out, for the reader; the criterion's own outcome is the engines'."""
    if not observation.usable:
        return Outcome.UNKNOWN
    return Outcome.MET if _HOLDS[operator](observation.v, observation.w) else Outcome.NOT_MET


def _sentence(
    status: Status,
    exemption: str,
    comparisons: tuple[ComparisonReading, ...],
    facts: tuple[FactReading, ...],
    met: Sequence[Gap],
) -> str:
    if status is Status.NOT_APPLICABLE:
        return f"Not applicable, because {exemption}: {_told(facts)}."
    if status is Status.UNKNOWN:
        # All evidence may be there and the arithmetic have no answer: then the reason is only in what was reckoned.
        gaps = [reading.gap for reading in facts if reading.gap is not None] or list(dict.fromkeys(met))
        return f"Unknown: {_lacking(gaps)}."
    wanted = Outcome.MET if status is Status.MET else Outcome.NOT_MET
    decisive = [reading for reading in comparisons if reading.outcome is wanted] or list(comparisons)
    word = "Met" if status is Status.MET else "Not met"
    reasons = listing([_reason(reading, short=status is Status.NOT_MET) for reading in decisive], most=4)
    read = tuple(reading for reading in facts if any(reading.fact in comparison.text for comparison in decisive))
    return f"{word}: {reasons}; {_told(read or facts)}."


def _lacking(gaps: Sequence[Gap], most: int = 3) -> str:
    """Say what is wrong with facts, once for those that lack for the same reason."""
    groups: dict[tuple[GapReason, str], list[str]] = {}
    for gap in gaps:
        groups.setdefault((gap.reason, gap.detail.rstrip(".")), []).append(gap.fact)
    told = [
        f"{listing(facts)} {gap_predicate(reason, many=len(facts) > 1)} ({detail})"
        for (reason, detail), facts in groups.items()
    ]
    return "; ".join([*told[:most], *([f"and {len(told) - most} more"] if len(told) > most else [])])


def _reason(reading: ComparisonReading, *, short: bool) -> str:
    """Say one comparison: fact, value, threshold and margin, the unit once."""
    subject = reading.text.partition(f" {reading.operator} ")[0].strip() or reading.text
    if reading.right in ("true", "false"):
        return f"{subject} is {reading.left}" + (f" and must be {reading.right}" if short else "")
    needed, margin = (_bare(text, reading.left) for text in (reading.right, reading.margin))
    told = f"{WORDS[Operator(reading.operator)]} {needed} needed"
    verb = "is" if needed == reading.right else "stands at"
    return f"{subject} {verb} {reading.left} ({told}{', margin ' + margin if margin else ''})"


def _bare(text: str, like: str) -> str:
    """Return a number without its unit where ``like`` has the same one; anything else as it is."""
    (number, _, unit), other = text.partition(" "), like.partition(" ")[2]
    alike = unit_text(unit, _ONE) == unit_text(other, _ONE)
    return number if unit and unit[0].isalpha() and alike else text


def _told(facts: tuple[FactReading, ...]) -> str:
    """Basis, source and age of what was read, once for each file; the oldest age of each."""
    groups: dict[str, int] = {}
    for reading in facts:
        if reading.basis is not None and reading.age_days is not None:
            file = reading.source.partition(", ")[0]
            by = f" by {reading.stated_by}" if reading.stated_by else ""
            told = f"{reading.basis.value}{by} in {file}"
            groups[told] = max(groups.get(told, 0), reading.age_days)
    return listing([f"{told}, {age_words(age)}" for told, age in groups.items()], most=3) or "no evidence"
