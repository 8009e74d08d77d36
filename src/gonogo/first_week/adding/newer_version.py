"""A newer version of a bound file: taken by a pattern or by its path, if the binding can read it."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote

from gonogo.errors import UsageError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import UNSAID_YEAR, preview_in
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.bindable import bindable, only_match
from gonogo.first_week.drafts.table_file import NOBODY
from gonogo.first_week.prose import plain
from gonogo.first_week.series import in_series, newer
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath
from gonogo.model.reply import Reply
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.likeness import Likeness, likeness
from gonogo.plugin.inputs.match import is_wild
from gonogo.text import listed


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a newer version.

    Attributes:
        binding: Id of the binding of the old one.
        told: What a person hears.
        lines: The program file as it would be; None where nothing changes.
        unconfirmed: Whether the binding still waits for a person.
    """

    binding: str
    told: str
    lines: ProgramLines | None = None
    unconfirmed: bool = False


def taken_version(program: OpenProgram, lines: ProgramLines, path: str, replaces: str = "") -> Taken | None:
    """Return what becomes of a file that is newer than a bound one by its name; None for any other.

    Args:
        program: The program.
        lines: Its file as it would be.
        path: Of the new file.
        replaces: Binding whose file it replaces, as a person says; empty where its name has to tell.

    Raises:
        UsageError: The binding cannot be changed by a command, or there is none of that name.
    """
    if replaces:
        return _said(program, lines, path, replaces)
    folder, _, name = path.rpartition("/")
    for binding in program.bindings:
        for entry in binding.inputs:
            for old in entry.paths:
                above, _, bound = old.rpartition("/")
                if is_wild(old):
                    continue
                kind = likeness(bound, name) if above == folder else _elsewhere(old, path)
                if kind in ("date", "version") or (kind == "name" and _later(program, binding, entry, name)):
                    return _taken(program, lines, binding, entry, old, path)
                if kind == "name":
                    return Taken(
                        binding.id,
                        f"{plain(path)}: looks like another version of {plain(old)}, which {binding.id} reads, and its "
                        f"name does not say which is newer. If it replaces the other: gonogo add PROGRAM {quote(path)} "
                        f"--replaces {binding.id}; else settle it as no evidence.",
                    )
                if kind == "older":
                    return Taken(binding.id, f"{plain(path)}: older than {plain(old)}, which {binding.id} reads.")
    return None


def _elsewhere(old: str, path: str) -> Likeness | None:
    """Return what a file of another folder is beside a bound one: last month's, or this month's."""
    mine, other = in_series(old), in_series(path)
    if mine.series != other.series:
        return None
    return "date" if newer(other, mine) else "older" if newer(mine, other) else "name"


def _said(program: OpenProgram, lines: ProgramLines, path: str, replaces: str) -> Taken:
    binding = next((each for each in program.bindings if each.id == replaces), None)
    if binding is None:
        known = listed([each.id for each in program.bindings], most=8)
        raise UsageError(f"The program has no binding {replaces}.", hint=f"it has {known}")
    if len(binding.inputs) != 1 or len(binding.inputs[0].paths) != 1:
        raise UsageError(f"{replaces} reads several files.", hint="write the new path into that binding by hand")
    return _taken(program, lines, binding, binding.inputs[0], binding.inputs[0].paths[0], path)


def _later(program: OpenProgram, binding: Binding, entry: InputPath, name: str) -> bool:
    """Whether the one date in a name is later than the day on which the content of a bound file held.

    Only a day that somebody has said, or the file says itself, can be compared; nothing is guessed from file times.
    """
    day = dated(name)
    if day is None or entry.as_of.rule is AsOfRule.FILE_NAME:
        return False
    zone = program.files.program.identity.zone
    if entry.as_of.rule is AsOfRule.SAID:
        moment = entry.as_of.at
        return moment is not None and moment.year > UNSAID_YEAR and day.day > moment.astimezone(zone).date()
    reply = preview_in(program, binding)
    held = [] if isinstance(reply, str) else [item.as_of for item in reply.items if item.as_of is not None]
    return bool(held) and day.day > max(held).astimezone(zone).date()


def _taken(program: OpenProgram, lines: ProgramLines, binding: Binding, entry: InputPath, old: str, path: str) -> Taken:
    new, picks = _new_path(program, entry, old, path)
    if new is None:
        return Taken(binding.id, f"{plain(path)}: its name has characters that a path here cannot have; rename it.")
    day = dated(path.rpartition("/")[2]) if entry.as_of.rule is AsOfRule.SAID else None
    said = entry.as_of.rule is AsOfRule.SAID and binding.confirmed is None
    as_of = AsOf(rule=AsOfRule.FILE_NAME, pattern=day.pattern) if day is not None else entry.as_of
    inputs = tuple(
        each.model_copy(
            update={
                "paths": tuple(new if one == old else one for one in each.paths),
                "pick_newest": each.pick_newest or picks,
                "as_of": as_of,
            }
        )
        if each is entry
        else each
        for each in binding.inputs
    )
    reply = preview_in(program, binding.model_copy(update={"inputs": inputs}))
    if why := _unfit(reply):
        return Taken(
            binding.id,
            f"{plain(path)}: newer than {plain(old)}, which {binding.id} reads, and it does not fit that binding: "
            f"{plain(why, most=600)} The binding stays as it is.",
        )
    changed = lines.with_path(lines.line_of(binding.id), old, new, pick=picks)
    if said:
        # Somebody said of the old file when it held, and of the new one nobody has yet.
        rule = f"{{file_name: '{day.pattern}'}}" if day is not None else NOBODY
        changed = changed.with_line(changed.line_of(binding.id), "as_of", rule)
        changed = changed.unconfirmed(changed.line_of(binding.id))
    if not picks:
        changed = changed.not_evidence(old, f"superseded by {path.rpartition('/')[2]}")
    how = f"by the pattern {plain(new)}" if picks else f"in place of {plain(old)}, which is listed under not_evidence"
    ask = ""
    if said:
        ask = " Is the day in its name that on which it held?" if day is not None else " On which day did it hold?"
        ask += " Confirm it: --confirm" if day is not None else " Say it and confirm: --confirm --held DAY"
        ask += "."
    return Taken(
        binding.id,
        f"{plain(path)}: a newer version of {plain(old)}; {binding.id} takes it {how}.{ask}",
        changed,
        said or binding.confirmed is not None,
    )


def _new_path(program: OpenProgram, entry: InputPath, old: str, path: str) -> tuple[str | None, bool]:
    """Return the path or pattern that takes the newer file, and whether the newest of several is picked."""
    folder, _, name = path.rpartition("/")
    here = program.root / folder
    names = [f"{folder}/{each.name}" if folder else each.name for each in here.iterdir() if each.is_file()]
    day = dated(name)
    if day is not None and entry.as_of.rule is AsOfRule.FILE_NAME and len(entry.paths) == 1:
        wild = f"{folder}/{day.wild}" if folder else day.wild
        alike = [each for each in only_match(wild, names) if dated(each.rpartition("/")[2]) is not None]
        if alike == only_match(wild, names) and bindable(wild, [wild]) == wild:
            return wild, True
    return bindable(path, names), False


def _unfit(reply: Reply | str) -> str:
    """Return why a file gives nothing under a binding; empty where it answers something."""
    if isinstance(reply, str):
        return f"{reply.rstrip('.')}."
    if reply.failure is not None:
        return reply.failure.detail
    if reply.items and all(item.gap is not None for item in reply.items):
        return reply.items[0].detail
    return ""
