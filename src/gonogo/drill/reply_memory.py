"""What each source answered in the unharmed run, so that only what a defect touched is asked again.

A reply is believed again only if everything that it may depend on is the same: the binding, the program around it, and
every file that lies where its files lie and is called alike.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from gonogo.model.canonical import digest
from gonogo.model.program import Binding, Marking, Program
from gonogo.model.reply import Reply
from gonogo.plugin.discovery import discover
from gonogo.workflow.admitting import earlier_of
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import gather

_OF_PEOPLE: Final = "attestation"


class ReplyMemory:
    """The replies of unharmed runs, by what each of them may depend on.

    Attributes:
        learning: Whether what is collected now is to be remembered.
    """

    def __init__(self) -> None:
        self._known: dict[str, Reply] = {}
        self._own = frozenset(entry.name for entry in discover().values() if entry.builtin)
        self.learning = False

    def gather(
        self,
        order: Order,
        loaded: LoadedProgram,
        now: datetime,
        *,
        keep: Callable[[str, int], None] | None = None,
        deposited: Sequence[Reply] = (),
    ) -> list[Reply]:
        """Return one reply for each binding of the release, as ``pipeline.gather`` does."""
        prints = self._prints(loaded, now)
        there = {reply.binding: reply for reply in deposited}
        touched = [name for name, mark in prints.items() if mark not in self._known and name not in there]
        fresh = {reply.binding: reply for reply in gather(order, loaded, now, only=touched, keep=keep)}
        if self.learning:
            self._known |= {prints[name]: reply for name, reply in fresh.items()}
        fresh |= there
        return [fresh.get(name) or self._known[mark] for name, mark in prints.items()]

    def _prints(self, loaded: LoadedProgram, now: datetime) -> dict[str, str]:
        """Return a digest of everything that the reply of each binding may depend on."""
        program, earlier = loaded.program, earlier_of(loaded)
        common = digest(
            [
                program.identity.document(),
                [release.document() for release in program.releases],
                [loaded.release.id, *earlier],
                dict(program.not_evidence or {}),
                now.isoformat(),
                loaded.vocabulary.digest(),
            ]
        )
        people = [loaded.people.digest(), loaded.ruleset.material_sha256]
        allowed = [each.document() for each in program.allow]
        found = {}
        for binding in program.bindings:
            if binding.release not in {None, loaded.release.id, *earlier}:
                continue
            parts: list[object] = [common, binding.model_copy(update={"where": ""}).document()]
            parts += people if binding.plugin == _OF_PEOPLE or binding.handling.marking is Marking.PII else []
            parts += allowed if binding.plugin not in self._own else []
            for pattern in _patterns(binding):
                parts += _around(loaded.root, pattern)
                parts += sorted(str(other) for other in _all_patterns(program) if other.parent == pattern.parent)
            found[binding.id] = digest(parts)
        return found


def _patterns(binding: Binding) -> list[PurePosixPath]:
    return [PurePosixPath(path) for entry in binding.inputs for path in entry.paths]


def _all_patterns(program: Program) -> list[PurePosixPath]:
    return [pattern for binding in program.bindings for pattern in _patterns(binding)]


def _around(root: Path, pattern: PurePosixPath) -> list[str]:
    """Return what is known of the files that a pattern may mean, or that stand against them, by their status."""
    found = [_status(root / parent) for parent in reversed(pattern.parents)]
    wild = next((number for number, part in enumerate(pattern.parts) if re.search(r"[*?\[]", part)), None)
    if wild is not None and wild < len(pattern.parts) - 1:  # any folder: nothing is remembered of it
        return [os.urandom(16).hex()]
    start = re.split(r"[*?\[.]", pattern.name)[0].casefold()
    folder = root / pattern.parent
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    alike = [name for name in names if start in name.casefold() or not start]
    return [*found, *(f"{name} {_status(folder / name, whole=True)}" for name in alike)]


def _status(path: Path, *, whole: bool = False) -> str:
    try:
        status = path.lstat()
    except OSError as error:
        return str(error.errno)
    return f"{status.st_mode} {status.st_ino} {status.st_size} {status.st_mtime_ns}" if whole else f"{status.st_mode}"
