"""The records of a log, for people and for other tools: one line each, facts that no source answers for on one line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from gonogo.audit.chain import Break, ChainFault
from gonogo.audit.history import open_history
from gonogo.audit.ledger import Run, sealed
from gonogo.audit.reading import broken, lines, steps
from gonogo.core.wording import listing
from gonogo.errors import UsageError
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.evidence import GapReason
from gonogo.report.record_line import record_line
from gonogo.workflow.publishing import log_folder

_FACTS: Final = (EventType.EVIDENCE_ADMITTED, EventType.GAP_RECORDED)
"""In the log by name, so that facts that nobody asked for are between those that have evidence."""


def shown_records(
    place: Path, *, run: str | None = None, kinds: Collection[str] = (), as_json: bool = False
) -> Iterator[str]:
    """Iterate the records of a log as lines.

    Args:
        place: Folder of the program, or of the log.
        run: Only the records of this run: its id, the beginning of it, or ``last``; finished or not.
        kinds: Only these types; all where empty.
        as_json: The lines as they are in the log, each of them, in place of short ones.

    Raises:
        UsageError: There is no log, or no such run, or a record is of a type that this release does not know.
        IntegrityError: A record was changed, dropped, swapped or inserted: raised after those that are sound.
    """
    folder = log_folder(place)
    wanted = None if run is None else _meant(folder, run).run
    unasked: list[SealedRecord] = []
    for line, _, found in steps(lines(folder)):
        if isinstance(found, ChainFault):
            yield from _unasked_line(unasked)
            if found.kind is Break.TORN:  # what a crash leaves, or a run that is being recorded
                return
            raise broken(found)
        if (wanted is not None and found.run != wanted) or (kinds and found.type not in kinds):
            continue
        if as_json:
            yield line.decode().rstrip("\n")
            continue
        record = sealed(line, found.seq)
        if unasked and not (record.run == unasked[0].run and record.type in _FACTS):
            yield from _unasked_line(unasked)
            unasked = []
        if record.type is EventType.GAP_RECORDED and record.data.get("reason") == GapReason.UNASKED:
            unasked.append(record)
        else:
            yield record_line(record)
    yield from _unasked_line(unasked)


def _unasked_line(records: list[SealedRecord]) -> Iterator[str]:
    """Yield one line for the facts of a run that no source answers for, at the place of the last of them."""
    if len(records) > 1:
        facts = [str(record.data["fact"]) for record in records]
        words = f"{len(facts)} facts that no source answers for, from record {records[0].seq} to here: {listing(facts)}"
        yield record_line(records[-1], words)
    else:
        yield from map(record_line, records)


def _meant(folder: Path, wanted: str) -> Run:
    runs = open_history(folder).runs
    found = runs[-1:] if wanted == "last" else [run for run in runs if run.run.startswith(wanted)]
    exact = [run for run in found if run.run == wanted] or list(found)
    if not exact:
        raise UsageError(f"the audit log has no run {wanted}", hint="`gonogo log verify` lists the runs")
    if len(exact) > 1:
        raise UsageError(f"{len(exact)} runs begin with {wanted}", hint=f"give more of it, such as {exact[-1].run}")
    return exact[0]
