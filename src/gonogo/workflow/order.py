"""What a run is asked to do, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gonogo.model.assessment import Assessment, EngineMode, Purpose
from gonogo.model.event import SealedRecord
from gonogo.model.outcome import DecisionWithOutcomes, OutcomeOfRun

if TYPE_CHECKING:
    from gonogo.comparison.compare import RunComparison
    from gonogo.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class Order:
    """One run as asked for.

    Attributes:
        program: Folder of the program, or its ``gonogo.yaml``.
        release: Id of the release; needed where the program has several.
        ruleset: Ruleset instead of the program's own: makes the run a rehearsal of that ruleset.
        as_of: Injected clock; None reads the host's.
        evidence: File of evidence lines in place of collecting.
        bundles: Evidence bundles of other jobs; what they hold is not collected here.
        engine: Both evaluators, or the reference alone.
        purpose: decision or progress.
        accept_conditional: Whether a CONDITIONAL GO may end the process with 0.
        hold_point: Id of the hold point of the cutover at which it is asked whether to go on or back; None for none.
        signer: Signs the checkpoint over the run; None leaves it unsigned.
    """

    program: Path
    release: str | None = None
    ruleset: str | None = None
    as_of: datetime | None = None
    evidence: Path | None = None
    bundles: tuple[Path, ...] = ()
    engine: EngineMode = EngineMode.BOTH
    purpose: Purpose = Purpose.DECISION
    accept_conditional: bool = False
    signer: Signer | None = None
    hold_point: str | None = None


@dataclass(frozen=True, slots=True)
class RunResult:
    """One run as recorded.

    Attributes:
        assessment: Everything that was judged, with its digest.
        run: Id of the run in the log.
        records: The records of this run, and those that a report of it needs beside them, as read back from disk.
        changes: Difference to the last recorded run of this release; None when there is no history.
        exit_code: What the process ends with.
        accepted_conditional: Whether a CONDITIONAL GO was let end with 0.
        log: Folder of the log.
        also: Other releases and programs that the log holds earlier runs of.
        decisions: The decisions of the program before it, with what became of each.
        older: How many decisions before those are not listed.
        set_back: How the release was held or rolled back before it and not deployed since.
    """

    assessment: Assessment
    run: str
    records: list[SealedRecord] = field(repr=False)
    changes: RunComparison | None
    exit_code: int
    accepted_conditional: bool
    log: Path
    also: tuple[str, ...] = ()
    decisions: tuple[DecisionWithOutcomes, ...] = ()
    older: int = 0
    set_back: tuple[OutcomeOfRun, ...] = ()
