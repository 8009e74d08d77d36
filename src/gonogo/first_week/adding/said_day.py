"""The day under `held` of a sheet beside that of the file: a cell of it is not contradicted, and all else is told."""

from __future__ import annotations

import re
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import UNSAID_YEAR, preview_in
from gonogo.model.program import AsOfRule, Binding

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SAYS: Final = {
    AsOfRule.CELL: "a cell of the file",
    AsOfRule.DOCUMENT: "the file",
    AsOfRule.DOCUMENT_SAVED: "the day on which the file was saved",
    AsOfRule.FILE_NAME: "the name of the file",
}


def day_against_file(program: OpenProgram, binding: Binding, held: str) -> str:
    """Return that a person says another day than the file; empty where both are one, or the file says none.

    The newest day of a column is not meant: the content of an export may have held later than its newest row.

    Args:
        program: The program.
        binding: The binding.
        held: What stands under `held`; empty for nothing.

    Raises:
        UsageError: It is no day, or a cell of the file says another one.
    """
    if held and not _DAY.fullmatch(held):
        raise UsageError(f"`{held}` is not a day; write year-month-day, such as 2027-04-15.")
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
