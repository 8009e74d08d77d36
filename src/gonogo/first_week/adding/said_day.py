"""The day on which a person says that a content held: one that has come, beside the day that the file says."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import UNSAID_YEAR, preview_in
from gonogo.first_week.prose import plain
from gonogo.model.program import AsOfRule, Binding

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SAYS: Final = {
    AsOfRule.CELL: "a cell of the file",
    AsOfRule.DOCUMENT: "the file",
    AsOfRule.DOCUMENT_SAVED: "the day on which the file was saved",
    AsOfRule.FILE_NAME: "the name of the file",
}


def check_day(program: OpenProgram, held: str) -> None:
    """Refuse what is no day on which a content can have held: nobody knows today what holds later.

    Args:
        program: The program, with the moment and the zone that count.
        held: What a person wrote.

    Raises:
        UsageError: It is no day, or one that is still to come.
    """
    try:
        day = date.fromisoformat(held) if _DAY.fullmatch(held) else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(f"`{plain(held, most=60)}` is not a day; write year-month-day, such as 2027-04-15.")
    today = program.files.program.identity.local_date(program.now)
    if day > today:
        raise UsageError(f"{held} is still to come, and nobody knows today ({today}) what holds then.")


def day_against_file(program: OpenProgram, binding: Binding, held: str) -> str:
    """Return that a person says another day than the file; empty where both are one, or the file says none.

    The newest day of a column is not meant: the content of an export may have held later than its newest row.

    Args:
        program: The program.
        binding: The binding.
        held: What stands under `held`; empty for nothing.

    Raises:
        UsageError: It is no day, one that is still to come, or a cell of the file says another one.
    """
    if held:
        check_day(program, held)
    rules = {entry.as_of.rule for entry in binding.inputs}
    who = next((words for rule, words in _SAYS.items() if rule in rules), "")
    if not held or not who:
        return ""
    reply = preview_in(program, binding)
    zone = program.files.program.identity.zone
    moments = [] if isinstance(reply, str) else [item.as_of for item in reply.items if item.as_of is not None]
    said = max((f"{each.astimezone(zone):%Y-%m-%d}" for each in moments if each.year > UNSAID_YEAR), default=held)
    if said == held:
        return ""
    if AsOfRule.CELL in rules:
        raise UsageError(
            f"under `held` stands {held}, and {who} says {said}: leave `held` blank if the cell is right, or correct "
            "the cell and make the workbook again."
        )
    return f"held on {held}, and {who} says {said}"
