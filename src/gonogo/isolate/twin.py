"""A twin: a copy of this process that does a part of its work beside it, and hands over what it found.

Only for gonogo's own work, which this process would do itself in just the same way: a twin has no walls and no limits,
and what it finds is believed. Where there is none, or it dies, the work is done here; it costs time and nothing else.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Generic, NoReturn, Self, TypeVar

Found = TypeVar("Found")
Item = TypeVar("Item")


class TwinLost(Exception):
    """It died, or what it found cannot be handed over."""


class Twin(Generic[Found]):
    """The twin, at work as soon as it is made; leaving its context ends it."""

    def __init__(self, work: Callable[[], Found]) -> None:
        self._answer, write = os.pipe()
        with warnings.catch_warnings():
            # A thread of somebody's library may exist; the copy takes no lock that it could hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if not self._pid:
            os.close(self._answer)
            _do(work, write)
        os.close(write)

    def found(self) -> Found:
        """Wait for it, and return what it found.

        Raises:
            TwinLost: Nobody can say what that is.
        """
        with os.fdopen(os.dup(self._answer), "rb") as stream:
            data = stream.read()
        try:
            [found] = pickle.loads(data)  # written by a copy of this process
        except Exception as error:
            raise TwinLost from error
        return found  # type: ignore[no-any-return]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._answer)
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _do(work: Callable[[], Found], answer: int) -> NoReturn:
    try:
        gc.freeze()
        with suppress(BaseException):  # the first process finds out by itself
            data = pickle.dumps([work()], protocol=pickle.HIGHEST_PROTOCOL)
            with os.fdopen(answer, "wb") as stream:
                stream.write(data)
    finally:
        os._exit(0)


def processors() -> int:
    """Return how many processes may work at once; 1 where this host cannot fork, or other threads run in this one."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared_out(
    work: Callable[[Item], Found], items: Sequence[Item], weights: Sequence[int], *, least: int
) -> list[Found]:
    """Return what some work finds for each item, in their order; a twin does half of it where that pays.

    Args:
        work: Needs nothing of another item, and what it finds can be handed over (pickled).
        items: What it is done for.
        weights: About how much work each item is.
        least: From what weight of all of them on a twin pays.
    """
    own, others = _halves(weights) if sum(weights) >= least and processors() > 1 else (range(len(items)), [])
    if not others:
        return [work(item) for item in items]
    with Twin(lambda: [work(items[number]) for number in others]) as twin:
        found = {number: work(items[number]) for number in own}
        try:
            found.update(zip(others, twin.found(), strict=True))
        except (TwinLost, ValueError):
            found.update((number, work(items[number])) for number in others)
    return [found[number] for number in range(len(items))]


def _halves(weights: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """Divide numbers of items so that both halves weigh about the same."""
    halves: tuple[list[int], list[int]] = ([], [])
    weighs = [0, 0]
    for number in sorted(range(len(weights)), key=lambda number: -weights[number]):
        lighter = weighs.index(min(weighs))
        halves[lighter].append(number)
        weighs[lighter] += weights[number]
    return sorted(halves[0]), sorted(halves[1])
