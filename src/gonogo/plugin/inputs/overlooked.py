"""Files beside the evidence that nobody reads: newer versions of bound files, and what nobody bound.

By names alone, but for what is named like a copy: its bytes are compared with the original's.

The date in a name decides what is newer. When a file was changed proves nothing, and is mentioned as a hint only.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gonogo.errors import Problem
from gonogo.model.program import Program
from gonogo.plugin.inputs.beside import means, same_bytes
from gonogo.plugin.inputs.leftovers import leftover
from gonogo.plugin.inputs.likeness import Likeness, likeness, look_alikes, rank
from gonogo.plugin.inputs.match import is_wild
from gonogo.plugin.inputs.read_today import read_today

NEWER: Final = "G320"
UNBOUND: Final = "G321"
CONTRADICTED: Final = "G324"
STOPPED: Final = "G325"
EVIDENCE: Final = "evidence"
_MOST: Final = 5_000
_DEPTH: Final = 12
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class _Bound:
    pattern: str
    binding: str
    where: str


def overlooked(program: Program, root: Path, settled: Mapping[str, str], named: Collection[str]) -> list[Problem]:
    """Return warnings about files in the folders of the evidence that no binding reads.

    Args:
        program: With its bindings.
        root: Its folder.
        settled: Paths or patterns that are not evidence, with the reason.
        named: Files that the program names otherwise, such as registers.
    """
    bound = [
        _Bound(path, binding.id, str(binding.where))
        for binding in program.bindings
        for entry in binding.inputs
        for path in entry.paths
    ]
    paths = evidence_files(root, [each.pattern for each in bound])
    if any("/" not in each.pattern for each in bound):
        paths += sorted(path.name for path in root.iterdir() if path.is_file() and not path.is_symlink())
    read = {path: each for path in paths for each in bound if means(each.pattern, path)}
    loose = [
        path
        for path in paths
        if path not in read and path not in named and not any(means(pattern, path) for pattern in settled)
    ]
    problems = [_contradicted(each, words) for each in bound for words in settled if _same(each.pattern, words)]
    problems += _stopped(program, root, paths)
    unbound: list[str] = []
    alike = _alike(paths, loose, read)
    for path in loose:
        if path not in alike:
            if "/" in path:  # the program's own folder holds much that is no evidence
                unbound.append(path)
        elif (found := alike[path]) is not None:
            other, kind = found
            problems.append(_beside(read[other], _sentence(root, path, other, read[other], kind)))
    if unbound:
        problems.append(_unbound(unbound))
    return problems


def evidence_files(root: Path, patterns: Sequence[str]) -> list[str]:
    """Return the files below the folders in which evidence lies, in the order of their paths."""
    return sorted(_files(root, _folders(root, patterns)))


def _folders(root: Path, patterns: Sequence[str]) -> set[str]:
    """Return the uppermost folders in which evidence lies; the program's own folder is none of them."""
    tops = {pattern.split("/")[0] for pattern in patterns if "/" in pattern}
    return {top for top in {*tops, EVIDENCE} if not is_wild(top) and (root / top).is_dir()}


def _files(root: Path, folders: Collection[str]) -> Iterator[str]:
    seen = 0
    for top in sorted(folders):
        for at, below, names in os.walk(root / top):
            inside = Path(at).relative_to(root).as_posix()
            below[:] = [] if inside.count("/") >= _DEPTH else sorted(name for name in below if name[0] != ".")
            for name in sorted(names):
                if name[0] == "." or leftover(name) is not None or os.path.islink(os.path.join(at, name)):
                    continue
                seen += 1
                if seen > _MOST:
                    return
                yield f"{inside}/{name}"


