"""Hold points of a cutover: rungs after T-0, asked at their hour and never before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gonogo.cli import run
from gonogo.core.due import rung_days, rung_start
from gonogo.model.parameter import days_before, hold_point_of, hold_rung
from gonogo.model.program import HoldPoint, ProgramIdentity, Release
from gonogo.model.ruleset import DecisionPolicy

NAMES = ("freeze", "load", "ponr")
POLICY = DecisionPolicy(milestones=("T-5", "T-0"), hold_points=NAMES)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
GO_LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
FRIDAY, SATURDAY, SUNDAY = (GO_LIVE - timedelta(hours=hours) for hours in (56, 40, 11))
POINTS = tuple(HoldPoint(id=name, at=at) for name, at in zip(NAMES, (FRIDAY, SATURDAY, SUNDAY), strict=True))
RELEASE = Release(id="R1", go_live=GO_LIVE, hold_points=POINTS)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "rung"),
    [
        (FRIDAY - SECOND, "T-5"),
        (FRIDAY, "hold point 1 (freeze)"),
        (SATURDAY - SECOND, "hold point 1 (freeze)"),
        (SATURDAY, "hold point 2 (load)"),
        (SUNDAY, "hold point 3 (ponr)"),
        (GO_LIVE + timedelta(days=9), "hold point 3 (ponr)"),
    ],
)
def test_a_hold_point_is_reached_at_its_hour_and_is_past_t_0(now, rung):
    """On Friday night everything is asked that T-0 asks, although go-live is on Monday."""
    assert POLICY.in_force(rung_days(POLICY, IDENTITY, RELEASE, now)) == rung


def test_days_after_go_live_reach_no_hold_point():
    """A release without a weekend stays at T-0, however long it is in service."""
    plain = Release(id="R1", go_live=GO_LIVE)

    assert rung_days(POLICY, IDENTITY, plain, GO_LIVE + timedelta(days=9)) == 0
    assert POLICY.in_force(0) == "T-0"


def test_a_rung_begins_at_the_hour_of_its_hold_point():
    """That is until when an earlier verdict is valid."""
    assert rung_start(IDENTITY, RELEASE, hold_rung(3, "ponr")) == SUNDAY
    assert (days_before(hold_rung(3, "ponr")), hold_point_of("hold point 3 (ponr)"), hold_point_of("T-0")) == (
        -3,
        "ponr",
        None,
    )


@pytest.fixture
def weekend(small_program):
    """A program on its cutover weekend: two hold points, one of which changes a threshold."""
    small = small_program(trained=99)
    at = small.now + timedelta(days=13)
    hold = f"{{id: freeze, at: {at:%Y-%m-%dT%H:%M}Z}}, {{id: ponr, at: {at + timedelta(hours=12):%Y-%m-%dT%H:%M}Z}}"
    small.edit("gonogo.yaml", "subjects: {commit: build-7}}", f"subjects: {{commit: build-7}}, hold_points: [{hold}]}}")
    small.edit("rules/ruleset.yaml", "  milestones: [T-30, T-0]\n",
               "  milestones: [T-30, T-0]\n  hold_points: [ponr]\n")  # fmt: skip
    small.edit("rules/ruleset.yaml", "{T-30: 60%, T-0: 98%}", "{T-30: 60%, T-0: 98%, ponr: 100%}")
    small.edit("rules/ruleset.yaml", "max_age: 7d", "max_age: 60d")
    return small, at


def test_it_is_asked_from_its_hour_on_and_page_one_asks_the_question(weekend, capfd):
    """A minute too early is refused; at the hour it is judged, with hours left and what is known of going back."""
    small, at = weekend
    early, hour = (f"{moment:%Y-%m-%dT%H:%M}Z" for moment in (at - timedelta(minutes=1), at))

    assert run(["assess", str(small.root), "--as-of", early, "--hold-point", "freeze"]) == 2
    assert "so it is too early to ask" in " ".join(capfd.readouterr().err.split())
    assert run(["assess", str(small.root), "--as-of", hour, "--hold-point", "frieze"]) == 2
    assert "did you mean `freeze`?" in " ".join(capfd.readouterr().err.split())
    assert run(["assess", str(small.root), "--as-of", hour, "--hold-point", "freeze"]) == 0
    text = " ".join(capfd.readouterr().out.replace("\\", "").split())
    assert "Hold point freeze: go on or go back?" in text
    assert "hours are left until go-live" in text
    assert "How long rolling back takes was not measured." in text


def test_a_threshold_changes_at_the_hour_of_a_hold_point(weekend, capfd):
    """99% of the people are trained: enough at T-0, and not at the point of no return."""
    small, at = weekend
    before, then = (f"{at + timedelta(hours=12) - ahead:%Y-%m-%dT%H:%M:%S}Z" for ahead in (SECOND, timedelta(0)))

    assert run(["assess", str(small.root), "--as-of", before]) == 0
    assert run(["assess", str(small.root), "--as-of", then]) == 1
    assert "hold point 2" not in capfd.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("{id: ponr, at", "{id: ponor, at", "G143", "does not say when ponr is"),
        ("{id: ponr, at", "{id: freeze, at", "G123", "the hold point 'freeze' appears twice"),
        ("{id: ponr, at", "{id: ponr, att", "G110", "did you mean `at`?"),
        ("{id: freeze, at: 2027-05-02", "{id: freeze, at: 2027-05-04", "G126", "is not after 'freeze'"),
        ("{id: freeze, at: 2027", "{id: freeze, at: 2027-13", "G116", "is not an instant"),
    ],
)
def test_a_mistake_of_a_hold_point_is_told_at_its_place(weekend, capfd, old, new, code, words):
    """Missing, misspelt, out of order, of the wrong type."""
    small, _ = weekend
    small.edit("gonogo.yaml", old, new)

    assert run(["lint", str(small.root)]) == 2
    text = " ".join(capfd.readouterr().err.split())
    assert f"error[{code}]" in text
    assert words in text


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("ponr: 100%}", "ponor: 100%}", "G126"),
        ("{T-30: 60%, T-0: 98%, ponr: 100%}", "{T-30: 60%, ponr: 98%, T-0: 100%}", "G126"),
        ("  hold_points: [ponr]\n", "  hold_points: [ponr, ponr]\n", "G123"),
        ("  hold_points: [ponr]\n", "  hold_points: ponr\n", "G112"),
        ("  hold_points: [ponr]\n", "  hold_points: [T-0]\n", "G123"),
    ],
)
def test_a_rung_that_the_rules_do_not_have_is_told(weekend, capfd, old, new, code):
    """A threshold at a rung that never comes would never count."""
    small, _ = weekend
    small.edit("rules/ruleset.yaml", old, new)

    assert run(["lint", str(small.rules)]) == 2
    assert f"error[{code}]" in capfd.readouterr().err
