"""What each part of a requirement is: a number in a unit, a ratio, true or false, text, an instant, a duration.

A literal or parameter without a unit takes the unit of what it meets; until then it is *free*.
"""

from __future__ import annotations

from dataclasses import dataclass

from gonogo.language.requirement import Duration, Literal, Number, Truth
from gonogo.model.fact import FactType
from gonogo.model.ruleset import Parameter


@dataclass(frozen=True, slots=True)
class OperandType:
    """What an operand is.

    Attributes:
        base: number, boolean, text, instant or duration.
        unit: For a number: its unit, empty for a share or another number without one.
        free: For a number: takes the unit of what it meets.
    """

    base: str
    unit: str = ""
    free: bool = False

    @property
    def words(self) -> str:
        """The end of a sentence that begins with "it"."""
        if self.base == "number":
            return "is a number" if self.free else f"is in {self.unit}" if self.unit else "is a ratio"
        return {
            "boolean": "is true or false",
            "text": "is text",
            "instant": "is an instant",
            "duration": "is a duration",
        }[self.base]


FREE = OperandType("number", free=True)
SHARE = OperandType("number")
BOOLEAN, TEXT, INSTANT, DURATION = (
    OperandType("boolean"),
    OperandType("text"),
    OperandType("instant"),
    OperandType("duration"),
)


def kind_of_literal(literal: Literal) -> OperandType:
    """Return what a literal is; a percentage is a share, another number is free."""
    if isinstance(literal, Number):
        return SHARE if literal.percent else FREE
    if isinstance(literal, Duration):
        return DURATION
    return BOOLEAN if isinstance(literal, Truth) else TEXT


def kind_of_parameter(parameter: Parameter) -> OperandType:
    """Return what a parameter is by its values; a ladder with a percentage is a share."""
    kinds = [kind_of_literal(value) for value in values_of(parameter)]
    return next((kind for kind in kinds if not kind.free), kinds[0])


def values_of(parameter: Parameter) -> list[Literal]:
    """Return every value that a parameter can have, in the order of its ladder."""
    return [parameter.constant] if parameter.constant is not None else [rung.value for rung in parameter.ladder]


def kind_of_type(kind: FactType, unit: str) -> OperandType:
    """Return what a fact is."""
    if kind.numeric:
        return OperandType("number", unit)
    return {FactType.BOOLEAN: BOOLEAN, FactType.TEXT: TEXT, FactType.INSTANT: INSTANT}[kind]


def product(left: OperandType, right: OperandType) -> OperandType | None:
    """Return what ``left * right`` is; None where that has no meaning. At most one factor has a unit."""
    sides = {left.base, right.base}
    if sides == {"duration", "number"}:
        number = left if left.base == "number" else right
        return DURATION if not number.unit else None
    if sides != {"number"} or (left.unit and right.unit):
        return None
    if left.free and right.free:
        return FREE
    return OperandType("number", left.unit or right.unit)


def quotient(left: OperandType, right: OperandType) -> OperandType | None:
    """Return what ``left / right`` is; None where that has no meaning. Equal units divide to none."""
    if left.base == "duration":
        if right.base == "duration":
            return SHARE
        return DURATION if right.base == "number" and not right.unit else None
    if left.base != "number" or right.base != "number":
        return None
    if right.unit:
        return SHARE if left.unit == right.unit else None
    return FREE if left.free and right.free else OperandType("number", left.unit)
