"""What somebody changed in a ruleset: by an overlay, or in the program's own copy of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pydantic import model_validator

from gonogo.model.base import DottedName, Frozen, OneLine

COMPARED_WITH: Final = "compared with the shipped "
"""Comes in ``by`` before ``name@version``, if a ruleset under another name or version is a copy of that one."""
_AS_BEFORE: Final = "held against the shipped "
"""The same in older logs."""


class Effect(StrEnum):
    """What a change does to the gate."""

    LOOSENS = "loosens"
    """Something that stood in the way of a go-live may no longer stand in it."""
    MAY_LOOSEN = "may loosen"
    """Nobody can tell from the rules alone which way it goes."""
    TIGHTENS = "tightens"
    """It asks for more."""
    NEITHER = "neither"
    """It decides nothing by itself: an owner, a criterion that was added."""


def shipped_in(by: str) -> str:
    """Return the shipped ruleset that ``by`` names; empty if it names none."""
    return by.partition(COMPARED_WITH)[2] or by.partition(_AS_BEFORE)[2]


class RuleChange(Frozen):
    """One change.

    Attributes:
        by: ``name@version`` of the overlay, or what else made the change.
        criterion: Id of the criterion; None for what is not one criterion's.
        part: What of it was changed: ``severity``, ``from``, ``parameter min_float``.
        old: What it was, as people read it.
        new: What it is now.
        reason: Why, in the words of who changed it; empty where nobody said.
        effect: What it does to the gate.
        loosens: Whether it loosens the gate, or may: what cannot be told apart counts as loosening.
    """

    by: OneLine
    criterion: DottedName | None = None
    part: OneLine
    old: str
    new: str
    reason: str = ""
    effect: Effect
    loosens: bool

    @model_validator(mode="after")
    def _one_story(self) -> RuleChange:
        if self.loosens != (self.effect in (Effect.LOOSENS, Effect.MAY_LOOSEN)):
            raise ValueError("a change loosens where its effect says so")
        return self
