"""A dial: one thing that people can change, with the positions at which some comparison comes out differently.

Mostly it is one fact. A register is one dial too: its share, its counts and what is computed from them move together,
as its items are closed. DialPosition 0 is always what was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from gonogo.model.evidence import Evidence, Gap

Entries = Mapping[str, Evidence | Gap]


@dataclass(frozen=True, slots=True)
class DialPosition:
    """One state of a dial.

    Attributes:
        entries: Fact to what would be known of it; empty for what was recorded.
        bare: The same as if nothing were accepted; empty where that is no other.
        at: Where it stands among the positions of a number: the value, or how many items are open; None otherwise.
        just: Whether it stands for whatever is only just beyond another value: a number has no next one.
        closed: How many items of a register are closed.
    """

    entries: Entries = field(default_factory=dict)
    bare: Entries = field(default_factory=dict)
    at: Fraction | None = None
    just: Fraction | None = None
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Dial:
    """One thing that can be changed.

    Attributes:
        name: The fact, or the id of the register.
        facts: The facts that move with it.
        positions: What was recorded, then the nearest first.
        register: Whether it is a register.
    """

    name: str
    facts: tuple[str, ...]
    positions: tuple[DialPosition, ...]
    register: bool = False
