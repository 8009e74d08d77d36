"""The records of a log, one line each, for people and for other tools."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from gonogo.audit.chain import Break, ChainFault
from gonogo.audit.history import open_history
from gonogo.audit.ledger import Run, sealed
from gonogo.audit.reading import broken, lines, steps
from gonogo.errors import UsageError
from gonogo.report.record_line import record_line
from gonogo.workflow.publishing import log_folder


def shown_records(
    place: Path, *, run: str | None = None, kinds: Collection[str] = (), as_json: bool = False
) -> Iterator[str]:
    """Iterate the records of a log as lines.

    Args:
        place: Folder of the program, or of the log.
        run: Only the records of this run: its id, the beginning of it, or ``last``; finished or not.
        kinds: Only these types; all where empty.
        as_json: The lines as they are in the log, in place of short ones.

    Raises:
        UsageError: There is no log, or no such run, or a record is of a type that this release does not know.
        IntegrityError: A record was changed, dropped, swapped or inserted: raised after those that are sound.
    """
    folder = log_folder(place)
    wanted = None if run is None else _meant(folder, run).run
    for line, _, found in steps(lines(folder)):
        if isinstance(found, ChainFault):
            if found.kind is Break.TORN:  # what a crash leaves, or a run that is being recorded
                return
            raise broken(found)
        if (wanted is None or found.run == wanted) and (not kinds or found.type in kinds):
            yield line.decode().rstrip("\n") if as_json else record_line(sealed(line, found.seq))


def _meant(folder: Path, wanted: str) -> Run:
    runs = open_history(folder).runs
    found = runs[-1:] if wanted == "last" else [run for run in runs if run.run.startswith(wanted)]
    exact = [run for run in found if run.run == wanted] or list(found)
    if not exact:
        raise UsageError(f"the audit log has no run {wanted}", hint="`gonogo log verify` lists the runs")
    if len(exact) > 1:
        raise UsageError(f"{len(exact)} runs begin with {wanted}", hint=f"give more of it, such as {exact[-1].run}")
    return exact[0]
