"""Operands, exactly: the value of each side of a comparison, by the evidence that one criterion may use.

They are calculated with fractions. An operand that uses a gap is a gap; so is a division by zero. Where several sources
answer a fact and agree, every combination of their values is one reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import product
from math import prod
from typing import Final

from gonogo.core.proof import bound_shown, tail, too_large
from gonogo.core.usable import usable
from gonogo.core.wording import duration_text, instant_words, quantity_text
from gonogo.language.requirement import (
    Arithmetic,
    Binary,
    Comparison,
    Duration,
    FactRef,
    Literal,
    LowerBound,
    Moment,
    MomentRef,
    Negative,
    Node,
    Number,
    Operand,
    Operator,
    ParameterRef,
    Text,
    Truth,
    lowered_facts,
    seconds_of,
    walk,
)
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason
from gonogo.model.fact import FactType
from gonogo.model.judgement import MAX_COMBINATIONS, Case, Scope

EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A calculated number: exact value, and what it is a number of.

    Attributes:
        value: In the unit; a ratio as 0..1; a duration or instant in seconds (since 1970 UTC).
        kind: number, ratio, duration or instant.
        unit: Unit of a number; empty for none.
        label: How people read it, where the value is not what they ask for.
    """

    value: Fraction
    kind: str = "number"
    unit: str = ""
    label: str = ""

    @property
    def shown(self) -> str:
        """The quantity as people read it."""
        if self.label:
            return self.label
        if self.kind == "duration":
            return duration_text(self.value)
        if self.kind == "instant":
            try:
                return instant_words(EPOCH + timedelta(microseconds=int(self.value * 10**6)))
            except OverflowError:
                return "a moment beyond the calendar"
        return quantity_text(self.value, ratio=self.kind == "ratio", unit=self.unit)


Operated = Quantity | str | bool | Gap


@dataclass(frozen=True, slots=True)
class OperandReading:
    """One criterion's reading of the evidence.

    Attributes:
        case: The criterion and the parameters in force.
        scope: The moment by which evidence is fresh or stale, and go-live.
        evidence: Admitted evidence and gaps.
        refused: (criterion, fact) pairs whose evidence may not be used.
        now: The moment that ``now`` stands for.
        chosen: Of facts with several values, the one that is read.
    """

    case: Case
    scope: Scope
    evidence: EvidenceSet
    refused: frozenset[tuple[str, str]]
    now: datetime
    chosen: Mapping[str, Evidence] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case, scope: Scope, evidence: EvidenceSet, refused: frozenset[tuple[str, str]]) -> OperandReading:
        """Return the reading at the moment of the assessment."""
        return cls(case, scope, evidence, refused, scope.now)

    def entry(self, fact: str) -> Evidence | Gap:
        """Return what is read of a fact: of several values the chosen one, by default the oldest."""
        entry = usable(self.case, fact, self.evidence, self.scope, self.refused)
        return entry if isinstance(entry, Gap) else self.chosen.get(fact, entry)

    def readings(self, written: Node) -> list[OperandReading] | Gap:
        """Return one reading for each combination of the different values of the facts in ``written``, oldest first.

        More combinations than can be judged are a gap: to leave any out could hide the one that is worst.
        """
        several: dict[str, list[Evidence]] = {}
        samples = lowered_facts(written)
        for fact in dict.fromkeys(node.name for node in walk(written) if isinstance(node, FactRef)):
            entry = self.entry(fact)
            if isinstance(entry, Evidence) and entry.agreeing:
                different: dict[object, Evidence] = {}
                for value in entry.values:
                    said: object = value.exact if value.type.numeric else value.value
                    different.setdefault((said, value.part, value.whole) if fact in samples else said, value)
                if len(different) > 1:
                    several[fact] = list(different.values())
        if (number := prod(map(len, several.values()))) > MAX_COMBINATIONS:
            return Gap(
                fact=next(iter(several)),
                reason=GapReason.NOT_PROVABLE,
                detail=f"The agreeing sources of {', '.join(several)} make {number:,} combinations of values; at most "
                f"{MAX_COMBINATIONS} are judged. Let one source settle a fact (authority).",
            )
        return [replace(self, chosen=dict(zip(several, values, strict=True))) for values in product(*several.values())]

    def sides(self, node: Comparison) -> tuple[Operated, Operated]:
        """Calculate both sides of a comparison.

        Of a proof by a sample they are the doubt that is allowed and the doubt that is left, in the same order, so that
        the comparison holds exactly where the proof does.
        """
        bound, other = (node.left, node.right) if isinstance(node.left, LowerBound) else (node.right, node.left)
        if not isinstance(bound, LowerBound):
            return self.operand(node.left), self.operand(node.right)
        strict = node.operator in (Operator.GT, Operator.LT)
        allowed, left = self._proof(bound, other, strict=strict)
        return (allowed, left) if bound is node.left else (left, allowed)

    def _proof(self, bound: LowerBound, other: Operand, *, strict: bool) -> tuple[Operated, Operated]:
        threshold, entry = self.operand(other), self.entry(bound.fact.name)
        if isinstance(entry, Gap) or not isinstance(threshold, Quantity):
            return (entry if isinstance(entry, Gap) else Quantity(Fraction(0))), threshold
        if entry.part is None or entry.whole is None:
            why = "It was not given as part and whole, so nobody knows how many the sample has."
        else:
            why = too_large(entry.whole)
        if why or entry.part is None or entry.whole is None:
            return Gap(fact=entry.fact, reason=GapReason.NOT_PROVABLE, detail=why), threshold
        doubt = 1 - bound.confidence.value
        shown = f"{bound_shown(entry.part, entry.whole, doubt)} from {entry.part} of {entry.whole}"
        needed = Quantity(threshold.value, "ratio").shown
        rest = tail(entry.part, entry.whole, threshold.value, strict=strict)
        return Quantity(doubt, "ratio", label=shown), Quantity(rest, "ratio", label=needed)

    def operand(self, node: Operand) -> Operated:
        """Calculate an operand; the first gap met is the answer."""
        if isinstance(node, (Number, Text, Truth, Duration)):
            return _literal(node)
        if isinstance(node, ParameterRef):
            return _literal(self.case.parameters[node.name])
        if isinstance(node, MomentRef):
            moment = self.now if node.moment is Moment.NOW else self.scope.go_live
            return Quantity(seconds_of(moment), "instant")
        if isinstance(node, FactRef):
            return self._fact(node.name)
        if isinstance(node, Negative):
            inner = self.operand(node.operand)
            return Quantity(-inner.value, inner.kind, inner.unit) if isinstance(inner, Quantity) else inner
        if isinstance(node, LowerBound):
            raise TypeError("the type check lets a proof stand only alone on one side of a comparison")
        return self._binary(node)

    def _fact(self, name: str) -> Operated:
        entry = self.entry(name)
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
        return Quantity(_calculate(node.operator, left.value, right.value), *_kind(node.operator, left, right))


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


def _calculate(operator: Arithmetic, left: Fraction, right: Fraction) -> Fraction:
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
