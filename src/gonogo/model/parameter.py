"""Parameters of criteria: constants, and ladders of values by milestone; and how parsed texts are held."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import BeforeValidator, ConfigDict, PlainSerializer, StringConstraints

from gonogo.language.expression import parse_literal, parse_requirement
from gonogo.language.printer import requirement_text
from gonogo.language.requirement import Duration, Literal, Number, Requirement, Text, Truth
from gonogo.model.base import Frozen

MilestoneName = Annotated[str, StringConstraints(pattern=r"^T-(0|[1-9][0-9]{0,2})$")]
"""``T-90`` to ``T-0``: calendar days before the go-live date."""
_HOLD_POINT: Final = re.compile(r"hold point ([1-9]) \(([A-Za-z0-9][A-Za-z0-9._-]{0,39})\)", re.ASCII)
RungName = Annotated[
    str,
    StringConstraints(pattern=r"^(T-(0|[1-9][0-9]{0,2})|hold point [1-9] \([A-Za-z0-9][A-Za-z0-9._-]{0,39}\))$"),
]
"""A milestone, or a hold point of the cutover by its number and id, which comes after ``T-0``."""


def hold_rung(number: int, name: str) -> str:
    """Return the rung of a hold point: the first is ``hold point 1 (freeze)``."""
    return f"hold point {number} ({name})"


def hold_point_of(rung: str) -> str | None:
    """Return the id of the hold point that a rung is; None for a milestone."""
    match = _HOLD_POINT.fullmatch(rung)
    return match[2] if match else None


def days_before(rung: str) -> int:
    """Return the calendar days before go-live that a milestone names: 14 for ``T-14``.

    Hold points come after ``T-0`` in their order: -1 for the first, -2 for the second.
    """
    match = _HOLD_POINT.fullmatch(rung)
    return -int(match[1]) if match else int(rung[2:])


def literal_text(literal: Literal) -> str:
    """Write a literal exactly, as a requirement would: ``95%``, ``3``, ``7d``, ``true``, ``"signed"``."""
    return requirement_text(literal)


def _requirement(value: object) -> object:
    return parse_requirement(value) if isinstance(value, str) else value


def _literal(value: object) -> object:
    return parse_literal(value) if isinstance(value, str) else value


RequirementText = Annotated[
    Requirement, BeforeValidator(_requirement), PlainSerializer(lambda r: r.text, return_type=str)
]
LiteralText = Annotated[
    Number | Text | Truth | Duration, BeforeValidator(_literal), PlainSerializer(literal_text, return_type=str)
]


class Parsed(Frozen):
    """Values that hold parsed trees: built by the ruleset loader, written as the text of the author, and read back."""

    model_config = ConfigDict(arbitrary_types_allowed=True)


class Rung(Parsed):
    """One rung of a ladder: from this milestone on, the parameter has this value."""

    milestone: RungName
    value: LiteralText


class Parameter(Parsed):
    """A constant (one rung at no milestone) or a ladder of values by milestone, earliest milestone first.

    Attributes:
        name: Bare lower-case name.
        constant: The value, when it never changes.
        ladder: Otherwise the rungs, most days before go-live first.
        floor: Whether no later layer may loosen it; absent where any may.
    """

    name: str
    constant: LiteralText | None = None
    ladder: tuple[Rung, ...] = ()
    floor: bool | None = None

    def at(self, days_to_go_live: int) -> Literal:
        """Return the value in force so many calendar days before go-live.

        The last rung that is reached counts; a ladder read before its first rung uses its first rung.
        """
        if self.constant is not None:
            return self.constant
        value = self.ladder[0].value
        for rung in self.ladder:
            if days_to_go_live <= days_before(rung.milestone):
                value = rung.value
        return value
