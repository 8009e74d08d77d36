"""How much of a program accepted items touch: shares add up per dimension, at most to all; a group counts once.

Of several acceptances of one item the largest share counts, and its group only if all of them name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from gonogo.model.acceptance import Acceptance
from gonogo.model.placeholder import has_content

DIMENSIONS: Final = ("users", "volume", "money")
ALL: Final = Decimal(1)


def unsaid(acceptance: Acceptance) -> tuple[str, ...]:
    """Return the dimensions for which an acceptance does not say how much its item touches; 0 says nothing either."""
    return tuple(name for name in DIMENSIONS if not getattr(acceptance, name))


def touched(accepted: Iterable[Acceptance], dimension: str, *, grouped: bool = True) -> Decimal:
    """Return at most which share of one dimension the items touch together; ``grouped``: a group counts once."""
    total = Decimal(0)
    groups: dict[str, Decimal] = {}
    for found in _by_item(accepted):
        share = max(getattr(one, dimension) or Decimal(0) for one in found)
        group = _group(found) if grouped else ""
        if group:
            groups[group] = max(groups.get(group, Decimal(0)), share)
        else:
            total += share
    return min(total + sum(groups.values(), Decimal(0)), ALL)


def together(accepted: Iterable[Acceptance]) -> dict[str, tuple[str, ...]]:
    """Return the groups that several items touch, as they are written, each with its items."""
    names: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    for found in _by_item(accepted):
        if group := _group(found):
            names.setdefault(group, " ".join(found[0].touches.split()))
            items.setdefault(group, []).append(found[0].item)
    return {names[group]: tuple(found) for group, found in items.items() if len(found) > 1}


def _by_item(accepted: Iterable[Acceptance]) -> list[list[Acceptance]]:
    found: dict[tuple[str, str], list[Acceptance]] = {}
    for one in accepted:
        found.setdefault((one.register_id, one.item), []).append(one)
    return list(found.values())


def _group(same_item: Sequence[Acceptance]) -> str:
    """Return what an item touches together with others; a placeholder such as ``n/a`` groups nothing."""
    named = {" ".join(one.touches.split()).casefold() if has_content(one.touches) else "" for one in same_item}
    return named.pop() if len(named) == 1 else ""


def largest(accepted: Sequence[Acceptance], *, grouped: bool = True) -> tuple[str, Decimal]:
    """Return the dimension that the items touch most, and at most which share of it; of equals the first."""
    shares = {name: touched(accepted, name, grouped=grouped) for name in DIMENSIONS}
    name = max(DIMENSIONS, key=lambda each: shares[each])
    return name, shares[name]
