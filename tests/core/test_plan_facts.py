"""Facts about action plans come from the plans of the run: counted, never stated, each day below, at and above."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gonogo.core.paper_facts import PlansOfRun, plan_values, with_plan_facts
from gonogo.model.computed_facts import PLAN_FACTS, PLANS_ACTIVE, PLANS_INCOMPLETE, PLANS_LATEST, PLANS_PAST_DUE
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.waiver import ActionPlan

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
TODAY = date(2027, 4, 19)
GO_LIVE = date(2027, 5, 3)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="r1", go_live=datetime(2027, 5, 3, 10, tzinfo=UTC))


def plan(**more: Any) -> ActionPlan:
    """A complete plan."""
    given: dict[str, Any] = {"criterion": "system.test.sit_exit", "owner": "osei", "action": "Retest.", "due": GO_LIVE}
    return ActionPlan(**(given | more))


def values(*plans: ActionPlan, now: datetime = NOW) -> dict[str, int]:
    return dict(plan_values(PlansOfRun(plans, IDENTITY, RELEASE, now)))


def test_a_run_without_plans_has_none_and_no_end():
    """A clean program is not troubled."""
    assert values() == {PLANS_ACTIVE: 0, PLANS_INCOMPLETE: 0, PLANS_PAST_DUE: 0, PLANS_LATEST: 0}


@pytest.mark.parametrize(
    ("now", "active"),
    [
        (NOW, 1),
        (datetime(2027, 4, 20, 3, 59, 59, tzinfo=UTC), 1),
        (datetime(2027, 4, 20, 4, 0, tzinfo=UTC), 0),
    ],
)
def test_a_plan_is_past_due_once_its_day_is_over(now: datetime, active: int):
    """The due day counts whole, in the program's time zone."""
    found = values(plan(due=TODAY), now=now)

    assert (found[PLANS_ACTIVE], found[PLANS_PAST_DUE]) == (active, 1 - active)


@pytest.mark.parametrize("more", [{"owner": ""}, {"action": ""}, {"due": None}, {"unreadable": "the cell D3"}])
def test_a_plan_that_lacks_a_part_is_incomplete_and_nothing_else(more: dict[str, Any]):
    """Nobody knows what was promised, so it is no active plan."""
    assert values(plan(**more)) == {PLANS_ACTIVE: 0, PLANS_INCOMPLETE: 1, PLANS_PAST_DUE: 0, PLANS_LATEST: 0}


@pytest.mark.parametrize(("days", "latest"), [(-1, 0), (0, 0), (1, 1), (45, 45)])
def test_the_latest_due_day_is_counted_from_go_live(days: int, latest: int):
    """What is due before go-live leaves nothing for later."""
    assert values(plan(due=GO_LIVE + timedelta(days=days)), plan(due=TODAY))[PLANS_LATEST] == latest


def declared(kind: FactType = FactType.INTEGER) -> Vocabulary:
    unit = "plans" if kind is FactType.INTEGER else ""
    return Vocabulary(
        facts=tuple(
            FactDeclaration(name=name, type=kind, unit=unit, meaning="A count.", question="Nobody is asked.")
            for name in sorted(PLAN_FACTS)
        )
    )


def answered(found: EvidenceSet, vocabulary: Vocabulary) -> EvidenceSet:
    return with_plan_facts(found, PlansOfRun((plan(owner=""),), IDENTITY, RELEASE, NOW), vocabulary)


def test_what_anybody_else_says_is_replaced():
    """A statement that every plan is complete completes none."""
    stated = Evidence(
        fact=PLANS_INCOMPLETE,
        type=FactType.INTEGER,
        unit="plans",
        value=0,
        as_of=NOW,
        basis=Basis.STATED,
        source=Source(binding="statements", locator="s.yaml"),
    )
    found = answered(EvidenceSet(evidence=(stated,)), declared())

    assert isinstance(found[PLANS_INCOMPLETE], Evidence)
    assert (found[PLANS_INCOMPLETE].value, found[PLANS_INCOMPLETE].source.binding) == (1, "gonogo")
    assert found[PLANS_INCOMPLETE].source.locator == "the action plans of this run: system.test.sit_exit"
    assert isinstance(found[PLANS_ACTIVE], Gap)  # no criterion asks for it


def test_a_vocabulary_that_declares_another_type_gets_a_gap():
    """A count is no share."""
    asked = EvidenceSet(gaps=(Gap(fact=PLANS_ACTIVE, reason=GapReason.UNASKED, detail="Nobody."),))
    found = answered(asked, declared(FactType.RATIO))[PLANS_ACTIVE]

    assert isinstance(found, Gap)
    assert (found.reason, found.detail) == (
        GapReason.WRONG_TYPE,
        "The action plans give it as an integer, and the vocabulary declares ratio.",
    )


def test_a_fact_that_the_vocabulary_lacks_stays_as_it_came():
    """A name is computed only where a vocabulary declares what it counts."""
    asked = EvidenceSet(gaps=(Gap(fact=PLANS_ACTIVE, reason=GapReason.UNASKED, detail="Nobody."),))

    assert answered(asked, Vocabulary(facts=())) == asked


def test_gonogo_computes_all_of_them():
    """So no binding answers for one, and nobody is asked."""
    assert all(declared().computed(name) for name in PLAN_FACTS)
