"""How much of a program accepted items touch: shares add up per dimension, at most to all; a group counts once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from gonogo.model.acceptance import Acceptance

DIMENSIONS: Final = ("users", "volume", "money")
ALL: Final = Decimal(1)


def unsaid(acceptance: Acceptance) -> tuple[str, ...]:
    """Return the dimensions for which an acceptance does not say how much its item touches; 0 says nothing either."""
    return tuple(name for name in DIMENSIONS if not getattr(acceptance, name))


def touched(accepted: Iterable[Acceptance], dimension: str) -> Decimal:
    """Return at most which share of one dimension the items touch together."""
    total = Decimal(0)
    groups: dict[str, Decimal] = {}
    for one in accepted:
        share: Decimal = getattr(one, dimension) or Decimal(0)
        group = " ".join(one.touches.split()).casefold()
        if group:
            groups[group] = max(groups.get(group, Decimal(0)), share)
        else:
            total += share
    return min(total + sum(groups.values(), Decimal(0)), ALL)


def largest(accepted: Sequence[Acceptance]) -> tuple[str, Decimal]:
    """Return the dimension that the items touch most, and at most which share of it; of equals the first."""
    shares = {name: touched(accepted, name) for name in DIMENSIONS}
    name = max(DIMENSIONS, key=lambda each: shares[each])
    return name, shares[name]
