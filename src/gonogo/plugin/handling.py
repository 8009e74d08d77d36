"""What a program says about handling, against what it does: for whoever sets it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gonogo.errors import Problem
from gonogo.model.program import Binding, Keep, Marking, Program

UNMARKED: Final = "G311"
KEPT: Final = "G312"


def handling_problems(program: Program) -> list[Problem]:
    """Return warnings where the handling of sources and of the program's own reports do not fit together."""
    restricted = [binding for binding in program.bindings if binding.handling.marking in (Marking.CUI, Marking.PII)]
    problems = [_kept(binding) for binding in program.bindings if _keeps_personal(binding)]
    if restricted and not program.identity.marking.strip():
        problems.insert(0, _unmarked(restricted))
    return problems


def _unmarked(bindings: Sequence[Binding]) -> Problem:
    told = ", ".join(f"{binding.id} ({_named(binding)})" for binding in bindings[:5])
    more = f" and {len(bindings) - 5} more" if len(bindings) > 5 else ""
    return Problem(
        UNMARKED,
        bindings[0].where,
        f"{told}{more}: the sources are marked, but the program is not, so that its reports carry no marking; "
        "add `marking:` under `program:`, for example `marking: CUI//SP-PRVCY`, as your privacy officer says.",
        level="warning",
    )


def _named(binding: Binding) -> str:
    handling = binding.handling
    return f"{handling.marking}: {handling.category}" if handling.category else str(handling.marking)


def _keeps_personal(binding: Binding) -> bool:
    return binding.handling.marking is Marking.PII and binding.keep is Keep.BYTES


def _kept(binding: Binding) -> Problem:
    return Problem(
        KEPT,
        binding.where,
        f"{binding.id}: the source holds personal data and `keep: bytes` would keep a copy of it with the record; "
        "remove it, so that only the digest is kept, unless a records schedule asks for the copy.",
        level="warning",
    )
