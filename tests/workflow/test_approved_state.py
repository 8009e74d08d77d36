"""What was approved is what was recorded by then: read from the log, rehearsals aside."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.conftest import write_stated

from gonogo.model.assessment import Purpose
from gonogo.requests.outstanding_papers import APPROVAL
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess
from gonogo.workflow.requesting import RequestOrder, requests_for

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


TRAINING = """\
  - id: workforce.training.completion
    title: People are trained
    statement: Required learners have completed their courses.
    why: Seats booked are not people trained.
    severity: mandatory
    require: training.completed_ratio >= min_completion
    parameters: {min_completion: 60%}
    max_age: 7d
    owner: customer.functional_lead
    attest: [customer.executive_sponsor]
    waivable_by: [customer.executive_sponsor, provider.executive_sponsor]
    remedy: Run make-up sessions.
    source: [S1]
"""


def write_late(root):
    """A program of today with 10% of its people trained, as its sponsor states, and nothing waived yet."""
    small = write_stated(root, now=datetime.now(UTC))
    for file, old, new in (
        ("rules/facts.yaml", "{name: people.trained, type: boolean", "{name: training.completed_ratio, type: ratio"),
        ("gonogo.yaml", "people.trained: boolean", "training.completed_ratio: ratio"),
        ("gonogo.yaml", "people: people.yaml\n", "people: people.yaml\nwaivers: waivers.yaml\n"),
        (
            "evidence/statements.yaml",
            "{fact: people.trained, value: true",
            "{fact: training.completed_ratio, value: 10%",
        ),
    ):
        small.edit(file, old, new)
    rules = (root / "rules/ruleset.yaml").read_text(encoding="utf-8")
    start, end = rules.index("  - id: workforce.people.trained"), rules.index("  - id: operations.desk.staffed")
    (root / "rules/ruleset.yaml").write_text(rules[:start] + TRAINING + rules[end:], encoding="utf-8")
    (root / "rules/cases/all.yaml").write_text("schema: 1\ncases: []\n", encoding="utf-8")
    with (root / "people.yaml").open("a", encoding="utf-8") as people:
        people.write(PEOPLE)
    (root / "waivers.yaml").write_text("schema: 1\nwaivers: []\n", encoding="utf-8")
    return small


@pytest.fixture
def late(tmp_path):
    """See :func:`write_late`."""
    return write_late(tmp_path / "late")


def ran(small, **more):
    return assess(Order(program=small.root, purpose=Purpose.PROGRESS, **more)).assessment.decision.waivers


def approve(small):
    today = datetime.now(UTC).astimezone(ZoneInfo("America/New_York")).date()
    (small.root / "waivers.yaml").write_text(WAIVERS.replace("@TODAY@", f"{today}"), encoding="utf-8")


def trained(small, percent):
    path = small.root / "evidence/statements.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"completed_ratio, value: \d+%", f"completed_ratio, value: {percent}%", text), "utf-8")


def test_an_approval_holds_for_the_recorded_state_and_for_a_better_one(late):
    """The sponsors saw 10%; 20% is no reason to ask them again."""
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
        assert "has lapsed: `training.completed_ratio >= min_completion` was at 10%" in review.why


def test_a_rehearsal_is_no_history(late):
    """Trying something out approves nothing: the second state was rehearsed, the first one recorded."""
    ran(late)
    trained(late, 5)
    assess(Order(program=late.root, as_of=datetime.now(UTC)))
    approve(late)

    assert [one.counted for one in ran(late)] == [False]


@pytest.mark.parametrize(("seconds", "history"), [(-1, False), (0, True), (1, True)])
def test_a_run_that_is_later_than_the_moment_asked_for_is_no_history(late, seconds, history):
    """A look back at a moment knows what was recorded by then, and nothing of what came after it."""
    seen = assess(Order(program=late.root, purpose=Purpose.PROGRESS)).assessment.now
    approve(late)
    trained(late, 5)

    (review,) = assess(Order(program=late.root, as_of=seen + timedelta(seconds=seconds))).assessment.decision.waivers

    assert ("was at 10%" in review.why) is history, review.why


def test_who_approved_what_got_worse_is_asked_to_approve_again(late):
    """The request is judged as the decision is: a lapsed waiver covers nothing, and its signers hear of it."""
    ran(late)
    approve(late)
    ran(late)
    asked = requests_for(RequestOrder(program=late.root, from_log=True))
    assert not [paper for one in asked.addressees for paper in one.papers if paper.kind == APPROVAL]
    trained(late, 5)
    ran(late)

    asked = requests_for(RequestOrder(program=late.root, from_log=True))

    again = {one.person: paper for one in asked.addressees for paper in one.papers if paper.kind == APPROVAL}
    assert sorted(again) == ["ada.kirsch", "bo.lind"]
    assert all("was at 10%" in paper.why and "is now at 5%" in paper.why for paper in again.values())
    owed = [work.criterion.id for one in asked.addressees for work in one.works]
    assert "workforce.training.completion" in owed


def reworded(small, old, new):
    path = small.root / "waivers.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Slow work in two units.", "Nobody can work.", "residual risk was Slow work in two units."),
        ("A trainer sits in each unit.", "A leaflet is sent.", "compensating control was A trainer sits"),
        ("Two units train after go-live.", "All train after go-live.", "reason was Two units train after go-live."),
        ("customer.functional_lead", "provider.executive_sponsor", "owner was customer.functional_lead"),
        ("2027-12-31", "2028-01-01", "expiry date was 2027-12-31 and is now 2028-01-01"),
    ],
)
def test_signatures_do_not_cover_what_was_written_after_them(late, old, new, told):
    """Two sponsors signed one text; the clerk who keeps the file must not be able to make it another."""
    ran(late)
    approve(late)
    reworded(late, "2099-12-31", "2027-12-31")
    assert [one.counted for one in ran(late)] == [True]
    reworded(late, old, new)

    for _ in range(2):
        (review,) = ran(late)
        assert review.counted is False
        assert f"the waiver was rewritten: its {told}" in review.why


@pytest.mark.parametrize("expires", ["2027-12-30", "2027-12-31"])
def test_a_shorter_term_and_other_blanks_are_no_other_text(late, expires):
    """To accept a risk for a day less asks nobody anew."""
    ran(late)
    approve(late)
    reworded(late, "2099-12-31", "2027-12-31")
    ran(late)
    reworded(late, "2027-12-31", expires)
    reworded(late, "Slow work in two units.", "Slow  work in two units. ")

    assert [one.counted for one in ran(late)] == [True]


def test_a_draft_that_was_recorded_is_what_was_signed(late):
    """The run that everybody saw before they signed holds the text; what the file says afterwards does not."""
    approve(late)
    signed = (late.root / "waivers.yaml").read_text(encoding="utf-8")
    head, _, rest = signed.partition("    approved_by:\n")
    draft = head + "    approved_by: []\n" + rest[rest.index("    expires_on") :]
    (late.root / "waivers.yaml").write_text(draft, encoding="utf-8")
    ran(late)
    (late.root / "waivers.yaml").write_text(signed.replace("Slow work", "Little work"), encoding="utf-8")

    (review,) = ran(late)
    assert "its residual risk was Slow work in two units. and is now Little work" in review.why


def test_signatures_do_not_move_to_another_waiver(late):
    """A new id for a rewritten waiver would otherwise have no history to be compared with."""
    ran(late)
    approve(late)
    ran(late)
    reworded(late, "id: W-1", "id: W-2")
    assert [one.counted for one in ran(late)] == [True]
    reworded(late, "id: W-2", "id: W-3")
    reworded(late, "Slow work", "No work")

    (review,) = ran(late)
    assert "its residual risk was Slow work in two units. and is now No work" in review.why
