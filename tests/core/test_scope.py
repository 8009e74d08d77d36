"""Which criteria are not asked, and why: what is not adopted, what is set aside, what is not due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gonogo.core.scope import scope_of
from gonogo.language.expression import parse_requirement
from gonogo.model.finding import Outcome, Status
from gonogo.model.judgement import Past
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, DecisionPolicy, NotApplicable, Ruleset, Severity

IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
GO_LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
SET_ASIDE = NotApplicable(reason="One site.", approved_by="Jo")
NAME = "system.a.b"


def case(*, adopt: tuple[str, ...] | None = None, record: Any = None, **more: Any) -> Any:
    criterion = Criterion(
        id=NAME, title="T", statement="s", why="w", severity=Severity.MANDATORY, require=parse_requirement("a.x"),
        max_age_s=86400, owner="customer.pmo_lead", attest=("customer.pmo_lead",), remedy="r", source=("x",), **more,
    )  # fmt: skip
    policy = DecisionPolicy(milestones=("T-30", "T-0"))
    ruleset = Ruleset(name="r", version="1", title="t", criteria=(criterion,), policy=policy, material_sha256="0" * 64)
    now = GO_LIVE - timedelta(days=10)
    release = Release(id="R1", go_live=GO_LIVE)
    (found,) = scope_of(ruleset, IDENTITY, release=release, now=now, adopt=adopt, record=record or {}).cases
    return found


@pytest.mark.parametrize(
    ("adopt", "more", "skipped"),
    [
        (None, {}, None),
        ((NAME,), {}, None),
        ((), {}, Status.NOT_ADOPTED),
        (("system.other",), {"not_applicable": SET_ASIDE}, Status.NOT_ADOPTED),
        (None, {"not_applicable": SET_ASIDE}, Status.NOT_APPLICABLE),
        (None, {"not_applicable": SET_ASIDE, "due_from": "T-0"}, Status.NOT_APPLICABLE),
        (None, {"due_from": "T-0"}, Status.NOT_DUE),
        (None, {"due_from": "T-30"}, None),
    ],
)
def test_a_criterion_that_is_not_asked_says_why(adopt: Any, more: dict[str, Any], skipped: Status | None):
    """*Not due* of what nobody adopted would promise a question that never comes."""
    assert case(adopt=adopt, **more).skipped is skipped


def test_each_criterion_has_its_own_record():
    """Another one's history proves nothing of it."""
    past = (Past(GO_LIVE - timedelta(days=20), Outcome.MET),)

    assert case(record={NAME: past}).record == past
    assert case(record={"system.other": past}).record == ()
