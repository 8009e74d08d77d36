"""A fixed assessment has one digest, recorded here: on every Python, in every locale, zone and hash seed."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from gonogo.model.assessment import Assessment, Clock, EngineMode, EvidenceOrigin, Purpose, RunKind
from gonogo.model.canonical import read_json
from gonogo.model.decision import Blocker, Condition, Decision, DomainDecision, Request, WaiverReview
from gonogo.model.evidence import Attested, Basis, Evidence, EvidenceSet, Gap, GapReason, Source, Subject
from gonogo.model.fact import FactType
from gonogo.model.finding import ComparisonReading, FactReading, Finding, Outcome, Status
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan, Approval, Waiver

RECORDED = "830379d5f33d19a0fe3909368cf885da0eef4e8ab97965a1a2db72e5fc19fff7"
"""Digest of :func:`assessment`. It changes only when what a digest covers changes, and then CHANGELOG.md says so."""

EASTERN = timezone(timedelta(hours=-4))
NOW = datetime(2027, 4, 19, 12, tzinfo=EASTERN)
SOURCE = Source(binding="roster", locator="evidence/roster.csv, 1,462 rows", sha256=("a" * 64,))


def evidence(fact: str, kind: FactType, value: object, **more: object) -> Evidence:
    """Return evidence of Friday morning."""
    plain = {"as_of": NOW - timedelta(days=3, hours=4), "basis": Basis.MEASURED, "source": SOURCE}
    return Evidence(**(plain | {"fact": fact, "type": kind, "value": value} | more))


def answers() -> EvidenceSet:
    """Return one evidence of every type, one from counts, one stated, and a gap."""
    stated = Attested(person="kirsch", role="customer.functional_lead", on=date(2027, 4, 15), evidence="minutes 12")
    return EvidenceSet(
        evidence=(
            evidence("a.flag", FactType.BOOLEAN, True),
            evidence("a.count", FactType.INTEGER, 2**53 - 1, unit="people"),
            evidence("a.days", FactType.DECIMAL, Decimal("-2.50"), unit="working days"),
            evidence("a.ratio", FactType.RATIO, Decimal("0.666666666666666667"), part=2, whole=3),
            evidence("a.cost", FactType.MONEY, Decimal("1204.10"), unit="USD"),
            evidence("a.word", FactType.TEXT, 'signé ☂ \u2028 \\"', basis=Basis.STATED, attested=(stated,)),
            evidence("a.held", FactType.INSTANT, NOW, subject=Subject(program="harborline", build="4f2a9c1")),
        ),
        gaps=(Gap(fact="b.late", reason=GapReason.STALE, detail="It is 9 days old.", binding="roster"),),
    )


def findings() -> tuple[Finding, ...]:
    """Return a finding that is met and one that is unknown."""
    reading = FactReading(fact="a.ratio", shown="66.7%", basis=Basis.MEASURED, as_of=NOW, age_days=3, source="roster")
    compared = ComparisonReading(
        text="a.ratio >= low", left="66.7%", operator=">=", right="60%", outcome=Outcome.MET, margin="+6.7 points"
    )
    met = Finding(
        criterion="workforce.training.completion",
        title="People are trained",
        domain=Domain.WORKFORCE,
        severity=Severity.MANDATORY,
        status=Status.MET,
        sentence="Met.",
        facts=(reading,),
        comparisons=(compared,),
        owner="customer.functional_lead",
    )
    unknown = Finding(
        criterion="system.testing.executed",
        title="Tests were run",
        domain=Domain.SYSTEM,
        severity=Severity.CONDITIONAL,
        status=Status.UNKNOWN,
        sentence="Unknown.",
        facts=(FactReading(fact="b.late", gap=answers().gaps[0]),),
        owner="provider.technical_lead",
        remedy="Run them.",
    )
    return (met, unknown)


def decision() -> Decision:
    """Return a decision that uses every field."""
    plan = ActionPlan(criterion="system.testing.executed", owner="Ada", action="Run them.", due=date(2027, 5, 3))
    return Decision(
        verdict=Verdict.CONDITIONAL_GO,
        without_waivers=Verdict.NO_GO,
        judged=Verdict.NO_GO,
        domains=(DomainDecision(domain=Domain.SYSTEM, verdict=Verdict.CONDITIONAL_GO, due=1, answered=0, met=0),),
        blockers=(Blocker(criterion=None, domain=Domain.PROGRAM, why="Nothing was judged.", missing_evidence=True),),
        conditions=(Condition(criterion="system.testing.executed", why="Unknown.", waiver="W-1", plan=plan),),
        waivers=(WaiverReview(id="W-1", criterion="system.testing.executed", counted=True, why="It counts."),),
        requests=(
            Request(
                to="provider.technical_lead",
                binding="sit",
                cause=GapReason.STALE,
                facts=("b.late",),
                criteria=("system.testing.executed",),
                mandatory=0,
                sentence="Ask.",
            ),
        ),
        valid_until=NOW + timedelta(hours=6),
    )


def assessment() -> Assessment:
    """Return the assessment whose digest is recorded."""
    approval = Approval(person="osei", role="customer.executive_sponsor", on=date(2027, 4, 16))
    return Assessment(
        kind=RunKind.of(
            Purpose.DECISION, clock=Clock.INJECTED, evidence=EvidenceOrigin.COLLECTED, engine=EngineMode.BOTH
        ),
        program=ProgramIdentity(
            id="harborline",
            customer="Harborline Ferry Authority",
            provider="Meridian Shared Services",
            time_zone="America/New_York",
            closures=(date(2027, 4, 30),),
        ),
        release=Release(
            id="r1", go_live=datetime(2027, 5, 3, 6, tzinfo=EASTERN), subjects={"commit": "4f2a9c1", "artifact": "x"}
        ),
        now=NOW,
        milestone="T-14",
        ruleset="m3-baseline@1.0.0",
        ruleset_sha256="b" * 64,
        vocabulary_sha256="c" * 64,
        evidence=answers(),
        waivers=(
            Waiver(
                id="W-1",
                criterion="system.testing.executed",
                requested_by="kirsch",
                approved_by=(approval,),
                expires_on=date(2027, 5, 31),
            ),
        ),
        plans=(ActionPlan(criterion="system.testing.executed"),),
        findings=findings(),
        decision=decision(),
    )


def test_the_digest_is_the_recorded_one():
    """Run on 3.11, 3.12 and 3.13 this proves that a record made on one is verified on the others."""
    assert assessment().sha256 == RECORDED


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/New_York", "PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda surroundings: " ".join(surroundings),
)
def test_the_surroundings_do_not_change_it(surroundings, tmp_path):
    """Hash seed, locale, time zone, working folder, optimization: none of them is evidence."""
    code = "import runpy, sys; print(runpy.run_path(sys.argv[1])['assessment']().sha256)"

    done = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).resolve())],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if not key.startswith(("LC_", "PYTHON"))} | surroundings,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == RECORDED


def test_an_assessment_read_back_from_its_bytes_is_the_same():
    """A person who has the bytes has the assessment."""
    whole = assessment()

    again = Assessment.from_document(read_json(whole.canonical()))

    assert again == whole
    assert again.sha256 == RECORDED


@pytest.mark.parametrize(
    "changes",
    [
        {"now": NOW + timedelta(microseconds=1)},
        {"milestone": "T-5"},
        {"ruleset_sha256": "d" * 64},
        {"waivers": ()},
        {"findings": findings()[::-1]},
        {"evidence": EvidenceSet(evidence=answers().evidence)},
        {"decision": decision().model_copy(update={"verdict": Verdict.GO})},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_any_change_shows(changes):
    """A digest that overlooks a field vouches for what it never saw."""
    assert assessment().model_copy(update=changes).sha256 != RECORDED


def test_one_moment_in_two_zones_is_one_assessment():
    """A colleague on the other coast gets the same digest."""
    assert assessment().model_copy(update={"now": NOW.astimezone(UTC)}).sha256 == RECORDED
