"""A newer version of a bound file: taken by a pattern or by its path, if the binding can read it."""

from __future__ import annotations

from dataclasses import dataclass

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.bindable import bindable, only_match
from gonogo.first_week.prose import plain
from gonogo.model.program import AsOfRule, Binding, InputPath
from gonogo.model.reply import Reply
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.likeness import likeness
from gonogo.plugin.inputs.match import is_wild


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


def taken_version(program: OpenProgram, lines: ProgramLines, path: str) -> Taken | None:
    """Return what becomes of a file that is newer than a bound one by its name; None for any other.

    Raises:
        UsageError: The binding cannot be changed by a command.
    """
    folder, _, name = path.rpartition("/")
    for binding in program.bindings:
        for entry in binding.inputs:
            for old in entry.paths:
                above, _, bound = old.rpartition("/")
                kind = likeness(bound, name) if above == folder and not is_wild(old) else None
                if kind in ("date", "version"):
                    return _taken(program, lines, binding, entry, old, path)
                if kind == "name":
                    sentence = f"looks like another version of {plain(old)}, which {binding.id} reads, and its name"
                    settle = "write its path into that binding if it replaces the other, or settle it as no evidence"
                    return Taken(binding.id, f"{plain(path)}: {sentence} does not say which is newer; {settle}.")
                if kind == "older":
                    return Taken(binding.id, f"{plain(path)}: older than {plain(old)}, which {binding.id} reads.")
    return None


def _taken(program: OpenProgram, lines: ProgramLines, binding: Binding, entry: InputPath, old: str, path: str) -> Taken:
    new, picks = _new_path(program, entry, old, path)
    if new is None:
        return Taken(binding.id, f"{plain(path)}: its name has characters that a path here cannot have; rename it.")
    inputs = tuple(
        each.model_copy(
            update={
                "paths": tuple(new if one == old else one for one in each.paths),
                "pick_newest": each.pick_newest or picks,
            }
        )
        if each is entry
        else each
        for each in binding.inputs
    )
    reply = preview(
        program.files.program,
        binding.model_copy(update={"inputs": inputs}),
        root=program.root,
        release=program.release,
        now=program.now,
        people=program.files.people,
    )
    if why := _unfit(reply):
        return Taken(
            binding.id,
            f"{plain(path)}: newer than {plain(old)}, which {binding.id} reads, and it does not fit that binding: "
            f"{plain(why, most=600)} The binding stays as it is.",
        )
    changed = lines.with_path(lines.line_of(binding.id), old, new, pick=picks)
    if not picks:
        changed = changed.not_evidence(old, f"superseded by {path.rpartition('/')[2]}")
    how = f"by the pattern {plain(new)}" if picks else f"in place of {plain(old)}, which is listed under not_evidence"
    return Taken(
        binding.id,
        f"{plain(path)}: a newer version of {plain(old)}; {binding.id} takes it {how}.",
        changed,
        binding.confirmed is not None,
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
        return f"{reply}."
    if reply.failure is not None:
        return reply.failure.detail
    if reply.items and all(item.gap is not None for item in reply.items):
        return reply.items[0].detail
    return ""
