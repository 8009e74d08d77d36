"""What a program says about handling, compared with what it does: for people who set it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gonogo.errors import Problem
from gonogo.model.about_people import counts_people, personal_word
from gonogo.model.program import Binding, Keep, Marking, Program

UNMARKED: Final = "G311"
KEPT: Final = "G312"
PEOPLE: Final = "G315"
_COUNTS: Final = ("integer", "decimal", "percent")


def handling_problems(program: Program) -> list[Problem]:
    """Return warnings where the handling of sources and of the program's own reports do not fit together."""
    restricted = [binding for binding in program.bindings if binding.handling.marking in (Marking.CUI, Marking.PII)]
    problems = [_kept(binding) for binding in program.bindings if _keeps_personal(binding)]
    problems += [_about_people(binding, headings) for binding in program.bindings if (headings := _headings(binding))]
    if restricted and not program.identity.marking.strip():
        problems.insert(0, _unmarked(restricted))
    return problems


def _unmarked(bindings: Sequence[Binding]) -> Problem:
    shown = ", ".join(f"{binding.id} ({_named(binding)})" for binding in bindings[:5])
    more = f" and {len(bindings) - 5} more" if len(bindings) > 5 else ""
    return Problem(
        UNMARKED,
        bindings[0].where,
        f"{shown}{more}: the sources are marked, but the program is not, so its reports carry no marking; "
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
        "remove it so that only the digest is kept, unless a records schedule asks for the copy.",
        level="warning",
    )


def _headings(binding: Binding) -> list[str]:
    """Return the headings that are about people in the settings of a table that is neither marked nor explained."""
    if binding.handling.marking in (Marking.CUI, Marking.PII) or binding.handling.reason or binding.plugin != "table":
        return []
    tables = binding.settings.get("tables")
    found: list[str] = []
    for table in tables.values() if isinstance(tables, dict) else ():
        columns = table.get("columns") if isinstance(table, dict) else None
        for name, column in columns.items() if isinstance(columns, dict) else ():
            header = column.get("header") if isinstance(column, dict) else None
            heading = header if isinstance(header, str) else str(name)
            kind = column.get("type") if isinstance(column, dict) else ""
            if not (kind in _COUNTS and counts_people(heading)):
                found.append(heading)
        ignored = table.get("ignore") if isinstance(table, dict) else None
        texts = [heading for heading in ignored if isinstance(heading, str)] if isinstance(ignored, list) else []
        found += [heading for heading in texts if not counts_people(heading)]
    return [heading for heading in found if personal_word(heading)]


def _about_people(binding: Binding, headings: Sequence[str]) -> Problem:
    shown = ", ".join(repr(heading[:60]) for heading in headings[:3])
    more = f" and {len(headings) - 3} more" if len(headings) > 3 else ""
    return Problem(
        PEOPLE,
        binding.where,
        f"{binding.id}: the headings {shown}{more} are about people, but the source is not marked; say `handling: "
        "PII`, or `handling: {marking: internal, reason: …}` with the reason why it names nobody.",
        level="warning",
    )
