"""Page one says what holds now and would not by the thresholds of go-live."""

from dataclasses import replace

import pytest
from tests.report.conftest import TRAINING, finding, recorded, training

from gonogo.model.finding import Status
from gonogo.model.ruleset import Severity
from gonogo.model.rung_ahead import RungAhead, ShortOfGoLive
from gonogo.model.verdict import Verdict
from gonogo.report.formats import markdown_format, terminal_format
from gonogo.report.short_of_go_live import ahead_entries, ahead_of, ahead_short, ahead_step, ahead_words
from gonogo.report.view import RunView

SHORT = ShortOfGoLive(
    criterion=TRAINING,
    title="People are trained",
    severity=Severity.MANDATORY,
    status=Status.NOT_MET,
    sentence="Not met: training.completed_ratio is 81% (at least 98% needed).",
    owner="customer.functional_lead",
)


def seen(seal_log, *short, verdict=Verdict.GO, milestone="T-14", ahead=True):
    run = recorded((training(Status.MET),), verdict=verdict, without=verdict)
    view = RunView.of(seal_log(run.with_assessment(milestone=milestone).events()))
    asked = RungAhead(milestone="T-0", criteria=short) if ahead else None
    decision = view.decision.model_copy(update={"ahead": asked})
    return replace(view, assessment=view.assessment.model_copy(update={"decision": decision}))


def test_a_go_that_falls_short_of_go_live_says_so_first(seal_log):
    """It read: nothing blocks, and go-live depends on nothing that is still open."""
    view = seen(seal_log, SHORT)

    for text in (
        " ".join(terminal_format.render(view).decode().split()),
        " ".join(markdown_format.render(view).decode().replace("\\", "").split()),
    ):
        assert "Nothing blocks at this milestone; what go-live asks for more is named below." in text
        assert "depends on nothing that is still open" not in text
        assert "holds now, and would not by the thresholds of go-live (t-0)" in text.casefold()
        assert "is 81% (at least 98% needed)" in text
        assert "Do not deploy on the T-14 assessment: go-live asks for more in 1 criterion." in text


def test_the_sentence_goes_into_minutes_as_it_is(seal_log):
    """How many, by which milestone, and which; each with its value stands below."""
    assert ahead_words(seen(seal_log, SHORT)) == [
        "Go-live asks for more than this milestone: by the thresholds of T-0, 1 criterion that holds now would not "
        "hold: People are trained (workforce.training.completion)."
    ]
    assert "2 criteria that hold now would not hold" in ahead_words(seen(seal_log, SHORT, SHORT))[0]


def test_a_screen_counts_them_in_a_whole_sentence(seal_log):
    """*…; Nothing that is strict is only covered …* was the end of the sentence."""
    text = " ".join(terminal_format.render(seen(seal_log, *[SHORT] * 9)).decode().split())

    assert "by the thresholds of T-0, 9 criteria that hold now would not hold. " in text
    assert "People are trained (workforce" not in text


def test_what_is_mandatory_comes_first(seal_log):
    """The first line of a list is what a sponsor reads."""
    soft = SHORT.model_copy(update={"severity": Severity.CONDITIONAL, "title": "People were asked"})

    assert [each.severity for each in ahead_of(seen(seal_log, soft, SHORT))] == [
        Severity.MANDATORY,
        Severity.CONDITIONAL,
    ]


def test_before_the_first_milestone_it_is_named_so(seal_log):
    """There is no T to name."""
    assert "the assessment before the first milestone" in ahead_step(seen(seal_log, SHORT, milestone=None))


@pytest.mark.parametrize("ahead", [True, False])
def test_where_everything_would_hold_nothing_is_said(seal_log, ahead):
    """The page of a final GO stays as it was."""
    view = seen(seal_log, ahead=ahead)

    assert (ahead_words(view), ahead_short(view), ahead_step(view), ahead_entries(view)) == ([], None, "", ())
    assert "depends on nothing that is still open" in " ".join(terminal_format.render(view).decode().split())


def test_a_no_go_lists_it_and_leaves_it_out_of_the_first_lines(seal_log):
    """Nothing passes on a NO-GO; an office that prepares the next milestone still finds it on the page."""
    view = seen(seal_log, SHORT, verdict=Verdict.NO_GO)

    assert (ahead_words(view), ahead_short(view), ahead_step(view)) == ([], None, "")
    assert len(ahead_entries(view)) == len(ahead_of(view)) == 1


def test_another_gate_is_called_the_gate(seal_log):
    """A gate at the end of a phase is no go-live."""
    view = replace(seen(seal_log, SHORT), gate="the end of Phase 3")

    assert ahead_words(view)[0].startswith("The gate asks for more")
    assert ahead_step(view) == "Do not decide on the T-14 assessment: the gate asks for more in 1 criterion."


def test_the_approval_of_m3_is_that_of_the_assessment(seal_log):
    """Approval alone would be that of the go-live."""
    view = seen(seal_log, SHORT)
    view = replace(view, started=view.started.model_copy(update={"ruleset": "m3-baseline@1.0.0"}))

    assert "M3: Approval for the T-14 assessment." in " ".join(terminal_format.render(view).decode().split())


def test_what_is_judged_now_is_another_thing(seal_log):
    """The finding itself stays as the milestone has it."""
    assert finding(TRAINING, Status.MET).status is Status.MET
    assert seen(seal_log, SHORT).finding(TRAINING).status is Status.MET
