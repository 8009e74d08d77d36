"""The way of one criterion: every step from bytes to verdict is said, in this order, and ends with what it did."""

from dataclasses import replace

import pytest
from tests.report.conftest import NOON, PLAN

from gonogo.cli import run
from gonogo.model.decision import WaiverReview
from gonogo.model.evidence import GapReason
from gonogo.model.reply import Failure
from gonogo.report.page import Heading, Pairs
from gonogo.report.view import RunView
from gonogo.report.way import way_of


def said(view, finding):
    return [
        (title.text if isinstance(title, Heading) else "", step.rows)
        for title, step in zip((None, *way_of(view, finding)), way_of(view, finding), strict=False)
        if isinstance(step, Pairs)
    ]


@pytest.mark.parametrize(
    ("name", "so"),
    [
        ("go", "it neither blocks nor is a condition"),
        ("conditional", "the go-live depends on it"),
        ("no_go", "it is a reason against going live"),
    ],
)
def test_the_way_ends_with_what_the_criterion_does_to_the_verdict(name, so, request, seal_log):
    """What an inspector general asks last."""
    view = RunView.of(seal_log(request.getfixturevalue(name).events()))
    decision = view.decision
    chosen = [each.criterion for each in (*decision.blockers, *decision.conditions) if each.criterion]
    finding = view.finding(chosen[0] if chosen else view.findings[0].criterion)

    steps = dict(said(view, finding))

    assert [title for title, _rows in said(view, finding)][-3:] == [
        "Judgement",
        "Effect on the verdict",
        "In the record",
    ]
    assert ("So", so) in steps["Effect on the verdict"]
    assert ("Verdict", decision.verdict.value) in steps["Effect on the verdict"]
    assert ("In a sentence", finding.sentence) in steps["Judgement"]


def test_a_fact_without_a_value_says_why_and_claims_none(gaps_only, seal_log):
    """An empty line would read like nothing wrong."""
    view = RunView.of(seal_log(gaps_only.events()))
    finding = next(each for each in view.findings if any(fact.gap for fact in each.facts))

    rows = [row for title, rows in said(view, finding) if title.startswith("Fact") for row in rows]

    assert "roster.csv is not UTF-8 at byte 17." in dict(rows)["No value"]
    assert "Used" not in dict(rows)


def test_the_command_shows_bytes_reader_answer_and_comparison(stated, capsys):
    """From the log alone, by the beginning of the id or by `last`."""
    assert run([*stated.arguments, "-o", "json:/dev/null"]) == 0
    capsys.readouterr()

    assert run(["explain", "operations.desk.staffed", "--program", str(stated.log), "--run", "last"]) == 0
    told = capsys.readouterr().out
    places = [
        told.index(word)
        for word in ("SHA-256", "Read by", "Answer", "Used", "Requirement", "Status", "Stands", "Head hash")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["operations.desk.stafed", "--program", "@", "--run", "last"], "did you mean operations.desk.staffed?"),
        (["operations.desk.staffed", "--program", "@", "--run", "9"], "has no run 9"),
        (["operations.desk.staffed", "--run", "last"], "--run names a run, and no program."),
    ],
)
def test_what_cannot_be_shown_is_a_sentence(arguments, sentence, stated, capsys):
    """With the nearest name, where there is one."""
    assert run([*stated.arguments, "-o", "json:/dev/null"]) == 0
    capsys.readouterr()

    assert run(["explain", *(str(stated.log) if word == "@" else word for word in arguments)]) == 2
    assert sentence in capsys.readouterr().err


@pytest.fixture
def whole(no_go, seal_log):
    """A NO-GO whose criterion has everything that a step can say."""
    view = RunView.of(seal_log(no_go.events()))
    first, *others = view.findings
    reading = first.facts[0].model_copy(update={"stated_by": "osei as the customer's lead", "age_days": 4})
    first = first.model_copy(update={"facts": (reading,), "turns_at": NOON})
    reviews = tuple(
        WaiverReview(id=name, criterion=first.criterion, counted=counted, why="It is so")
        for name, counted in (("W-1", True), ("W-2", False))
    )
    other = WaiverReview(id="W-3", criterion="system.security.ato", counted=True, why="Elsewhere.")
    plan = PLAN.model_copy(update={"criterion": first.criterion})
    decision = view.decision.model_copy(update={"waivers": (*reviews, other)})
    assessment = view.assessment.model_copy(
        update={"findings": (first, *others), "decision": decision, "plans": (plan,)}
    )
    reply = view.collectors[0].model_copy(update={"failure": Failure(reason=GapReason.MALFORMED, detail="It broke")})
    beside = reply.model_copy(update={"binding": "another"})
    return replace(view, assessment=assessment, collectors=(reply, beside))


def test_every_step_says_all_that_the_record_knows(whole):
    """A step that is left out is a gap in the chain of proof; one of another criterion leads astray."""
    steps = dict(said(whole, whole.findings[0]))

    assert steps["Fact training.completed_ratio"] == (
        ("Bytes", f"evidence/workforce/roster.csv, 88,210 bytes, SHA-256 {'a' * 64}"),
        ("Read by", "table:table (gonogo 0.1.0), binding training, 1 of 1 fact answered"),
        ("It failed", "It broke."),
        (
            "Answer",
            "evidence/workforce/roster.csv, 1,462 rows: 0.932284541723666211 (1363 of 1462), measured, held "
            "Thu 2027-04-15 12:00 EDT (2027-04-15 16:00 UTC)",
        ),
        ("Used", "93.2% (1,363 of 1,462), measured by osei as the customer's lead, 4 days old"),
        ("Good until", "Thu 2027-04-22 12:00 EDT (2027-04-22 16:00 UTC)"),
    )
    assert steps["Judgement"] == (
        ("Comparison", "training.completed_ratio >= min_completion: 93.2% >= 85%, margin +8.2%: not met"),
        ("Status", "Not met"),
        ("In a sentence", whole.findings[0].sentence),
        ("Holds until", "Mon 2027-04-19 12:00 EDT (2027-04-19 16:00 UTC)"),
    )
    assert steps["Effect on the verdict"][1:] == (
        ("Waiver", "W-1: counts. It is so."),
        ("Waiver", "W-2: does not count. It is so."),
        ("Plan", f"{PLAN.action}, by provider.technical_lead, due 2027-04-27"),
        ("So", "it is a reason against going live"),
        ("Verdict", "NO-GO"),
    )
    assert steps["In the record"] == (
        ("Records", f"{whole.first} to {whole.last} of log log-1"),
        ("Head hash", whole.head),
    )


def test_what_the_record_does_not_know_has_no_line(whole):
    """*by* nobody, and an age of nothing, would look like something that was lost."""
    first, *others = whole.findings
    reading = first.facts[0].model_copy(update={"stated_by": None, "age_days": None, "stale_at": None})
    first = first.model_copy(update={"facts": (reading,), "turns_at": None})
    bare = whole.collectors[0].model_copy(update={"failure": None, "distribution": ""})
    assessment = whole.assessment.model_copy(update={"findings": (first, *others)})
    steps = dict(said(replace(whole, assessment=assessment, collectors=(bare,)), first))

    fact = dict(steps["Fact training.completed_ratio"])
    assert fact["Read by"] == "table:table, binding training, 1 of 1 fact answered"
    assert fact["Used"] == "93.2% (1,363 of 1,462), measured"
    assert fact.keys() & {"It failed", "Good until", "No value"} == set()
    assert "Holds until" not in dict(steps["Judgement"])
