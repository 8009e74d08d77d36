"""gonogo's own collectors asked for what they declare, also where no child can be started.

What they declare is wanted on a laptop without ``fork`` too: for the workbook and the first week. There the same
function answers that a child would run. It is never used to read evidence that counts, nor for other people's code.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from gonogo.errors import IsolationFault
from gonogo.isolate import ChildOutcome, Task, run
from gonogo.plugin import registry
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.serving import serve
from gonogo.plugin.turns import in_turn


def in_turn_or_here(asked: Sequence[tuple[PluginEntry, Task]], *, parallel: int) -> list[ChildOutcome]:
    """Run every task in its plugin's turn, in children; in this process where there are none and all are gonogo's own.

    Raises:
        IsolationFault: This platform cannot isolate, and somebody else's plugin is among them.
    """
    try:
        run((), parallel=parallel)
    except IsolationFault:
        if not all(entry.builtin for entry, _ in asked):
            raise
        return [_here(task) for _, task in asked]
    return in_turn(asked, parallel=parallel)


def _here(task: Task) -> ChildOutcome:
    ahead: list[bytes] = []
    began = time.monotonic()
    try:
        if task.work is None or task.work is serve:
            payload = serve(task.request, task.descriptors, ahead.append)
        else:
            payload = task.work(task.request, task.descriptors)
    except Exception as error:  # noqa: BLE001  # as in a child: what an answer raises is its outcome
        return ChildOutcome(task.id, False, b"", "exception", registry.first_line(error), time.monotonic() - began)
    return ChildOutcome(task.id, True, payload, "", "", time.monotonic() - began, early=b"".join(ahead))
