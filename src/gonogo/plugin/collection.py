"""What a run of collectors is asked: which program, for which release, at which moment, and what may be shown of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from gonogo.model.fact import Vocabulary
from gonogo.model.program import Program, Release
from gonogo.model.spoken import Spoken
from gonogo.plugin.calendars import holidays_around
from gonogo.plugin.discovery import PluginEntry

PARALLEL: Final = min(8, (os.cpu_count() or 1) + 1)
"""Children at a time, unless said otherwise: one more than processors, so that none waits while the host forks."""


@dataclass(frozen=True, slots=True)
class CollectionRequest:
    """One request for evidence.

    Attributes:
        program: The program.
        root: Its folder; inputs are opened beneath it and nowhere else.
        release: The release being assessed.
        now: The moment of the assessment, timezone-aware.
        only: Ask these bindings alone.
        earlier: Ids of releases whose bindings are asked too, because their evidence may count here.
        holidays: ISO dates that are not working days; those of the program around its go-live unless given, so that
            a preview and a run count the same working days.
        vocabulary: Where given, what collectors declare must agree with it.
        entries: Installed plugins; discovered unless given.
        parallel: Children at a time.
        ruleset: SHA-256 of the ruleset that will judge, for evidence that was gathered for one ruleset only.
        people: Ids in the people register; anybody else in a source of personal data gets a stand-in.
        spoken: How the register's people are called, for what people state in a workbook.
        meanwhile: Taken a step further whenever another child of gonogo's own is about to start: work that the host can
            do while others run. It raises nothing.
        looks_around: Whether files that nobody reads are compared with those that are: a recorded run shows them.
        keep: Called with digest and open descriptor of each input of a binding with ``keep: bytes``, after the answers.
    """

    program: Program
    root: Path
    release: Release
    now: datetime
    only: Collection[str] | None = None
    earlier: Collection[str] = ()
    holidays: frozenset[str] | None = None
    vocabulary: Vocabulary | None = None
    entries: dict[str, PluginEntry] | None = None
    parallel: int = PARALLEL
    ruleset: str = ""
    people: Collection[str] = ()
    spoken: Spoken = field(default_factory=Spoken)
    looks_around: bool = False
    keep: Callable[[str, int], None] | None = None
    meanwhile: Iterator[None] = field(default_factory=lambda: iter(()))

    @property
    def days_off(self) -> frozenset[str]:
        """The days that are not working days, beside Saturdays and Sundays."""
        if self.holidays is not None:
            return self.holidays
        return holidays_around(self.program.identity, self.release.go_live)
