"""Standing holds as reasons against a decision: what is on blocks, and says whether evidence or merit is lacking."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from gonogo.core.hold import hold_blockers, with_holds
from gonogo.core.scope import scope_of
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Number, Span
from gonogo.model.finding import Finding, Status
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import HOLD_SOURCE, Criterion, DecisionPolicy, Domain, Parameter, Ruleset, Rung, Severity

GO_LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")


@pytest.mark.parametrize(
    ("status", "blocks"),
    [
        (Status.MET, []),
        (Status.NOT_MET, [("A standing hold is on: The line is down.", False)]),
        (Status.UNKNOWN, [("A standing hold is on: The line is down.", True)]),
    ],
)
def test_a_hold_that_failed_is_not_one_that_nobody_could_answer(status, blocks):
    """Page one says `evidence missing` of the one and `not met` of the other; the next step differs."""
    hold = Finding(
        criterion="operations.line.up",
        title="The line is up",
        domain=Domain.OPERATIONS,
        severity=Severity.MANDATORY,
        status=status,
        sentence="The line is down.",
        owner="provider.technical_lead",
    )

    assert [(each.why, each.missing_evidence) for each in hold_blockers([hold])] == blocks


@pytest.mark.parametrize(("days", "value"), [(30, 5), (15, 5), (14, 9), (0, 9)])
def test_a_hold_asks_for_what_is_in_force_today_whatever_is_adopted(days, value):
    """A looser value of later would take a hold off too early; no adoption puts a hold off."""
    rungs = tuple(
        Rung(milestone=name, value=Number(Fraction(each), False, Span(0, 1)))
        for name, each in (("T-30", 5), ("T-14", 9))
    )
    hold = Criterion(
        id="operations.line.up", title="T", statement="s", why="w", severity=Severity.ADVISORY, max_age_s=86400,
        require=parse_requirement("line.faults <= p"), parameters=(Parameter(name="p", ladder=rungs),), remedy="r",
        owner="provider.technical_lead", attest=("provider.technical_lead",), source=HOLD_SOURCE,
    )  # fmt: skip
    policy = DecisionPolicy(milestones=("T-30", "T-14", "T-0"), holds=(hold,))
    ruleset = Ruleset(name="r", version="1", title="t", criteria=(), policy=policy, material_sha256="0" * 64)
    release = Release(id="R1", go_live=GO_LIVE)
    scope = scope_of(ruleset, IDENTITY, release=release, now=GO_LIVE - timedelta(days=days), adopt=())

    (case,) = with_holds(scope, ruleset, identity=IDENTITY, release=release).cases

    assert (case.skipped, case.shadow, case.parameters["p"].value) == (None, None, value)
