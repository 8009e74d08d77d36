"""How a criterion and a run look to machines: nothing that is not proved looks like a success."""

from dataclasses import replace
from typing import Any

import pytest

from gonogo.model.assessment import Purpose, RunKind
from gonogo.model.decision import Blocker
from gonogo.model.finding import Shadow, Status
from gonogo.model.ruleset import Severity
from gonogo.model.rung_ahead import RungAhead, ShortOfGoLive
from gonogo.model.verdict import Verdict
from gonogo.report.machine.machine_standing import Signal, Standing, accounts, signal
from gonogo.report.view import RunView

SHORT = ShortOfGoLive(
    criterion="system.security.ato",
    title="The title",
    severity=Severity.MANDATORY,
    status=Status.NOT_MET,
    sentence="Not met: 84% is less than 85%.",
    owner="customer.technical_lead",
)


def with_decision(view: RunView, **changes: Any) -> RunView:
    """Return a view whose decision says something else."""
    decision = view.decision.model_copy(update=changes)
    return replace(view, assessment=view.assessment.model_copy(update={"decision": decision}))


def standings(view: RunView) -> dict[str, Standing]:
    return {account.finding.criterion: account.standing for account in accounts(view)}


def test_each_criterion_stands_as_page_one_says(mixed):
    """Open and waived, planned, accepted, advisory and in shadow are five things, and none of them is met."""
    found = standings(mixed)

    assert found["workforce.training.completion"] is Standing.MET
    assert found["system.interfaces.tested"] is Standing.WAIVED
    assert found["system.test.passed"] is Standing.ACCEPTED
    assert found["system.tried.out"] is Standing.SHADOW
    assert found["operations.advice.given"] is Standing.ADVISORY
    assert found["operations.helpdesk.ready"] is Standing.NOT_DUE
    assert found["program.releases.notices"] is Standing.NOT_APPLICABLE
    assert found["workforce.unions.notified"] is Standing.NOT_ADOPTED


def test_a_plan_that_counts_is_no_blocker_and_no_success(views):
    """Yellow on page one."""
    found = {each.finding.criterion: each for each in accounts(views["conditional"])}

    assert found["system.test.batch_window"].standing is Standing.PLANNED
    assert found["system.test.batch_window"].head == "Not met, with an action plan due 2027-04-27"
    assert found["system.interfaces.tested"].head == "Not met, waived until the end of 2027-06-02 (waiver W-003)"


def test_only_what_is_met_without_anybodys_word_counts_as_met(views):
    """Whatever is recorded: a status that is not *met* never becomes a success."""
    for view in views.values():
        for account in accounts(view):
            plainly = account.finding.status is Status.MET and account.finding.rests_on is None
            assert (account.standing is Standing.MET) is plainly


def test_a_criterion_that_blocks_although_it_is_met_is_no_success(decided):
    """A promise about it was not kept; its own comparison came out well."""
    blocker = Blocker(criterion="system.security.ato", why="What was promised did not come.")

    found = next(
        each
        for each in accounts(with_decision(decided, blockers=(blocker,)))
        if each.finding.criterion == "system.security.ato"
    )

    assert found.standing is Standing.BLOCKS
    assert found.line == "Met, and a reason against a go. What was promised did not come."


def test_an_open_criterion_that_nobody_speaks_for_blocks(views):
    """No waiver, no plan, no blocker: a record that contradicts itself shows the worse."""
    view = with_decision(views["no_go"], blockers=())

    assert standings(view)["workforce.training.completion"] is Standing.BLOCKS


def test_an_acceptance_that_is_not_in_the_record_still_rests(mixed):
    """What rests on something that cannot be found is not plainly met."""
    lost = replace(mixed, assessment=mixed.assessment.model_copy(update={"acceptances": None}))

    assert standings(lost)["system.test.passed"] is Standing.ACCEPTED


def test_the_status_is_said_once(views):
    """*Not met. Not met: …* reads like a mistake."""
    for view in views.values():
        for account in accounts(view):
            assert account.line.count("Not met:") + account.line.count("Unknown:") <= 1


def test_only_a_decision_for_go_with_everything_due_is_a_go(decided, views):
    """A pipeline that looks at one word must not deploy on a rehearsal, a condition or an early milestone."""
    assert signal(decided) is Signal.GO
    assert signal(views["go"]) is Signal.CAUTION
    assert signal(views["conditional"]) is Signal.CONDITIONAL
    assert signal(views["mixed"]) is Signal.CONDITIONAL
    assert signal(views["no_go"]) is Signal.STOP
    assert signal(views["gaps_only"]) is Signal.STOP


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (RunKind(purpose=Purpose.DECISION), Signal.GO),
        (RunKind(purpose=Purpose.PROGRESS), Signal.CAUTION),
        (RunKind(purpose=Purpose.REHEARSAL), Signal.CAUTION),
        (RunKind(purpose=Purpose.DECISION, shadow=True), Signal.CAUTION),
    ],
)
def test_a_go_of_another_kind_of_run_is_none(decided, kind, expected):
    """Each of them ends with 0."""
    assert signal(replace(decided, started=decided.started.model_copy(update={"kind": kind}))) is expected


@pytest.mark.parametrize(
    ("code", "expected"), [(0, Signal.GO), (1, Signal.CAUTION), (3, Signal.CAUTION), (5, Signal.STOP)]
)
def test_a_go_whose_process_did_not_end_with_0_is_none(decided, code, expected):
    """With 5 the files are not what was locked."""
    ended = decided.finished.model_copy(update={"exit_code": code})

    assert signal(replace(decided, finished=ended)) is expected


def test_something_that_is_not_due_yet_keeps_a_go_from_being_one(decided):
    """A GO at T-60 is no word on what falls due later."""
    later = decided.findings[0].model_copy(update={"status": Status.NOT_DUE, "due_from": "T-5"})
    findings = (later, *decided.findings[1:])

    assert (
        signal(replace(decided, assessment=decided.assessment.model_copy(update={"findings": findings})))
        is Signal.CAUTION
    )


@pytest.mark.parametrize(
    ("milestone", "ahead", "expected"),
    [
        ("T-0", None, Signal.GO),
        ("T-14", None, Signal.CAUTION),  # an earlier version, which did not ask
        (None, None, Signal.CAUTION),
        ("T-14", RungAhead(milestone="T-0"), Signal.GO),
        ("T-14", RungAhead(milestone="T-0", criteria=(SHORT,)), Signal.CAUTION),
    ],
)
def test_what_falls_short_by_the_thresholds_of_go_live_keeps_a_go_from_being_one(decided, milestone, ahead, expected):
    """An earlier milestone asks for less; nobody deploys on its GO."""
    started = decided.started.model_copy(update={"milestone": milestone})

    assert signal(replace(with_decision(decided, ahead=ahead), started=started)) is expected


def test_what_will_be_enforced_keeps_a_go_from_being_one(decided):
    """It is open, and blocks once its shadow ends."""
    moment = decided.started.release.go_live
    shadow = Shadow(severity=Severity.MANDATORY, until="T-0", enforced_at=moment)
    first = decided.findings[0].model_copy(update={"status": Status.NOT_MET, "shadow": shadow})
    whole = decided.assessment.model_copy(update={"findings": (first, *decided.findings[1:])})

    assert signal(replace(decided, assessment=whole)) is Signal.CAUTION


def test_a_no_go_is_a_stop_whatever_the_exit_code(decided):
    """A record that contradicts itself shows the worse."""
    assert signal(with_decision(decided, verdict=Verdict.NO_GO)) is Signal.STOP
