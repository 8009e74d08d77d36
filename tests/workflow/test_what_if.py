"""A recorded run under a supposition: judged by both evaluators, marked in every line, and recorded nowhere."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from gonogo.engine.durable import DurableRules
from gonogo.errors import EngineDisagreement, UsageError
from gonogo.model.finding import Status
from gonogo.model.verdict import Verdict
from gonogo.workflow.flip_path import recorded_run
from gonogo.workflow.hypothesis import Supposed
from gonogo.workflow.what_if import document, lines, what_if


@pytest.fixture
def ask(assessed):
    """Ask what the recorded GO would come to."""
    run = recorded_run(assessed.root)

    def asked(*values, **options):
        return what_if(run, values=values, **options)

    return asked


def status(asked, criterion):
    return next(each.status for each in asked.came.findings if each.criterion == criterion)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("59%", Verdict.NO_GO),
        ("60%", Verdict.GO),
        ("61%", Verdict.GO),
        ("0.5999", Verdict.NO_GO),
        ("59 of 99", Verdict.NO_GO),
        ("60 of 100", Verdict.GO),
    ],
)
def test_a_value_is_judged_as_evidence_is(ask, value, verdict):
    """A supposition that is judged more kindly than evidence would promise a GO that never comes."""
    asked = ask(f"training.completed_ratio={value}")

    assert asked.came.decision.verdict is verdict


def test_nothing_supposed_is_the_run_as_it_was_recorded(ask):
    """The answer to a question about nothing is the record itself, or the whole answer is worth nothing."""
    asked = ask()

    assert asked.supposed == Supposed()
    assert asked.came.decision.verdict is asked.run.view.decision.verdict
    assert asked.came.findings == asked.run.view.findings
    assert "hypothetical: no criterion would stand otherwise" in lines(asked)


def test_what_is_supposed_was_measured_by_nobody(ask):
    """A line in a mail said `measured in a supposition, less than a day old`."""
    for asked in (ask("desk.open_posts=3"), ask("training.completed_ratio=59%", at="T-10")):
        told = " ".join(lines(asked)) + json.dumps(document(asked))

        assert "as supposed" in told
        assert "in a supposition" not in told


def test_every_line_and_every_form_is_marked(ask):
    """A line that is cut out and mailed must not read like a decision."""
    asked = ask("desk.open_posts=3", at="T-10", without_waivers=True, without_acceptances=True)

    assert all(line.startswith("hypothetical: ") for line in lines(asked))
    answer = json.loads(json.dumps(document(asked)))
    assert answer["hypothetical"] is True
    assert {"verdict", "decision", "findings", "blockers"}.isdisjoint(answer)
    assert all(each["sentence"].startswith("hypothetical: ") for each in answer["hypothetical_findings"])
    assert (answer["recorded_verdict"], answer["hypothetical_verdict"]) == ("GO", "NO-GO")


def test_a_later_day_makes_evidence_old_and_thresholds_strict(ask, assessed):
    """What is good today is not good for ever: the answer is by the ages and thresholds of that day's last second."""
    at_go_live = ask("training.completed_ratio=97%", at="T-0")

    assert status(at_go_live, "workforce.training.completion") is Status.NOT_MET
    assert status(at_go_live, "operations.desk.staffed") is Status.UNKNOWN
    assert at_go_live.supposed.at == assessed.now + timedelta(days=14)


@pytest.mark.parametrize(("days", "stands"), [(5, Status.MET), (6, Status.UNKNOWN), (7, Status.UNKNOWN)])
def test_the_age_of_evidence_counts_from_its_own_day(ask, assessed, days, stands):
    """Evidence of yesterday that may be seven days old serves until six days from now, and not at that moment."""
    asked = ask(at=(assessed.now + timedelta(days=days)).isoformat())

    assert status(asked, "operations.desk.staffed") is stands


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("training.completed_ratio", "no fact=value"),
        ("training.completed_ratio=", "no fact=value"),
        ("training.completed_ratio=much", "a ratio is expected, not `much`"),
        ("training.completed_ratio=108%", "cannot be true"),
        ("training.completed_ratio=3 of 2", "cannot be true"),
        ("desk.open_posts=1.5", "an integer is expected, not `1.5`"),
        ('desk.open_posts="1"', "an integer is expected"),
        ("desk.open_posts=-1", "cannot be true"),
        ("cutover.approved=yes", "a boolean is expected, not `yes`"),
        ("cutover.approved=[true]", "a boolean is expected"),
        ("sit.planned=4", "No criterion of small reads sit.planned"),
    ],
)
def test_a_value_that_nobody_could_show_is_refused(ask, value, says):
    """A supposition is read as strictly as a statement: what is guessed here would be a gap there."""
    with pytest.raises(UsageError) as caught:
        ask(value)
    assert says in str(caught.value)


def test_a_fact_that_is_misspelt_names_the_nearest(ask):
    """A supposition about nothing would answer that nothing changes."""
    with pytest.raises(UsageError, match=r"has no fact 'training\.complete_ratio'") as caught:
        ask("training.complete_ratio=95%")
    assert caught.value.hint == "did you mean `training.completed_ratio`?"


def test_one_fact_has_one_value(ask):
    """Of two values nobody knows which is meant."""
    with pytest.raises(UsageError, match="is set twice"):
        ask("desk.open_posts=1", "desk.open_posts=2")


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("T-30", "is before the run"),
        ("2027-04-18", "is before the run"),
        ("2027-04-19T15:59Z", "is before the run"),
        ("next week", "no milestone, no hold point of the release, no day and no instant"),
        ("T-1000", "no milestone"),
    ],
)
def test_a_moment_is_not_before_the_run(ask, at, says):
    """What was known earlier is in an earlier run; this run's evidence did not exist yet."""
    with pytest.raises(UsageError) as caught:
        ask(at=at)
    assert says in str(caught.value)


def test_evaluators_that_differ_give_no_answer(assessed):
    """One of the two is wrong, and a supposition is no excuse for either."""

    class Other(DurableRules):
        def judge(self, compiled, observations):
            return replace(super().judge(compiled, observations), overall=Verdict.CONDITIONAL_GO)

    with pytest.raises(EngineDisagreement):
        what_if(recorded_run(assessed.root), engine=Other())
