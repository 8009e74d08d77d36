"""What was promised at an earlier decision is carried until it is closed, and blocks once its day has passed."""

from datetime import UTC, date, datetime

import pytest
from tests.core.test_decide import CAPS, finding, four_met, standing

from gonogo.core.decide import decide
from gonogo.model.finding import Status
from gonogo.model.promise import EarlierDecision, Promise, PromiseState
from gonogo.model.ruleset import Severity
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan

NAME = "system.printers"
TODAY = date(2027, 4, 19)
LATER = ActionPlan(criterion=NAME, owner="customer.pmo_lead", action="Send printers.", due=date(2027, 5, 1))


def decided(status, due=date(2027, 4, 25), *, severity=Severity.CONDITIONAL, plans=(LATER,), promised=NAME):
    """What a run comes to that follows a decision with one promise."""
    promise = Promise(criterion=promised, title="Printers", owner="Ada Kirsch", action="Send printers.", due=due)
    earlier = EarlierDecision(
        run="r1",
        verdict="CONDITIONAL GO",
        decided_at=datetime(2027, 4, 3, tzinfo=UTC),
        sha256="0" * 64,
        promises=(promise,),
    )
    findings = four_met() + ([finding(NAME, status, severity)] if status is not None else [])
    return decide(findings, policy=CAPS, standing=standing(), plans=plans, earlier=earlier)


@pytest.mark.parametrize("status", [Status.MET, Status.NOT_APPLICABLE])
def test_what_came_is_closed_whenever_it_was_due(status):
    """Late and done is done."""
    decision = decided(status, due=date(2027, 4, 10))

    assert decision.verdict is Verdict.GO
    assert [review.state for review in decision.promises] == [PromiseState.CLOSED]


@pytest.mark.parametrize(("day", "state"), [(18, "overdue"), (19, "open"), (20, "open")])
def test_a_promise_is_kept_until_the_end_of_its_day(day, state):
    """The day before, the day itself, and the day after."""
    decision = decided(Status.NOT_MET, due=date(2027, 4, day))

    assert [review.state for review in decision.promises] == [state]
    assert decision.verdict is (Verdict.NO_GO if state == "overdue" else Verdict.CONDITIONAL_GO)


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("status", [Status.NOT_MET, Status.UNKNOWN])
def test_a_new_day_in_a_new_plan_moves_no_promise(severity, status):
    """Otherwise every plan could be put off by a week, each week."""
    decision = decided(status, due=date(2027, 4, 18), severity=severity)

    assert decision.verdict is Verdict.NO_GO
    assert [blocker.criterion for blocker in decision.blockers] == [NAME]
    if severity is not Severity.MANDATORY:
        assert decision.blockers[0].why.startswith("A condition of the earlier decision is overdue.")


@pytest.mark.parametrize("status", [None, Status.NOT_ADOPTED, Status.NOT_DUE])
def test_a_criterion_that_is_no_longer_asked_closes_nothing(status):
    """Taking the question out of the ruleset is not doing what was promised."""
    carried, overdue = decided(status), decided(status, due=date(2027, 4, 18))

    assert [review.state for review in carried.promises] == [PromiseState.UNASKED]
    assert carried.verdict is Verdict.CONDITIONAL_GO
    assert [(each.criterion, each.plan.due) for each in carried.conditions] == [(NAME, date(2027, 4, 25))]
    assert overdue.verdict is Verdict.NO_GO


def test_the_verdict_ends_when_a_promise_becomes_overdue():
    """After that day the same evidence gives another verdict."""
    assert decided(Status.NOT_MET, due=TODAY).valid_until == datetime(2027, 4, 20, 4, tzinfo=UTC)


def test_an_open_promise_is_told_once():
    """It is a condition of this decision anyway."""
    decision = decided(Status.NOT_MET)

    assert [condition.criterion for condition in decision.conditions] == [NAME]
    assert decision.conditions[0].plan == LATER


def test_an_open_criterion_that_only_advises_now_is_still_a_condition():
    """Somebody lowered what it weighs; what was promised weighs as it did."""
    decision = decided(Status.NOT_MET, severity=Severity.ADVISORY)

    assert decision.verdict is Verdict.CONDITIONAL_GO
    assert [condition.criterion for condition in decision.conditions] == [NAME]


def test_nothing_that_was_promised_makes_a_verdict_better():
    """Every state of the criterion, with and without the earlier decision."""
    for status in Status:
        for severity in Severity:
            findings = [*four_met(), finding(NAME, status, severity)]
            without = decide(findings, policy=CAPS, standing=standing(), plans=(LATER,))
            for due in (date(2027, 4, 18), TODAY, None):
                after = decided(status, due=due, severity=severity)
                assert after.verdict.rank <= without.verdict.rank, (status, severity, due)
                assert after.judged is without.judged


def test_a_decision_that_follows_none_is_recorded_as_before():
    """Older logs keep their digests."""
    document = decide(four_met(), policy=CAPS, standing=standing()).document()

    assert not {"follows", "promises"} & document.keys()


def test_what_is_met_on_acceptance_is_not_done():
    """An accepted item is still open: the promise stays a condition until its day, and blocks after it."""
    rests = finding(NAME, Status.MET).model_copy(update={"rests_on": ("A-1",)})
    promise = Promise(criterion=NAME, title="Printers", action="Send printers.", due=date(2027, 4, 18))
    earlier = EarlierDecision(
        run="r1", verdict="CONDITIONAL GO", decided_at=datetime(2027, 4, 3, tzinfo=UTC), sha256="0" * 64,
        promises=(promise,),
    )  # fmt: skip

    decision = decide([*four_met(), rests], policy=CAPS, standing=standing(), earlier=earlier)

    assert [review.state for review in decision.promises] == [PromiseState.OVERDUE]
    assert decision.verdict is Verdict.NO_GO
