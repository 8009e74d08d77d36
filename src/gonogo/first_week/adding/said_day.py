"""The day on which a person says that a content held: one that has come, beside the day that the file says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.drafted_again import drafted_again, file_of, mapping_of
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.adding.seen_file import digest_of
from gonogo.first_week.adding.sheet_line import SEEN
from gonogo.first_week.adding.told_figures import UNSAID_YEAR
from gonogo.first_week.dating import dating
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain, quoted
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.read_today import read_today

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_COLUMN: Final = "the newest day of the column"
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


def said_rule(program: OpenProgram, binding: Binding, held: str, by: str, rows: Sequence[AnsweredRow] = ()) -> str:
    """Return the rule by which a person dates the content that they saw, and no other.

    Args:
        program: The program.
        binding: That reads it.
        held: The day.
        by: Who says it.
        rows: Of the sheet that says what was seen; what the binding reads today by default.

    Raises:
        UsageError: It reads nothing, so that nobody can say when that held.
    """
    inputs = tuple(_of_any_content(entry) for entry in binding.inputs)
    found = read_today(binding.model_copy(update={"inputs": inputs}), program.root, program.files.program)
    seen = next((row.about for row in rows if row.tag == SEEN), "")
    of = file_of(program, binding)
    digests = dict.fromkeys(
        seen if seen and each.path == of else digest_of(program.root / each.path) for each in found if each.path
    )
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

    Where a person dated the content before, the file is asked anew what it says itself. The newest day of a column
    counts only against an earlier day: the content of an export may have held later than its newest row.

    Args:
        program: The program.
        binding: The binding.
        held: What stands under `held`; empty for nothing.

    Raises:
        UsageError: It is no day, one that is still to come, or a cell of the file says another one.
    """
    if not held:
        return ""
    check_day(program, held)
    who, said = _own_day(program, binding)
    if not who or held in said.split(" or ") or (who.startswith(_COLUMN) and said < held):
        return ""
    if who == _SAYS[AsOfRule.CELL]:
        raise UsageError(
            f"under `held` stands {held}, and {who} says {said}: leave `held` blank if the cell is right, or correct "
            "the cell and make the workbook again."
        )
    return f"held on {held}, and {who} says {said}"


def _own_day(program: OpenProgram, binding: Binding) -> tuple[str, str]:
    """Return what of a file says when it held, whatever people say of it, and the day; both empty for nothing."""
    rules = {entry.as_of.rule for entry in binding.inputs}
    path = file_of(program, binding)
    if rules & {AsOfRule.FILE_NAME, AsOfRule.SAID} and (named := dated(path.rpartition("/")[2])) is not None:
        return _SAYS[AsOfRule.FILE_NAME], named.day.isoformat()
    if AsOfRule.SAID in rules:
        proposal = drafted_again(program, binding, path)
        if proposal is not None:
            return _of_draft(proposal, program)
        document = tuple(entry.model_copy(update={"as_of": AsOf(rule=AsOfRule.DOCUMENT)}) for entry in binding.inputs)
        binding, rules = binding.model_copy(update={"inputs": document}), {AsOfRule.DOCUMENT}
    who = next((words for rule, words in _SAYS.items() if rule in rules), _COLUMN)
    reply = preview_in(program, binding)
    zone = program.files.program.identity.zone
    moments = [] if isinstance(reply, str) else [item.as_of for item in reply.items if item.as_of is not None]
    day = max((f"{each.astimezone(zone):%Y-%m-%d}" for each in moments if each.year > UNSAID_YEAR), default="")
    return (who, day) if day else ("", "")


def _of_draft(proposal: Proposal, program: OpenProgram) -> tuple[str, str]:
    """Return what of a table says when it held: a cell, or the newest day of a column."""
    mapping = mapping_of(proposal)
    if proposal.day or mapping is None:
        return (proposal.day_at or _SAYS[AsOfRule.CELL], proposal.day) if proposal.day else ("", "")
    dates = dating(mapping, program.now.astimezone(program.files.program.identity.zone))
    name = dates.best(mapping)
    newest = dates.newest.get(name)
    heading = plain(mapping.columns[name].heading, most=60) if newest is not None else ""
    return (f"{_COLUMN} {heading!r}", f"{newest:%Y-%m-%d}") if newest is not None else ("", "")


def still_to_come(program: OpenProgram, binding: Binding) -> str:
    """Return that the file itself dates its content on a day that is still to come; empty where it does not.

    Args:
        program: The program.
        binding: One of its bindings.
    """
    if all(entry.as_of.rule in (AsOfRule.SAID, AsOfRule.COLUMN) for entry in binding.inputs):
        return ""
    reply = preview_in(program, binding)
    if isinstance(reply, str):
        return ""
    gaps = [item.detail for item in reply.items if item.gap is GapReason.FUTURE]
    failed = [reply.failure.detail] if reply.failure is not None and reply.failure.reason is GapReason.FUTURE else []
    return next(iter((*failed, *gaps)), "").rstrip(".")


def refuse_future(program: OpenProgram, binding: Binding) -> None:
    """Refuse to confirm what dates itself later than today: it would count as fresh once that day has come.

    Raises:
        UsageError: It does.
    """
    if detail := still_to_come(program, binding):
        raise UsageError(
            f"{binding.id} cannot be confirmed: {plain(detail, most=300)}, and nobody knows today what holds then.",
            hint="give the file the day on which its content held, in its name or where it says it, and add it again; "
            "or settle it as no evidence",
        )
