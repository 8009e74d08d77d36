"""A process that reads one range of a log and hands over what it found; leaving its context ends it."""

from __future__ import annotations

import os
import pickle
import signal
import warnings
from collections.abc import Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from gonogo.audit.quick_range import read_range
from gonogo.audit.range_values import GiveUp, Part, RangeRead


class RangeProcess:
    """The process. It is a copy of this one, so what it hands over is as good as what this one would find."""

    def __init__(self, folder: Path, parts: Sequence[Part], sizes: Collection[int], wanted: str) -> None:
        self._answer, write = os.pipe()
        with warnings.catch_warnings():
            # A thread of somebody's library may exist; the copy takes no lock that it could hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if not self._pid:
            os.close(self._answer)
            _read(folder, parts, sizes, wanted, write)
        os.close(write)

    def result(self) -> RangeRead:
        """Wait for it, and return what it found.

        Raises:
            GiveUp: It gave up, or died.
        """
        with os.fdopen(os.dup(self._answer), "rb") as stream:
            data = stream.read()
        try:
            found = pickle.loads(data)  # written by a copy of this process
        except (pickle.UnpicklingError, EOFError) as error:
            raise GiveUp from error
        if not isinstance(found, RangeRead):
            raise GiveUp
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._answer)
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _read(folder: Path, parts: Sequence[Part], sizes: Collection[int], wanted: str, answer: int) -> NoReturn:
    try:
        found: RangeRead | None = read_range(folder, parts, sizes=sizes, wanted=wanted)
    except BaseException:  # noqa: BLE001  # the first process finds out by itself
        found = None
    try:
        with os.fdopen(answer, "wb") as stream:
            pickle.dump(found, stream, protocol=pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)
