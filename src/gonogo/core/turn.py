"""When time alone changes a status: the first moment at which a comparison that uses ``now`` comes out differently.

As a function of the time since a moment, each side of a comparison is one polynomial divided by another. Between two
moments at which none of these polynomials crosses zero, nothing can change. A moment before which none can is found
with exact fractions; the criterion is judged there as it would be judged then, and if it still comes out alike, the
search goes on from there. For what is linear in ``now`` the answer is exact to the microsecond; for anything else it
is exact or earlier, never later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import Final

from gonogo.core.observe import observed, outcome
from gonogo.core.operand import OperandReading, Quantity
from gonogo.core.polynomial import Polynomial, minus, times
from gonogo.language.requirement import (
    Arithmetic,
    Comparison,
    Membership,
    Moment,
    MomentRef,
    Negative,
    Operand,
    seconds_of,
    walk,
)
from gonogo.language.requirement import Binary as BinaryOperand
from gonogo.model.evidence import Gap
from gonogo.model.finding import Outcome
from gonogo.model.judgement import CompiledCriterion, Gate, Leaf

STEPS: Final = 500
"""So many moments are looked at; linear comparisons need two for each combination of values."""
MICROSECOND: Final = timedelta(microseconds=1)
LAST: Final = datetime.max.replace(tzinfo=UTC)

"""Coefficients by power of the seconds since a moment, the constant first."""
_ONE: Final[Polynomial] = (Fraction(1),)


@dataclass(frozen=True, slots=True)
class Turning:
    """One criterion whose status may change with time.

    Attributes:
        criterion: The criterion, compiled.
        leaves: Its leaves.
        gates: Every gate by id.
        reading: The reading by which it is judged now; staleness stays as it is now.
    """

    criterion: CompiledCriterion
    leaves: Sequence[Leaf]
    gates: Mapping[str, Gate]
    reading: OperandReading

    def moment(self) -> datetime | None:
        """Return the first moment after now at which the same evidence gives another status, or an earlier one.

        None where it gives the same for ever.
        """
        moving = [leaf for leaf in self.leaves if _uses_now(leaf.written)]
        if not moving:
            return None
        moment = self.reading.now
        before = self._status(moment)
        for _step in range(STEPS):
            steps = [_step_before_zero(each) for leaf in moving for each in self._polynomials(leaf, moment)]
            ahead = min((step for step in steps if step is not None), default=None)
            if ahead is None or ahead > (LAST - moment) // MICROSECOND:
                return None
            moment += ahead * MICROSECOND
            if self._status(moment) != before:
                break
        return moment

    def _status(self, moment: datetime) -> Outcome | None:
        """The criterion's outcome at a moment; None if it asks nothing."""
        reading = replace(self.reading, now=moment)
        found = observed(self.leaves, {leaf.criterion: reading for leaf in self.leaves})
        outcomes = {leaf.id: outcome(leaf.operator, seen) for leaf, seen in zip(self.leaves, found, strict=True)}
        exemption = self.criterion.exemption
        if exemption is not None and node_outcome(exemption, outcomes, self.gates) is Outcome.MET:
            return None
        return node_outcome(self.criterion.requirement, outcomes, self.gates)

    def _polynomials(self, leaf: Leaf, moment: datetime) -> Iterator[Polynomial]:
        """Yield what must cross zero before the leaf can come out differently than it does at ``moment``."""
        readings = self.reading.readings(leaf.written)
        for reading in [] if isinstance(readings, Gap) else readings:
            left, right = (
                _rational(side, replace(reading, now=moment)) for side in (leaf.comparison.left, leaf.comparison.right)
            )
            if left is not None and right is not None:
                yield minus(times(left[0], right[1]), times(right[0], left[1]))
                yield times(left[1], right[1])


def node_outcome(node: str, outcomes: Mapping[str, Outcome], gates: Mapping[str, Gate]) -> Outcome:
    """Return how a leaf or gate comes out by the outcomes of the leaves."""
    if node in outcomes:
        return outcomes[node]
    gate = gates[node]
    parts = [node_outcome(child, outcomes, gates) for child in gate.children]
    yes, no = (Outcome.NOT_MET, Outcome.MET) if gate.negate else (Outcome.MET, Outcome.NOT_MET)
    if parts.count(Outcome.MET) >= gate.k:
        return yes
    return no if parts.count(Outcome.NOT_MET) > len(parts) - gate.k else Outcome.UNKNOWN


def _uses_now(written: Comparison | Membership) -> bool:
    return any(isinstance(node, MomentRef) and node.moment is Moment.NOW for node in walk(written))


def _rational(node: Operand, reading: OperandReading) -> tuple[Polynomial, Polynomial] | None:
    """Return an operand as numerator and denominator over the seconds since ``now``; None where it has no value."""
    if isinstance(node, MomentRef) and node.moment is Moment.NOW:
        return (seconds_of(reading.now), Fraction(1)), _ONE
    if isinstance(node, Negative):
        inner = _rational(node.operand, reading)
        return None if inner is None else (minus((), inner[0]), inner[1])
    if not isinstance(node, BinaryOperand):
        value = reading.operand(node)
        return ((value.value,), _ONE) if isinstance(value, Quantity) else None
    left, right = _rational(node.left, reading), _rational(node.right, reading)
    if left is None or right is None:
        return None
    (over, under), (other_over, other_under) = left, right
    if node.operator is Arithmetic.MULTIPLY:
        return times(over, other_over), times(under, other_under)
    if node.operator is Arithmetic.DIVIDE:
        # What the divisor is divided by may not be zero either, so it stays a factor of the denominator.
        return times(times(over, other_under), other_under), times(times(under, other_over), other_under)
    one, other = times(over, other_under), times(other_over, under)
    sum_of = minus(one, minus((), other)) if node.operator is Arithmetic.ADD else minus(one, other)
    return sum_of, times(under, other_under)


def _step_before_zero(polynomial: Polynomial) -> int | None:
    """Return how many microseconds may pass, at least one, before the polynomial can be zero or change its sign.

    At every whole microsecond before them it has the sign that it has at 0. None where it never changes.

    With a positive constant the polynomial is at least what is left of it without its other positive terms, and that
    only falls: where it is still above zero, nothing has happened yet.
    """
    constant, *rest = polynomial
    if not any(rest):
        return None
    if constant == 0:
        return 1
    falling = [(power, -factor / constant) for power, factor in enumerate(rest, 1) if factor / constant < 0]
    if [power for power, _factor in falling] == [1]:
        return ceil(10**6 / falling[0][1])

    def above(microseconds: int) -> bool:
        seconds = Fraction(microseconds, 10**6)
        return 1 - sum(factor * seconds**power for power, factor in falling) > 0

    low, high = 0, (LAST - LAST.replace(year=1)) // MICROSECOND
    if above(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if above(middle) else (low, middle)
    return high
