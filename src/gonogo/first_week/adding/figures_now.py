"""What bindings give from now on, a short line each, for those who have just signed them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import UNKNOWN
from gonogo.first_week.adding.said_by_run import said_by_run
from gonogo.first_week.adding.told_reasons import told_reason
from gonogo.first_week.prose import counted, in_short, plain
from gonogo.text import listed

_SHOWN: Final = 6


def figures_now(program: OpenProgram, waited: Collection[str]) -> Iterator[str]:
    """Yield a line for each binding that waits no longer: its figures first, then what stays unknown and why.

    They are those of a run: where another source says otherwise, both are told. A table of which nothing is asked yet
    is not read for that.

    Args:
        program: As it is written now.
        waited: Ids of the bindings that waited for a person before.
    """
    signed = [
        each
        for each in program.bindings
        if each.id in waited and each.confirmed is None and (each.plugin != "table" or each.settings.get("facts"))
    ]
    run = said_by_run(program, signed, dated=False)
    for binding in signed:
        said, alone = run.facts.get(binding.id, {}), run.alone.get(binding.id, {})
        same = [fact for fact, words in alone.items() if said.get(fact) == words]
        known = [f"{fact} {said[fact]}" for fact in same if not said[fact].startswith(UNKNOWN)]
        lost = [fact for fact in same if said[fact].startswith(UNKNOWN)]
        parts = [listed(known, most=_SHOWN)] if known else []
        for fact, words in alone.items():
            if fact not in same:
                by_all = plain(said.get(fact, UNKNOWN), most=400)
                parts.append(f"{fact} {in_short(words, most=240)} by it alone, and {by_all} by all its sources")
        if lost:
            more = f" and {counted(len(lost) - 1, 'more fact')}" if len(lost) > 1 else ""
            parts.append(f"{lost[0]}{more} {in_short(told_reason(said[lost[0]]), most=240)}")
        if parts:
            yield f"  {binding.id} gives now: {'; '.join(parts)}."


def unchanged_words(names: Sequence[str]) -> str:
    """Return in one line that sheets of bindings that were confirmed before changed nothing."""
    return (
        f"{counted(len(names), 'sheet')} changed nothing, because the bindings were confirmed before "
        f"({listed(names, most=4)}). To correct one: gonogo bind NEW.xlsx --make --again BINDING"
    )
