"""What is recorded under another name makes nothing young, and proves nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gonogo.core.span_held import earlier_names, mandatory_at, open_since, span_outcome
from gonogo.engine.held_check import held_all_through
from gonogo.language.expression import parse_requirement
from gonogo.model.assessment import Purpose
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Case, Past
from gonogo.model.outcome import ReleaseOutcome
from gonogo.model.ruleset import Criterion, Severity
from gonogo.workflow import run_record
from gonogo.workflow.judging import judged_on
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order
from gonogo.workflow.outcome_recording import record_outcome
from gonogo.workflow.pipeline import assess

SURVEY = "workforce.survey.response"
DAY = timedelta(days=1)
NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
MET, OPEN, NOT_ASKED = Outcome.MET, Outcome.NOT_MET, run_record.NOT_ASKED


@pytest.fixture
def yellow(stated_program):
    """A program whose survey has too few answers, with a plan; open for 14 days it becomes mandatory."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    small = stated_program(now=now, sources=["survey"], answered=10, plan=True)
    small.edit(
        "rules/ruleset.yaml",
        "    parameters: {min_response: 50%}\n",
        "    parameters: {min_response: 50%}\n    open_for: 14d\n",
    )
    return small


def order(small):
    return Order(program=small.root, purpose=Purpose.PROGRESS)


def past(small):
    """What is recorded of the one criterion that asks for its age."""
    (found,) = run_record.recorded(load(order(small)), datetime.now(UTC) + 14 * DAY).values()
    return [(each.outcome, each.elsewhere) for each in found]


def renamed(small, name, *, require=""):
    small.edit("rules/ruleset.yaml", f"id: {SURVEY}", f"id: {name}")
    small.edit("rules/cases/all.yaml", SURVEY, name)
    small.edit("plans.yaml", SURVEY, name)
    if require:
        small.edit("rules/ruleset.yaml", "survey.response_ratio >= min_response", require)


def test_a_criterion_that_is_renamed_keeps_its_age(yellow):
    """Yellow for two weeks turns red, whatever it is called in the third."""
    assess(order(yellow))
    renamed(yellow, "workforce.people.asked")

    assert past(yellow) == [(OPEN, SURVEY)]


@pytest.mark.parametrize(
    ("require", "found"),
    [
        ("survey.response_ratio > min_response", [(OPEN, SURVEY)]),
        ("survey.response_ratio >= min_response and survey.response_ratio > 1%", [(OPEN, SURVEY)]),
    ],
)
def test_it_keeps_it_if_it_also_asks_otherwise(yellow, require, found):
    """It has the title of the old one, or reads the same facts: a word more makes nothing new."""
    assess(order(yellow))
    renamed(yellow, "workforce.people.asked", require=require)

    assert past(yellow) == found


def test_a_new_criterion_beside_the_old_one_is_new(yellow):
    """Nobody has looked at it before, and no run has to have."""
    assess(order(yellow))
    text = (yellow.rules / "ruleset.yaml").read_text(encoding="utf-8")
    entry = text[text.index(f"  - id: {SURVEY}") :]
    other = entry.replace(SURVEY, "workforce.people.asked").replace("People were asked", "People answered twice")
    (yellow.rules / "ruleset.yaml").write_text(text.replace(entry, entry + other), encoding="utf-8")

    found = run_record.recorded(load(order(yellow)), datetime.now(UTC) + 14 * DAY)

    assert [(each.outcome, each.elsewhere) for each in found["workforce.people.asked"]] == [(None, NOT_ASKED)]
    assert [(each.outcome, each.elsewhere) for each in found[SURVEY]] == [(OPEN, "")]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [("id: first,", "id: second,", "the release first"), ("{id: small,", "{id: other,", "the program small")],
)
def test_a_release_or_program_that_is_renamed_keeps_the_age_of_its_criteria(yellow, old, new, name):
    """One line of the program file made every yellow week forgotten."""
    assess(order(yellow))
    yellow.edit("gonogo.yaml", old, new)

    assert past(yellow) == [(OPEN, name)]

    assess(order(yellow))
    assert past(yellow) == [(OPEN, name), (OPEN, "")]


