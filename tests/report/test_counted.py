"""How a figure was counted stands beside it, and on page one where a reader must judge it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gonogo.comparison.compare import RunComparison
from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.model.ruleset import Severity
from gonogo.report.counted import judge_by_condition
from gonogo.report.detail import page_of
from gonogo.report.formats import full_format
from gonogo.report.page import Entry, Pairs
from gonogo.report.report_reader import CopyFor, Reader
from gonogo.report.view import RunView
from gonogo.report.way import way_of

FACT = "training.completed_ratio"
WORDS = 'counts rows whose \'Course\' is "Passed" or "Failed", as a share of all rows'
QUERY = {"sql": "SELECT 1", "inputs": ["t"]}
SHARE = {"share": {"where": 'course in ["Passed", "Failed"]'}}


def bound(view: RunView, measure: dict[str, Any] = SHARE, heading: str = "Course") -> RunView:
    entry = next(each for each in view.evidence if each.fact == FACT)
    settings = {"tables": {"t": {"columns": {"course": {"header": heading}}}}, "facts": {FACT: measure}}
    return replace(view, bindings={entry.source.binding: {"plugin": "table", "settings": settings}})


def counted(view: RunView) -> list[str]:
    findings = next(section for section in page_of(view).sections if section.id == "findings")
    entries = [block for block in findings.blocks if isinstance(block, Entry)]
    return [text for entry in entries for label, text in entry.rows if label == "Counted"]


def test_the_condition_stands_beside_the_figure(go: Any, seal_log: Any) -> None:
    """It decides the figure, and nobody who reads the report opens the program file."""
    view = bound(RunView.of(seal_log(go.events())))

    assert counted(view) == [f"{FACT} {WORDS}"]
    assert "counts rows whose" in full_format.render(view).decode()


def test_a_word_of_a_column_about_people_stands_in_no_copy(go: Any, seal_log: Any) -> None:
    """Not even in that for the agency alone."""
    view = bound(RunView.of(seal_log(go.events())), heading="Assigned To")

    assert counted(view) == [
        f"{FACT} counts rows whose 'Assigned To' is one of 2 words that are not shown, as a share of all rows"
    ]
    public = replace(view, reader=Reader(redact=CopyFor.PUBLIC))
    assert 'Passed" or' not in full_format.render(public).decode()


@pytest.mark.parametrize(("measure", "labels"), [(SHARE, ["Counted"]), (QUERY, ["Counted", "Query"])])
def test_a_query_is_written_out_on_the_way_of_a_criterion_alone(
    go: Any, seal_log: Any, measure: dict[str, Any], labels: list[str]
) -> None:
    """A manager reads that the program wrote one; an auditor reads it."""
    view = bound(RunView.of(seal_log(go.events())), measure)
    finding = next(each for each in view.findings if any(read.fact == FACT for read in each.facts))
    rows = [row for step in way_of(view, finding) if isinstance(step, Pairs) for row in step.rows]

    assert [label for label, _ in rows if label in ("Counted", "Query")] == labels
    assert "SELECT" not in full_format.render(view).decode()


def test_a_record_without_the_program_file_says_nothing(go: Any, seal_log: Any) -> None:
    """Logs of earlier versions are read."""
    view = RunView.of(seal_log(go.events()))

    assert (view.bindings, counted(view), judge_by_condition(view)) == ({}, [], [])


@pytest.mark.parametrize(
    ("kind", "severity", "told"),
    [
        (NoticeKind.COUNTING, Severity.MANDATORY, True),
        (NoticeKind.PROGRAM, Severity.MANDATORY, False),
        (NoticeKind.COUNTING, Severity.ADVISORY, False),
    ],
)
def test_a_condition_that_was_changed_is_to_be_checked(
    go: Any, seal_log: Any, kind: NoticeKind, severity: Severity, told: bool
) -> None:
    """The figure beside it looks like progress."""
    view = weighing(RunView.of(seal_log(go.events())), severity)
    view = replace(view, since=RunComparison(notices=(Notice(kind=kind, subject=FACT, sentence="x"),)))

    assert judge_by_condition(view) == (
        [f"Check how {FACT} is counted: that was changed since the last run, and a mandatory criterion rests on it."]
        if told
        else []
    )
    assert any(f"Check how {FACT}" in line for line in page_of(view).meaning) is told


@pytest.mark.parametrize(
    ("end", "severity", "told"),
    [
        (", counts rows with 'Result' 'Failed' too", Severity.MANDATORY, True),
        (", counts rows with 'Result' 'Failed' too; more.csv, 3 rows", Severity.MANDATORY, True),
        (", counts rows with 'Result' 'Failed' too", Severity.ADVISORY, False),
        (", 3 rows", Severity.MANDATORY, False),
    ],
)
def test_unusual_words_are_to_be_checked(go: Any, seal_log: Any, end: str, severity: Severity, told: bool) -> None:
    """Rows that failed may count as done where a person says so, and a reader must see it."""
    run = placed(go, end)
    view = weighing(RunView.of(seal_log(run.events())), severity)

    assert judge_by_condition(view) == (
        [f"Check what a mandatory criterion rests on: {FACT} counts rows with 'Result' 'Failed' too."] if told else []
    )


def weighing(view: RunView, severity: Severity) -> RunView:
    findings = tuple(each.model_copy(update={"severity": severity}) for each in view.findings)
    return replace(view, assessment=view.assessment.model_copy(update={"findings": findings}))


def placed(run: Any, end: str) -> Any:
    found = run.assessment.evidence
    evidence = tuple(
        each.model_copy(
            update={"source": each.source.model_copy(update={"locator": f"lms.csv{end}"})} if each.fact == FACT else {}
        )
        for each in found.evidence
    )
    changed = found.model_copy(update={"evidence": evidence})
    changed.__dict__.pop("_by_fact", None)
    assessment = run.assessment.model_copy(update={"evidence": changed})
    return run.__class__(**{**run.__dict__, "assessment": assessment})
