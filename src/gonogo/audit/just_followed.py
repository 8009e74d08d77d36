"""The log that this process followed last, so that it is not followed again while it stays as it was.

A run asks its log three times: for its lock, for what happened before, and to add to it. A folder that was copied or
cloned has no index yet, and each time would read everything. What is kept here is an index in memory, and is believed
under the same conditions as one on disk.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gonogo.audit import index
from gonogo.audit.filesystem import file_system, refusal
from gonogo.audit.ledger import Ledger
from gonogo.audit.watermark import Marked

_SETTLED_NS: Final = 100_000_000
"""So long ago a file was changed last at least. A clock ticks in steps, and two changes in one step look like one."""
_last: tuple[str, bytes] | None = None


def keep(folder: Path, marks: Sequence[index.Mark], ledger: Ledger, marked: Marked | None) -> None:
    """Keep what was read of a log to its end; ``marks`` are those of its segments before it was read."""
    global _last  # one log of one process
    _last = None
    changed = max((max(change, modification) for *_, change, modification in marks), default=time.time_ns())
    if time.time_ns() - changed > _SETTLED_NS and not refusal(file_system(folder)):
        _last = str(folder.absolute()), index.written(marks, ledger, marked)


def recall(folder: Path) -> index.Index | None:
    """Return what is known of a log from memory, to be believed or not like an index; None where nothing is."""
    if _last is None or _last[0] != str(folder.absolute()):
        return None
    return index.read(_last[1])
