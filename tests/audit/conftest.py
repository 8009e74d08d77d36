"""Events and clocks for the audit tests."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gonogo.audit.events import event
from gonogo.audit.log import AuditLog
from gonogo.model.assessment import Assessment, Clock, EngineMode, EvidenceOrigin, Purpose, RunEnvelope, RunKind
from gonogo.model.decision import Blocker, Decision
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import Finding, Status
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.record import DecisionMade, RunFinished, RunStarted
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict

NOBODY = 65534
NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)


class HandClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def step(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "audit"


@pytest.fixture
def reader(tmp_path: Path) -> Callable[[], AbstractContextManager[None]]:
    """A way to be a user who is not root, and whose own every file below ``tmp_path`` is."""

    @contextmanager
    def as_reader() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        closed = {
            parent: parent.stat().st_mode for parent in tmp_path.parents if parent.stat().st_mode & 0o011 != 0o011
        }
        for entry in (tmp_path, *tmp_path.rglob("*")):
            os.chown(entry, NOBODY, -1)
        for parent, mode in closed.items():
            parent.chmod(mode | 0o011)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
            for parent, mode in closed.items():
                parent.chmod(mode)

    return as_reader


@pytest.fixture
def gap() -> Callable[..., AuditEvent]:
    """The smallest event of a run."""

    def make(detail: str = "Nobody asked.", run: str = "r1") -> AuditEvent:
        return event(
            EventType.GAP_RECORDED,
            Gap(fact="training.completed_ratio", reason=GapReason.UNASKED, detail=detail),
            run=run,
        )

    return make


@pytest.fixture
def started() -> Callable[..., AuditEvent]:
    def make(run: str = "r1") -> AuditEvent:
        return event(
            EventType.RUN_STARTED,
            RunStarted(
                kind=RunKind.of(
                    Purpose.DECISION, clock=Clock.SYSTEM, evidence=EvidenceOrigin.COLLECTED, engine=EngineMode.BOTH
                ),
                program=ProgramIdentity(
                    id="harborline", customer="NIWA", provider="CFSC", time_zone="America/New_York"
                ),
                release=Release(id="R1", go_live=NOON + timedelta(days=14)),
                now=NOON,
                milestone="T-14",
                ruleset="m3-baseline@1.0.0",
                ruleset_sha256="1" * 64,
                vocabulary_sha256="2" * 64,
                envelope=RunEnvelope(run=run, version="0.1.0", python="3.11.7", started=NOON),
            ),
            run=run,
        )

    return make


@pytest.fixture
def finished() -> Callable[..., AuditEvent]:
    def make(run: str = "r1") -> AuditEvent:
        return event(
            EventType.RUN_FINISHED,
            RunFinished(verdict=Verdict.NO_GO, exit_code=1, digest="3" * 64),
            run=run,
        )

    return make


@pytest.fixture
def written(
    folder: Path,
    clock: HandClock,
    started: Callable[..., AuditEvent],
    gap: Callable[..., AuditEvent],
    finished: Callable[..., AuditEvent],
) -> Path:
    """A log of one finished run: seven records."""
    with AuditLog.open(folder, clock=clock, new_id=lambda: "log-1", version="0.1.0") as log:
        log.append([started(), gap("a"), gap("b")])
        clock.step(1)
        log.append([gap("c"), gap("d"), finished()])
    return folder


@pytest.fixture
def assessed_log(tmp_path: Path, clock: HandClock) -> Path:
    """The log of one run that reached NO-GO."""
    return _write_run(tmp_path / "audit", clock, Verdict.NO_GO, exit_code=1)


@pytest.fixture
def log_of(tmp_path: Path, clock: HandClock) -> Callable[[Verdict, int], Path]:
    """The log of one run that ended with a verdict and an exit code."""
    return lambda verdict, code: _write_run(tmp_path / "audit", clock, verdict, exit_code=code)


def _write_run(folder: Path, clock: HandClock, verdict: Verdict, *, exit_code: int) -> Path:
    """Write a log of one run, with evidence, a gap and two findings, as the pipeline writes it."""
    decision = Decision(
        verdict=verdict,
        without_waivers=Verdict.NO_GO,
        judged=Verdict.NO_GO,
        domains=(),
        blockers=(Blocker(criterion="workforce.training.completion", why="It is not proved."),),
    )
    evidence = Evidence(
        fact="desk.open_posts",
        type=FactType.INTEGER,
        unit="posts",
        value=0,
        as_of=NOON,
        basis=Basis.MEASURED,
        source=Source(binding="desk", locator="desk.csv"),
    )
    missing = Gap(fact="training.completed_ratio", reason=GapReason.UNASKED, detail="Nobody asked — “nobody”.")
    findings = tuple(
        Finding(
            criterion=name,
            domain=Domain.WORKFORCE,
            severity=Severity.MANDATORY,
            title="A title",
            owner="customer.functional_lead",
            status=status,
            sentence="A sentence.",
        )
        for name, status in (
            ("workforce.training.completion", Status.UNKNOWN),
            ("workforce.desk.staffed", Status.MET),
        )
    )
    kind = RunKind.of(Purpose.DECISION, clock=Clock.SYSTEM, evidence=EvidenceOrigin.COLLECTED, engine=EngineMode.BOTH)
    assessment = Assessment(
        kind=kind,
        program=ProgramIdentity(id="harborline", customer="NIWA", provider="CFSC", time_zone="America/New_York"),
        release=Release(id="R1", go_live=NOON + timedelta(days=14)),
        now=NOON,
        milestone="T-14",
        ruleset="m3-baseline@1.0.0",
        ruleset_sha256="1" * 64,
        vocabulary_sha256="2" * 64,
        evidence=EvidenceSet(evidence=(evidence,), gaps=(missing,)),
        findings=findings,
        decision=decision,
    )
    started = RunStarted(
        **{name: getattr(assessment, name) for name in RunStarted.model_fields if name in Assessment.model_fields},
        envelope=RunEnvelope(run="r1", version="0.1.0", python="3.11.7", started=NOON),
    )
    made = DecisionMade(decision=decision, digest=assessment.sha256)
    ended = RunFinished(verdict=decision.verdict, exit_code=exit_code, digest=assessment.sha256)
    with AuditLog.open(folder, clock=clock, new_id=lambda: "log-1", version="0.1.0") as log:
        log.append(
            [
                event(EventType.RUN_STARTED, started, run="r1"),
                event(EventType.EVIDENCE_ADMITTED, evidence, run="r1"),
                event(EventType.GAP_RECORDED, missing, run="r1"),
                *(event(EventType.CRITERION_JUDGED, finding, run="r1") for finding in findings),
                event(EventType.DECISION_MADE, made, run="r1"),
                event(EventType.RUN_FINISHED, ended, run="r1"),
            ]
        )
    return folder
