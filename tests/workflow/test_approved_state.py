"""What was approved is what was recorded by then: read from the log, rehearsals aside."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gonogo.core.owed import APPROVAL
from gonogo.model.assessment import Purpose
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess
from gonogo.workflow.requesting import Asked, requests_for

PEOPLE = """\
  - {role: provider.executive_sponsor, person: bo.lind, name: Bo Lind}
"""
WAIVERS = """\
schema: 1
waivers:
  - id: W-1
    criterion: workforce.training.completion
    reason: Two units train after go-live.
    residual_risk: Slow work in two units.
    compensating_control: A trainer sits in each unit.
    owner: customer.functional_lead
    requested_by: tom.reyes
    approved_by:
      - {person: ada.kirsch, role: customer.executive_sponsor, on: "@TODAY@"}
      - {person: bo.lind, role: provider.executive_sponsor, on: "@TODAY@"}
    expires_on: 2099-12-31
"""


@pytest.fixture
def late(small_program):
    """A program of today with 10 of 100 people trained, and nothing waived yet."""
    small = small_program(now=datetime.now(UTC), trained=10)
    with (small.root / "people.yaml").open("a", encoding="utf-8") as people:
        people.write(PEOPLE)
    small.edit("gonogo.yaml", "people: people.yaml\n", "people: people.yaml\nwaivers: waivers.yaml\n")
    (small.root / "waivers.yaml").write_text("schema: 1\nwaivers: []\n", encoding="utf-8")
    return small


def ran(small, **more):
    return assess(Order(program=small.root, purpose=Purpose.PROGRESS, **more)).assessment.decision.waivers


def approve(small):
    today = datetime.now(UTC).astimezone(ZoneInfo("America/New_York")).date()
    (small.root / "waivers.yaml").write_text(WAIVERS.replace("@TODAY@", f"{today}"), encoding="utf-8")


def trained(small, number):
    [roster] = (small.root / "evidence").glob("training_*.csv")
    rows = "".join(f"P{n},{'done' if n < number else 'open'}\n" for n in range(100))
    roster.write_text(f"person,status\n{rows}", encoding="utf-8")


def test_an_approval_holds_for_the_recorded_state_and_for_a_better_one(late):
    """The sponsors saw 10 of 100; 20 of 100 is no reason to ask them again."""
    ran(late)
    approve(late)
    assert [one.counted for one in ran(late)] == [True]
    trained(late, 20)

    assert [one.counted for one in ran(late)] == [True]


def test_a_worse_state_lapses_it_and_a_second_run_of_the_day_does_not_bring_it_back(late):
    """Otherwise the first run's worse state would become what was approved."""
    ran(late)
    approve(late)
    trained(late, 5)

    for _ in range(2):
        (review,) = ran(late)
        assert review.counted is False
        assert "has lapsed: `training.completed_ratio >= min_completion` stood at 10%" in review.why


def test_a_rehearsal_is_no_history(late):
    """Trying something out approves nothing: the second state was rehearsed, the first one recorded."""
    ran(late)
    trained(late, 5)
    assess(Order(program=late.root, as_of=datetime.now(UTC)))
    approve(late)

    assert [one.counted for one in ran(late)] == [False]


def test_who_approved_what_got_worse_is_asked_to_approve_again(late):
    """The request is judged as the decision is: a lapsed waiver covers nothing, and its signers hear of it."""
    ran(late)
    approve(late)
    ran(late)
    asked = requests_for(Asked(program=late.root, from_log=True))
    assert not [paper for one in asked.addressees for paper in one.papers if paper.kind == APPROVAL]
    trained(late, 5)
    ran(late)

    asked = requests_for(Asked(program=late.root, from_log=True))

    again = {one.person: paper for one in asked.addressees for paper in one.papers if paper.kind == APPROVAL}
    assert sorted(again) == ["ada.kirsch", "bo.lind"]
    assert all("stood at 10%" in paper.why and "stands at 5% now" in paper.why for paper in again.values())
    owed = [work.criterion.id for one in asked.addressees for work in one.works]
    assert "workforce.training.completion" in owed
