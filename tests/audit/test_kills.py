"""`kill -9` at the moments of a run: in a write, between two calls, and whenever. What was acknowledged is there."""

from __future__ import annotations

import mmap
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.figures import figure

from gonogo.audit.io import PosixIo
from gonogo.audit.log import AuditLog
from gonogo.audit.verification import verify_log
from gonogo.audit.watermark import KnownRoot
from gonogo.model.event import AuditEvent

Make = Callable[..., AuditEvent]
pytestmark = pytest.mark.torture
KILLS = figure("kill -9", small=200, large=1000)
CALLS = ("make_directory", "open", "write", "read", "sync", "sync_directory", "rename", "lock", "unlock", "close")
CUTS = (0.0, 0.3, 0.999, 1.0)


class Stopping(PosixIo):
    """The system as a writer sees it that stops in the ``at``-th call, or ``at``-th write, and waits to be killed.

    ``page`` is shared with the test: its first byte is the call that the writer is in, from 1; its second is 1 once it
    waits.
    """

    def __init__(self, page: mmap.mmap, at: int = -1, cut: float = 1.0, *, among: tuple[str, ...] = CALLS) -> None:
        self.page, self.at, self.cut, self.among = page, at, cut, among
        self.made: list[str] = []
        for number, name in enumerate(CALLS, start=1):
            setattr(self, name, self._watched(number, name, getattr(super(), name)))

    def _watched(self, number: int, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self.page[0] = number
            if name in self.among:
                self.made.append(name)
            if name in self.among and len(self.made) - 1 == self.at:
                if name == "write":
                    os.write(given[0], given[1][: int(len(given[1]) * self.cut)])
                elif self.cut > 0.5:
                    real(*given, **named)
                self.page[1] = 1
                signal.pause()
            answer = real(*given, **named)
            self.page[0] = 0
            return answer

        return call


def one_run(folder: Path, io: PosixIo, gap: Make, tell: Callable[[bytes], None]) -> None:
    """What a run does to the log; a verdict is told once its checkpoint is on disk."""
    with AuditLog.open(folder, io=io) as log:
        log.append([gap(f"{part} " + "x" * 1800) for part in range(5)])
        log.append([gap("decided")])
        made = log.checkpoint()
        tell(b"%d %s\n" % (made.size, made.root.encode()))


def killed(folder: Path, gap: Make, io: Stopping, pause: float) -> tuple[str, list[bytes]]:
    """Kill a writer where it stops, or after a pause; return the call that it was in, and what it told."""
    page = io.page
    page[0] = page[1] = 0
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            while True:
                one_run(folder, io, gap, lambda line: os.write(writer, line) and None)
        finally:
            os._exit(1)
    os.close(writer)
    if io.at < 0:
        time.sleep(pause)
    while io.at >= 0 and not page[1]:
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    with os.fdopen(reader, "rb") as told:
        return CALLS[page[0] - 1] if page[0] else "none", told.read().splitlines()


def test_nothing_that_was_told_is_lost(tmp_path: Path, gap: Make, shown: Callable[[str], None]) -> None:
    """Two of five writers die in a write, two in any call, one whenever; a verdict that somebody read is in the log."""
    page, chance = mmap.mmap(-1, 4096), random.Random(20270419)
    counting = Stopping(page)
    for _ in range(2):
        one_run(tmp_path / "count", counting, gap, lambda line: None)
    calls, writes = len(counting.made), counting.made.count("write")
    hit: Counter[str] = Counter()
    told = 0

    for kill in range(KILLS):
        folder = tmp_path / f"audit{kill // 25}"
        cut = CUTS[kill // 5 % len(CUTS)]
        if kill % 5 == 4:
            io = Stopping(page)
        elif kill % 2:
            io = Stopping(page, kill % calls, cut)
        else:
            io = Stopping(page, kill // 2 % writes, cut, among=("write",))
        call, lines = killed(folder, gap, io, chance.random() * 0.05)
        hit[call] += 1
        told += len(lines)
        known = [
            KnownRoot(int(size), root.decode(), "somebody who read the verdict")
            for size, root in map(bytes.split, lines)
        ]

        with AuditLog.open(folder, known=known) as log:
            log.append([gap("alive")], checkpoint=True)
        assert verify_log(folder).ok

    in_calls = ", ".join(f"{name} {count}" for name, count in hit.most_common())
    shown(f"kill -9: {KILLS:,}, in calls: {in_calls}; {told:,} verdicts told, 0 lost")
    assert hit["write"] >= KILLS // 4
    assert {"open", "sync", "rename", "lock"} <= set(hit)
    assert told >= KILLS // 4