def _alike(
    paths: Sequence[str], loose: Sequence[str], read: Mapping[str, _Bound]
) -> dict[str, tuple[str, Likeness] | None]:
    """Return the loose files that are like a bound one, with the one that they are most like; None for history."""
    found: dict[str, tuple[str, Likeness] | None] = {}
    folders = {path.rpartition("/")[0] for path in read}
    for folder in sorted(folders):
        here = [path.rpartition("/")[2] for path in paths if path.rpartition("/")[0] == folder]
        mine = {name for name in here if _in(folder, name) in read}
        free = {name for name in here if _in(folder, name) in loose}
        found |= {_in(folder, name): None for name in free if any(likeness(each, name) == "older" for each in mine)}
        # The latest of the bound files is what a newer one is compared with.
        for name in sorted(mine, key=rank):
            for other, kind in look_alikes(name, free, mine):
                if kind in ("date", "version") or _in(folder, other) not in found:
                    found[_in(folder, other)] = _in(folder, name), kind
    return found


def _in(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _sentence(root: Path, path: str, other: str, bound: _Bound, kind: Likeness) -> str:
    """Say what a file is beside the bound one, and what settles which of them counts."""
    if kind == "date" or kind == "version":
        sentence = f"{path} is newer than {other} by the {kind} in its name, and {bound.binding} reads the older one"
        pick = ", or say pick: newest as_of" if kind == "date" else ", or list it under not_evidence: with the reason"
        return f"{sentence}; bind the newer one{pick}."
    return _twin(root, path, other, bound, copy=kind == "copy")


def _twin(root: Path, path: str, other: str, bound: _Bound, *, copy: bool) -> str:
    """Say what a file is beside the bound one of nearly its name, and what settles which of them counts."""
    settle = "list it under not_evidence: with the reason"
    later = _later(root, path, other)
    if not copy:
        sentence = f"{path} looks like another version of {other}, which {bound.binding} reads{later}"
        return f"{sentence}; bind the one that counts, or {settle}."
    if _same_bytes(root, path, other):
        return f"{path} holds the same bytes as {other}, which {bound.binding} reads; delete it, or {settle}."
    sentence = f"{path} is named like a copy of {other}, which {bound.binding} reads, and holds something else{later}"
    if is_wild(bound.pattern):
        return (
            f"{sentence}: nothing is read until one is deleted; or bind the one that counts by its exact path, "
            f"or {settle}."
        )
    return f"{sentence}; bind the one that counts, and delete the other or {settle}."


def _same_bytes(root: Path, path: str, other: str) -> bool:
    folder, _, name = path.rpartition("/")
    try:
        descriptor = os.open(root / folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return same_bytes(descriptor, name, other.rpartition("/")[2])
    finally:
        os.close(descriptor)


def _later(root: Path, path: str, other: str) -> str:
    try:
        later = (root / path).stat().st_mtime > (root / other).stat().st_mtime
    except OSError:
        return ""
    return " (it was changed later, which proves nothing)" if later else ""


def _stopped(program: Program, root: Path, paths: Sequence[str]) -> Iterator[Problem]:
    """Yield why a binding reads none of the files that it means; where it means none, the run that judges says so."""
    for binding in program.bindings:
        for each in read_today(binding, root, program) if binding.confirmed is None else ():
            if each.why and any(means(each.words, path) for path in paths):
                yield Problem(STOPPED, str(binding.where), f"{binding.id} reads nothing: {each.why}", level="warning")


def _same(pattern: str, words: str) -> bool:
    """Whether the one file that a binding names, or its very pattern, is called no evidence."""
    return pattern == words or (not is_wild(pattern) and means(words, pattern))


def _contradicted(bound: _Bound, words: str) -> Problem:
    what = (
        f"{bound.binding} reads {bound.pattern}, which not_evidence calls no evidence ({words}): nothing will be read"
    )
    return Problem(CONTRADICTED, bound.where, f"{what}; keep one of the two.", level="warning")


def _beside(bound: _Bound, what: str) -> Problem:
    return Problem(NEWER, bound.where, what, level="warning")


def _unbound(paths: Sequence[str]) -> Problem:
    shown = ", ".join(paths[:_SHOWN]) + (f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else "")
    what = f"{shown}: no binding reads {'it' if len(paths) == 1 else 'them'}"
    do = "`gonogo add` binds what is evidence, or lists it under not_evidence: with the reason"
    return Problem(UNBOUND, "gonogo.yaml", f"{what}; {do}.", level="warning")
