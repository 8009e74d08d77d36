"""What a person saw before they answered, as a digest: an answer about anything else is not taken."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gonogo.documents.files import inside, read_file
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.program_writing import NAME
from gonogo.model.program import Binding
from gonogo.plugin.inputs.match import is_wild
from gonogo.profiles.shelf import own_profiles, program_folders

_MOST: Final = 64_000_000
"""Of a larger file size and time are compared, and not what it holds."""


def changed_words(binding: str) -> str:
    """Say that an answer about a binding is not taken, because what was looked at is not there any more."""
    return f"{binding} is not confirmed: its file, the program file or what reads it has changed since you looked."


def seen_of(opened: OpenProgram, binding: Binding) -> str:
    """Return a digest of what an answer is about: the program file, every file that the binding may read, and how.

    How a file is read, and what is asked about it, follows from the rules, from export profiles beside the program or
    an overlay, and from who speaks for which side.
    """
    digest = hashlib.sha256(read_file(opened.root / NAME))
    rules, people = opened.rules, opened.files.people
    profiles = own_profiles([*program_folders(opened.root), *(path.parent for path in opened.files.overlay_paths)])
    by = (rules.ruleset.material_sha256, rules.vocabulary.digest(), people.digest(), *map(read_file, profiles))
    digest.update(repr(by).encode())
    for path in sorted(set(_files(opened.root, binding))):
        digest.update(repr((os.fsencode(path), _content(opened.root, path))).encode())
    return digest.hexdigest()


def _files(root: Path, binding: Binding) -> Iterator[str]:
    for entry in binding.inputs:
        for path in entry.paths:
            if is_wild(path):
                yield from (each.relative_to(root).as_posix() for each in root.glob(path))
            else:
                yield path


def _content(root: Path, path: str) -> tuple[object, ...]:
    file = inside(root, path)
    try:
        if file is None or not file.is_file():
            return ("absent",)
        status = file.stat()
        if status.st_size > _MOST:
            return (status.st_size, status.st_mtime_ns)
        with file.open("rb") as stream:
            return (hashlib.file_digest(stream, "sha256").hexdigest(),)
    except OSError as error:
        return ("unread", error.errno)
