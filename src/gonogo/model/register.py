"""Registers: sources that name their open items by key, and which items somebody may accept one by one."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from gonogo.model.base import DottedName, Frozen, OneLine
from gonogo.model.people import RoleName

RegisterName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,79}$")]
"""A bare lower-case name: ``interfaces``."""

ACCEPTANCES: Final = "acceptances"
"""Prefix of the facts that the judging itself makes about what rests on acceptance."""
CRITERIA_RESTING: Final = f"{ACCEPTANCES}.criteria_resting"
"""How many criteria are met only because items are accepted."""
ITEMS_RESTING: Final = f"{ACCEPTANCES}.items_resting"
"""How many accepted items these criteria rest on."""
BY_ONE_HAND: Final = f"{ACCEPTANCES}.most_by_one_hand"
"""How many of these items one person accepted within two days."""
EXPOSURE: Final = f"{ACCEPTANCES}.exposure_ratio"
"""At most so large a share of users, volume or money these items touch together."""
NEVER_ACCEPTS: Final = frozenset({"program_manager", "executive_sponsor"})
"""Offices that accept nothing, on either side; nor does any seat of the provider."""
UNIT_HEAD: Final = "unit_head"
"""The office whose holder accepts only for the unit that the people register names."""


class Register(Frozen):
    """A source that names its open items by key, and what an acceptance of one of them needs.

    Attributes:
        id: What acceptances call it.
        item: What one item is, in words.
        fact: The fact whose evidence names the open items: a share of items that are closed, or a count of open ones.
        same_items: Other facts that must name the same open items, when another binding answers them.
        closed: The words of the source that close an item; a binding that lets another word close one is a gap.
        accept: Seats that bear the consequence; one of them accepts an item.
        open_unaccepted: The fact that gonogo computes: how many open items nobody validly accepted.
        open_exposure: The fact that gonogo computes: at most this share of users, volume or money the open items touch.
    """

    id: RegisterName
    item: OneLine
    fact: DottedName
    same_items: tuple[DottedName, ...] | None = Field(default=None, min_length=1)
    closed: tuple[OneLine, ...] | None = Field(default=None, min_length=1)
    accept: tuple[RoleName, ...] = Field(min_length=1)
    open_unaccepted: DottedName
    open_exposure: DottedName | None = None

    @property
    def computed(self) -> tuple[str, ...]:
        """The facts that gonogo computes for it; no binding answers them."""
        return (self.open_unaccepted, *([self.open_exposure] if self.open_exposure else []))


def may_never_accept(role: str) -> str:
    """Return why a seat accepts nothing, in one sentence's end; empty where it may."""
    side, _, office = role.partition(".")
    if side == "provider":
        return "the supplier does not bear the consequence"
    if office in NEVER_ACCEPTS:
        return f"the {office.replace('_', ' ')} decides on the go-live and does not bear the consequence of one item"
    return ""
