"""A newer version of a bound file: taken by a pattern or by its path, if the binding can read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from filecmp import cmp
from pathlib import Path
from shlex import quote
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.another_list import beside, named_otherwise, ways_out
from gonogo.first_week.adding.newer_content import newer_by_content, replace_path, unfit
from gonogo.first_week.adding.next_update import is_compared
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.bindable import bindable, only_match
from gonogo.first_week.drafts.table_file import NOBODY
from gonogo.first_week.prose import plain
from gonogo.first_week.series import in_series, newer
from gonogo.model.program import AsOfRule, Binding, InputPath
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.likeness import Likeness, likeness, rank
from gonogo.plugin.inputs.match import is_wild
from gonogo.plugin.inputs.name_words import foreign_words
from gonogo.text import listed

_SIGNS: Final[dict[Likeness, int]] = {"date": 1, "version": 1, "older": -1}
"""What a name alone tells: newer, or older."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a newer version.

    Attributes:
        binding: Id of the binding of the old one.
        told: What a person hears.
        lines: The program file as it would be; None where nothing changes.
        unconfirmed: Whether the binding still waits for a person.
        compared: The file before, with which this one is compared; empty where it is not.
        waits: Whether the file is left, and a person has to settle it.
    """

    binding: str
    told: str
    lines: ProgramLines | None = None
    unconfirmed: bool = False
    compared: str = ""
    waits: bool = False


def taken_version(
    program: OpenProgram, lines: ProgramLines, path: str, replaces: str = "", held: date | None = None
) -> Taken | None:
    """Return what becomes of a file that is another version of a bound one by its name; None for any other.

    Where nothing tells which is newer, the binding waits: the old figures would stand as if nobody had sent new ones.

    Args:
        program: The program.
        lines: Its file as it would be.
        path: Of the new file.
        replaces: Binding whose file it replaces, as a person says; empty where its name has to tell.
        held: The day on which it held, as a person says; None where nobody does.

    Raises:
        UsageError: The binding cannot be changed by a command, there is none of that name, or a person says that the
            file replaces another one and the binding cannot read it.
    """
    if replaces:
        return _said(program, lines, path, replaces)
    for binding in program.bindings:
        for entry in binding.inputs:
            for words in entry.paths:
                old = _read_now(program, words)
                kind = _beside(old, path) if old else None
                if kind is None:
                    continue
                if kind == "copy" and _same(program.root / old, program.root / path):
                    return Taken(
                        binding.id, f"{plain(path)}: holds the same bytes as {plain(old)}; delete one of them."
                    )
                if kind in ("name", "copy") and (more := named_otherwise(path, old)):
                    why = f"looks like {plain(old)}, which {binding.id} reads, but its name says `{more}`"
                    told = f"{plain(path)}: not taken: {why}. {ways_out(path, binding.id)}"
                    return Taken(binding.id, told, waits=True)
                other = replace_path(binding, entry, words, path)
                sign = _SIGNS.get(kind) or newer_by_content(program, binding, other, path, held)
                if sign > 0:
                    return _taken(program, lines, binding, entry, words, path)
                if sign < 0:
                    return Taken(binding.id, f"{plain(path)}: older than {plain(old)}, which {binding.id} reads.")
                return _asked(program, lines, binding, other, old, path)
    return None


def _read_now(program: OpenProgram, words: str) -> str:
    """Return the newest file that a path or pattern of a binding means; empty for none."""
    folder, _, name = words.rpartition("/")
    if not is_wild(words):
        return words
    if is_wild(folder) or not (program.root / folder).is_dir():
        return ""
    names = [each.name for each in (program.root / folder).iterdir() if each.is_file()]
    found = only_match(name, names)
    mine = [each for each in found if not foreign_words(name, each, [other for other in found if other != each])]
    latest = max(mine, key=rank, default="")
    return f"{folder}/{latest}" if folder and latest else latest


def _beside(old: str, path: str) -> Likeness | None:
    """Return what a file is beside a bound one, by the names of both and of their folders."""
    above, _, bound = old.rpartition("/")
    folder, _, name = path.rpartition("/")
    return likeness(bound, name) if above == folder else _elsewhere(old, path)


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and cmp(one, other, shallow=False)


def _asked(program: OpenProgram, lines: ProgramLines, binding: Binding, other: Binding, old: str, path: str) -> Taken:
    """Return that nobody can tell which file is newer; the binding waits where it could read both."""
    what = (
        f"{plain(path)}: looks like another version of {plain(old)}, which {binding.id} reads, and its name does not "
        f"say which is newer. If it replaces the other: gonogo add PROGRAM {quote(path)} --replaces {binding.id}; "
    )
    if binding.confirmed is not None or (why := unfit(preview_in(program, other))):
        more = f" {binding.id} does not read it: {plain(why, most=400)}" if binding.confirmed is None else ""
        return Taken(binding.id, f"{what}else settle it as no evidence.{more}")
    line = lines.line_of(binding.id)
    question = f"Which counts, {plain(old)} or {plain(path)}? Nothing says which is newer."
    changed = lines.asking(line, question)
    changed = changed.unconfirmed(changed.line_of(binding.id))
    return Taken(
        binding.id,
        f"{what}else settle it as no evidence and confirm {binding.id} again. Until then {binding.id} is not read.",
        changed,
    )


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
    taken = _taken(program, lines, binding, binding.inputs[0], binding.inputs[0].paths[0], path)
    if taken.lines is None:
        raise UsageError(
            f"Nothing is replaced. {taken.told}", hint="`gonogo map FILE` shows how the file could be read"
        )
    return taken


def _taken(program: OpenProgram, lines: ProgramLines, binding: Binding, entry: InputPath, old: str, path: str) -> Taken:
    new, picks = _new_path(program, entry, old, path)
    if new is None:
        return Taken(binding.id, f"{plain(path)}: its name has characters that a path here cannot have; rename it.")
    read = replace_path(binding, entry, old, new, picks=picks)
    as_of = read.inputs[binding.inputs.index(entry)].as_of
    redated = as_of != entry.as_of or as_of.rule is AsOfRule.SAID
    if why := unfit(preview_in(program, read)):
        return Taken(
            binding.id,
            f"{plain(path)}: newer than {plain(old)}, which {binding.id} reads, and it does not fit that binding: "
            f"{plain(why, most=600)} The binding stays as it is.",
        )
    changed = lines.with_path(lines.line_of(binding.id), old, new, pick=picks)
    day = as_of.rule is AsOfRule.FILE_NAME
    said = redated and binding.confirmed is None
    if said:
        # Somebody said of the old file when it held, and of the new one nobody has yet.
        rule = f"{{file_name: '{as_of.pattern}'}}" if day else NOBODY
        changed = changed.with_line(changed.line_of(binding.id), "as_of", rule)
        if entry.pick_newest and not day:
            changed = changed.without_line(changed.line_of(binding.id), "pick")
        changed = changed.unconfirmed(changed.line_of(binding.id))
    compared = not picks and is_compared(program, binding, old, path)
    for each in [] if compared else _left_by(program, old, new):
        changed = changed.not_evidence(each, f"superseded by {path.rpartition('/')[2]}")
    left = "with which it is compared" if compared else "which is listed under not_evidence"
    how = f"by the pattern {plain(new)}" if picks else f"in place of {plain(old)}, {left}"
    ask = ""
    if said:
        ask = " Is the day in its name that on which it held?" if day else " On which day did it hold?"
        ask += " Confirm it: --confirm" if day else " Say it and confirm: --confirm --held DAY"
        ask += "."
    return Taken(
        binding.id,
        f"{plain(path)}: a newer version of {plain(old)}; {binding.id} takes it {how}.{ask}",
        changed,
        said or binding.confirmed is not None,
        old if compared else "",
    )


def _left_by(program: OpenProgram, old: str, new: str) -> list[str]:
    """Return what a binding read by its old path and does not read by the new one: the path, or files of a pattern."""
    if not is_wild(old):
        return [] if only_match(new, [old]) else [old]
    paths = sorted(beside(program.root, old, program.files.program.not_evidence or {}))
    return [each for each in only_match(old, paths) if not only_match(new, [each])]


def _new_path(program: OpenProgram, entry: InputPath, old: str, path: str) -> tuple[str | None, bool]:
    """Return the path or pattern that takes the newer file, and whether the newest of several is picked."""
    folder, _, name = path.rpartition("/")
    here = program.root / folder
    names = [f"{folder}/{each.name}" if folder else each.name for each in here.iterdir() if each.is_file()]
    day = dated(name)
    if day is not None and entry.as_of.rule is AsOfRule.FILE_NAME and len(entry.paths) == 1:
        wild = f"{folder}/{day.wild}" if folder else day.wild
        days = [dated(each.rpartition("/")[2]) for each in only_match(wild, names)]
        if all(each is not None and each.wild == day.wild for each in days) and bindable(wild, [wild]) == wild:
            return wild, True
    return bindable(path, names), False
