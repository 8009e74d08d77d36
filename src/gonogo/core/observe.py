"""From evidence to two integers for each comparison: what the rule engine is shown, and nothing else.

Operands are reckoned exactly with fractions. A comparison is put over a common denominator; where both numerators fit
64 bits they are handed on, else only the sign of the difference is. Texts and truths become small integers. An
operand that uses a gap is a gap; so is a division by zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from math import lcm
from typing import Final

from gonogo.core.carry import may_not_carry
from gonogo.core.wording import duration_text, instant_words, quantity_text
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.judgement import INT64_MAX, Case, Compiled, Leaf, Observation, Scope
from gonogo.model.requirement import (
    Arithmetic,
    Binary,
    Duration,
    FactRef,
    Literal,
    Moment,
    MomentRef,
    Negative,
    Number,
    Operand,
    Operator,
    ParameterRef,
    Text,
    Truth,
    seconds_of,
)

EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A reckoned number: exact value, and what it is a number of.

    Attributes:
        value: In the unit; a ratio as 0..1; a duration or instant in seconds (since 1970 UTC).
        kind: number, ratio, duration or instant.
        unit: Unit of a number; empty for none.
    """

    value: Fraction
    kind: str = "number"
    unit: str = ""

    @property
    def shown(self) -> str:
        """The quantity as people read it."""
        if self.kind == "duration":
            return duration_text(self.value)
        if self.kind == "instant":
            try:
                return instant_words(EPOCH + timedelta(microseconds=int(self.value * 10**6)))
            except OverflowError:
                return "a moment beyond the calendar"
        return quantity_text(self.value, ratio=self.kind == "ratio", unit=self.unit)


Operated = Quantity | str | bool | Gap


def usable(
    case: Case, fact: str, evidence: EvidenceSet, scope: Scope, refused: frozenset[tuple[str, str]]
) -> Evidence | Gap:
    """Return the evidence of a fact if this criterion may use it now, else the gap that says why not."""
    entry = evidence[fact]
    if isinstance(entry, Gap):
        return entry
    if (case.criterion.id, fact) in refused:
        return _refusal(case, entry, scope)
    age = scope.now - entry.as_of
    if age >= timedelta(seconds=case.criterion.max_age_s):
        limit = duration_text(Fraction(case.criterion.max_age_s))
        return Gap(
            fact=fact,
            reason=GapReason.STALE,
            detail=f"It held on {entry.as_of:%Y-%m-%d} and is {age.days} days old; only evidence younger than {limit} "
            "counts here.",
            binding=entry.source.binding,
            sources=(entry.source.locator,),
        )
    return entry


def _refusal(case: Case, entry: Evidence, scope: Scope) -> Gap:
    if may_not_carry(case.criterion, entry, scope):
        reason = GapReason.WRONG_SUBJECT
        detail = f"It speaks of the release {entry.subject.release}; this criterion counts only what speaks of its own."
    else:
        reason = GapReason.NOT_PROVABLE
        stated = entry.attested[0].role if entry.attested else "nobody"
        detail = f"It is stated by {stated}; this criterion lets only {', '.join(case.criterion.attest)} attest."
    return Gap(
        fact=entry.fact,
        reason=reason,
        detail=detail,
        binding=entry.source.binding,
        sources=(entry.source.locator,),
    )


