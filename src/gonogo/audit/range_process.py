"""A process that reads one range of a log and hands over what it found; leaving its context ends it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

from gonogo.audit.quick_range import read_range
from gonogo.audit.range_values import GiveUp, Part, RangeRead
from gonogo.isolate.twin import Twin, TwinLost


class RangeProcess(Twin[RangeRead]):
    """The process. It is a copy of this one, so what it hands over is as good as what this one would find."""

    def __init__(self, folder: Path, parts: Sequence[Part], sizes: Collection[int], wanted: str) -> None:
        super().__init__(partial(read_range, folder, parts, sizes=sizes, wanted=wanted))

    def result(self) -> RangeRead:
        """Wait for it, and return what it found.

        Raises:
            GiveUp: It gave up, or died.
        """
        try:
            return self.found()
        except TwinLost as lost:
            raise GiveUp from lost
