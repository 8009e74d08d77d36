"""The host's side: start children, watch them under one loop, end them in time, believe only whole answers."""

from __future__ import annotations

import os
import selectors
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import Final

from gonogo.errors import IsolationFault
from gonogo.isolate.process import Child, Unstarted, start
from gonogo.isolate.strays import Strays
from gonogo.isolate.task import ChildOutcome, Task

_POLL_S: Final = 0.01
"""How often a child is asked whether it has ended, where the kernel cannot tell us."""


def run(tasks: Sequence[Task], *, parallel: int = 2) -> list[ChildOutcome]:
    """Run every task in a child of its own, at most ``parallel`` at a time; return the outcomes in the tasks' order.

    Returns no later than each child's deadline and a moment, whatever the child does or leaves behind: a process that
    holds its pipes open, ignores signals, floods, or ends with success and no answer. Never raises for what a child
    does. Call it from the main thread, before any other thread exists.

    Raises:
        IsolationFault: This platform cannot isolate, or the call itself is wrong.
    """
    _require(tasks, parallel)
    outcomes: dict[int, ChildOutcome] = {}
    waiting = deque(enumerate(tasks))
    running: dict[int, Child] = {}
    with selectors.DefaultSelector() as selector, Strays() as strays:
        try:
            while waiting or running:
                while waiting and len(running) < parallel:
                    number, task = waiting.popleft()
                    if task.before is not None:
                        task.before()
                    try:
                        running[number] = start(task, selector, strays)
                    except Unstarted as error:
                        outcomes[number] = ChildOutcome(task.id, False, b"", "spawn", str(error), 0.0)
                _wait(selector, running)
                for number, child in list(running.items()):
                    outcome = child.ended(time.monotonic())
                    if outcome is not None:
                        del running[number]
                        outcomes[number] = outcome
                        strays.sweep(keep={other.pid for other in running.values()})
        finally:
            for child in running.values():
                child.abandon()
            strays.sweep(keep=set())
    return [outcomes[number] for number in range(len(tasks))]


def _require(tasks: Sequence[Task], parallel: int) -> None:
    missing = [name for name in ("fork", "setsid", "waitpid") if not hasattr(os, name)]
    if missing or sys.platform == "win32":
        raise IsolationFault(
            "this platform has no fork, so collectors and the engine cannot be isolated here",
            hint="run `gonogo assess` on Linux (WSL 2 and containers included) or macOS; reports and checks work here",
        )
    if threading.current_thread() is not threading.main_thread():
        raise IsolationFault("children are started from the main thread only")
    if parallel < 1:
        raise IsolationFault("at least one child must be allowed at a time")
    for task in tasks:
        if (task.work is None) == (task.command is None):
            raise IsolationFault(f"task {task.id} needs either work or a command")


def _wait(selector: selectors.BaseSelector, running: dict[int, Child]) -> None:
    """Read what is there to read; return when something happened or the next moment of interest has come."""
    if not running:
        return
    now = time.monotonic()
    pause = min(child.next_moment(now) for child in running.values())
    if not all(child.watched for child in running.values()):
        pause = min(pause, _POLL_S)
    for key, _ in selector.select(max(0.0, pause)):
        child: Child = key.data
        child.read(key.fd)
