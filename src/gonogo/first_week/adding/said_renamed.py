"""A person says that a column of a newer file is one that its binding knows by another name; the figures tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.binding_lines import signed
from gonogo.first_week.adding.bound_paths import read_now
from gonogo.first_week.adding.confirming import check_name
from gonogo.first_week.adding.drafted_again import own_of
from gonogo.first_week.adding.newer_content import unfit
from gonogo.first_week.adding.old_readers import OldReader, near_bound, readers_of
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in, said_by_fact
from gonogo.first_week.adding.program_writing import load_lines
from gonogo.first_week.adding.renamed_headings import renamed_headings, renamed_settings, with_renamed
from gonogo.first_week.adding.written_settings import write_settings
from gonogo.first_week.prose import plain
from gonogo.text import listed

_NOT: Final = "not answered"


def take_renamed(
    adding: Adding, path: str, binding: str, said: Sequence[str] | Mapping[str, str], by: str, day: str
) -> None:
    """Write that columns bear other names in a file, for the binding that reads it from now on and those beside it.

    Nothing else of a binding changes: its words, its key and its facts stay as they were confirmed.

    Args:
        adding: The program file that is being changed.
        path: Of the newer file.
        binding: Id of the binding that reads the older one.
        said: Each as ``OLD=NEW``, or old heading to new one.
        by: Who says so.
        day: Today.

    Raises:
        UsageError: It is no name of one person, the headings are others, or a binding cannot read the file by them.
    """
    program = adding.program
    check_name(by, "in the place of who says so", program.files.people)
    found = next((each for each in program.bindings if each.id == binding), None)
    if found is None or len(found.inputs) != 1 or len(found.inputs[0].paths) != 1:
        ids = listed([each.id for each in program.bindings if each.plugin == "table"], most=8)
        raise UsageError(
            "Nothing says which binding reads the file by that heading.", hint=f"name it: --replaces BINDING, of {ids}"
        )
    words = found.inputs[0].paths[0]
    mine = OldReader(found, found.inputs[0], words)
    others = [each for each in readers_of(program, read_now(program, words), path) if each.binding.id != binding]
    lacks: dict[str, None] = {}
    has: dict[str, None] = {}
    done = False
    for reader in (mine, *others):
        lacking = renamed_headings(program, reader, path)
        offered = [new for each in lacking[:1] for new in each.offered]
        lacks |= dict.fromkeys(each.old for each in lacking)
        has |= dict.fromkeys(offered)
        if named := _named(said, [each.old for each in lacking], offered):
            _write(adding, reader, path, named, f"said by {by} on {day}")
            done = True
    if not done and lacks:
        raise UsageError(
            f"{plain(path)} lacks {_ticked(lacks)}, and has {_ticked(has)}, which {binding} does not know.",
            hint="say which is which: --renamed OLD=NEW",
        )
    if not done:
        raise UsageError(f"{plain(path)} lacks no heading that {binding} reads and has another one in the place of.")
    adding.go_on()


def _ticked(headings: Iterable[str]) -> str:
    return listed([f"`{plain(each)}`" for each in headings], most=8)


def old_binding(program: OpenProgram, path: str) -> str:
    """Return the binding that reads what a file is a newer version of; empty where nothing tells."""
    waiting = [each.id for each in program.bindings if each.waits_for == path]
    old, kind = near_bound(program, path)
    near = [each.binding.id for each in readers_of(program, old, path)] if kind is not None else []
    reading = [each.id for each in program.readers(path)]
    return next(iter([*waiting, *reading, *near]), "")


def _named(said: Sequence[str] | Mapping[str, str], lacking: Sequence[str], offered: Sequence[str]) -> dict[str, str]:
    """Return what was said of the headings that a file lacks, and of those that it has instead: old to new."""
    pairs = [f"{old}={new}" for old, new in said.items()] if isinstance(said, Mapping) else said
    return {old: new for old in lacking for new in offered if f"{old}={new}" in pairs}


def _write(adding: Adding, reader: OldReader, path: str, named: Mapping[str, str], note: str) -> None:
    program, binding = adding.program, reader.binding
    read = with_renamed(reader.reading(path), named)
    if why := unfit(preview_in(program, read)):
        raise UsageError(f"{binding.id} does not read {plain(path)} by these headings either: {plain(why, most=600)}")
    before, after = (said_by_fact(program, each, dated=False) for each in (binding, read))
    own = own_of(program, binding)["settings"]
    key = next(iter(binding.settings["tables"]))
    own.setdefault("tables", {})
    own = {**own, "tables": {**own["tables"], key: own["tables"].get(key, {})}}
    write_settings(adding, binding, renamed_settings(own, named))
    columns = [f"`{plain(new)}` is read as `{plain(old)}`" for old, new in named.items()]
    facts = dict.fromkeys([*before, *after])
    told = [f"{fact}: {before.get(fact, _NOT)} before, {after.get(fact, _NOT)} now" for fact in facts]
    adding.lines, adding.changed = signed(adding.lines, binding.id, f"{', '.join(columns)}: {note}", told), True
    adding.told += [f"{binding.id}: {', '.join(columns)}, {note}.", *(f"  {plain(each, most=600)}" for each in told)]
    files = load_lines(program.root, adding.lines)
    adding.program = replace(program, files=files)
