"""The way back through a log: each ``run.finished`` names the one before it by place and hash.

So the runs of a log are known from its end without reading what lies between, and an index that hides a run, invents
one or says something else of it is not believed. A record of an earlier version names none; then the whole chain is
followed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from gonogo.audit.chain import ChainFault, ChainHead, ChainLink, data_of, read_link
from gonogo.audit.ledger import Ledger, Place, Run, RunState
from gonogo.audit.reading import lines, segments, steps
from gonogo.errors import GonogoError
from gonogo.model.canonical import instant_text
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.record import Earlier, RunFinished


class Signpost:
    """What the log adds to each ``run.finished`` of one batch as it is sealed."""

    def __init__(self, ledger: Ledger) -> None:
        self._runs = ledger.runs
        self._tip = ledger.tip
        self._first: dict[str, int] = {}
        self._begun: dict[str, dict[str, Any]] = {}

    def completed(self, entry: AuditEvent) -> AuditEvent:
        """Return the event with the way back; any other than ``run.finished`` as it is."""
        if entry.type is not EventType.RUN_FINISHED:
            return entry
        known = self._runs.get(entry.run)
        first = known.first if known is not None else self._first.get(entry.run)
        more = {"first": first, **(self._begun.get(entry.run) or _begun(known))}
        if self._tip is not None:
            more["earlier"] = self._tip.document()
        present = {key: value for key, value in more.items() if value is not None}
        return AuditEvent(type=entry.type, run=entry.run, data=entry.data | present)

    def passed(self, entry: AuditEvent, link: ChainLink, place: Place) -> None:
        """Note a line as it was sealed, and where it will stand."""
        if not entry.run:
            return
        self._first.setdefault(entry.run, link.seq)
        if entry.type is EventType.RUN_STARTED:
            data = entry.data
            self._begun[entry.run] = {
                "purpose": data["kind"]["purpose"],
                "program": data["program"]["id"],
                "release": data["release"]["id"],
                "now": data["now"],
            }
        elif entry.type is EventType.RUN_FINISHED:
            self._tip = Earlier(segment=place.segment, offset=place.offset, seq=link.seq, hash=link.hash)


def _begun(run: Run | None) -> dict[str, Any]:
    if run is None or run.purpose is None or run.now is None:
        return {}
    return {
        "purpose": run.purpose.value,
        "program": run.program,
        "release": run.release,
        "now": instant_text(run.now),
    }


def vouched(folder: Path, ledger: Ledger) -> bool:
    """Return whether the log itself leads from its end to just the finished runs that a ledger has, as it has them."""
    if ledger.tip is None:
        return False
    finished = [run for run in ledger.runs.values() if run.state is RunState.FINISHED]
    try:
        return _ends_there(folder, ledger) and _leads_to(folder, ledger.tip, sorted(finished, key=lambda run: run.end))
    except (OSError, GonogoError, ValidationError, ValueError, KeyError):
        return False


def _ends_there(folder: Path, ledger: Ledger) -> bool:
    """Whether the chain goes on from the tip to the ledger's head, without another finished run."""
    tip = ledger.tip
    assert tip is not None
    placed = lines(folder, Place(tip.segment, tip.offset))
    first = next(placed, None)
    link = None if first is None else read_link(first[1])
    if first is None or link is None or (link.seq, link.hash, link.type) != (tip.seq, tip.hash, "run.finished"):
        return False
    head = ChainHead(link.seq + 1, link.hash, link.ts)
    for step in steps(placed, head, strict=False):
        if isinstance(step.result, ChainFault) or step.result.type == EventType.RUN_FINISHED:
            return False
        head = head.after(step.result)
    return head == ledger.head


def _leads_to(folder: Path, tip: Earlier, finished: Iterable[Run]) -> bool:
    with ExitStack() as stack:
        streams = [stack.enter_context(path.open("rb")) for path in segments(folder)]
        at: Earlier | None = tip
        for run in reversed(list(finished)):
            if at is None or Place(at.segment, at.offset) != run.end:
                return False
            ended = _finished(streams[at.segment - 1], at, run.run)
            if ended is None or ended.first != run.first or _whose(ended) != _run(run):
                return False
            at = ended.earlier
        return at is None


def _finished(stream: BinaryIO, at: Earlier, run: str) -> RunFinished | None:
    stream.seek(at.offset)
    line = stream.readline()
    link = read_link(line)
    if link is None or (link.seq, link.hash, link.run, link.type) != (at.seq, at.hash, run, "run.finished"):
        return None
    return RunFinished.from_document(json.loads(data_of(line)))


def _whose(finished: RunFinished) -> tuple[object, ...]:
    return finished.purpose, finished.program, finished.release, finished.now, finished.verdict, finished.assessment


def _run(run: Run) -> tuple[object, ...]:
    return run.purpose, run.program or None, run.release or None, run.now, run.verdict, run.digest
