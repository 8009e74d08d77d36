"""Type and unit check of a requirement against the vocabulary and the criterion's parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gonogo.language.requirement import (
    All,
    AnyOf,
    Arithmetic,
    Binary,
    Comparison,
    Condition,
    FactRef,
    LowerBound,
    Membership,
    MomentRef,
    Negative,
    Not,
    Operand,
    Operator,
    ParameterRef,
    Requirement,
    Span,
    Text,
    walk,
)
from gonogo.model.fact import Vocabulary
from gonogo.model.ruleset import Parameter, literal_text
from gonogo.ruleset.operand_types import (
    BOOLEAN,
    DURATION,
    INSTANT,
    SHARE,
    TEXT,
    OperandType,
    kind_of_literal,
    kind_of_parameter,
    kind_of_type,
    product,
    quotient,
    values_of,
)
from gonogo.text import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class Issue:
    """One mistake of meaning inside a requirement's text."""

    code: str
    span: Span
    what: str
    hint: str = ""


@dataclass(slots=True)
class KindCheck:
    """Checks one requirement; afterwards ``issues`` holds everything found.

    Attributes:
        requirement: As parsed.
        vocabulary: Authoritative for facts.
        parameters: Of the criterion, by name.
        units: Unit that each free parameter took, filled while checking; share it between the texts of a criterion.
        met: Each place at which a free parameter took a unit, in this text.
    """

    requirement: Requirement
    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    units: dict[str, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    met: list[tuple[ParameterRef, str]] = field(default_factory=list)

    def run(self) -> list[Issue]:
        """Check the whole tree."""
        for node in walk(self.requirement.tree):
            if isinstance(node, FactRef) and node.name not in self.vocabulary:
                hint = did_you_mean(node.name, self.vocabulary.names(), otherwise="`gonogo facts` lists every fact")
                self._add("G120", node, f"'{node.name}' is not a fact of the vocabulary", hint)
            if isinstance(node, ParameterRef) and node.asked_blank:
                hint = "a fact without an answer is unknown, which stops by itself"
                self._add("G121", node, "`is blank` is for columns of a table, in `where:`", hint)
            elif isinstance(node, ParameterRef) and node.name not in self.parameters:
                facts = [name for name in self.vocabulary.names() if name.rpartition(".")[2] == node.name]
                hint = did_you_mean(node.name, self.parameters, otherwise=_parameter_hint(facts, self.parameters))
                self._add("G121", node, f"'{node.name}' is not a parameter of this criterion", hint)
        self._condition(self.requirement.tree)
        return self.issues

    def _add(self, code: str, node: Operand | Condition | Span, what: str, hint: str = "") -> None:
        self.issues.append(Issue(code, node if isinstance(node, Span) else node.span, what, hint))

    def shown(self, node: Operand) -> str:
        """Return the text of a node in quotes."""
        return f"'{self.requirement.text[node.span.start : node.span.end]}'"

    def _condition(self, node: Condition) -> None:
        if isinstance(node, (All, AnyOf)):
            for part in node.parts:
                self._condition(part)
        elif isinstance(node, Not):
            self._condition(node.part)
        elif isinstance(node, Membership):
            self._membership(node)
        else:
            self._comparison(node)

    def _comparison(self, node: Comparison) -> None:
        left, right = self._kind(node.left), self._kind(node.right)
        if left is None or right is None:
            return
        if node.left.span == node.right.span and left != BOOLEAN:
            self._add("G103", node, f"{self.shown(node.left)} {left.words}, not true or false", "compare it: `x >= 3`")
            return
        place = self._operator(node)
        if not self._meet(node.left, left, node.right, right, place, "they cannot be compared"):
            return
        if left.base in ("boolean", "text") and node.operator not in (Operator.EQ, Operator.NE):
            what = f"{self.shown(node.left)} {left.words}; it has no order"
            self._add("G103", place, what, "compare it with `==` or `!=`, or a text with `in [...]`")

    def _membership(self, node: Membership) -> None:
        kind = self._kind(node.operand)
        choices = [(choice, self._kind(choice)) for choice in node.choices]
        if kind is None:
            return
        if kind.base in ("boolean", "instant", "duration"):
            self._add("G103", node.operand, f"{self.shown(node.operand)} {kind.words}; `in` is for text and numbers")
            return
        for choice, other in choices:
            if other is not None:
                self._meet(node.operand, kind, choice, other, choice.span, "it can never be one of these")

    def _operator(self, node: Comparison) -> Span:
        gap = self.requirement.text[node.left.span.end : node.right.span.start]
        at = node.left.span.end + max(gap.find(node.operator.value), 0)
        return Span(at, at + len(node.operator.value))

    def _meet(self, a: Operand, left: OperandType, b: Operand, right: OperandType, place: Span, end: str) -> bool:
        """Whether two operands are of one kind; free ones take the other's unit."""
        if left.base == right.base:
            if left.base != "number" or (left.free and right.free):
                return True
            if left.free != right.free:
                return self._bind(a if left.free else b, right if left.free else left)
            if left.unit == right.unit:
                return True
        hint = ""
        for node in (a, b):
            if isinstance(node, Text) and {left.base, right.base} == {"text", "number"}:
                hint = f"remove the quotes around {self.shown(node)}"
            elif isinstance(node, ParameterRef) and {left, right} & {TEXT} and {left.base, right.base} & {"number"}:
                hint = f"write the value of {self.shown(node)} without quotes"
            elif isinstance(node, FactRef) and not hint:
                hint = f"`gonogo facts {node.name}` shows its type, unit and meaning"
        self._add("G103", place, f"{self.shown(a)} {left.words}, but {self.shown(b)} {right.words}; {end}", hint)
        return False

    def _bind(self, free: Operand, other: OperandType) -> bool:
        """Give the free parameters of an operand the unit of what they met."""
        for node in _free_parameters(free):
            unit = self.units.setdefault(node.name, other.unit)
            self.met.append((node, other.unit))
            if unit != other.unit:
                one, two = (f"in {name}" if name else "a number without a unit" for name in (unit, other.unit))
                what = f"'{node.name}' is {one} elsewhere in this criterion and {two} here"
                self._add("G103", node, what, self._split(node.name, unit, other.unit))
                return False
        return True

    def _split(self, name: str, *units: str) -> str:
        """Write out how one parameter becomes one for each unit."""
        called = {unit: f"{name}_{_slug(unit)}" for unit in units}
        value = values_of(self.parameters[name])[0]
        text = self.requirement.text
        for node, unit in sorted(self.met, key=lambda each: -each[0].span.start):
            if node.name == name and unit in called:
                text = text[: node.span.start] + called[unit] + text[node.span.end :]
        written = ", ".join(f"{each}: {literal_text(value)}" for each in called.values())
        return f"use a parameter for each: `parameters: {{{written}}}`, and `{text}`"

    def _kind(self, node: Operand) -> OperandType | None:
        """Return what an operand is; None after an issue that explains why it is nothing."""
        if isinstance(node, FactRef):
            fact = self.vocabulary.get(node.name)
            return None if fact is None else kind_of_type(fact.type, fact.unit)
        if isinstance(node, ParameterRef):
            parameter = self.parameters.get(node.name)
            return None if parameter is None else kind_of_parameter(parameter)
        if isinstance(node, MomentRef):
            return INSTANT
        if isinstance(node, LowerBound):
            return SHARE
        if isinstance(node, Negative):
            kind = self._kind(node.operand)
            if kind is not None and kind.base not in ("number", "duration"):
                self._add("G103", node, f"{self.shown(node.operand)} {kind.words}; it cannot be negative")
                return None
            return kind
        return self._binary(node) if isinstance(node, Binary) else kind_of_literal(node)

    def _binary(self, node: Binary) -> OperandType | None:
        left, right = self._kind(node.left), self._kind(node.right)
        if left is None or right is None:
            return None
        sides = (left.base, right.base)
        if node.operator in (Arithmetic.ADD, Arithmetic.SUBTRACT):
            minus = node.operator is Arithmetic.SUBTRACT
            if sides == ("instant", "instant") and minus:
                return DURATION
            if sides == ("instant", "duration") or (sides == ("duration", "instant") and not minus):
                return INSTANT
            if left.base in ("number", "duration") and left.base == right.base:
                end = "they cannot be added or subtracted"
                if not self._meet(node.left, left, node.right, right, node.span, end):
                    return None
                return right if left.free else left
        else:
            found = product(left, right) if node.operator is Arithmetic.MULTIPLY else quotient(left, right)
            if found is not None:
                if left.free != right.free and left.base == right.base:
                    self._bind(node.left if left.free else node.right, SHARE)
                return found
        what = f"{self.shown(node.left)} {left.words} and {self.shown(node.right)} {right.words}"
        self._add(
            "G103", node, f"{what}; `{node.operator}` has no meaning between them", _arithmetic_hint(node.operator)
        )
        return None


def _slug(unit: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", unit.lower())) or "share"


def _free_parameters(node: Operand) -> Iterator[ParameterRef]:
    return (part for part in walk(node) if isinstance(part, ParameterRef))


def _parameter_hint(facts: list[str], parameters: Mapping[str, Parameter]) -> str:
    if facts:
        return f"a fact has its whole name: `{facts[0]}`"
    if parameters:
        return f"declared here: {listed(list(parameters))}"
    return "declare it under `parameters:`"


def _arithmetic_hint(operator: Arithmetic) -> str:
    if operator is Arithmetic.MULTIPLY:
        return "at most one factor has a unit"
    if operator is Arithmetic.DIVIDE:
        return "divide by a number without a unit, or two numbers of one unit by each other"
    return "instants differ by durations (`7d`); numbers are added and subtracted in one unit"
