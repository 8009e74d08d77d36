"""A log as the runs in it: found by its ledger, read one run at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gonogo.audit import index, just_followed
from gonogo.audit.chain import ChainFault, ChainHead, ChainLink, data_of, read_link
from gonogo.audit.checkpoint import load_checkpoint
from gonogo.audit.ledger import Ledger, Place, Run, RunState, sealed
from gonogo.audit.lock_reading import locks_vouched, read_locks
from gonogo.audit.pins import leads_on
from gonogo.audit.reading import Step, broken, lines, segments, steps
from gonogo.audit.watermark import Watermark, follows
from gonogo.audit.way_back import vouched
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.canonical import read_json
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.lock import LockRecorded
from gonogo.model.record import RunStarted

_MATERIAL = ("ruleset_sha256", "vocabulary_sha256", "program_sha256", "people_sha256")


@dataclass(frozen=True, slots=True)
class History:
    """The runs of a log whose chain was followed, or whose index is believed.

    Attributes:
        folder: Folder of the log.
        ledger: What the log says of itself.
    """

    folder: Path
    ledger: Ledger

    @property
    def runs(self) -> tuple[Run, ...]:
        """Every run, in the order of first records."""
        return tuple(self.ledger.runs.values())

    def run(self, run: str | None = None) -> Run:
        """Return one run, by default the one that finished last.

        Raises:
            UsageError: There is no such run, or none has finished.
        """
        if run is None:
            finished = [entry for entry in self.runs if entry.state is RunState.FINISHED]
            if not finished:
                raise UsageError("no run in this audit log has reached a verdict")
            return finished[-1]
        if run not in self.ledger.runs:
            raise UsageError(f"the audit log has no run {run}", hint="`gonogo log verify` lists the runs")
        return self.ledger.runs[run]

    def named(self, wanted: str, *, decision: bool = False) -> Run:
        """Return the finished run that is meant: by its id, by the beginning of it, or ``last``.

        Args:
            wanted: Which run.
            decision: Whether ``last`` is the last decision, no matter how many daily runs and rehearsals came after.

        Raises:
            UsageError: No run is meant, or more than one, or it reached no verdict.
        """
        if wanted == "last" and decision:
            made = [run for run in self.decided if run.purpose is Purpose.DECISION]
            if not made:
                raise UsageError("no decision run in this audit log has reached a verdict", hint="run `gonogo assess`")
            return made[-1]
        if wanted == "last":
            return self.run()
        found = [entry for name, entry in self.ledger.runs.items() if name.startswith(wanted)]
        exact = [entry for entry in found if entry.run == wanted] or found
        if not exact:
            raise UsageError(f"the audit log has no run {wanted}", hint="`gonogo log verify` lists the runs")
        if len(exact) > 1:
            raise UsageError(f"{len(exact)} runs begin with {wanted}", hint=f"give more of it, such as {exact[-1].run}")
        if exact[0].state is not RunState.FINISHED:
            raise UsageError(f"the run {exact[0].run} reached no verdict")
        return exact[0]

    @property
    def decided(self) -> tuple[Run, ...]:
        """Return the runs that reached a verdict and were no rehearsals, of whatever they were, oldest first."""
        return tuple(
            run for run in self.runs if run.state is RunState.FINISHED and run.purpose is not Purpose.REHEARSAL
        )

    def finished(self, program: str, release: str, *, rehearsal: bool = False) -> tuple[Run, ...]:
        """Return the runs of a release that reached a verdict, oldest first; rehearsals only where asked for."""
        return tuple(
            run
            for run in self.runs
            if run.state is RunState.FINISHED
            and (run.program, run.release) == (program, release)
            and (rehearsal or run.purpose is not Purpose.REHEARSAL)
        )

    def records(self, run: Run) -> list[SealedRecord]:
        """Return the records of a run from its first to the one that ended it, checked against each other.

        Raises:
            IntegrityError: They are not what the ledger says.
        """
        own = [(step.line, link) for step, link in self._steps(run, strict=True) if link.run == run.run]
        return [sealed(line, link.seq, canonical=True) for line, link in own]

    def documents(self, run: Run, kinds: Collection[EventType]) -> list[tuple[EventType, dict[str, Any]]]:
        """Return what the records of some types of a run hold, checked by their hashes; :meth:`records` checks more.

        For looking back over many runs: each line is hashed, and only the wanted ones are read.

        Raises:
            IntegrityError: They are not what the ledger says.
        """
        wanted = {kind.value: kind for kind in kinds}
        return [
            (wanted[link.type], read_json(data_of(step.line)))
            for step, link in self._steps(run, strict=False)
            if link.run == run.run and link.type in wanted
        ]

    def _steps(self, run: Run, *, strict: bool) -> Iterator[tuple[Step, ChainLink]]:
        """Yield the lines from the first of a run to the one that ended it, each checked against the one before."""
        ended = False
        placed = lines(self.folder, run.start)
        first = next(placed, None)
        link = None if first is None else read_link(first[1])
        if first is None or link is None or link.seq != run.first:
            raise _elsewhere(run)
        placed = (entry for part in ([first], placed) for entry in part)
        for step in steps(placed, ChainHead(link.seq, link.prev), strict=strict):
            if isinstance(step.result, ChainFault):
                raise broken(step.result)
            yield step, step.result
            if step.place >= run.end:
                ended = step.place == run.end and step.result.run == run.run
                break
        if not ended:
            raise _elsewhere(run)

    def started(self, run: str) -> RunStarted:
        """Return how a run began, from its first record alone.

        Raises:
            IntegrityError: It is not where the ledger says, or is no ``run.started``.
        """
        known = self.ledger.runs[run]
        record = self._record(known.start)
        try:
            if (record.run, record.type) == (run, EventType.RUN_STARTED):
                return RunStarted.from_document(record.data)
        except ValidationError as error:
            raise IntegrityError(
                f"record {record.seq} of the audit log does not have the shape of {record.type}"
            ) from error
        raise _elsewhere(known)

    def report_records(self, run: Run) -> list[SealedRecord]:
        """Return what a report of a run is made of: ``log.opened``, its material, its own records, and what came of it.

        Raises:
            IntegrityError: They are not what the ledger says.
        """
        own = self.records(run)
        started = next((record.data for record in own if record.type is EventType.RUN_STARTED), {})
        named = (self.ledger.material.get(str(started.get(key))) for key in _MATERIAL)
        others = (self._record(place) for place in dict.fromkeys((self.ledger.opened, *named)) if place is not None)
        return [*(record for record in others if record.run != run.run), *own, *self.outcomes(run)]

    def locks(self, program: str) -> tuple[LockRecorded, ...]:
        """Return the locks of a program, oldest first.

        Raises:
            IntegrityError: They are not where the ledger says.
        """
        return read_locks(self.folder, self.ledger, program)

    def outcomes(self, run: Run) -> list[SealedRecord]:
        """Return the records of what became of a run's release, in order.

        Raises:
            IntegrityError: They are not where the ledger says.
        """
        found = [self._record(place) for place in run.outcomes]
        if any((record.run, record.type) != (run.run, EventType.OUTCOME_RECORDED) for record in found):
            raise _elsewhere(run)
        return found

    def _record(self, place: Place) -> SealedRecord:
        _, line = next(lines(self.folder, place), (place, b""))
        link = read_link(line)
        if link is None:
            raise IntegrityError(f"the audit log was changed: what was in segment {place.segment} is missing")
        return sealed(line, link.seq)


def open_history(folder: str | Path) -> History:
    """Return the runs of a log: by its index if that can be believed, else by following the whole chain.

    Raises:
        UsageError: There is no log, or a record is of a type or version that this release does not know.
        IntegrityError: A record was changed, dropped, swapped or inserted, or the log is shorter than its index.
    """
    root = Path(folder)
    known, found = index.load(root), segments(root)
    water, marks = Watermark(load_checkpoint(root)), _marks(found)
    ready = known or just_followed.recall(root)
    if ready is not None and believed(ready, marks, root, water):
        return History(root, ready.ledger)
    ledger, at, whole = Ledger(), "", True
    for step in steps(lines(root), strict=False):
        if water.may_be_set_aside(step, ledger.head.records) or water.never_began(
            step, ledger.head.records, alone=_is_all(found, step.line)
        ):
            whole = False
            break
        if isinstance(step.result, ChainFault):
            raise broken(step.result)
        ledger.take(step.result, step.line, step.place)
        water.passed(ledger, Place(step.place.segment, step.place.offset + len(step.line)))
        at = noted(known, step.result) or at
    index.check_continues(known, ledger.head, at)
    water.reached(ledger.head.records)
    if whole:
        just_followed.keep(root, marks, ledger, water.marked)
    return History(root, ledger)


def _is_all(files: Sequence[Path], line: bytes) -> bool:
    return len(files) == 1 and files[0].stat().st_size == len(line)


def believed(known: index.Index, marks: Sequence[index.Mark], folder: Path, water: Watermark) -> bool:
    """Return whether the ledger of an index can stand for the log, so that the log need not be read from its start.

    Every segment is the file that it was, the log itself leads back through its runs, and on from its checkpoint. What
    others know leads to the checkpoint too.
    """
    return (
        known.holds(marks)
        and all(leads_on(folder, each, water.own, known.marked, known.ledger, known.pins) for each in water.beyond_own)
        and vouched(folder, known.ledger)
        and locks_vouched(folder, known.ledger)
        and follows(folder, water.own, known.marked, known.ledger)
    )


def noted(known: index.Index | None, link: ChainLink) -> str:
    """Return the hash of a record that stands where the index knows the last one; else nothing."""
    return link.hash if known is not None and link.seq == known.ledger.head.records - 1 else ""


def _marks(files: Sequence[Path]) -> tuple[index.Mark, ...]:
    try:
        return index.marks_of(files)
    except OSError:
        return ()


def _elsewhere(run: Run) -> IntegrityError:
    return IntegrityError(f"the records of the run {run.run} are not where the log's index says")
