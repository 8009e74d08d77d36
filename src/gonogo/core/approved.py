"""Whether an approval still holds: it binds the state that its signer approved, and nothing worse. Pure.

The state is that of the last recorded run on or before the day of the approval. Newer evidence that is no worse keeps
the approval; another open item, a worse value, or no answer at all lapses it. Without such a run, nothing that the
criterion reads may be newer than the approval. What the waiver itself says is bound too, see ``approved_text``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType

from gonogo.core.admit import refused_pairs
from gonogo.core.approved_text import WaiverText, rewritten
from gonogo.core.observe import HOLDS
from gonogo.core.operand import OperandReading, Operated, Quantity
from gonogo.core.waive import Lapse
from gonogo.core.wording import day_there, listing
from gonogo.language.requirement import (
    All,
    AnyOf,
    Comparison,
    Condition,
    FactRef,
    Membership,
    Not,
    Operator,
    walk,
)
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.finding import Finding, Status
from gonogo.model.judgement import Case, Scope
from gonogo.model.waiver import Approval, Waiver


@dataclass(frozen=True, slots=True)
class State:
    """What a recorded run knew of one criterion.

    Attributes:
        now: The moment of the run.
        finding: What it found.
        evidence: What it rested on.
        elsewhere: Whose run it was, where it was not one of this release in this log; empty where it was.
    """

    now: datetime
    finding: Finding
    evidence: EvidenceSet
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """What this run knows.

    Attributes:
        scope: What is asked.
        evidence: Admitted evidence and gaps.
        refused: Pairs of criterion and fact that may not be used.
        findings: By criterion.
    """

    scope: Scope
    evidence: EvidenceSet
    refused: frozenset[tuple[str, str]]
    findings: Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class _Mark:
    """How one comparison came out.

    Attributes:
        node: The comparison.
        good: Whether it speaks for the criterion; None where it is not known.
        merit: How far it is on the good side; None where only equality counts.
        value: The left side.
    """

    node: Comparison | Membership
    good: bool | None
    merit: Fraction | None
    value: Operated

    @property
    def shown(self) -> str:
        """The left side as people read it."""
        return self.value.shown if isinstance(self.value, Quantity) else f"{self.value}".lower()


def lapses(
    waivers: Sequence[Waiver],
    states: Mapping[str, Sequence[State | None]],
    present: Present,
    held_on: Mapping[str, str],
    texts: Mapping[str, Sequence[WaiverText | None]] = MappingProxyType({}),
) -> dict[str, tuple[Lapse, ...]]:
    """Return the approvals of waivers of open criteria that no longer hold, by the waiver's id.

    Args:
        waivers: All that were submitted.
        states: Waiver id to the state behind each of its approvals, in their order; None where none is recorded.
        present: What this run knows.
        held_on: Fact to the local date on which its evidence held.
        texts: Waiver id to what it said when each of its approvals was given, in their order.
    """
    cases = {case.criterion.id: case for case in present.scope.asked}
    found: dict[str, tuple[Lapse, ...]] = {}
    for waiver in waivers:
        finding, case = present.findings.get(waiver.criterion), cases.get(waiver.criterion)
        if finding is None or case is None or not finding.status.open:
            continue
        bound = dict(enumerate(texts.get(waiver.id, ())))
        for place, (approval, state) in enumerate(zip(waiver.approved_by, states.get(waiver.id, ()), strict=False)):
            why = rewritten(bound.get(place), waiver, present.scope.zone) or _lapse(
                approval, state, finding, case, present, held_on
            )
            if why:
                found[waiver.id] = (*found.get(waiver.id, ()), Lapse(approval, why))
    return found


def _lapse(
    approval: Approval,
    state: State | None,
    finding: Finding,
    case: Case,
    present: Present,
    held_on: Mapping[str, str],
) -> str:
    if state is None or not state.finding.status.judged:
        return _unrecorded(approval, finding, held_on)
    was, now = state.finding.status, finding.status
    then = (
        f"in the run of {day_there(state.now, present.scope.zone)}{f' ({state.elsewhere})' if state.elsewhere else ''}"
    )
    unseen = _unrecorded(approval, finding, held_on) if state.elsewhere else ""
    if unseen:
        return unseen
    if was is Status.MET:
        return f"the criterion was met {then} and is now {_WORDS[now]}{_asked_more(state, case, present)}"
    if now is Status.UNKNOWN:
        lost = sorted({gap.fact for gap in finding.gaps} - {gap.fact for gap in state.finding.gaps})
        if was is Status.UNKNOWN and not lost:
            return ""
        return f"{listing(lost) or 'the criterion'} was known {then} and is no longer known"
    if was is Status.UNKNOWN:
        return f"the criterion was unknown {then} and is now known not to be met"
    return _worse(state, case, present, then)


_WORDS = {Status.NOT_MET: "not met", Status.UNKNOWN: "unknown"}


def _unrecorded(approval: Approval, finding: Finding, held_on: Mapping[str, str]) -> str:
    none = "no recorded run of this release on or before that day shows what was approved"
    if finding.status is Status.UNKNOWN:
        return f"{none}, and the criterion is now unknown"
    newer = [fact.fact for fact in finding.facts if held_on.get(fact.fact, "") > approval.on.isoformat()]
    if newer:
        return f"{none}, and the evidence of {listing(newer)} is newer than the approval"
    return ""


def _asked_more(state: State, case: Case, present: Present) -> str:
    """Say that the same evidence no longer does, where a threshold moved and nothing else; empty where not."""
    olds, news = _both(state, case, present)
    failing = [(before, after) for before, after in zip(olds, news, strict=True) if any(not one.good for one in after)]
    if not failing or any(one.good or one.good is None for pair in failing for marks in pair for one in marks):
        return ""
    if any({one.shown for one in before} != {one.shown for one in after} for before, after in failing):
        return ""
    text = case.criterion.require.text
    parts = [f"`{text[node.span.start : node.span.end]}`" for node in (after[0].node for _, after in failing)]
    return f": its requirement has become stricter since, and the values have not changed ({listing(parts, most=3)})"


def _both(state: State, case: Case, present: Present) -> tuple[list[list[_Mark]], list[list[_Mark]]]:
    """Return how each comparison comes out by today's thresholds, on the evidence of the recorded run and on today's.

    `now` in a requirement is this run's in both readings: days that go by are nobody's setback.
    """
    scope, tree = present.scope, case.criterion.require.tree
    past_scope = replace(scope, now=state.now)
    past = OperandReading(case, past_scope, state.evidence, refused_pairs(past_scope, state.evidence), scope.now)
    here = OperandReading.of(case, scope, present.evidence, present.refused)
    return list(_marks(tree, past)), list(_marks(tree, here))


def _worse(state: State, case: Case, present: Present, then: str) -> str:
    text = case.criterion.require.text
    for olds, news in zip(*_both(state, case, present), strict=True):
        bad = [after for after in news if not after.good]
        if not bad:
            continue
        node = news[0].node
        written = text[node.span.start : node.span.end]
        for after in bad:
            if all(_declined(before, after) for before in olds):
                stood = listing(list(dict.fromkeys(map(_stood, olds))), most=3)
                return f"`{written}` was at {stood} {then} and is now at {_stood(after)}"
        for fact in dict.fromkeys(part.name for part in walk(node) if isinstance(part, FactRef)):
            why = _items(state.evidence[fact], present.evidence[fact])
            if why:
                return f"{fact} {why} {then}"
    return ""


def _stood(mark: _Mark) -> str:
    return "unknown" if mark.good is None else mark.shown


def _declined(before: _Mark, after: _Mark) -> bool:
    if after.good is None:
        return before.good is not None
    if before.good is not False:
        return True
    if before.merit is None or after.merit is None:
        return before.value != after.value
    return after.merit < before.merit


def _items(before: Evidence | Gap, after: Evidence | Gap) -> str:
    """Say that other items are open than were, by any agreeing source; empty where none is, or no source names any."""
    if isinstance(before, Gap) or isinstance(after, Gap):
        return ""
    known = {key for value in before.values for key in value.open_items or ()}
    for value in after.values:
        own = [old for old in before.values if old.source.binding == value.source.binding]
        olds = own or list(before.values)
        if any(old.source.sha256 == value.source.sha256 and value.source.sha256 for old in olds):
            continue
        named = [old for old in olds if old.open_items is not None]
        if value.open_items is None and not named:
            continue
        if value.open_items is None or not named or any(one.open_left_out for one in (*named, value)):
            return "cannot be compared item by item with what was open"
        other = [key for key in dict.fromkeys(value.open_items) if key not in known]
        if other:
            return f"now has open items ({listing(other, most=3)}) that were not open"
    return ""


def _marks(tree: Condition, reading: OperandReading, sign: int = 1) -> Iterator[list[_Mark]]:
    """Yield how each comparison of a requirement came out, by every agreeing value of the facts that it reads.

    Under ``not`` it speaks for the criterion where it does not hold.
    """
    if isinstance(tree, (All, AnyOf)):
        for part in tree.parts:
            yield from _marks(part, reading, sign)
    elif isinstance(tree, Not):
        yield from _marks(tree.part, reading, -sign)
    else:
        several = reading.readings(tree)
        if isinstance(several, Gap):
            yield [_Mark(tree, None, None, several)]
        else:
            yield [_mark(tree, each, sign) for each in several]


def _mark(tree: Comparison | Membership, reading: OperandReading, sign: int) -> _Mark:
    if isinstance(tree, Comparison):
        return _compared(tree, reading, sign)
    value = reading.operand(tree.operand)
    choices = [reading.operand(choice) for choice in tree.choices]
    known = not any(isinstance(each, Gap) for each in (value, *choices))
    return _Mark(tree, (value in choices) is (sign > 0) if known else None, None, value)


def _compared(node: Comparison, reading: OperandReading, sign: int) -> _Mark:
    left, right = reading.sides(node)
    if isinstance(left, Gap) or isinstance(right, Gap):
        return _Mark(node, None, None, left)
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        far = left.value - right.value
        holds = HOLDS[node.operator](left.value, right.value)
        merit = {Operator.EQ: -abs(far), Operator.NE: abs(far), Operator.LE: -far, Operator.LT: -far}.get(
            node.operator, far
        )
        return _Mark(node, holds is (sign > 0), merit * sign, left)
    return _Mark(node, ((left == right) is (node.operator is Operator.EQ)) is (sign > 0), None, left)
