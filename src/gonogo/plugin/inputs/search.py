"""From a path or pattern to the one file that it means, in the folder as it is: synchronized, renamed, half copied."""

from __future__ import annotations

import contextlib
import os
import stat
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule, InputPath, ProgramIdentity
from gonogo.plugin.inputs import leftovers, match
from gonogo.plugin.inputs.beside import BesideFiles, same_bytes, spelled_out
from gonogo.plugin.inputs.dated_names import dated as date_in
from gonogo.plugin.inputs.file_name_moment import MomentUnknown, host_moment
from gonogo.plugin.inputs.name_words import foreign_words, why_another_list, why_one_day

SHOWN: Final = 6
"""Names that a sentence lists."""
_LONGEST: Final = 120
"""Characters of a name that a sentence shows."""


class InputFault(Exception):
    """An input cannot be read; its binding's facts are gaps.

    Attributes:
        reason: Reason of the gaps.
        sentence: What was looked for, and what was found instead.
    """

    def __init__(self, sentence: str, reason: GapReason = GapReason.MALFORMED) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file in a folder that is held open.

    Attributes:
        folder: Descriptor of its folder.
        name: Its name there, as the file system has it.
        path: Path relative to the program's folder, as it is shown and recorded.
        shown: Its name as a reader, and the collector, may see it.
        real: Its path as it is, for what the program says of files.
    """

    folder: int
    name: str
    path: str
    shown: str
    real: str


@dataclass(frozen=True, slots=True)
class Search:
    """How one input is looked for.

    Attributes:
        entry: The input.
        pattern: One of its paths.
        identity: The program, for local dates.
        personal: Whether names that the pattern does not spell out are personal data, and never shown. A date that
            stands for the whole of a ``*`` is no name, and is shown.
        around: What the program says of other files, and what was met of them.
    """

    entry: InputPath
    pattern: str
    identity: ProgramIdentity
    personal: bool = False
    around: BesideFiles = field(default_factory=BesideFiles)

    def fault(self, sentence: str, reason: GapReason = GapReason.MALFORMED) -> InputFault:
        """Return the fault."""
        return InputFault(sentence, reason)

    def listed(self, found: Sequence[FoundFile]) -> str:
        """Return some files in words: their names, or only how many where names are personal."""
        if self.personal:
            return f"{len(found)} files (their names are not repeated: the source holds personal data)"
        return listed([each.path for each in found])


def find(search: Search, root: Path, stack: contextlib.ExitStack) -> tuple[FoundFile, datetime | None]:
    """Return the one file that is meant, and when it held where its name or the binding tells.

    Its folder stays open until ``stack`` is closed.

    Raises:
        InputFault: There is none, there are several, or copies of it; or its name has no date.
        BadPattern: The pattern cannot be used.
        OSError: A folder cannot be read.
    """
    found = _settled(search, _matches(search, root, stack))
    if len(found) > 1 and not search.entry.pick_newest:
        raise search.fault(
            f"{search.pattern} matches {len(found)} files, {search.listed(found)}; exactly one is expected.",
            GapReason.CONFLICT,
        )
    dated = [(_moment(search, each), each) for each in found]
    if len(found) == 1:
        return _looked(search, found[0], ()), dated[0][0]
    if search.entry.as_of.rule is not AsOfRule.FILE_NAME:
        raise search.fault(
            f"{search.pattern} matches {len(found)} files, {search.listed(found)}; the newest can be picked only "
            "where as_of is read from the file name.",
            GapReason.CONFLICT,
        )
    newest = max(moment for moment, _ in dated if moment is not None)
    picked = [each for moment, each in dated if moment == newest]
    if len(picked) > 1:
        raise search.fault(why_one_day(search.listed(picked)), GapReason.CONFLICT)
    return _looked(search, picked[0], [each for each in found if each is not picked[0]]), newest


def _looked(search: Search, found: FoundFile, others: Sequence[FoundFile]) -> FoundFile:
    """Note what lies beside the file that is read; refuse one whose name tells of a part, or of another list."""
    personal, around = search.personal, search.around
    why = around.why_part(found.folder, found.real, found.path, search.entry.paths, personal=personal)
    if words := foreign_words(search.pattern, found.real, [each.real for each in others]):
        why = why_another_list(search.pattern, found.path, words, newest=bool(others), personal=personal)
    if why:
        raise search.fault(why, GapReason.CONFLICT)
    around.look(found.folder, found.real, pattern=search.pattern if personal else None)
    return found


def _moment(search: Search, found: FoundFile) -> datetime | None:
    try:
        return host_moment(search.entry.as_of, leftovers.composed(found.name), search.identity)
    except MomentUnknown as error:
        what = (
            "it matches a file whose name, which is not repeated here, does not have one such date; bind the file that "
            "counts by its exact path, or list the other one under not_evidence"
            if search.personal
            else str(error)
        )
        raise search.fault(f"When {search.pattern} held is not known: {what}.", GapReason.MISSING) from error


def _settled(search: Search, found: list[FoundFile]) -> list[FoundFile]:
    """Return what was found without copies of it that hold the same bytes.

    A copy that holds something else is a conflict, unless the binding names the file itself: then it is noted.
    """
    exact = not any(map(match.is_wild, match.components(search.pattern)))
    doubled: set[str] = set()
    for each in found:
        beside = os.listdir(each.folder)
        prefix = each.path[: len(each.path) - len(each.shown)]
        real = each.real[: len(each.real) - len(each.name)]
        same = [_other(each, prefix, real, name) for name in leftovers.twins(each.name, beside)]
        if same:
            raise search.fault(_twins(search, [each, *same]), GapReason.CONFLICT)
        copies = [
            _other(each, prefix, real, name)
            for name in match.conflict_copies(each.name, beside)
            if not _left_out(search, prefix, real, name, name if not search.personal else None)
            and not search.around.read_elsewhere(real + name)
        ]
        same = [copy for copy in copies if same_bytes(each.folder, each.name, copy.name)]
        others = [copy for copy in copies if copy not in same]
        doubled |= {copy.real for copy in same}
        if others and not exact:
            every = {other.name: other for other in (*found, *others) if other.real not in doubled}
            shown = search.listed([every[name] for name in sorted(every)])
            raise search.fault(
                f"{shown} look like conflicting copies of one file; keep one, bind the one that counts by its exact "
                "path, or list the other under not_evidence.",
                GapReason.CONFLICT,
            )
        for copy in copies:
            search.around.copied(copy.real, each.real, search.pattern if search.personal else None, same=copy in same)
    return [each for each in found if each.real not in doubled]


def _other(found: FoundFile, prefix: str, real: str, name: str) -> FoundFile:
    return FoundFile(found.folder, name, prefix + name, name, real + name)


def _left_out(search: Search, prefix: str, real: str, name: str, shown: str | None) -> bool:
    """Whether the program says that a file is not evidence; then it is noted, by the program's words where personal."""
    if (words := search.around.excused(real + name)) is None:
        return False
    search.around.leave_out(words, words if shown is None else prefix + leftovers.composed(shown))
    return True


