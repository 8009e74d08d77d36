"""What the log records later makes a decision void, or does not; what does not matter voids nothing."""

from dataclasses import astuple
from datetime import UTC, datetime

import pytest

from gonogo.model.outcome import ReleaseOutcome
from gonogo.model.verdict import Verdict
from gonogo.statement.later import Decided, LaterOutcome, LaterRun, Voided, voided_by, voiding

AT = datetime(2027, 4, 20, 12, tzinfo=UTC)
BUILD = {"commit": "build-7"}
GO, CONDITIONAL, NO_GO = Verdict.GO, Verdict.CONDITIONAL_GO, Verdict.NO_GO


def later(verdict, *conditions, **more):
    return LaterRun("r2", AT, verdict, frozenset(conditions), **({"subjects": BUILD} | more))


@pytest.mark.parametrize("decided", [GO, CONDITIONAL, NO_GO])
@pytest.mark.parametrize("verdict", [GO, CONDITIONAL, NO_GO])
def test_a_run_that_came_to_something_worse_voids_it_and_no_other(decided, verdict):
    """Every pair of verdicts: only a fall counts."""
    conditions = ("a.b",) if CONDITIONAL in (decided, verdict) else ()

    told = voided_by(Decided(decided, conditions, BUILD), [later(verdict, *conditions)])

    assert bool(told) is (verdict.rank < decided.rank), told


def test_a_condition_that_nobody_accepted_voids_it():
    """A person who deploys on conditions accepted those of the statement, and no others."""
    decision = Decided(CONDITIONAL, ("a.b", "c.d"), BUILD)

    assert voided_by(decision, [later(CONDITIONAL, "a.b")]) == ""
    assert voided_by(decision, [later(CONDITIONAL, "a.b", "c.d")]) == ""
    assert "depends on what the decision does not: e.f" in voided_by(decision, [later(CONDITIONAL, "a.b", "e.f")])


def test_a_standing_hold_voids_it_whatever_the_verdict_was():
    """It is the first thing that is said."""
    told = voided_by(Decided(GO, (), BUILD), [later(GO), later(NO_GO, holds=("No critical defect is open",))])

    assert told.startswith(
        "A standing hold has been on since the run r2 of 2027-04-20 12:00 UTC: No critical defect is open"
    )


def test_another_build_under_the_name_of_the_release_voids_it():
    """The release is no longer what was decided on."""
    assert "a different build" in voided_by(Decided(GO, (), BUILD), [later(GO, subjects={"commit": "build-8"})])


@pytest.mark.parametrize(("outcome", "voids"), list(zip(ReleaseOutcome, (False, True, True), strict=True)))
def test_a_release_that_was_held_or_rolled_back_is_decided_again(outcome, voids):
    """Somebody saw a reason that no evidence showed."""
    assert bool(voided_by(Decided(GO, (), BUILD), [LaterOutcome(AT, outcome)])) is voids


def test_it_stays_void_when_a_still_later_run_is_good_again():
    """The new run is the decision then, and has a statement of its own."""
    assert voided_by(Decided(GO, (), BUILD), [later(NO_GO), later(GO)])


def test_nothing_later_voids_nothing():
    """And neither does a run that is as good."""
    assert voided_by(Decided(GO, (), BUILD), []) == ""
    assert voided_by(Decided(GO, (), BUILD), [later(GO)]) == ""


@pytest.mark.parametrize("subjects", [None, {}])
def test_a_release_that_names_no_build_any_more_is_not_the_one_that_was_decided_on(subjects):
    """Nobody can tell what a run without a build was about."""
    assert "no longer names a build" in voided_by(Decided(GO, (), BUILD), [later(GO, subjects=subjects)])


def test_who_answers_for_what_voids_it_is_named_with_the_remedy():
    """The deploy job is told whom to call, and not only that it must not deploy."""
    on = later(NO_GO, holds=("No critical defect is open",), owner="Ada Kirsch", remedy="Fix it.")
    worse = later(NO_GO, owner="Bo Lind", remedy="Fill the post.")

    assert astuple(voiding(Decided(GO, (), BUILD), [on]))[1:] == ("Ada Kirsch", "Fix it.")
    assert astuple(voiding(Decided(GO, (), BUILD), [worse]))[1:] == ("Bo Lind", "Fill the post.")
    assert voiding(Decided(GO, (), BUILD), [later(GO, owner="Ada Kirsch")]) == Voided()
