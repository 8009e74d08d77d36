"""Opening inputs: once, beneath the program's folder, never through a link, hashed while copied to sealed memory.

A collector reads the copy. What it read, what was hashed and what the record names are therefore the same bytes.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, Binding, Marking, ProgramIdentity
from gonogo.model.reply import InputRead
from gonogo.plugin.inputs import match
from gonogo.plugin.inputs.beside import BesideFiles
from gonogo.plugin.inputs.copying import copy_of, why_unreadable
from gonogo.plugin.inputs.file_name_moment import why_not_dated
from gonogo.plugin.inputs.search import FoundFile, InputFault, Search, find

__all__ = ["InputFault", "Opened", "open_inputs"]

_SLACK: Final = timedelta(seconds=30)
_ENDINGS: Final = frozenset({".csv", ".json", ".txt", ".xer", ".xlsm", ".xlsx", ".xml", ".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Opened:
    """One input, copied and closed to change.

    Attributes:
        name: Name of the input in the binding.
        path: Path relative to the program's folder; the pattern instead of a name that is personal data.
        file_name: Name that the collector sees.
        size: Bytes.
        sha256: Digest of the bytes.
        rule: How the binding says when its content held.
        as_of: When it held, where the host knows.
        descriptor: Of the copy; the caller closes it.
    """

    name: str
    path: str
    file_name: str
    size: int
    sha256: str
    rule: AsOf
    as_of: datetime | None
    descriptor: int

    @property
    def read(self) -> InputRead:
        """What the record says of it."""
        return InputRead(name=self.name, path=self.path, size=self.size, sha256=self.sha256)


def open_inputs(
    binding: Binding,
    root: Path,
    identity: ProgramIdentity,
    *,
    now: datetime | None = None,
    around: BesideFiles | None = None,
) -> list[Opened]:
    """Open every input of a binding, in its order.

    With ``now`` an input that is dated later is refused here: a fact made of several inputs takes the oldest of their
    moments, which would hide the one from the future. What the program says of other files is in ``around``, which
    afterwards holds what was met of them, also where an input cannot be read.

    Raises:
        InputFault: One of them is missing, ambiguous, not a plain file, empty, online only, too large, changed while it
            was read, or dated after the assessment.
    """
    personal = binding.handling.marking is Marking.PII
    known = around or BesideFiles()
    opened: list[Opened] = []
    try:
        for entry in binding.inputs:
            for pattern in entry.paths:
                opened.append(_open(Search(entry, pattern, identity, personal, known), root, binding.max_bytes))
                _check_past(opened[-1], now)
    except BaseException:
        for each in opened:
            os.close(each.descriptor)
        raise
    return opened


def _check_past(opened: Opened, now: datetime | None) -> None:
    if now is not None and opened.as_of is not None and opened.as_of > now + _SLACK:
        raise InputFault(
            f"{opened.path} is dated {opened.as_of:%Y-%m-%d %H:%M} UTC, after the assessment.",
            GapReason.FUTURE,
        )


def _open(search: Search, root: Path, max_bytes: int) -> Opened:
    with contextlib.ExitStack() as stack:
        try:
            found, as_of = find(search, root, stack)
        except match.BadPattern as error:
            raise InputFault(f"{error}.") from error
        except OSError as error:
            raise InputFault(f"{search.pattern} cannot be read: {why_unreadable(error)}.") from error
        copy = copy_of(found, max_bytes)
        rule, name = search.entry.as_of, search.entry.name
        if not rule.dates(copy.sha256):
            os.close(copy.descriptor)
            raise InputFault(why_not_dated(found.path, rule, search.identity), GapReason.MISSING)
        return Opened(name, found.path, _collector_name(found), copy.size, copy.sha256, rule, as_of, copy.descriptor)


def _collector_name(found: FoundFile) -> str:
    """Return the name that a collector sees; where it is a pattern, with the ending that tells the format."""
    ending = os.path.splitext(found.name)[1].lower()
    known = ending in _ENDINGS and not found.shown.lower().endswith(ending)
    return found.shown + ending if known else found.shown
