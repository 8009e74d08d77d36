"""A drill from beginning to end: copy, rehearse, plant each class and rehearse again, record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gonogo.audit.events import event
from gonogo.audit.log import AuditLog
from gonogo.drill.defect import Defect, NotPlanted, Stage
from gonogo.drill.kinds.stages import prepare
from gonogo.drill.rehearsal import Rehearser, sentence_of
from gonogo.drill.scratch_copy import ScratchCopy
from gonogo.drill.site import TargetProgram
from gonogo.drill.traces import row_of
from gonogo.errors import GonogoError
from gonogo.model.drill import DrillOutcome, DrillResult, DrillRow
from gonogo.model.event import EventType
from gonogo.plugin.inputs.scratch_folder import scratch_folder
from gonogo.program.program_file import load_program
from gonogo.version import VERSION
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order

OnRow = Callable[[DrillRow], None]


@dataclass(frozen=True, slots=True)
class DrillOrder:
    """A drill as asked for.

    Attributes:
        program: Folder of the program, or its ``gonogo.yaml``.
        defects: The classes to plant.
        release: Id of the release; needed where the program has several.
        as_of: The moment at which every rehearsal judges; None for now.
    """

    program: Path
    defects: Sequence[Defect]
    release: str | None = None
    as_of: datetime | None = None


def drill(order: DrillOrder, *, on_row: OnRow = lambda _: None) -> DrillResult:
    """Plant every class in a copy of the program, and record what became of each.

    The program's own folder is read, and nothing is written there but one record of the log, at the end.

    Args:
        order: What is asked for.
        on_row: Gets each row as soon as it is known.

    Raises:
        GonogoError: The program reaches no verdict as it stands, or the result cannot be recorded.
    """
    now = order.as_of or datetime.now(UTC)
    loaded = load(Order(program=order.program, release=order.release))
    with scratch_folder() as folder:
        copy = ScratchCopy(load_program(order.program), folder)
        drilled = _Drill(copy, release=loaded.release.id, now=now)
        before = drilled.site(Stage.AS_IT_STANDS).known
        rows = []
        for defect in order.defects:
            rows.append(drilled.row(defect))
            on_row(rows[-1])
    result = DrillResult(
        program=loaded.program.identity.id,
        release=loaded.release.id,
        now=now,
        version=VERSION,
        ruleset=before.started.ruleset,
        program_sha256=loaded.program.digest(),
        verdict=before.made.decision.verdict,
        passed=not any(row.outcome.failed for row in rows),
        rows=tuple(rows),
    )
    _record(loaded, result)
    return result


def _record(loaded: LoadedProgram, result: DrillResult) -> None:
    with AuditLog.open(loaded.root / loaded.program.log) as log:
        log.append([event(EventType.DRILL_FINISHED, result)], checkpoint=True)


class _Drill:
    """A copy, and what it looks like at each stage before it is harmed, seen when it is first needed."""

    def __init__(self, copy: ScratchCopy, *, release: str, now: datetime) -> None:
        self._copy, self._release, self._now = copy, release, now
        self._rehearser = Rehearser(copy, release=release, now=now)
        self._sites: dict[Stage, TargetProgram] = {}

    def site(self, stage: Stage) -> TargetProgram:
        """Return the program as it is at a stage that the copy has been brought to."""
        if stage not in self._sites:
            before = self._rehearser.unharmed()
            loaded = load(Order(program=self._copy.root, release=self._release))
            self._sites[stage] = TargetProgram(self._copy, loaded, before, self._now)
        return self._sites[stage]

    def row(self, defect: Defect) -> DrillRow:
        """Plant a defect and say what became of it; the copy is whole again afterwards."""
        with self._copy.changes():
            try:
                prepare(defect.stage, self.site(Stage.AS_IT_STANDS))
                site = self.site(defect.stage)
                planted = defect.plant(site)
                row = row_of(defect, planted, site.before, self._rehearser.harmed(planted))
            except NotPlanted as why:
                row = _unplanted(defect, str(why))
            except GonogoError as error:
                row = _unplanted(defect, f"made ready for it, the program reaches no verdict: {sentence_of(error)}")
            except (LookupError, OSError, TypeError, ValueError) as error:
                row = _unplanted(defect, f"the drill does not know how to here ({type(error).__name__}: {error})")
            return self._without_the_folder(row)

    def _without_the_folder(self, row: DrillRow) -> DrillRow:
        """Return a row whose paths begin in the program's folder: that of the copy is gone, and another each time."""
        return row.model_copy(update={"sentence": row.sentence.replace(f"{self._copy.root}/", "")})


def _unplanted(defect: Defect, why: str) -> DrillRow:
    sentence = f"Not planted: {why.removesuffix('.')}."
    return DrillRow(id=defect.id, title=defect.title, outcome=DrillOutcome.NOT_PLANTED, sentence=sentence)