def _twins(search: Search, found: list[FoundFile]) -> str:
    if len({leftovers.composed(each.name) for each in found}) < len(found):
        sentence = "are there under one name, with its accents written as macOS and as Windows write them"
    else:
        sentence = "differ only in capital letters, which Windows and SharePoint take for one name"
    return f"{search.listed(found)} {sentence}; keep one."


def _matches(search: Search, root: Path, stack: contextlib.ExitStack) -> list[FoundFile]:
    """Return every file that the pattern means, with its folder held open until the stack is closed."""
    parts = match.components(search.pattern)
    folders = [(_folder(str(root), None, stack), "", "")]
    found: list[FoundFile] = []
    for depth, part in enumerate(parts):
        last, found, absent, left = depth == len(parts) - 1, [], "", 0
        for folder, prefix, real in folders:
            names = os.listdir(folder)
            met = match.matching(part, names, folder=not last)
            for name in met:
                _refuse_name(search, prefix, name)
                shown = part if search.personal and not spelled_out(part, name) else leftovers.composed(name)
                if last and _left_out(search, prefix, real, name, None if search.personal else name):
                    left += 1
                    continue
                found.append(FoundFile(folder, name, prefix + shown, shown, real + name))
            if not met:
                absent = (
                    absent
                    or _newcomer(part, prefix, names)
                    or ("" if search.personal else _absent(part, prefix, names))
                )
        if not found and left:
            raise search.fault(_all_left_out(search), GapReason.MISSING)
        if not found:
            raise search.fault(f"No file matches {search.pattern}{absent}.", GapReason.MISSING)
        if not last:
            folders = [
                (_folder(each.name, each.folder, stack), f"{each.path}/", f"{each.real}/")
                for each in found
                if not match.is_wild(part) or stat.S_ISDIR(os.lstat(each.name, dir_fd=each.folder).st_mode)
            ]
    return found


