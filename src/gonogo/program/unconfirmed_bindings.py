"""Bindings that no person has confirmed: allowed, read by nobody, and named by lint each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.errors import Problem
from gonogo.model.program import Program
from gonogo.model.unconfirmed import why_unconfirmed

UNCONFIRMED: Final = "G199"


def unconfirmed_problems(program: Program) -> Iterator[Problem]:
    """Yield a warning for each binding that says ``confirmed: no``."""
    for binding in program.bindings:
        if why := why_unconfirmed(binding):
            yield Problem(UNCONFIRMED, binding.where, why, level="warning")
