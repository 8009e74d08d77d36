"""Days that somebody wrote into a program file by hand: a person says one, and it has come, as commands ask it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from gonogo.errors import Problem
from gonogo.model.people import PeopleRegister
from gonogo.model.program import AsOfRule, Program
from gonogo.model.signed_name import why_no_name

SAID_BY: Final = "G179"
_NOBODY: Final = 2000
"""The year that a draft writes where nobody has said when the content held."""


def said_day_problems(program: Program, people: PeopleRegister, now: datetime) -> Iterator[Problem]:
    """Yield a warning for each day that no person says, and each that is still to come: a gap in every run before it.

    Args:
        program: The program.
        people: Who is known to it.
        now: What counts as now.
    """
    zone = program.identity.zone
    for binding in program.bindings:
        rules = dict.fromkeys(entry.as_of for entry in binding.inputs if entry.as_of.rule is AsOfRule.SAID)
        for rule in rules:
            if rule.at is None or rule.at.year <= _NOBODY:
                continue
            if why := why_no_name(rule.by, people.names.values()):
                what = f"{binding.id}: the day under `as_of` is said by `{rule.by}`, which {why}; name who says it"
                yield Problem(SAID_BY, binding.where, what, level="warning")
            if rule.at > now:
                day, today = (f"{moment.astimezone(zone):%Y-%m-%d}" for moment in (rule.at, now))
                what = (
                    f"{binding.id}: the day under `as_of`, {day}, is still to come (today is {today}), so no run reads"
                )
                step = "its file before that; write the day on which its content held"
                yield Problem(SAID_BY, binding.where, f"{what} {step}", level="warning")
