"""The closed list of audit events: each type, the document that it carries, and whether it belongs to a run.

``audit`` refuses to seal a document of another shape, ``report`` reads nothing else. Where an event carries a value of
the model as it is (evidence, gap, finding), that value's own class is its shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal

from pydantic import Field

from gonogo.model.acceptance import Acceptance, AcceptanceReview
from gonogo.model.assessment import Purpose, RunEnvelope, RunKind
from gonogo.model.base import Frozen, Identifier, Instant, OneLine, Sha256
from gonogo.model.collected import CollectorFinished
from gonogo.model.decision import Decision
from gonogo.model.drill import DrillResult
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.finding import Finding
from gonogo.model.lock import LockRecorded
from gonogo.model.log_upkeep import BlobRemoved, CheckpointSigned, SegmentOpened
from gonogo.model.origin import RuleOrigin
from gonogo.model.outcome import OutcomeRecorded
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.run_by import RunBy
from gonogo.model.upgrade import UpgradeCompared
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan, Waiver


class EventType(StrEnum):
    """Every event of version 1."""

    LOG_OPENED = "log.opened"
    RUN_STARTED = "run.started"
    MATERIAL_RECORDED = "material.recorded"
    UPGRADE_COMPARED = "upgrade.compared"
    COLLECTOR_FINISHED = "collector.finished"
    EVIDENCE_ADMITTED = "evidence.admitted"
    GAP_RECORDED = "gap.recorded"
    CRITERION_JUDGED = "criterion.judged"
    ACCEPTANCE_COUNTED = "acceptance.counted"
    ACCEPTANCE_REFUSED = "acceptance.refused"
    DECISION_MADE = "decision.made"
    RUN_FINISHED = "run.finished"
    RUN_ABORTED = "run.aborted"
    LOG_REPAIRED = "log.repaired"
    CLOCK_REGRESSED = "clock.regressed"
    REPORT_RENDERED = "report.rendered"
    OUTCOME_RECORDED = "outcome.recorded"
    BLOB_REMOVED = "blob.removed"
    CHECKPOINT_SIGNED = "checkpoint.signed"
    SEGMENT_OPENED = "segment.opened"
    DRILL_FINISHED = "drill.finished"
    LOCK_RECORDED = "lock.recorded"


class _OnTheLine(Frozen):
    """A document with a key that means something else on a value: it is given and written under the key's name."""

    def document(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_none=True, by_alias=True)


class LogOpened(Frozen):
    """``log.opened``, the first record of every log.

    Attributes:
        log: Id of the log, for ever.
        version: Version of gonogo that made it.
        file_system: Type of the file system that it lies on; ``unknown`` where the host cannot tell.
    """

    log: Identifier
    version: OneLine
    file_system: str = ""


class RunStarted(Frozen):
    """``run.started``: what is assessed, when, and by which rules. Attributes as in ``Assessment``.

    Attributes:
        file_system: Type of the file system that the log lies on.
        program_sha256: Digest of what ``gonogo.yaml`` says; None in records of earlier versions.
        people_sha256: Digest of the people register; None in records of earlier versions.
        origin: Whose rules they are; None in records of earlier versions.
        who: Who ran it and where, as the environment declares it; None where it says nothing.
        signed_by: Id of the key that signs the checkpoint over the run; None where nobody signs.
        trust_sha256: Digest of the trust file and the keys in it; None where the program names none.
        lock_sha256: Digest of the lock that the log knew; None where it knew none.
    """

    kind: RunKind
    program: ProgramIdentity
    release: Release
    now: Instant
    milestone: str | None = None
    hold_point: Identifier | None = None
    ruleset: OneLine
    ruleset_sha256: Sha256
    vocabulary_sha256: Sha256
    envelope: RunEnvelope
    file_system: str = ""
    program_sha256: Sha256 | None = None
    people_sha256: Sha256 | None = None
    origin: RuleOrigin | None = None
    who: RunBy | None = None
    signed_by: Sha256 | None = None
    trust_sha256: Sha256 | None = None
    lock_sha256: Sha256 | None = None


class MaterialRecorded(_OnTheLine):
    """``material.recorded``: a ruleset, vocabulary or program as it was read, once for each digest.

    Of the people register only ids, seats and days are kept (``Seats``), under the digest of the whole.

    Attributes:
        kind: What it is.
        name: ``name@version``, or the program's id.
        sha256: The digest by which runs name it.
        content: The material itself; ``document`` on the line.
        settings: Of a program whose sources keep their bytes: by binding, its settings as JSON text in the order in
            which they were written, where the line sorts them otherwise; absent in earlier records.
    """

    kind: Literal["ruleset", "vocabulary", "program", "people"]
    name: OneLine
    sha256: Sha256
    content: dict[str, Any] = Field(alias="document")
    settings: dict[Identifier, str] | None = None


