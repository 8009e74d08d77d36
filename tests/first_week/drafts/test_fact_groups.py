"""Which group of facts a table is about: what calls itself a kind that no criterion reads is no other kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week.drafts.draft_terms import required_of
from gonogo.first_week.drafts.fact_groups import names_unread, ranked_groups
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program
from gonogo.ruleset.loader import LoadedRuleset


@pytest.mark.parametrize(
    ("words", "unread"),
    [(["regression", "test"], True), (["sit", "test"], False), (["integration", "result"], False), (["roster"], False)],
)
def test_regression_is_a_kind_of_its_own(rules: LoadedRuleset, words: list[str], unread: bool) -> None:
    """The baseline's criteria read no regression test."""
    assert names_unread(words, rules.vocabulary, required_of(rules.ruleset, rules.vocabulary)) is unread


def test_what_a_criterion_reads_is_no_such_kind(rules: LoadedRuleset) -> None:
    """Under a ruleset that asks for regression tests they are drafted."""
    required = required_of(rules.ruleset, rules.vocabulary) | {"regression.pass_ratio"}
    assert not names_unread(["regression"], rules.vocabulary, required)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("regression runs.csv", "Case,Result\nC1,Passed\nC2,Failed\nC3,Passed\n"),
        ("test runs.csv", "Regression case,Result\nC1,Passed\nC2,Failed\nC3,Passed\n"),
        (
            "test results.csv",
            "Test case,Suite,Status\nC1,Regression,Passed\nC2,Regression,Failed\nC3,Regression,Passed\n",
        ),
    ],
)
def test_regression_runs_answer_for_no_other_test(tmp_path: Path, name: str, text: str) -> None:
    """They were drafted as integration tests, and once as tests of interfaces."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / name).write_text(text, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))

    [binding] = load_program(tmp_path).program.bindings
    assert binding.settings["facts"] == {}


def test_a_roster_of_who_is_in_place_is_about_staff(rules: LoadedRuleset) -> None:
    """By the word *position* alone it was taken for a list of processes."""
    headings = ["Position", "Needed", "In place", "Trained"]
    found = ranked_groups("roster.csv", headings, rules.vocabulary, required_of(rules.ruleset, rules.vocabulary))
    assert {group for group, _ in found[:2]} == {"provider_staff", "customer_om"}
