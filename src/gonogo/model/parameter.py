"""Parameters of criteria: constants, and ladders of values by milestone; and how parsed texts are held."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, PlainSerializer, StringConstraints

from gonogo.language.expression import parse_literal, parse_requirement
from gonogo.language.printer import requirement_text
from gonogo.language.requirement import Duration, Literal, Number, Requirement, Text, Truth
from gonogo.model.base import Frozen

MilestoneName = Annotated[str, StringConstraints(pattern=r"^T-(0|[1-9][0-9]{0,2})$")]
"""``T-90`` to ``T-0``: calendar days before the go-live date."""


def days_before(milestone: str) -> int:
    """Return the calendar days before go-live that a milestone names: 14 for ``T-14``."""
    return int(milestone[2:])


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

    milestone: MilestoneName
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
