"""The real pipeline, run on the copy as a rehearsal, whatever the program looks like by then."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from gonogo.comparison.snapshot import Snapshot
from gonogo.drill.defect import Planted
from gonogo.drill.reply_memory import ReplyMemory
from gonogo.drill.scratch_copy import ScratchCopy
from gonogo.errors import ConfigurationError, GonogoError, IsolationFault
from gonogo.plugin.settled import session
from gonogo.workflow.order import Order, RunResult
from gonogo.workflow.pipeline import assess
from gonogo.workflow.previous_run import snapshot_of

UNDECIDED = 4


@dataclass(frozen=True)
class Rehearsed:
    """How a rehearsal ended.

    Attributes:
        code: What the process would have ended with.
        refused: Why there was no verdict, in one sentence; empty where there was one.
        result: The run as recorded; None where there was no verdict.
        snapshot: What it recorded; None likewise.
    """

    code: int
    refused: str = ""
    result: RunResult | None = field(default=None, repr=False)
    snapshot: Snapshot | None = field(default=None, repr=False)


class Rehearser:
    """Runs the pipeline on a scratch copy, always at the same moment.

    Args:
        copy: The copy.
        release: The release.
        now: The moment; an injected clock makes each run a rehearsal.
    """

    def __init__(self, copy: ScratchCopy, *, release: str, now: datetime) -> None:
        self._copy = copy
        self._order = Order(program=copy.root, release=release, as_of=now)
        self._memory = ReplyMemory()

    def unharmed(self) -> Rehearsed:
        """Run the program as it stands there, and remember what its sources answer.

        Raises:
            GonogoError: There is no verdict on it.
        """
        self._memory.learning = True
        try:
            return _recorded(self._run(self._order))
        finally:
            self._memory.learning = False

    def harmed(self, planted: Planted) -> Rehearsed:
        """Run the program with a defect in it, or ask who is to be asked. Whatever ends it is its result."""
        moment = planted.as_of or self._order.as_of
        order = replace(self._order, as_of=moment, engine=planted.engine, bundles=planted.bundles)
        try:
            if planted.asked is not None:
                return planted.asked()
            with _installed(planted.search):
                return _recorded(self._run(order))
        except GonogoError as error:
            return Rehearsed(error.exit_code, sentence_of(error).replace(f"{self._copy.root}/", ""))
        except Exception as error:  # noqa: BLE001  # a defect of gonogo ends a run with 4: that is what is said here
            return Rehearsed(UNDECIDED, f"A defect of gonogo ended the run: {type(error).__name__}.")

    def _run(self, order: Order) -> RunResult:
        self._copy.check_inside()
        return assess(order, gathering=self._memory.gather)


@contextmanager
def _installed(search: Path | None) -> Iterator[None]:
    """Install a distribution for one run; nothing may be loaded after its code has begun to run, as in any run."""
    if search is None:
        yield
        return
    sys.path.insert(0, str(search))
    try:
        with session() as late:
            yield
        if late:
            raise IsolationFault(f"after other people's code had run, {late[0]} was to be loaded; nothing counts")
    finally:
        sys.path.remove(str(search))


def _recorded(result: RunResult) -> Rehearsed:
    return Rehearsed(int(result.exit_code), "", result, snapshot_of(result.records))


def sentence_of(error: GonogoError) -> str:
    """Return why there was no verdict, in one sentence that says where."""
    if isinstance(error, ConfigurationError) and error.problems:
        first = error.problems[0]
        more = len(error.problems) - 1
        also = f" (and {more} more)" if more else ""
        return f"{first.where}: {first.what}{also}" if first.where else f"{first.what}{also}"
    return error.sentence
