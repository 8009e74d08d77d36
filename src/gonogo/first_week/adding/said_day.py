"""The day on which a person says that a content held: one that has come, beside the day that the file says."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import UNSAID_YEAR, preview_in
from gonogo.first_week.adding.seen_file import digest_of
from gonogo.first_week.prose import plain, quoted
from gonogo.model.program import AsOfRule, Binding, InputPath
from gonogo.plugin.inputs.read_today import read_today

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


def said_rule(program: OpenProgram, binding: Binding, held: str, by: str) -> str:
    """Return the rule by which a person dates what a binding reads today, and no other content.

    Raises:
        UsageError: It reads nothing, so that nobody can say when that held.
    """
    inputs = tuple(_of_any_content(entry) for entry in binding.inputs)
    found = read_today(binding.model_copy(update={"inputs": inputs}), program.root, program.files.program)
    digests = dict.fromkeys(digest_of(program.root / each.path) for each in found if each.path)
    if not all(each.path for each in found) or "" in digests:
        why = next((each.why for each in found if each.why), "its file cannot be read.")
        raise UsageError(f"{binding.id} reads nothing today, so nobody can say when it held: {plain(why, most=400)}")
    return f"{{at: {held}, by: {quoted(by)}, sha256: [{', '.join(digests)}]}}"


def _of_any_content(entry: InputPath) -> InputPath:
    return entry.model_copy(update={"as_of": entry.as_of.model_copy(update={"sha256": None})})


def dated_otherwise(program: OpenProgram, binding: Binding) -> str:
    """Return why the day that a person said is not that of what a binding reads now; empty where it is."""
    known = {words for entry in binding.inputs if entry.as_of.sha256 is not None for words in entry.paths}
    if not known:
        return ""
    found = read_today(binding, program.root, program.files.program)
    inputs = tuple(_of_any_content(entry) for entry in binding.inputs)
    there = read_today(binding.model_copy(update={"inputs": inputs}), program.root, program.files.program)
    others = [each.why for each, same in zip(found, there, strict=True) if each.words in known and each.why != same.why]
    return next(iter(others), "")


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
