"""Paths and patterns of bindings: which file one means today, by which one a newer file is read, and what is left."""

from __future__ import annotations

from datetime import datetime

from gonogo.first_week.adding.another_list import beside
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.bindable import bindable, only_match
from gonogo.first_week.series import in_series, newer
from gonogo.model.program import AsOfRule, InputPath
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.file_name_moment import MomentUnknown, host_moment
from gonogo.plugin.inputs.leftovers import composed
from gonogo.plugin.inputs.likeness import Likeness, likeness, rank
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


def left_by(program: OpenProgram, entry: InputPath, old: str, new: str, path: str) -> list[str]:
    """Return what a binding no longer reads: its old path, files of its old pattern, and others of the newest day.

    Args:
        program: The program.
        entry: Its input.
        old: Its path or pattern before.
        new: That by which it reads the newer file.
        path: The newer file.
    """
    folder = old if is_wild(old) else new
    paths = sorted(beside(program.root, folder, program.files.program.not_evidence or {}))
    before = only_match(old, paths) if is_wild(old) else [old]
    gone = [each for each in before if not only_match(new, [each])]
    if not is_wild(new):
        return gone
    day = _day(program, entry, path)
    return [*gone, *(each for each in only_match(new, paths) if each != path and _day(program, entry, each) == day)]


def new_path(program: OpenProgram, entry: InputPath, old: str, path: str) -> tuple[str | None, bool]:
    """Return the path or pattern that takes the newer file, and whether the newest of several is picked."""
    folder, _, name = path.rpartition("/")
    names = beside(program.root, path, program.files.program.not_evidence or {})
    day = dated(name)
    if day is not None and entry.as_of.rule is AsOfRule.FILE_NAME and len(entry.paths) == 1:
        wild = f"{folder}/{day.wild}" if folder else day.wild
        days = [dated(each.rpartition("/")[2]) for each in only_match(wild, names)]
        # The days of all must be read by the binding's own expression, or none of them is read.
        told = all(each is not None and each.wild == day.wild for each in days)
        told = told and all(_day(program, entry, each) is not None for each in only_match(wild, names))
        if told and bindable(wild, [wild]) == wild:
            return wild, True
    return bindable(path, names), False


def _day(program: OpenProgram, entry: InputPath, path: str) -> datetime | None:
    """Return the moment that the name of a file says, as a run reads it; None where it says none."""
    try:
        return host_moment(entry.as_of, composed(path.rpartition("/")[2]), program.files.program.identity)
    except MomentUnknown:
        return None


def version_beside(old: str, path: str) -> Likeness | None:
    """Return what a file is beside a bound one, by the names of both and of their folders."""
    above, _, bound = old.rpartition("/")
    folder, _, name = path.rpartition("/")
    return likeness(bound, name) if above == folder else _elsewhere(old, path)


def _elsewhere(old: str, path: str) -> Likeness | None:
    """Return what a file of another folder is beside a bound one: last month's, or this month's."""
    mine, other = in_series(old), in_series(path)
    put_away = bool(mine.aside) is not bool(other.aside) and mine.series[1] == other.series[1]
    if mine.series != other.series and not put_away:
        return None
    return "date" if newer(other, mine) else "older" if newer(mine, other) else "name"
