"""Which of two files that one binding could read is newer, by what they say and what a person says."""

from __future__ import annotations

from datetime import UTC, date, datetime

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.adding.told_figures import UNSAID_YEAR
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath
from gonogo.model.reply import Reply
from gonogo.plugin.inputs.dated_names import dated


def newer_by_content(
    program: OpenProgram, binding: Binding, beside: Binding, path: str, held: date | None = None
) -> int:
    """Return 1 where a file is surely newer than the one that a binding reads, -1 where it is older, else 0.

    The day in its name and what both say themselves must agree; where it says no day at all, the day counts that a
    person says. Nothing is taken from file times.

    Args:
        program: The program.
        binding: As it is.
        beside: As it would be with the other file.
        path: Of that file.
        held: The day on which it held, as a person says; None where nobody does.
    """
    before = _held(program, binding)
    if before is None:
        return 0
    zone = program.files.program.identity.zone
    ours = before.astimezone(zone).date()
    named = dated(path.rpartition("/")[2])
    after = _held(program, beside)
    content = 0 if after is None else (after > before) - (after < before)
    name = 0 if named is None else (named.day > ours) - (named.day < ours)
    if name > 0:
        return 0 if content < 0 else 1
    if name < 0:
        # A file that is named for a day before those in it is named wrongly, and nobody knows how.
        return -1 if after is None or content < 0 else 0
    silent = named is None and after is None  # of a file that says its day, nobody is asked for one
    return content or int(silent and held is not None and held > ours)


def _held(program: OpenProgram, binding: Binding) -> datetime | None:
    """Return when the newest of what a binding reads held, as somebody said or the file says; None for nobody."""
    reply = preview_in(program, binding)
    found = [] if isinstance(reply, str) else [item.as_of for item in reply.items if item.as_of is not None]
    known = [moment for moment in found if moment.year > UNSAID_YEAR]
    return max(known, default=None)


def replace_path(binding: Binding, entry: InputPath, old: str, new: str, *, picks: bool = False) -> Binding:
    """Return a binding that reads another file, dated by the new name or by nobody where a person dated the old one.

    Args:
        binding: The binding.
        entry: One of its inputs.
        old: A path of it.
        new: The path or pattern in its place.
        picks: Whether the newest of several matches counts.
    """
    day = dated(new.rpartition("/")[2]) if not picks else None
    as_of = entry.as_of
    nobody = AsOf(rule=AsOfRule.SAID, at=datetime(UNSAID_YEAR, 1, 1, tzinfo=UTC), by="nobody has said when it held")
    if as_of.rule is AsOfRule.SAID or (as_of.rule is AsOfRule.FILE_NAME and not picks):
        as_of = AsOf(rule=AsOfRule.FILE_NAME, pattern=day.pattern) if day is not None else nobody
    paths = tuple(new if one == old else one for one in entry.paths)
    keeps = picks or (entry.pick_newest and as_of.rule is AsOfRule.FILE_NAME)
    update = {"paths": paths, "pick_newest": keeps, "as_of": as_of}
    inputs = tuple(each.model_copy(update=update) if each is entry else each for each in binding.inputs)
    return binding.model_copy(update={"inputs": inputs})


def unfit(reply: Reply | str) -> str:
    """Return why a file gives nothing under a binding; empty where it answers something."""
    if isinstance(reply, str):
        return f"{reply.rstrip('.')}."
    if reply.failure is not None:
        return f"{reply.failure.detail.rstrip('.')}."
    if reply.items and all(item.gap is not None for item in reply.items):
        return f"{reply.items[0].detail.rstrip('.')}."
    return ""
