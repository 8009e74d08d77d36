"""Paths and patterns of bindings: which file one means today, by which one a newer file is read, and what is left."""

from __future__ import annotations

from gonogo.first_week.adding.another_list import beside
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.bindable import bindable, only_match
from gonogo.model.program import AsOfRule, InputPath
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.likeness import rank
from gonogo.plugin.inputs.match import is_wild
from gonogo.plugin.inputs.name_words import foreign_words


def read_now(program: OpenProgram, words: str) -> str:
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


def left_by(program: OpenProgram, old: str, new: str) -> list[str]:
    """Return what a binding read by its old path and does not read by the new one: the path, or files of a pattern."""
    if not is_wild(old):
        return [] if only_match(new, [old]) else [old]
    paths = sorted(beside(program.root, old, program.files.program.not_evidence or {}))
    return [each for each in only_match(old, paths) if not only_match(new, [each])]


def new_path(program: OpenProgram, entry: InputPath, old: str, path: str) -> tuple[str | None, bool]:
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
