"""Recorded runs as they are compared, made of model classes."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gonogo.comparison.snapshot import Snapshot
from gonogo.model.assessment import Purpose, RunEnvelope, RunKind
from gonogo.model.collected import CollectorFinished
from gonogo.model.decision import Blocker, Condition, Decision, DomainDecision, Request, WaiverReview
from gonogo.model.evidence import Attested, Basis, Evidence, Gap, GapReason, Source, Subject
from gonogo.model.fact import FactType
from gonogo.model.finding import ComparisonReading, FactReading, Finding, Outcome, Status
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.record import DecisionMade, RunStarted
from gonogo.model.reply import Beside, Failure, InputRead, LeftAside
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan, Approval, Waiver

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
CRITERION = "system.defects.open"


def evidence(value: Any = 0, *, days: int = 1, sha: str = "a", **more: Any) -> Evidence:
    fields: dict[str, Any] = {
        "fact": "defects.critical_open",
        "type": FactType.INTEGER,
        "unit": "defects",
        "value": value,
        "as_of": NOW - timedelta(days=days),
        "basis": Basis.MEASURED,
        "source": Source(binding="tracker", locator="defects.csv, 40 rows", sha256=(sha * 64,)),
    }
    return Evidence(**(fields | more))


def source(sha: str = "a", *, answered: int = 1, failed: str = "", **more: Any) -> CollectorFinished:
    return CollectorFinished(
        binding=more.pop("binding", "tracker"),
        collector="table:table",
        level="L1",
        declared=more.pop("declared", 1),
        answered=answered,
        inputs=() if failed else (InputRead(name="file", path="defects.csv", size=9, sha256=sha * 64),),
        failure=Failure(reason=GapReason.MALFORMED, detail=failed) if failed else None,
        **more,
    )


def judged(value: int, *, limit: int = 0, status: Status | None = None, **more: Any) -> Finding:
    """The finding that at most ``limit`` defects are open."""
    met = value <= limit
    fields: dict[str, Any] = {
        "criterion": CRITERION,
        "title": "No critical defect is open",
        "domain": Domain.SYSTEM,
        "severity": Severity.MANDATORY,
        "status": status or (Status.MET if met else Status.NOT_MET),
        "sentence": f"It stands at {value} defects, 1 day old.",
        "facts": (
            FactReading(
                fact="defects.critical_open",
                shown=f"{value} defects",
                basis=Basis.MEASURED,
                as_of=NOW - timedelta(days=1),
                age_days=1,
                source="defects.csv",
                stale_at=NOW + timedelta(days=6),
            ),
        ),
        "comparisons": (
            ComparisonReading(
                text="defects.critical_open <= max_open",
                left=f"{value} defects",
                operator="<=",
                right=f"{limit} defects",
                outcome=Outcome.MET if met else Outcome.NOT_MET,
                margin=f"{limit - value} defects",
            ),
        ),
        "owner": "provider.technical_lead",
        "remedy": "" if met else "Close them.",
        "due_from": "T-30",
    }
    return Finding(**(fields | more))


def snapshot(
    findings: Sequence[Finding] = (),
    *,
    verdict: Verdict = Verdict.NO_GO,
    answers: Sequence[Evidence | Gap] = (),
    collectors: Sequence[CollectorFinished] = (),
    waivers: Sequence[Waiver] = (),
    plans: Sequence[ActionPlan] = (),
    requirements: dict[str, str] | None = None,
    started: dict[str, Any] | None = None,
    reviews: Sequence[WaiverReview] = (),
    **decided: Any,
) -> Snapshot:
    first: dict[str, Any] = {
        "kind": RunKind(purpose=Purpose.PROGRESS),
        "program": ProgramIdentity(id="p", customer="NIWA", provider="CFSC", time_zone="America/New_York"),
        "release": Release(id="R1", go_live=NOW + timedelta(days=14), subjects={"commit": "4f9f2a8"}, window="60 h"),
        "now": NOW,
        "milestone": "T-14",
        "ruleset": "m3@1",
        "ruleset_sha256": "1" * 64,
        "vocabulary_sha256": "2" * 64,
        "envelope": RunEnvelope(run="r", version="0.1.0", python="3.11.7", started=NOW),
        "program_sha256": "3" * 64,
        "people_sha256": "4" * 64,
    }
    decision: dict[str, Any] = {
        "verdict": verdict,
        "without_waivers": verdict,
        "judged": verdict,
        "waivers": tuple(reviews),
        "domains": (DomainDecision(domain=Domain.SYSTEM, verdict=verdict, due=1, answered=1, met=0),),
    }
    return Snapshot(
        started=RunStarted(**(first | (started or {}))),
        collectors=tuple(collectors),
        answers={entry.fact: entry for entry in answers},
        findings=tuple(findings),
        made=DecisionMade(
            decision=Decision(**(decision | decided)), digest="5" * 64, waivers=tuple(waivers), plans=tuple(plans)
        ),
        requirements=requirements or {},
    )


def whole() -> Snapshot:
    """A run in which every part of the record says something."""
    gap = Gap(fact="ato.signed", reason=GapReason.MISSING, detail="No file.", binding="ato", sources=("ato.yaml",))
    signed = Finding(
        criterion="operations.ato",
        title="Signed",
        domain=Domain.OPERATIONS,
        severity=Severity.CONDITIONAL,
        status=Status.UNKNOWN,
        sentence="Unknown: no file, 3 days old.",
        facts=(FactReading(fact="ato.signed", gap=gap, source="ato.yaml"),),
        owner="customer.executive_sponsor",
        remedy="Sign it.",
        due_from="T-14",
    )
    waiver = Waiver(
        id="W-1",
        criterion=CRITERION,
        reason="Moved.",
        residual_risk="medium",
        compensating_control="By hand.",
        owner="provider.technical_lead",
        requested_by="ann",
        approved_by=(Approval(person="bob", role="customer.executive_sponsor", on=date(2027, 4, 1)),),
        expires_on=date(2027, 6, 1),
        release="R1",
    )
    plan = ActionPlan(criterion="operations.ato", owner="ann", action="Get it signed", due=date(2027, 4, 27))
    stated = Attested(
        person="ann", role="customer.executive_sponsor", on=date(2027, 4, 1), prepared_by="bob", evidence="x"
    )
    return snapshot(
        findings=(judged(2), signed),
        verdict=Verdict.CONDITIONAL_GO,
        answers=(
            evidence(
                2,
                open_items=("D-1", "D-2"),
                open_left_out=1,
                subject=Subject(program="p", build="b"),
                attested=(stated,),
            ),
            evidence("0.5", fact="sit.ratio", type=FactType.RATIO, unit="", part=1, whole=2),
            gap,
        ),
        collectors=(
            source(
                distribution="gonogo 0.1.0",
                beside=(Beside(path="defects-19.csv", than="defects-18.csv", by="date"),),
                left_out=(LeftAside(path="defects (1).csv", reason="A copy."),),
            ),
            source(binding="ato", answered=0, failed="No file."),
        ),
        waivers=(waiver,),
        plans=(plan,),
        blockers=(Blocker(criterion=CRITERION, domain=Domain.SYSTEM, why="2 are open, 1 day old."),),
        conditions=(Condition(criterion="operations.ato", why="Unknown.", plan=plan),),
        reviews=reviewed(True),
        valid_until=NOW + timedelta(days=3),
        remark="It comes early.",
        requests=(
            Request(
                to="customer.executive_sponsor",
                binding="ato",
                cause=GapReason.MISSING,
                facts=("ato.signed",),
                criteria=("operations.ato",),
                mandatory=0,
                sentence="Ask for it.",
            ),
        ),
    )


def reviewed(counted: bool, why: str = "It covers the open criterion until 2027-06-01.") -> tuple[WaiverReview, ...]:
    return (WaiverReview(id="W-1", criterion=CRITERION, counted=counted, why=why),)


class Makers:
    """The builders, for tests."""

    now = NOW
    criterion = CRITERION
    evidence = staticmethod(evidence)
    source = staticmethod(source)
    judged = staticmethod(judged)
    reviewed = staticmethod(reviewed)
    whole = staticmethod(whole)
    of: Callable[..., Snapshot] = staticmethod(snapshot)


@pytest.fixture
def made() -> type[Makers]:
    """What builds snapshots and their parts."""
    return Makers
