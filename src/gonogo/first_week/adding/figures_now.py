"""What bindings give from now on, a short line each, for those who have just signed them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import UNKNOWN, said_by_fact
from gonogo.first_week.prose import counted, plain
from gonogo.text import listed

_SHOWN: Final = 6


def figures_now(program: OpenProgram, waited: Collection[str]) -> Iterator[str]:
    """Yield a line for each binding that waits no longer: its figures first, then what stays unknown and why.

    A table of which nothing is asked yet is not read for that.

    Args:
        program: As it is written now.
        waited: Ids of the bindings that waited for a person before.
    """
    for binding in (each for each in program.bindings if each.id in waited and each.confirmed is None):
        if binding.plugin == "table" and not binding.settings.get("facts"):
            continue
        said = said_by_fact(program, binding, dated=False)
        known = [f"{fact} {figure}" for fact, figure in said.items() if not figure.startswith(UNKNOWN)]
        lost = [fact for fact, figure in said.items() if figure.startswith(UNKNOWN)]
        parts = [listed(known, most=_SHOWN)] if known else []
        if lost:
            more = f" and {counted(len(lost) - 1, 'more fact')}" if len(lost) > 1 else ""
            parts.append(f"{lost[0]}{more} {plain(said[lost[0]], most=240)}")
        if parts:
            yield f"  {binding.id} gives now: {'; '.join(parts)}."


def unchanged_words(names: Sequence[str]) -> str:
    """Return in one line that sheets of bindings that were confirmed before changed nothing."""
    return (
        f"{counted(len(names), 'sheet')} changed nothing, because the bindings were confirmed before "
        f"({listed(names, most=4)}). To correct one: gonogo bind NEW.xlsx --make --again BINDING"
    )
