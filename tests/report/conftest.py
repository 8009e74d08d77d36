"""Runs as they are recorded: GO, CONDITIONAL GO, and two NO-GOs, made of model classes and really sealed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gonogo.audit.chain import ChainHead, read_link, seal
from gonogo.audit.events import check, event
from gonogo.model.assessment import (
    Assessment,
    Clock,
    EngineMode,
    EvidenceOrigin,
    Purpose,
    RunEnvelope,
    RunKind,
)
from gonogo.model.base import Frozen
from gonogo.model.collected import CollectorFinished
from gonogo.model.decision import Blocker, Condition, Decision, DomainDecision, Request, WaiverReview
from gonogo.model.event import AuditEvent, EventType, SealedRecord
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import ComparisonReading, FactReading, Finding, Outcome, Status
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.record import DecisionMade, LogOpened, MaterialRecorded, RunFinished, RunStarted
from gonogo.model.reply import Failure, InputRead
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan, Approval, Waiver

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
GO_LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
TRAINING = "workforce.training.completion"
BATCH = "system.test.batch_window"
CARDS = "system.interfaces.tested"
GAP = Gap(
    fact="training.completed_ratio",
    reason=GapReason.MALFORMED,
    detail="roster.csv is not UTF-8 at byte 17.",
    binding="training",
    sources=("evidence/workforce/roster.csv",),
)


@dataclass(frozen=True)
class Recorded:
    """One run before it is sealed, so that a test can change any part of it."""

    assessment: Assessment
    collectors: tuple[CollectorFinished, ...]
    envelope: RunEnvelope
    exit_code: int
    accepted: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    def events(self) -> list[AuditEvent]:
        """Every event of the run in order."""
        it, run = self.assessment, self.envelope.run
        digest = it.sha256
        started = RunStarted(
            kind=it.kind,
            program=it.program,
            release=it.release,
            now=it.now,
            milestone=it.milestone,
            ruleset=it.ruleset,
            ruleset_sha256=it.ruleset_sha256,
            vocabulary_sha256=it.vocabulary_sha256,
            envelope=self.envelope,
            file_system="ext4",
        )
        material = MaterialRecorded(
            kind="ruleset",
            name=it.ruleset,
            sha256=it.ruleset_sha256,
            document={"criteria": [{"id": TRAINING, "m3_ref": "P4-06"}]},
        )
        made = DecisionMade(decision=it.decision, digest=digest, waivers=it.waivers, plans=it.plans)
        finished = RunFinished(
            verdict=it.decision.verdict, exit_code=self.exit_code, digest=digest, accepted_conditional=self.accepted
        )
        parts: list[tuple[EventType, Frozen]] = [
            (EventType.RUN_STARTED, started),
            (EventType.MATERIAL_RECORDED, material),
            *((EventType.COLLECTOR_FINISHED, reply) for reply in self.collectors),
            *((EventType.EVIDENCE_ADMITTED, entry) for entry in it.evidence.evidence),
            *((EventType.GAP_RECORDED, entry) for entry in it.evidence.gaps),
            *((EventType.CRITERION_JUDGED, entry) for entry in it.findings),
            (EventType.DECISION_MADE, made),
            (EventType.RUN_FINISHED, finished),
        ]
        return [event(kind, value, run=run) for kind, value in parts]

    def with_assessment(self, **changes: Any) -> "Recorded":
        return replace(self, assessment=self.assessment.model_copy(update=changes))


def sealed(*groups: Sequence[AuditEvent]) -> list[SealedRecord]:
    """Seal the events of a whole log."""
    opened = event(EventType.LOG_OPENED, LogOpened(log="log-1", version="0.1.0", file_system="ext4"))
    head, records = ChainHead(), []
    for entry in (opened, *(entry for group in groups for entry in group)):
        check(entry)
        record, line = seal(entry, seq=head.records, prev=head.hash, ts=NOON + timedelta(minutes=5))
        link = read_link(line)
        assert link is not None
        head = head.after(link)
        records.append(record)
    return records


def reading(fact: str, shown: str, *, age: int = 4, basis: Basis = Basis.MEASURED) -> FactReading:
    return FactReading(
        fact=fact,
        shown=shown,
        basis=basis,
        as_of=NOON - timedelta(days=age),
        age_days=age,
        source="evidence/workforce/roster.csv, 1,462 rows",
        stale_at=NOON + timedelta(days=7 - age),
    )


def finding(criterion: str, status: Status, severity: Severity = Severity.MANDATORY, **more: Any) -> Finding:
    words = {Status.MET: "Met", Status.NOT_MET: "Not met", Status.UNKNOWN: "Unknown"}.get(status, "Not due before T-5")
    fields: dict[str, Any] = {
        "criterion": criterion,
        "title": f"The title of {criterion.rpartition('.')[2].replace('_', ' ')}",
        "domain": Domain(criterion.partition(".")[0]),
        "severity": severity,
        "status": status,
        "sentence": f"{words}: 93.2% is at least 85%; measured from evidence/workforce/roster.csv, 4 days old.",
        "owner": "customer.functional_lead",
        "remedy": "Run make-up sessions for the units at the bottom of the roster." if status.open else "",
        "due_from": "T-5" if status is Status.NOT_DUE else None,
    }
    return Finding(**(fields | more))


def training(status: Status) -> Finding:
    if status is Status.UNKNOWN:
        return finding(
            TRAINING,
            status,
            title="People are trained before they are given the new system",
            sentence="Unknown: training.completed_ratio is malformed (roster.csv is not UTF-8 at byte 17).",
            facts=(FactReading(fact=GAP.fact, gap=GAP, source="evidence/workforce/roster.csv"),),
            comparisons=(
                ComparisonReading(
                    text="training.completed_ratio >= min_completion", operator=">=", outcome=Outcome.UNKNOWN
                ),
            ),
        )
    return finding(
        TRAINING,
        status,
        title="People are trained before they are given the new system",
        facts=(reading("training.completed_ratio", "93.2% (1,363 of 1,462)"),),
        comparisons=(
            ComparisonReading(
                text="training.completed_ratio >= min_completion",
                left="93.2%",
                operator=">=",
                right="85%",
                outcome=Outcome.MET if status is Status.MET else Outcome.NOT_MET,
                margin="+8.2%",
            ),
        ),
    )


def rows(findings: Sequence[Finding], verdicts: dict[Domain, Verdict]) -> tuple[DomainDecision, ...]:
    found = []
    for domain in Domain:
        judged = [entry for entry in findings if entry.domain is domain and entry.status.judged]
        found.append(
            DomainDecision(
                domain=domain,
                verdict=verdicts.get(domain, Verdict.GO),
                due=len(judged),
                answered=sum(entry.status is not Status.UNKNOWN for entry in judged),
                met=sum(entry.status is Status.MET for entry in judged),
            )
        )
    return tuple(found)


def recorded(
    findings: Sequence[Finding],
    *,
    verdict: Verdict,
    without: Verdict,
    domains: dict[Domain, Verdict] | None = None,
    gaps: tuple[Gap, ...] = (),
    waivers: tuple[Waiver, ...] = (),
    plans: tuple[ActionPlan, ...] = (),
    run: str = "run-1",
    marking: str = "",
    exit_code: int = 0,
    kind: RunKind | None = None,
    **decided: Any,
) -> Recorded:
    evidence = Evidence(
        fact="training.completed_ratio",
        type=FactType.RATIO,
        value="0.932284541723666211",
        part=1363,
        whole=1462,
        as_of=NOON - timedelta(days=4),
        basis=Basis.MEASURED,
        source=Source(binding="training", locator="evidence/workforce/roster.csv, 1,462 rows", sha256=("a" * 64,)),
    )
    note = Evidence(
        fact="cutover.note",
        type=FactType.TEXT,
        value="signed",
        as_of=NOON - timedelta(days=1),
        basis=Basis.STATED,
        source=Source(binding="statements", locator="evidence/attestations.yaml, row 3"),
    )
    admitted = (note,) if gaps else (note, evidence)
    return Recorded(
        assessment=Assessment(
            kind=kind
            or RunKind.of(
                Purpose.DECISION, clock=Clock.INJECTED, evidence=EvidenceOrigin.COLLECTED, engine=EngineMode.BOTH
            ),
            program=ProgramIdentity(
                id="harborline",
                title="Harborline",
                customer="National Inland Waterways Administration",
                provider="Consolidated Financial Services Center",
                time_zone="America/New_York",
                marking=marking,
            ),
            release=Release(
                id="R1",
                go_live=GO_LIVE,
                window="60 hours from Friday 18:00",
                scope="twelve services",
                subjects={"commit": "4f9f2a8", "artifact": "keelfin-27.4"},
            ),
            now=NOON,
            milestone="T-14",
            ruleset="m3-baseline@1.0.0",
            ruleset_sha256="1" * 64,
            vocabulary_sha256="2" * 64,
            evidence=EvidenceSet(evidence=admitted, gaps=gaps),
            waivers=waivers,
            plans=plans,
            findings=tuple(findings),
            decision=Decision(
                verdict=verdict,
                without_waivers=without,
                judged=without,
                domains=rows(findings, domains or {}),
                valid_until=NOON + timedelta(days=3),
                **decided,
            ),
        ),
        collectors=(
            CollectorFinished(
                binding="training",
                collector="table:table",
                distribution="gonogo 0.1.0",
                level="L1",
                declared=1,
                answered=0 if gaps else 1,
                inputs=(InputRead(name="file", path="evidence/workforce/roster.csv", size=88210, sha256="a" * 64),),
                failure=Failure(reason=GapReason.MALFORMED, detail="roster.csv is not UTF-8 at byte 17.")
                if gaps
                else None,
            ),
        ),
        envelope=RunEnvelope(
            run=run,
            version="0.1.0",
            python="3.11.7",
            started=NOON + timedelta(minutes=4),
            engine_version="durable-rules 2.0.28",
            isolation="L1",
        ),
        exit_code=exit_code,
    )


OTHERS = (
    finding("program.ims.critical_path_float", Status.MET),
    finding("system.security.ato", Status.MET),
    finding("operations.cutover.rehearsal", Status.MET),
    finding("operations.helpdesk.ready", Status.NOT_DUE, Severity.ADVISORY),
    finding("program.releases.notices", Status.NOT_APPLICABLE, Severity.CONDITIONAL),
    finding("workforce.unions.notified", Status.NOT_ADOPTED, Severity.CONDITIONAL),
)
WAIVER = Waiver(
    id="W-003",
    criterion=CARDS,
    reason="The purchase card issuer moved its test window to 2027-05-10.",
    residual_risk="medium",
    compensating_control="Daily statement file keyed by two staff, control total check.",
    owner="customer.technical_lead",
    requested_by="brandvold",
    approved_by=(
        Approval(person="osei", role="customer.executive_sponsor", on=date(2027, 4, 16)),
        Approval(person="farrant", role="provider.executive_sponsor", on=date(2027, 4, 16)),
    ),
    expires_on=date(2027, 6, 2),
)
IDLE_WAIVER = WAIVER.model_copy(update={"id": "W-001", "criterion": "system.security.ato"})
PLAN = ActionPlan(
    criterion=BATCH,
    owner="provider.technical_lead",
    action="Split the allocation job and rerun the simulated close",
    due=date(2027, 4, 27),
)


@pytest.fixture
def go() -> Recorded:
    return recorded((training(Status.MET), *OTHERS), verdict=Verdict.GO, without=Verdict.GO)


@pytest.fixture
def conditional() -> Recorded:
    cards = finding(CARDS, Status.NOT_MET, sentence="Not met: 22 of 23 interfaces are proven, 23 are needed.")
    batch = finding(BATCH, Status.NOT_MET, Severity.CONDITIONAL, sentence="Not met: the close uses 91% of its window.")
    run = recorded(
        (training(Status.MET), cards, batch, *OTHERS),
        verdict=Verdict.CONDITIONAL_GO,
        without=Verdict.NO_GO,
        domains={Domain.SYSTEM: Verdict.CONDITIONAL_GO},
        waivers=(WAIVER, IDLE_WAIVER),
        plans=(PLAN,),
        exit_code=3,
        marking="CUI//SP-PRVCY",
        conditions=(
            Condition(criterion=CARDS, why=cards.sentence, waiver="W-003"),
            Condition(criterion=BATCH, why=batch.sentence, plan=PLAN),
        ),
    )
    reviews = (
        WaiverReview(id="W-003", criterion=CARDS, counted=True, why="It covers the open criterion until 2027-06-02."),
        WaiverReview(
            id="W-001",
            criterion="system.security.ato",
            counted=False,
            why="It changes nothing: the criterion is not open.",
        ),
    )
    return run.with_assessment(decision=run.assessment.decision.model_copy(update={"waivers": reviews}))


@pytest.fixture
def gaps_only() -> Recorded:
    """NO-GO, and nothing failed on merit."""
    unknown = training(Status.UNKNOWN)
    return recorded(
        (unknown, *OTHERS),
        verdict=Verdict.NO_GO,
        without=Verdict.NO_GO,
        domains={Domain.WORKFORCE: Verdict.NO_GO},
        gaps=(GAP,),
        exit_code=1,
        only_evidence_missing=True,
        blockers=(Blocker(criterion=TRAINING, domain=Domain.WORKFORCE, why=unknown.sentence, missing_evidence=True),),
        requests=(
            Request(
                to="customer.functional_lead",
                binding="training",
                cause=GapReason.MALFORMED,
                facts=("training.completed_ratio",),
                criteria=(TRAINING,),
                mandatory=1,
                sentence="Ask the customer's functional lead to repair training (evidence/workforce/roster.csv): "
                "it closes 1 mandatory criterion.",
            ),
        ),
    )


@pytest.fixture
def no_go() -> Recorded:
    """NO-GO on merit, with a cap that is exceeded."""
    failed = training(Status.NOT_MET)
    batch = finding(BATCH, Status.NOT_MET, Severity.CONDITIONAL)
    return recorded(
        (failed, batch, *OTHERS),
        verdict=Verdict.NO_GO,
        without=Verdict.NO_GO,
        domains={Domain.WORKFORCE: Verdict.NO_GO, Domain.SYSTEM: Verdict.NO_GO},
        exit_code=1,
        kind=RunKind(purpose=Purpose.DECISION),
        blockers=(
            Blocker(criterion=TRAINING, domain=Domain.WORKFORCE, why=failed.sentence),
            Blocker(criterion=BATCH, domain=Domain.SYSTEM, why=f"{batch.sentence} It blocks because it has no plan."),
            Blocker(domain=Domain.SYSTEM, why="4 conditional criteria are open in system; the policy allows 3."),
            Blocker(why="9 conditional criteria are open in all; the policy allows 8."),
        ),
    )


@pytest.fixture
def every_run(go: Recorded, conditional: Recorded, gaps_only: Recorded, no_go: Recorded) -> dict[str, Recorded]:
    return {"go": go, "conditional": conditional, "gaps_only": gaps_only, "no_go": no_go}


@pytest.fixture
def seal_log() -> Callable[..., list[SealedRecord]]:
    return sealed