class DecisionMade(_OnTheLine):
    """``decision.made``: the verdict, with what people accepted and promised.

    Attributes:
        decision: The verdict and every reason.
        assessment: Digest of the assessment, ``digest`` on the line; a report recomputes it from the records.
        waivers: All waivers that were submitted.
        plans: All action plans that were submitted.
        acceptances: All acceptances that were submitted; absent where there are none.
    """

    decision: Decision
    assessment: Sha256 = Field(alias="digest")
    waivers: tuple[Waiver, ...] = ()
    plans: tuple[ActionPlan, ...] = ()
    acceptances: tuple[Acceptance, ...] | None = None


class Earlier(Frozen):
    """The ``run.finished`` before this one in the log.

    Attributes:
        segment: Number of its segment, from 1.
        offset: Where its line begins in the segment, in bytes.
        seq: Its number.
        hash: Its hash.
    """

    segment: int = Field(ge=1)
    offset: int = Field(ge=0)
    seq: int = Field(ge=0)
    hash: Sha256


class RunFinished(_OnTheLine):
    """``run.finished``: the last record of a run that reached a verdict.

    The log itself adds what leads from the newest run back to the first without reading what lies between; records of
    earlier versions have none of it.

    Attributes:
        verdict: As decided.
        exit_code: What the process ends with.
        assessment: Digest of the assessment; ``digest`` on the line.
        accepted_conditional: Whether ``--accept conditional`` made a CONDITIONAL GO exit 0.
        first: Number of the run's first record.
        purpose: Decision, progress or rehearsal.
        program: Id of the program.
        release: Id of the release.
        now: Moment of the assessment.
        earlier: The ``run.finished`` before it; None for the first of a log.
    """

    verdict: Verdict
    exit_code: int = Field(ge=0, le=5)
    assessment: Sha256 = Field(alias="digest")
    accepted_conditional: bool = False
    first: int | None = Field(default=None, ge=0)
    purpose: Purpose | None = None
    program: Identifier | None = None
    release: Identifier | None = None
    now: Instant | None = None
    earlier: Earlier | None = None


class RunAborted(Frozen):
    """``run.aborted``: the run ended without a verdict."""

    why: OneLine


class LogRepaired(Frozen):
    """``log.repaired``: an unfinished last record was moved out of the log.

    Attributes:
        bytes: How many bytes were moved.
        sha256: Their digest.
        quarantine: Name of the file in ``quarantine/`` that holds them.
    """

    bytes: int = Field(ge=1)
    sha256: Sha256
    quarantine: OneLine


class ClockRegressed(Frozen):
    """``clock.regressed``: the host's clock is behind the last record by more than a second.

    Attributes:
        last: Time of the last record; records keep it until the clock catches up.
        host: What the host's clock says.
    """

    last: Instant
    host: Instant


class ReportRendered(Frozen):
    """``report.rendered``: a report was made of a run.

    Attributes:
        format: Name of the format.
        sha256: Digest of its bytes.
        redaction: What was left out; ``none`` when nothing was.
        version: Version of gonogo that rendered it; distribution and version where a plugin did.
    """

    format: OneLine
    sha256: Sha256
    redaction: str = "none"
    version: OneLine


@dataclass(frozen=True, slots=True)
class EventShape:
    """What one event type carries.

    Attributes:
        data: Class of its document; nothing missing, nothing extra.
        of_run: Whether it names a run; the others are about the log itself.
    """

    data: type[Frozen]
    of_run: bool = True


SHAPES: Final[dict[EventType, EventShape]] = {
    EventType.LOG_OPENED: EventShape(LogOpened, of_run=False),
    EventType.RUN_STARTED: EventShape(RunStarted),
    EventType.MATERIAL_RECORDED: EventShape(MaterialRecorded),
    EventType.UPGRADE_COMPARED: EventShape(UpgradeCompared),
    EventType.COLLECTOR_FINISHED: EventShape(CollectorFinished),
    EventType.EVIDENCE_ADMITTED: EventShape(Evidence),
    EventType.GAP_RECORDED: EventShape(Gap),
    EventType.CRITERION_JUDGED: EventShape(Finding),
    EventType.ACCEPTANCE_COUNTED: EventShape(AcceptanceReview),
    EventType.ACCEPTANCE_REFUSED: EventShape(AcceptanceReview),
    EventType.DECISION_MADE: EventShape(DecisionMade),
    EventType.RUN_FINISHED: EventShape(RunFinished),
    EventType.RUN_ABORTED: EventShape(RunAborted),
    EventType.LOG_REPAIRED: EventShape(LogRepaired, of_run=False),
    EventType.CLOCK_REGRESSED: EventShape(ClockRegressed, of_run=False),
    EventType.REPORT_RENDERED: EventShape(ReportRendered),
    EventType.OUTCOME_RECORDED: EventShape(OutcomeRecorded),
    EventType.BLOB_REMOVED: EventShape(BlobRemoved, of_run=False),
    EventType.CHECKPOINT_SIGNED: EventShape(CheckpointSigned, of_run=False),
    EventType.SEGMENT_OPENED: EventShape(SegmentOpened, of_run=False),
    EventType.DRILL_FINISHED: EventShape(DrillResult, of_run=False),
    EventType.LOCK_RECORDED: EventShape(LockRecorded, of_run=False),
}
