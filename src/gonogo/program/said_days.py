"""Days that somebody wrote into a program file by hand: who says one is a person, as commands ask it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.errors import Problem
from gonogo.model.people import PeopleRegister
from gonogo.model.program import AsOfRule, Program
from gonogo.model.signed_name import why_no_name

SAID_BY: Final = "G179"
_NOBODY: Final = 2000
"""The year that a draft writes where nobody has said when the content held."""


def said_day_problems(program: Program, people: PeopleRegister) -> Iterator[Problem]:
    """Yield a warning for each day that no person says; a day still to come is a gap in each run.

    Args:
        program: The program.
        people: Who is known to it.
    """
    for binding in program.bindings:
        rules = dict.fromkeys(entry.as_of for entry in binding.inputs if entry.as_of.rule is AsOfRule.SAID)
        for rule in rules:
            if rule.at is None or rule.at.year <= _NOBODY:
                continue
            if why := why_no_name(rule.by, people.names.values()):
                what = f"{binding.id}: the day under `as_of` is said by `{rule.by}`, which {why}; name who says it"
                yield Problem(SAID_BY, binding.where, what, level="warning")
