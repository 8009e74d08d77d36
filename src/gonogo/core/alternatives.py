"""What a requirement that is not met lacks: what failed, of alternatives all of them, and what is not known besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.language.requirement import All, AnyOf, Comparison, Condition, FactRef, Membership, Not, Operator, walk
from gonogo.model.finding import ComparisonReading, Outcome
from gonogo.model.judgement import Leaf

_OTHER: Final = {
    Outcome.MET: Outcome.NOT_MET,
    Outcome.NOT_MET: Outcome.MET,
    Outcome.UNKNOWN: Outcome.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One comparison as its author wrote it, with its outcome: of ``x in [...]`` one reading for each choice."""

    leaf: Leaf
    readings: tuple[ComparisonReading, ...]

    @property
    def facts(self) -> set[str]:
        """The facts that it reads."""
        return {node.name for node in walk(self.leaf.written) if isinstance(node, FactRef)}

    @property
    def helped(self) -> Outcome:
        """*Met* where it came out as the criterion needs it, which under ``not`` is the other way round."""
        outcomes = [reading.outcome for reading in self.readings]
        one = next((each for each in (Outcome.MET, Outcome.UNKNOWN) if each in outcomes), Outcome.NOT_MET)
        return _OTHER[one] if self.leaf.negated else one

    @property
    def needed(self) -> Operator:
        """The operator by which it helps."""
        return self.leaf.operator.opposite if self.leaf.negated else self.leaf.operator


@dataclass(frozen=True, slots=True)
class Alternative:
    """A condition as it came out.

    Attributes:
        check: The comparison, where it is one.
        parts: What it is made of if it is no comparison.
        either: Whether one of the parts would do, and not all are needed.
    """

    check: Checked | None = None
    parts: tuple[Alternative, ...] = ()
    either: bool = False

    @property
    def outcome(self) -> Outcome:
        """How it came out, by Kleene."""
        if self.check is not None:
            return self.check.helped
        outcomes = [part.outcome for part in self.parts]
        order = [Outcome.MET, Outcome.UNKNOWN, Outcome.NOT_MET]
        return next(each for each in (order if self.either else reversed(order)) if each in outcomes)

    @property
    def failed(self) -> tuple[Alternative, ...]:
        """What failed of it, each a comparison or a group of alternatives."""
        if self.outcome is not Outcome.NOT_MET:
            return ()
        if self.check is not None or self.either:
            return (self,)
        return tuple(one for part in self.parts for one in part.failed)

    @property
    def checks(self) -> tuple[Checked, ...]:
        """The comparisons in it that failed."""
        if self.check is not None:
            return (self.check,) if self.check.helped is Outcome.NOT_MET else ()
        return tuple(one for part in self.parts for one in part.checks)

    @property
    def open(self) -> Iterator[tuple[Checked, tuple[Alternative, ...]]]:
        """Yield each comparison that is not known and matters, with the alternatives to it that failed."""
        if self.outcome is Outcome.MET:
            return
        if self.check is not None:
            if self.check.helped is Outcome.UNKNOWN:
                yield self.check, ()
            return
        beside = tuple(part for part in self.parts if part.outcome is Outcome.NOT_MET) if self.either else ()
        for part in self.parts:
            for check, others in part.open:
                yield check, (*others, *(one for one in beside if one is not part))


def part_of(tree: Condition, checks: Mapping[int, Checked], *, negated: bool = False) -> Alternative:
    """Return a requirement as it came out.

    Args:
        tree: The parsed requirement.
        checks: Its comparisons, by the ``id`` of their node.
        negated: Whether an odd number of ``not`` is above it.
    """
    if isinstance(tree, (Comparison, Membership)):
        return Alternative(check=checks[id(tree)])
    if isinstance(tree, Not):
        return part_of(tree.part, checks, negated=not negated)
    assert isinstance(tree, (All, AnyOf))
    parts = tuple(part_of(part, checks, negated=negated) for part in tree.parts)
    return Alternative(parts=parts, either=isinstance(tree, AnyOf) is not negated)
