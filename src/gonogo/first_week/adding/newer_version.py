"""A newer version of a bound file: taken by a pattern or by its path, if the binding can read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from filecmp import cmp
from pathlib import Path
from shlex import quote
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.another_list import may_be_part, named_otherwise, ways_out
from gonogo.first_week.adding.bound_paths import left_by, new_path, read_now
from gonogo.first_week.adding.newer_content import newer_by_content, replace_path
from gonogo.first_week.adding.next_list import next_of_list
from gonogo.first_week.adding.next_update import is_compared
from gonogo.first_week.adding.old_readers import OldReader, misfits_of, near_bound, readers_of
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.renamed_headings import renamed_words
from gonogo.first_week.adding.waiting_lines import read_again, settled, stopped
from gonogo.first_week.adding.whole_list import holds_all_rows
from gonogo.first_week.drafts.when_held import NOBODY
from gonogo.first_week.prose import plain
from gonogo.first_week.put_away import mostly_alike
from gonogo.first_week.series import put_away_and_later
from gonogo.model.program import AsOfRule, Binding
from gonogo.plugin.inputs.likeness import Likeness
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
) -> list[Taken]:
    """Return what becomes of a file that is another version of a bound one by its name; nothing for any other.

    All bindings that read the old file take the new one, or none does: half of a workbook of last week beside half of
    this week's is one that never was. Where nothing tells which is newer, or one of them cannot read the new one, they
    wait: the old figures would stand as if nobody had sent new ones.

    Args:
        program: The program.
        lines: Its file as it would be.
        path: Of the new file.
        replaces: Binding whose file it replaces, as a person says; empty where its name has to tell.
        held: The day on which it held, as a person says; None where nobody does.

    Raises:
        UsageError: The binding cannot be changed by a command, there is none of that name, or a person says that the
            file replaces another one and a binding cannot read it.
    """
    if replaces:
        return _said(program, lines, path, replaces)
    old, kind = near_bound(program, path)
    if kind is None:
        return _next_list(program, lines, path, held)
    readers = readers_of(program, old, path)
    if not readers:
        return []
    names = listed([each.binding.id for each in readers])
    reads = f"which {names} {'reads' if len(readers) == 1 else 'read'}"
    first = readers[0].binding.id
    if kind == "copy" and _same(program.root / old, program.root / path):
        return [Taken(first, f"{plain(path)}: holds the same bytes as {plain(old)}; delete one of them.")]
    if kind in ("name", "copy") and (more := named_otherwise(path, old)):
        why = f"looks like {plain(old)}, {reads}, but its name says `{more}`"
        return [Taken(first, f"{plain(path)}: not taken: {why}. {ways_out(path, first)}", waits=True)]
    if why := put_away_and_later(path, old, f", {reads}"):
        return [Taken(first, f"{plain(path)}: not taken: {why}. {ways_out(path, first)}", waits=True)]
    misfits = misfits_of(program, readers, path)
    part = may_be_part(kind, path, old) and not misfits
    if part and not holds_all_rows(program.root / old, program.root / path):
        return _of_one_list(lines, readers, path, f"{plain(old)}, {reads}")
    sign = _SIGNS.get(kind) or _by_content(program, readers, path, held)
    if sign < 0:
        return [Taken(first, f"{plain(path)}: older than {plain(old)}, {reads}.")]
    if sign > 0 and not misfits:
        return _moved(program, lines, readers, path)
    what = "a newer version of" if sign > 0 else "looks like another version of"
    told = f"{plain(path)}: {what} {plain(old)}, {reads}"
    # A list of nearly the same name and of other headings, that nobody could read anyway, is no reason to read nothing.
    counts = sign > 0 or not misfits or mostly_alike(program.root / old, program.root / path)
    stops = [each.binding for each in readers if each.binding.confirmed is None and counts]
    return _waiting(program, lines, readers, stops, told, misfits, path)


def _next_list(program: OpenProgram, lines: ProgramLines, path: str, held: date | None) -> list[Taken]:
    """Return what becomes of a file that is a later version of a bound list, whatever it is called; nothing else."""
    old = next_of_list(program, path)
    readers = readers_of(program, old, path) if old else []
    if not readers or misfits_of(program, readers, path) or _by_content(program, readers, path, held) <= 0:
        return []
    return _moved(program, lines, readers, path)


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and cmp(one, other, shallow=False)


def _moved(program: OpenProgram, lines: ProgramLines, readers: Sequence[OldReader], path: str) -> list[Taken]:
    """Return what becomes of the bindings that all take a newer file."""
    found: list[Taken] = []
    for each in readers:
        taken = _taken(program, lines, each, path)
        if taken.lines is None:
            return [taken]
        lines = taken.lines
        found.append(taken)
    return found


def _by_content(program: OpenProgram, readers: Sequence[OldReader], path: str, held: date | None) -> int:
    """Return whether a file is newer by what it says, for all bindings alike: 1, -1, or 0 where nobody can tell."""
    signs = {newer_by_content(program, each.binding, each.reading(path), path, held) for each in readers} - {0}
    return signs.pop() if len(signs) == 1 else 0


def _waiting(
    program: OpenProgram,
    lines: ProgramLines,
    readers: Sequence[OldReader],
    stops: Sequence[Binding],
    what: str,
    misfits: Mapping[str, str],
    path: str,
) -> list[Taken]:
    """Return that bindings wait, because nobody can tell which file is newer, or one of them cannot read the newer."""
    first = readers[0].binding.id
    way = f"settle it as no evidence: gonogo add PROGRAM {quote(path)} --not-evidence REASON"
    if misfits and (renamed := renamed_words(program, readers, misfits, path)):
        told = f"{what}. {renamed} Else correct it or export it again, or {way}."
    elif misfits:
        unread = [f"{name} does not read it: {plain(why, most=400)}" for name, why in misfits.items()]
        told = f"{what}. {' '.join(unread)} Correct it or export it again; or {way}."
    else:
        replaces = f"gonogo add PROGRAM {quote(path)} --replaces {first}"
        told = f"{what}, and its name does not say which is newer. If it replaces the other: {replaces}; else {way}."
    waiting = [each.binding.id for each in readers if each.binding.waits_for == path]
    if not stops:
        until = f" Until then {listed(waiting)} {'is' if len(waiting) == 1 else 'are'} not read." if waiting else ""
        return [Taken(first, told + until, waits=True)]

    def asked(binding: Binding) -> str:
        why = misfits.get(binding.id) or "Nothing says which is newer."
        return f"Which counts, what this binding reads or {plain(path)}? {why}"

    return [Taken(first, told + _until(stops), _stopped(lines, stops, asked, path), waits=True)]


def _of_one_list(lines: ProgramLines, readers: Sequence[OldReader], path: str, old: str) -> list[Taken]:
    """Return that bindings wait, because a file may hold the rest of the list that they read."""
    first = readers[0].binding.id
    told = f"{plain(path)}: may be another part of {old}, or a corrected export of it: it does not hold all of its rows"
    told += f". {ways_out(path, first)}; if both are parts of one list, export it again as one file."
    stops = [each.binding for each in readers if each.binding.confirmed is None]
    if not stops:
        return [Taken(first, told, waits=True)]
    asked = f"Is {plain(path)} another part of what this binding reads, or a corrected export of it?"
    return [Taken(first, told + _until(stops), _stopped(lines, stops, lambda _each: asked, path), waits=True)]


def _stopped(lines: ProgramLines, stops: Sequence[Binding], asked: Callable[[Binding], str], path: str) -> ProgramLines:
    """Return the program file with bindings that wait for a person because of a file, each with its question."""
    for binding in stops:
        lines = stopped(lines, binding.id, asked(binding), path)
    return lines


def _until(stops: Sequence[Binding]) -> str:
    names = listed([each.id for each in stops])
    return f" Until then {names} {'is' if len(stops) == 1 else 'are'} not read."


def _said(program: OpenProgram, lines: ProgramLines, path: str, replaces: str) -> list[Taken]:
    binding = next((each for each in program.bindings if each.id == replaces), None)
    if binding is None:
        known = listed([each.id for each in program.bindings], most=8)
        raise UsageError(f"The program has no binding {replaces}.", hint=f"it has {known}")
    if len(binding.inputs) != 1 or len(binding.inputs[0].paths) != 1:
        raise UsageError(f"{replaces} reads several files.", hint="write the new path into that binding by hand")
    words = binding.inputs[0].paths[0]
    others = [each for each in readers_of(program, read_now(program, words), path) if each.binding.id != replaces]
    readers = [OldReader(binding, binding.inputs[0], words), *others]
    hint = "correct it or export it again, or settle it as no evidence: --not-evidence REASON"
    if misfits := misfits_of(program, readers, path):
        if renamed := renamed_words(program, readers, misfits, path):
            raise UsageError(f"Nothing is replaced. {plain(path)}: {renamed}")
        why = "; ".join(f"{name} does not read it: {plain(each, most=600)}" for name, each in misfits.items())
        raise UsageError(f"Nothing is replaced. {plain(path)}: {why}", hint=hint)
    found = _moved(program, lines, readers, path)
    if found[0].lines is None:
        raise UsageError(f"Nothing is replaced. {found[0].told}", hint=hint)
    return found


def _taken(program: OpenProgram, lines: ProgramLines, reader: OldReader, path: str) -> Taken:
    binding, entry, old = reader.binding, reader.entry, reader.words
    new, picks = new_path(program, entry, old, path)
    if new is None:
        told = f"{plain(path)}: its name has characters that a path here cannot have; rename it."
        return Taken(binding.id, told, waits=True)
    read = replace_path(binding, entry, old, new, picks=picks)
    as_of = read.inputs[binding.inputs.index(entry)].as_of
    redated = as_of != entry.as_of or as_of.rule is AsOfRule.SAID
    changed = lines.with_path(lines.line_of(binding.id), old, new, pick=picks)
    day = as_of.rule is AsOfRule.FILE_NAME
    said = redated and (binding.confirmed is None or binding.waits_for == path)
    if said:
        # Somebody said of the old file when it held, and of the new one nobody has yet.
        rule = f"{{file_name: '{as_of.pattern}'}}" if day else NOBODY
        changed = changed.with_line(changed.line_of(binding.id), "as_of", rule)
        if entry.pick_newest and not day:
            changed = changed.without_line(changed.line_of(binding.id), "pick")
        changed = changed.unconfirmed(changed.line_of(binding.id))
    back = binding.waits_for is not None and binding.waits_for == path
    if back:
        changed = settled(changed, binding.id) if said else read_again(changed, binding.id)
    compared = not picks and is_compared(program, binding, old, path)
    for each in [] if compared else left_by(program, entry, old, new, path):
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
        said or (binding.confirmed is not None and not back),
        old if compared else "",
    )
