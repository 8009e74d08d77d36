"""The way of one criterion: every step from bytes to verdict is said, in this order, and ends with what it did."""

import pytest

from gonogo.cli import run
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
