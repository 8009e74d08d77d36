"""What is news, line by line: each kind of change is told once, setbacks first, and in which words."""

from __future__ import annotations

import pytest
from tests.report.conftest import OTHERS, TRAINING, recorded, training

from gonogo.comparison.compare import Change, RunComparison
from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.model.assessment import Purpose
from gonogo.model.decision import Blocker
from gonogo.model.finding import Status
from gonogo.model.verdict import Verdict
from gonogo.notify.news import KINDS, News, news_of


@pytest.fixture
def assessment():
    """A NO-GO of a program without a marking."""
    findings = (training(Status.NOT_MET), *OTHERS)
    blockers = (Blocker(criterion=TRAINING, why="It fails."),)
    return recorded(findings, verdict=Verdict.NO_GO, without=Verdict.NO_GO, blockers=blockers).assessment


def change(name):
    return Change(criterion=name, title="T", before=Status.MET, after=Status.UNKNOWN, sentence=f"{name} it is.")


def test_the_kinds_are_those_that_people_decide_about():
    """A value or an age moves every day; who is told of it every day mutes the channel."""
    assert {each.value for each in KINDS} == {"outcome", "blocker", "waiver", "acceptance", "plan"}


@pytest.mark.parametrize(("many", "said"), [(0, "0 reasons"), (1, "1 reason"), (2, "2 reasons")])
def test_the_first_run_counts_its_reasons(assessment, many, said):
    """*1 reasons* reads like a mistake, and a mistake in the first message is believed of the others."""
    blockers = assessment.decision.blockers * many
    decision = assessment.decision.model_copy(update={"blockers": blockers})

    told = news_of(assessment.model_copy(update={"decision": decision}), "r", None)

    assert told.lines == (f"First recorded run: NO-GO, {said} against going live.",)
    assert not told.worse


@pytest.mark.parametrize(
    ("group", "line"),
    [
        ("worse", "worse: a.b. a.b it is."),
        ("stale", "stale: a.b. a.b it is."),
        ("dropped", "no longer asked: a.b. a.b it is."),
        ("better", None),
        ("opened", None),
    ],
)
def test_a_criterion_that_fell_is_told_and_one_that_rose_is_on_the_page(assessment, group, line):
    """What got worse, aged or is no longer asked wants somebody today."""
    told = news_of(assessment, "r", RunComparison(**{group: (change("a.b"),)}))

    assert (None if told is None else told.lines) == (None if line is None else (line,))


def test_the_verdict_comes_before_criteria_and_those_before_papers(assessment):
    """Who reads two lines reads the two that matter."""
    plan = Notice(kind=NoticeKind.PLAN, subject="p", sentence="The plan changed.")
    changes = RunComparison(
        verdict_better=True, worse=(change("w"),), stale=(change("s"),), dropped=(change("d"),), notices=(plan, plan)
    )

    told = news_of(assessment, "r", changes)

    assert told.lines == (
        "The verdict is better than in the last run: NO-GO.",
        "worse: w. w it is.",
        "stale: s. s it is.",
        "no longer asked: d. d it is.",
        "The plan changed.",
    )
    assert told.worse


def test_the_message_says_what_it_is_about(assessment):
    """A channel is shared by programs: id, release, kind of run and local go-live are in every message."""
    told = news_of(assessment, "run-7", None)

    assert (told.program, told.release, told.run, told.verdict) == ("harborline", "R1", "run-7", "NO-GO")
    assert told.go_live == "2027-05-03T06:00-04:00"
    assert told.text.split("\n") == [
        "harborline R1: REHEARSAL: NO-GO",
        assessment.kind.sentence,
        "Go-live: 2027-05-03T06:00-04:00",
        "- First recorded run: NO-GO, 1 reason against going live.",
    ]


def test_what_does_not_fit_is_counted_at_the_end():
    """The last line says where the rest is."""
    told = News("p", "R", "r", "GO", "k", "g", worse=False, lines=("a", "b"), more=3)

    assert told.text.split("\n")[3:] == ["- a", "- b", "And 3 more: see the report."]


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ({"purpose": Purpose.DECISION}, "harborline R1: NO-GO"),
        ({"purpose": Purpose.PROGRESS}, "harborline R1: PROGRESS, no decision: NO-GO"),
        ({"purpose": Purpose.REHEARSAL}, "harborline R1: REHEARSAL: NO-GO"),
        ({"purpose": Purpose.PROGRESS, "shadow": True}, "harborline R1: PROGRESS, no decision: IN SHADOW: NO-GO"),
    ],
)
def test_the_subject_says_that_nothing_is_decided(assessment, kind, subject):
    """A list of mails shows subjects alone: *R1: GO* of a daily run would be taken for the decision."""
    kind = assessment.kind.model_copy(update=kind)

    assert news_of(assessment.model_copy(update={"kind": kind}), "r", None).subject == subject
