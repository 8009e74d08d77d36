"""The requirement of a criterion as a typed tree: what the parser makes, the engines judge and the linter checks.

The tree is data. It has no calls and no code; every node knows the columns of the text that it came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Span:
    """Columns of a node in its requirement's text: 0-based ``start``, exclusive ``end``."""

    start: int
    end: int


class Operator(StrEnum):
    """The comparison operators."""

    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    EQ = "=="
    NE = "!="

    @property
    def opposite(self) -> Operator:
        """The operator that holds exactly where this one does not."""
        return _OPPOSITE[self]


_OPPOSITE = {
    Operator.LT: Operator.GE,
    Operator.GE: Operator.LT,
    Operator.GT: Operator.LE,
    Operator.LE: Operator.GT,
    Operator.EQ: Operator.NE,
    Operator.NE: Operator.EQ,
}


class Arithmetic(StrEnum):
    """The arithmetic operators; all exact."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


GIVEN = " given"
"""``status is not blank`` is the boolean of this name: ``status given``, which nobody can write otherwise."""


class Moment(StrEnum):
    """The two instants that a requirement may name."""

    NOW = "now"
    GO_LIVE = "go_live"


@dataclass(frozen=True, slots=True)
class Number:
    """A number: ``3``, ``0.95``, ``95%`` (percent: the value is 0.95)."""

    value: Fraction
    percent: bool
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text; compared for equality and membership only."""

    value: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Truth:
    """``true`` or ``false``."""

    value: bool
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Duration:
    """``7d`` or ``12h``, held in seconds."""

    seconds: Fraction
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact of the vocabulary by its dotted name."""

    name: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """A parameter of the criterion by its bare name."""

    name: str
    span: Span = field(compare=False)

    @property
    def asked_blank(self) -> str:
        """The column of which ``is blank`` or ``is not blank`` was written; empty for any other name."""
        return self.name.removesuffix(GIVEN) if self.name.endswith(GIVEN) else ""


@dataclass(frozen=True, slots=True)
class MomentRef:
    """``now`` or ``go_live``."""

    moment: Moment
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class LowerBound:
    """``lower(fact, 95%)``: what a sample proves of a share, with that confidence."""

    fact: FactRef
    confidence: Number
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """Unary minus."""

    operand: Operand
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and an arithmetic operator."""

    operator: Arithmetic
    left: Operand
    right: Operand
    span: Span = field(compare=False)


Literal = Number | Text | Truth | Duration
Operand = Literal | FactRef | ParameterRef | MomentRef | LowerBound | Negative | Binary


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left operator right``. A bare boolean fact ``x`` is ``x == true``."""

    operator: Operator
    left: Operand
    right: Operand
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Membership:
    """``operand in [choice, ...]``; ``not in`` is a Not around it."""

    operand: Operand
    choices: tuple[Operand, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """``a and b and c``: at least two parts."""

    parts: tuple[Condition, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """``a or b or c``: at least two parts."""

    parts: tuple[Condition, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """``not a``."""

    part: Condition
    span: Span = field(compare=False)


Condition = Comparison | Membership | All | AnyOf | Not
Node = Operand | Condition


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement as written and as understood.

    Attributes:
        text: As the author wrote it, on one line.
        tree: What it means.
    """

    text: str
    tree: Condition

    @property
    def facts(self) -> tuple[str, ...]:
        """Names of the facts used, each once, in order of appearance."""
        return tuple(dict.fromkeys(node.name for node in walk(self.tree) if isinstance(node, FactRef)))

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters used, each once, in order of appearance."""
        return tuple(dict.fromkeys(node.name for node in walk(self.tree) if isinstance(node, ParameterRef)))


def children(node: Node) -> tuple[Node, ...]:
    """Return the direct parts of a node."""
    if isinstance(node, (Comparison, Binary)):
        return (node.left, node.right)
    if isinstance(node, Membership):
        return (node.operand, *node.choices)
    if isinstance(node, (All, AnyOf)):
        return node.parts
    if isinstance(node, Not):
        return (node.part,)
    if isinstance(node, Negative):
        return (node.operand,)
    if isinstance(node, LowerBound):
        return (node.fact, node.confidence)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """Iterate ``node`` and everything below it, parents first, left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def lowered_facts(node: Node) -> frozenset[str]:
    """Return the facts of a node that are samples: what counts of them is part and whole, not only the share."""
    return frozenset(part.fact.name for part in walk(node) if isinstance(part, LowerBound))


def seconds_of(moment: datetime) -> Fraction:
    """Return an aware instant as exact seconds since 1970-01-01T00:00:00Z."""
    return Fraction((moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1), 10**6)
