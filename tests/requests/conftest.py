"""A program of which three people owe something, as values: for the formats."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gonogo.core.due import earliest, last_moment
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.people import Side
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath, ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, Severity
from gonogo.requests.addressee import Addressee, Requests
from gonogo.requests.outstanding import OutstandingFact
from gonogo.requests.outstanding_papers import OutstandingPaper

NOW = datetime(2027, 4, 12, 16, tzinfo=UTC)
IDENTITY = ProgramIdentity(
    id="harborline",
    title="Harborline",
    customer="NIWA",
    provider="CFSC",
    time_zone="America/New_York",
    marking="CUI//SP-PRVCY",
)
RELEASE = Release(id="R1", go_live=datetime(2027, 5, 3, 10, tzinfo=UTC))
DECISION = last_moment(IDENTITY, RELEASE, date(2027, 4, 19))
WEEK = 7 * 86400
ROSTER = Binding(
    id="training",
    plugin="table",
    side=Side.CUSTOMER,
    producer="Training office",
    inputs=(InputPath(name="file", paths=("evidence/training_*.csv",), as_of=AsOf(rule=AsOfRule.DOCUMENT)),),
)
HOSTILE = '=HYPERLINK("http://x") ##vso[task] \u202eevil'


def criterion(name: str, severity: Severity = Severity.MANDATORY) -> Criterion:
    return Criterion(
        id=name,
        title=f"Title of {name}",
        statement="s",
        why="w",
        severity=severity,
        require=parse_requirement("training.completed_ratio >= 95%"),
        max_age_s=WEEK,
        owner="customer.functional_lead",
        attest=("customer.functional_lead",),
        remedy="r",
        source=("x",),
    )


def fact(
    name: str,
    *,
    gap: Gap | None,
    binding: Binding | None = ROSTER,
    age: int = WEEK,
    waits: str = "workforce.training.completion",
) -> OutstandingFact:
    return OutstandingFact(
        fact=name,
        criteria=(criterion(waits),),
        gap=gap,
        stale_at=None if gap else DECISION + timedelta(days=2),
        for_decision=gap is not None,
        decision_from=earliest(DECISION, age),
        go_live_from=earliest(RELEASE.go_live, age),
        binding=binding,
        attest=("customer.functional_lead",),
    )


@pytest.fixture
def owed() -> Requests:
    """Tom owes a roster and a plan, nobody holds the risk manager's seat, Ada renews a file for go-live."""
    stale = Gap(
        fact="training.completed_ratio", reason=GapReason.STALE, detail="It held on 1 March.", binding="training"
    )
    unasked = Gap(fact="risk.open", reason=GapReason.UNASKED, detail=HOSTILE)
    plan = OutstandingPaper(
        "action plan", "", criterion("workforce.survey", Severity.CONDITIONAL), "It has no owner.", ("x",)
    )
    return Requests(
        program=IDENTITY,
        release=RELEASE,
        now=NOW,
        decision=DECISION,
        vocabulary=Vocabulary(
            facts=(
                FactDeclaration(
                    name="training.completed_ratio", type=FactType.RATIO, meaning="m", question="What share completed?"
                ),
                FactDeclaration(
                    name="risk.open", type=FactType.INTEGER, unit="risks", meaning="m", question="How many?"
                ),
                FactDeclaration(
                    name="ims.float", type=FactType.DECIMAL, unit="days", meaning="m", question="How many?"
                ),
            )
        ),
        occasion="T-14",
        basis="From evidence that was collected for this.",
        addressees=(
            Addressee(
                "reyes",
                "Tom Reyes",
                ("customer.functional_lead",),
                (fact("training.completed_ratio", gap=stale),),
                (plan,),
            ),
            Addressee(
                None,
                "the customer's risk manager",
                ("customer.risk_manager",),
                (fact("risk.open", gap=unasked, binding=None, age=12 * 3600),),
            ),
            Addressee("kirsch", "Ada Kirsch", (), (fact("ims.float", gap=None),)),
        ),
    )


@pytest.fixture
def mixed(owed: Requests) -> Requests:
    """Tom owes three facts of one roster to two criteria with other ages, and a fourth and fifth that nobody asked."""

    def gone(name: str) -> Gap:
        return Gap(fact=name, reason=GapReason.MISSING, detail="It is blank.", binding="training")

    def unasked(name: str) -> Gap:
        return Gap(fact=name, reason=GapReason.UNASKED, detail="No binding.")

    facts = (
        fact("training.one", gap=gone("training.one")),
        fact("training.two", gap=gone("training.two"), waits="workforce.later", age=4 * WEEK),
        fact("training.three", gap=gone("training.three")),
        fact("desk.one", gap=unasked("desk.one"), binding=None, waits="operations.desk"),
        fact("desk.two", gap=unasked("desk.two"), binding=None, waits="operations.desk"),
    )
    return replace(owed, addressees=(Addressee("reyes", "Tom Reyes", ("customer.functional_lead",), facts, ()),))


@pytest.fixture
def nothing(owed: Requests) -> Requests:
    """A program for which nobody owes anything."""
    return replace(owed, addressees=())