def _all_left_out(search: Search) -> str:
    shown = listed(list(dict.fromkeys(noted.path for noted in search.around.left_out)))
    return (
        f"No file is left for {search.pattern}: {shown} was left out by not_evidence; bind another file, or "
        "take it out of not_evidence."
    )


def _newcomer(part: str, prefix: str, names: list[str]) -> str:
    """Return which file has the same name of another day, as the end of a sentence; such a name names nobody."""
    wanted = date_in(leftovers.composed(part))
    if wanted is None:
        return ""
    days = [(each, name) for name in names if (each := date_in(leftovers.composed(name))) is not None]
    others = [(day.day, name, day.pattern) for day, name in days if day.wild == wanted.wild]
    _, name, pattern = max(others, default=(None, "", ""))
    if not name:
        return ""
    return (
        f"; {prefix + short(name)} is there, for another day: bind that one, or {prefix + short(wanted.wild)} with "
        f"pick: newest as_of and as_of: {{file_name: '{pattern}'}}"
    )


def _absent(part: str, prefix: str, names: list[str]) -> str:
    """Return why nothing matches, as the end of a sentence."""
    if why := leftovers.why_absent(part, names, lambda name: prefix + short(name)):
        return f"; {why}"
    return f"; the nearest name there is {prefix + short(close)}" if (close := match.nearest(part, names)) else ""


def _refuse_name(search: Search, prefix: str, name: str) -> None:
    """Refuse a name that cannot be recorded as text, or that a reader could not see."""
    if any(unicodedata.category(mark) in ("Cc", "Cs") for mark in name):
        shown = "" if search.personal else f": {short(prefix + ascii(name))}"
        raise search.fault(
            f"{search.pattern} matches a name that is not plain UTF-8 text, or holds a line break{shown}; rename it."
        )


def _folder(name: str, parent: int | None, stack: contextlib.ExitStack) -> int:
    """Open a folder; beneath the root never through a link."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (os.O_NOFOLLOW if parent is not None else 0)
    try:
        descriptor = os.open(name, flags, dir_fd=parent)
    except NotADirectoryError as error:
        raise InputFault(f"{short(name)} is not a folder, or is a link; links are not followed.") from error
    stack.callback(os.close, descriptor)
    return descriptor


def listed(paths: Sequence[str]) -> str:
    """Return some paths in words."""
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    return ", ".join(short(path) for path in paths[:SHOWN]) + more


def short(path: str) -> str:
    """Return a path for a sentence: a very long one without its middle."""
    return path if len(path) <= _LONGEST else f"{path[: _LONGEST // 2]}…{path[-_LONGEST // 2 :]}"
