"""Recognition: every file of the evidence folder by its content. It only proposes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gonogo.first_week.archives import read_archive
from gonogo.first_week.declared_kinds import Declared, declared_kinds
from gonogo.first_week.file_heads import HEAD, Foreign, read_head
from gonogo.first_week.file_kinds import Recognized, Unrecognized, Why
from gonogo.first_week.folder import MAX_FILES, left_behind, look_through


@dataclass(frozen=True, slots=True)
class Survey:
    """What an evidence folder holds.

    Attributes:
        recognized: In the order of their paths.
        unrecognized: In the order of their paths, with the reason.
        ignored: Hidden files and what operating systems leave behind.
        cut: Whether there were more files than were looked at.
        unasked: A sentence for each plugin of which nobody knows what it recognizes.
    """

    recognized: tuple[Recognized, ...] = ()
    unrecognized: tuple[Unrecognized, ...] = ()
    ignored: int = 0
    cut: bool = False
    unasked: tuple[str, ...] = ()

    @property
    def copies(self) -> tuple[Unrecognized, ...]:
        """Those that hold the bytes of another file and are named as its copies: nobody need recognize them."""
        return tuple(each for each in self.unrecognized if each.why is Why.COPY)

    @property
    def strange(self) -> tuple[Unrecognized, ...]:
        """The others that were not recognized."""
        return tuple(each for each in self.unrecognized if each.why is not Why.COPY)


def survey(root: Path, evidence: str) -> Survey:
    """Look at every file of the evidence folder, at most 5,000, and at no more than the head and the end of each.

    Args:
        root: The program's folder.
        evidence: The evidence folder, relative to it, ``/`` between its parts.
    """
    found = look_through(root, evidence)
    declared = declared_kinds() if found.files else Declared()
    known: list[Recognized] = []
    unknown = list(found.odd)
    for path, size in found.files:
        result = recognize(root, path, size, declared)
        if isinstance(result, Recognized):
            known.append(result)
        else:
            unknown.append(result)
    unknown.sort(key=lambda entry: entry.path)
    if found.cut:
        what = f"More than {MAX_FILES:,} files; the rest was not looked at. Name a folder that holds evidence only."
        unknown.append(Unrecognized(evidence, Why.LARGE, what))
    known.sort(key=lambda entry: entry.path)
    return Survey(tuple(known), tuple(unknown), found.ignored, found.cut, declared.unasked)


def _tail(stream: BinaryIO, size: int) -> bytes:
    stream.seek(max(HEAD, size - HEAD))
    return stream.read(HEAD)


def recognize(root: Path, path: str, size: int, declared: Declared) -> Recognized | Unrecognized:
    """Return what one file is, tables and what collectors declare alike."""
    name = path.rpartition("/")[2]
    if (left := left_behind(path)) is not None:
        return left
    try:
        with (root / path).open("rb") as stream:
            data = stream.read(HEAD)
            if data.startswith(b"PK\x03\x04"):
                head = read_archive(stream, size, name, declared)
            else:
                whole = len(data) >= size
                head = read_head(data, name, declared, whole=whole, tail=b"" if whole else _tail(stream, size))
    except Foreign as foreign:
        return Unrecognized(path, foreign.why, foreign.sentence)
    except OSError as error:
        return Unrecognized(path, Why.UNREADABLE, f"It cannot be read: {error.strerror or 'the system refused'}.")
    return Recognized(path, head.kind, head.detail, head.tests, head.header, head.rows, head.facts)
