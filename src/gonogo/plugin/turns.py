"""Whose turn it is: gonogo's own children answer first, then one distribution after the other, never two at once.

No child of a third party runs beside one of gonogo's own or of another distribution, so none can touch what another one
is reading. Before the first of them starts, the host has loaded all that it will need, and loads nothing afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from gonogo.isolate import ChildOutcome, Task, hide, run
from gonogo.plugin import settled
from gonogo.plugin.discovery import PluginEntry, normalized
from gonogo.plugin.preparing import FOREIGN_PARALLEL


class Turns(Protocol):
    """How tasks are run: as :func:`in_turn` does it, or in its place."""

    def __call__(self, asked: Sequence[tuple[PluginEntry, Task]], /, *, parallel: int) -> list[ChildOutcome]:
        """Return the outcomes in the tasks' order."""
        ...


def in_turn(asked: Sequence[tuple[PluginEntry, Task]], *, parallel: int) -> list[ChildOutcome]:
    """Run every task in its plugin's turn, at most ``parallel`` at a time; return the outcomes in the tasks' order.

    A child that runs only behind every wall can change nothing, so that nothing has to be loaded before it.

    Raises:
        IsolationFault: This platform cannot isolate.
    """
    hide()
    turns: dict[str, list[int]] = {"": []}
    for number, (entry, _) in enumerate(asked):
        turns.setdefault("" if entry.builtin else normalized(entry.distribution), []).append(number)
    found: dict[int, ChildOutcome] = {}
    for distribution, numbers in turns.items():
        if distribution and not all(_harmless(asked[number][1]) for number in numbers):
            settled.close()
        at_once = min(parallel, FOREIGN_PARALLEL) if distribution else parallel
        found.update(zip(numbers, run([asked[number][1] for number in numbers], parallel=at_once), strict=True))
    return [found[number] for number in range(len(asked))]


def _harmless(task: Task) -> bool:
    return task.walls is not None and task.walls.required
