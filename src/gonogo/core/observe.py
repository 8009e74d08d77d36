"""From evidence to two integers for each comparison: what the rule engine is shown, and nothing else.

A comparison is put over a common denominator; where both numerators fit 64 bits they are handed on, else only the sign
of the difference is. Texts and truths become small integers. Where agreeing sources say different things, a comparison
is observed by the values that help its criterion least: *not met* before *unknown* before *met*, under ``not`` the
other way round. An exemption is judged like a requirement, because it too must be proved by every value.
"""

from __future__ import annotations

import operator as operators
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import Final

from gonogo.core.operand import OperandReading, Operated, Quantity
from gonogo.core.wording import duration_text, quantity_text
from gonogo.language.requirement import Comparison, Membership, Operator
from gonogo.model.evidence import EvidenceSet, Gap
from gonogo.model.fact import Vocabulary
from gonogo.model.finding import Outcome
from gonogo.model.judgement import INT64_MAX, Compiled, Leaf, Observation, Scope

HOLDS: Final = {
    Operator.LT: operators.lt,
    Operator.LE: operators.le,
    Operator.GT: operators.gt,
    Operator.GE: operators.ge,
    Operator.EQ: operators.eq,
    Operator.NE: operators.ne,
}
_WORST_FIRST: Final = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)


def observe(
    compiled: Compiled,
    scope: Scope,
    evidence: EvidenceSet,
    vocabulary: Vocabulary,
    refused: frozenset[tuple[str, str]] = frozenset(),
    bare: EvidenceSet | None = None,
) -> tuple[Observation, ...]:
    """Return one observation for each leaf, in the order of the leaves.

    Args:
        compiled: The compiled scope.
        scope: The same scope: moment, parameters, criteria.
        evidence: Admitted evidence and gaps.
        vocabulary: Types and units of the facts.
        refused: (criterion, fact) pairs whose evidence may not be used; see ``core.admit.refused_pairs``.
        bare: The evidence as if nothing were accepted, for leaves that ask it; None where no acceptance counts.
    """
    asked = dict(enumerate(scope.asked))
    readings = {index: OperandReading.of(case, scope, evidence, refused) for index, case in asked.items()}
    if bare is None:
        return observed(compiled.leaves, readings)
    without = {index: OperandReading.of(case, scope, bare, refused) for index, case in asked.items()}
    runs = groupby(compiled.leaves, key=lambda leaf: leaf.bare)
    return tuple(seen for is_bare, run in runs for seen in observed(run, without if is_bare else readings))


def observed(leaves: Iterable[Leaf], readings: Mapping[int, OperandReading]) -> tuple[Observation, ...]:
    """Observe leaves, each by the reading of its criterion, which is found by the index of the criterion."""
    found: list[Observation] = []
    written: Comparison | Membership | None = None
    read: OperandReading | Gap | None = None
    for leaf in leaves:
        if leaf.held is not None:
            known = leaf.held is not Outcome.UNKNOWN
            found.append(Observation(leaf=leaf.id, usable=known, v=int(leaf.held is Outcome.MET), w=int(known)))
            continue
        if read is None or leaf.whole is None or leaf.whole is not written:  # the choices of one list stand together
            written, read = leaf.whole, _worst(leaf, readings[leaf.criterion])
        if isinstance(read, Gap):
            found.append(Observation(leaf=leaf.id, usable=False, gaps=(read,)))
        else:
            found.append(_observe(leaf, read))
    return tuple(found)


def _worst(leaf: Leaf, reading: OperandReading) -> OperandReading | Gap:
    """Return the combination of values that helps the criterion least; of equals the first."""
    readings = reading.readings(leaf.written)
    if isinstance(readings, Gap) or len(readings) == 1:
        return readings if isinstance(readings, Gap) else readings[0]
    order = _WORST_FIRST[::-1] if leaf.negated else _WORST_FIRST
    return min(readings, key=lambda each: order.index(_came_out(leaf, each)))


def outcome(operator: Operator, observation: Observation) -> Outcome:
    """Say how one comparison came out, for the reader; the criterion's own outcome is the engines'."""
    if not observation.usable:
        return Outcome.UNKNOWN
    return Outcome.MET if HOLDS[operator](observation.v, observation.w) else Outcome.NOT_MET


def _came_out(leaf: Leaf, reading: OperandReading) -> Outcome:
    """How the comparison comes out as its author wrote it: a list is met where one of its choices is."""
    if leaf.whole is None:
        return outcome(leaf.operator, _observe(leaf, reading))
    return max(_choices(leaf, leaf.whole, reading), key=_WORST_FIRST.index)


def _choices(leaf: Leaf, whole: Membership, reading: OperandReading) -> Iterable[Outcome]:
    for choice in whole.choices:
        equality = Comparison(operator=Operator.EQ, left=whole.operand, right=choice, span=whole.span)
        yield outcome(Operator.EQ, _observe(replace(leaf, comparison=equality), reading))


def _observe(leaf: Leaf, reading: OperandReading) -> Observation:
    left, right = reading.sides(leaf.comparison)
    gaps = tuple(side for side in (left, right) if isinstance(side, Gap))
    if gaps:
        return Observation(
            leaf=leaf.id,
            usable=False,
            gaps=gaps,
            left="" if isinstance(left, Gap) else _shown(left, right),
            right="" if isinstance(right, Gap) else _shown(right, left),
        )
    readable = replace(Observation(leaf=leaf.id, usable=True), left=_shown(left, right), right=_shown(right, left))
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        v, w, exact = _pair(left.value, right.value)
        return replace(readable, v=v, w=w, exact=exact, margin=_margin(leaf, left, right))
    if isinstance(left, bool) and isinstance(right, bool):
        return replace(readable, v=int(left), w=int(right))
    if isinstance(left, str) and isinstance(right, str):
        # Equality and membership only, so equal texts are told apart from different ones, and that is all.
        return replace(readable, v=0, w=int(left != right))
    raise TypeError("the type check lets only like be compared with like")


def _pair(left: Fraction, right: Fraction) -> tuple[int, int, bool]:
    denominator = lcm(left.denominator, right.denominator)
    v, w = int(left * denominator), int(right * denominator)
    if max(abs(v), abs(w)) <= INT64_MAX:
        return v, w, True
    return (left > right) - (left < right), 0, False


def _shown(side: Operated, other: Operated) -> str:
    if isinstance(side, Quantity):
        if isinstance(other, Quantity) and side.kind == "number" and not side.unit:
            # A bare literal takes the kind and unit of what it meets.
            return Quantity(side.value, other.kind, other.unit).shown
        return side.shown
    if isinstance(side, bool):
        return "true" if side else "false"
    return f'"{side}"' if isinstance(side, str) else ""


def _margin(leaf: Leaf, left: Quantity, right: Quantity) -> str:
    """Distance to the threshold, negative when short of it, in the quantity's own unit; ratios in points."""
    if left.label or right.label:
        return ""  # how far a proof is from a threshold is no number of points
    operator = leaf.operator.opposite if leaf.negated else leaf.operator
    gap = left.value - right.value
    if operator in (Operator.LE, Operator.LT):
        gap = -gap
    if operator in (Operator.EQ, Operator.NE):
        gap = abs(gap)
    kind = "duration" if left.kind == "instant" else left.kind if left.kind != "number" else right.kind
    if kind == "ratio":
        return quantity_text(gap * 100, unit="points")
    if kind == "duration":
        return duration_text(gap)
    return quantity_text(gap, unit=left.unit or right.unit)