def observe(
    compiled: Compiled,
    scope: Scope,
    evidence: EvidenceSet,
    vocabulary: Vocabulary,
    refused: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Observation, ...]:
    """Return one observation for each leaf, in the order of the leaves.

    Args:
        compiled: The compiled scope.
        scope: The same scope: moment, parameters, criteria.
        evidence: Admitted evidence and gaps.
        vocabulary: Types and units of the facts.
        refused: (criterion, fact) pairs whose evidence may not be used; see ``core.admit.refused_pairs``.
    """
    cases = scope.asked
    return tuple(
        _observe(leaf, _Reading(cases[leaf.criterion], scope, evidence, vocabulary, refused))
        for leaf in compiled.leaves
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    case: Case
    scope: Scope
    evidence: EvidenceSet
    vocabulary: Vocabulary
    refused: frozenset[tuple[str, str]]

    def operand(self, node: Operand) -> Operated:
        """Reckon an operand; the first gap met is the answer."""
        if isinstance(node, (Number, Text, Truth, Duration)):
            return _literal(node)
        if isinstance(node, ParameterRef):
            return _literal(self.case.parameters[node.name])
        if isinstance(node, MomentRef):
            moment = self.scope.now if node.moment is Moment.NOW else self.scope.go_live
            return Quantity(seconds_of(moment), "instant")
        if isinstance(node, FactRef):
            return self._fact(node.name)
        if isinstance(node, Negative):
            inner = self.operand(node.operand)
            return Quantity(-inner.value, inner.kind, inner.unit) if isinstance(inner, Quantity) else inner
        return self._binary(node)

    def _fact(self, name: str) -> Operated:
        entry = usable(self.case, name, self.evidence, self.scope, self.refused)
        if isinstance(entry, Gap):
            return entry
        value = entry.value
        if isinstance(value, (bool, str)):
            return value
        if isinstance(value, datetime):
            return Quantity(seconds_of(value), "instant")
        return Quantity(entry.exact, "ratio" if entry.type is FactType.RATIO else "number", entry.unit)

    def _binary(self, node: Binary) -> Operated:
        left, right = self.operand(node.left), self.operand(node.right)
        for side in (left, right):
            if isinstance(side, Gap):
                return side
        if not isinstance(left, Quantity) or not isinstance(right, Quantity):
            raise TypeError("the type check lets only numbers into arithmetic")
        if node.operator is Arithmetic.DIVIDE and right.value == 0:
            fact = next((name for name in _facts(node.right)), next(iter(_facts(node.left)), self.case.criterion.id))
            return Gap(fact=fact, reason=GapReason.OUT_OF_RANGE, detail="The requirement would divide by zero.")
        return Quantity(_reckon(node.operator, left.value, right.value), *_kind(node.operator, left, right))


def _facts(node: Operand) -> list[str]:
    if isinstance(node, FactRef):
        return [node.name]
    if isinstance(node, Negative):
        return _facts(node.operand)
    return _facts(node.left) + _facts(node.right) if isinstance(node, Binary) else []


def _literal(node: Literal) -> Operated:
    if isinstance(node, Number):
        return Quantity(node.value, "ratio" if node.percent else "number")
    if isinstance(node, Duration):
        return Quantity(node.seconds, "duration")
    return node.value


def _reckon(operator: Arithmetic, left: Fraction, right: Fraction) -> Fraction:
    if operator is Arithmetic.ADD:
        return left + right
    if operator is Arithmetic.SUBTRACT:
        return left - right
    return left * right if operator is Arithmetic.MULTIPLY else left / right


def _kind(operator: Arithmetic, left: Quantity, right: Quantity) -> tuple[str, str]:
    if left.kind == right.kind == "instant":
        return "duration", ""
    if "instant" in (left.kind, right.kind):
        return "instant", ""
    if operator is Arithmetic.DIVIDE and (left.unit == right.unit or left.kind == "duration"):
        return ("ratio" if left.kind == right.kind == "ratio" else "number"), ""
    if "duration" in (left.kind, right.kind):
        return "duration", ""
    unit = left.unit or right.unit
    return ("number", unit) if unit or "number" in (left.kind, right.kind) else ("ratio", "")


def _observe(leaf: Leaf, reading: _Reading) -> Observation:
    left, right = reading.operand(leaf.comparison.left), reading.operand(leaf.comparison.right)
    gaps = tuple(side for side in (left, right) if isinstance(side, Gap))
    if gaps:
        return Observation(
            leaf=leaf.id,
            usable=False,
            gaps=gaps,
            left="" if isinstance(left, Gap) else _shown(left, right),
            right="" if isinstance(right, Gap) else _shown(right, left),
        )
    said = replace(Observation(leaf=leaf.id, usable=True), left=_shown(left, right), right=_shown(right, left))
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        v, w, exact = _pair(left.value, right.value)
        return replace(said, v=v, w=w, exact=exact, margin=_margin(leaf.operator, left, right))
    if isinstance(left, bool) and isinstance(right, bool):
        return replace(said, v=int(left), w=int(right))
    if isinstance(left, str) and isinstance(right, str):
        # Equality and membership only, so equal texts are told apart from different ones, and that is all.
        return replace(said, v=0, w=0 if left == right else 1)
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


def _margin(operator: Operator, left: Quantity, right: Quantity) -> str:
    """Distance to the threshold, negative when short of it, in the quantity's own unit; ratios in points."""
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
