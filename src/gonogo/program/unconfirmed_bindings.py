"""Bindings that no person has confirmed: allowed, read by nobody, and named by lint each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.errors import Problem
from gonogo.model.program import Program
from gonogo.model.unconfirmed import why_unconfirmed
from gonogo.text import listed

UNCONFIRMED: Final = "G199"


_EACH: Final = 3
"""So many are told one by one."""


def unconfirmed_problems(program: Program) -> Iterator[Problem]:
    """Yield a warning for each binding that says ``confirmed: no``; for many of them one together."""
    found = [binding for binding in program.bindings if binding.confirmed is not None]
    if len(found) > _EACH:
        names = listed([each.id for each in found], most=_EACH)
        what = f"Nobody has confirmed {len(found)} bindings ({names}), so their sources are not read"
        how = "`gonogo add PROGRAM --confirm` shows each and asks, or delete the line `confirmed: no` of each"
        yield Problem(UNCONFIRMED, found[0].where, f"{what}; {how}.", level="warning")
        return
    for binding in found:
        yield Problem(UNCONFIRMED, binding.where, why_unconfirmed(binding), level="warning")
