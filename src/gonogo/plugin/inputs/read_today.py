"""Which file each path or pattern of a binding means today, asked of the search that every run asks.

Who says of a file that it is read asks here: a name alone tells neither of two files of one day nor of a day that the
binding cannot read. No file is opened but to compare a copy, or one with the content that a person dated.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from gonogo.model.program import Binding, Marking, Program
from gonogo.plugin.inputs.beside import around_of
from gonogo.plugin.inputs.copying import why_unreadable
from gonogo.plugin.inputs.file_name_moment import why_not_dated
from gonogo.plugin.inputs.match import BadPattern
from gonogo.plugin.inputs.search import FoundFile, InputFault, Search, find


@dataclass(frozen=True, slots=True)
class ReadToday:
    """What one path or pattern of a binding means.

    Attributes:
        words: The path or pattern.
        path: The file that is read; empty for none.
        why: Why none is, in a sentence; empty where one is.
    """

    words: str
    path: str
    why: str = ""


def read_today(binding: Binding, root: Path, program: Program) -> list[ReadToday]:
    """Return which file each path or pattern of a binding means, in its order; a run opens these and no others.

    Empty on a platform without the system calls by which a run opens folders: no run is possible there.

    Args:
        binding: The binding, confirmed or not.
        root: The program's folder.
        program: The program.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return []
    around = around_of(program)
    personal = binding.handling.marking is Marking.PII
    return [
        _read(Search(entry, words, program.identity, personal, around), root)
        for entry in binding.inputs
        for words in entry.paths
    ]


def _digest(found: FoundFile) -> str:
    descriptor = os.open(found.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=found.folder)
    with open(descriptor, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(search: Search, root: Path) -> ReadToday:
    with contextlib.ExitStack() as stack:
        try:
            found, _ = find(search, root, stack)
            rule = search.entry.as_of
            if rule.sha256 is not None and not rule.dates(_digest(found)):
                return ReadToday(search.pattern, "", why_not_dated(found.path, rule, search.identity))
        except InputFault as fault:
            return ReadToday(search.pattern, "", fault.sentence)
        except BadPattern as error:
            return ReadToday(search.pattern, "", f"{error}.")
        except OSError as error:
            return ReadToday(search.pattern, "", f"{search.pattern} cannot be read: {why_unreadable(error)}.")
        return ReadToday(search.pattern, found.real)