def test_a_release_that_is_still_named_is_another_one(yellow):
    """Each of two releases has an age of its own."""
    assess(order(yellow))
    line = next(text for text in yellow.file.read_text(encoding="utf-8").splitlines() if "{id: first," in text)
    yellow.edit("gonogo.yaml", line, f"{line}\n{line.replace('first', 'second')}")
    loaded = load(Order(program=yellow.root, purpose=Purpose.PROGRESS, release="second"))

    assert run_record.recorded(loaded, datetime.now(UTC) + DAY) == {SURVEY: ()}


def test_a_release_that_was_deployed_is_over(yellow):
    """The next one begins with nothing open."""
    made = assess(Order(program=yellow.root))
    record_outcome(yellow.root, made.run, ReleaseOutcome.DEPLOYED)
    yellow.edit("gonogo.yaml", "id: first,", "id: second,")

    assert past(yellow) == []


def test_a_finding_says_under_which_name_it_was_open(yellow):
    """A manager who never saw the new name looks for it in the old reports."""
    assessment = assess(order(yellow)).assessment
    record = {SURVEY: (Past(assessment.now - 15 * DAY, OPEN, elsewhere="workforce.people.asked"),)}

    judged = judged_on(load(order(yellow)), assessment.evidence, assessment.now, record=record)

    (finding,) = [each for each in judged.findings if each.criterion == SURVEY]
    assert finding.severity is Severity.MANDATORY
    assert finding.sentence.endswith("so it is mandatory now. It was recorded as workforce.people.asked before.")


def case(*record, held=None, open_for=None):
    criterion = Criterion(
        id="system.a.b", title="T", statement="s", why="w", severity=Severity.CONDITIONAL,
        require=parse_requirement("a.b"), max_age_s=8 * 86400, owner="customer.pmo_lead", remedy="r", source=("x",),
        held_s=held, open_for_s=open_for, attest=("customer.pmo_lead",),
    )  # fmt: skip
    return Case(criterion, {}, record=record)


@pytest.mark.parametrize(
    ("last", "since"),
    [
        (Past(NOW - DAY, OPEN), 10),
        (Past(NOW - DAY, None, elsewhere=NOT_ASKED), 10),
        (Past(NOW - DAY, OPEN, elsewhere="system.a.old"), 10),
        (Past(NOW - DAY, MET), 0),
        (Past(NOW - DAY, MET, elsewhere="system.a.old"), 0),
        (Past(NOW - DAY, None), 0),
    ],
)
def test_only_an_answer_ends_the_age(last, since):
    """A run that did not ask, by another name or because nothing was due, is no answer; an exemption is one."""
    one = case(Past(NOW - 10 * DAY, OPEN), last, open_for=14 * 86400)

    assert open_since(one, NOW) == NOW - since * DAY
    assert mandatory_at(one, NOW) == NOW - since * DAY + 14 * DAY


def test_only_names_under_which_it_was_open_are_said():
    """A run that did not ask has no name to say."""
    record = (
        Past(NOW - 3 * DAY, OPEN, elsewhere="a"),
        Past(NOW - 2 * DAY, None, elsewhere=NOT_ASKED),
        Past(NOW - DAY, OPEN),
    )

    assert earlier_names(case(*record), NOW) == ("a",)


@pytest.mark.parametrize(
    ("outcome", "elsewhere", "held"),
    [
        (MET, "", MET),
        (MET, "the release first", Outcome.UNKNOWN),
        (OPEN, "", OPEN),
        (OPEN, "the release first", OPEN),
        (None, NOT_ASKED, Outcome.UNKNOWN),
    ],
)
def test_what_held_under_another_name_proves_no_span(outcome, elsewhere, held):
    """Both evaluators: a name that is lent would make a fortnight of history in a minute."""
    one = case(Past(NOW - 7 * DAY, outcome, elsewhere=elsewhere), held=7 * 86400)

    assert span_outcome(one, NOW) is held
    assert held_all_through(one, NOW) is {MET: True, OPEN: False, Outcome.UNKNOWN: None}[held]
