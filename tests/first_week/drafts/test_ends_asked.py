"""What a fact asks to be over: a column that says that a part of it is over never counts for the whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.draft_terms import DraftTerms, required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.row_outcomes import names_stage
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.testing import SAMPLE_NOW, answers_of, job_of

MOCKS = "mock.cycles_completed"
LOG = "Mock,Extract done,Reconciled\nMock 1,2026-08-18,2026-08-27\nMock 2,2026-10-20,\n"


@pytest.fixture(scope="module")
def rules() -> LoadedRuleset:
    """The ruleset that counts rehearsals too."""
    return load_ruleset("m3-hardened@0.1.0-experimental")


def drafted(file: Path, rules: LoadedRuleset, text: str, group: str = "mock") -> TableDraft:
    """The draft of a table."""
    file.write_text(text, encoding="utf-8")
    return draft_table(map_file(file), group, rules.vocabulary, required_of(rules.ruleset, rules.vocabulary))


def answered(draft: TableDraft, rules: LoadedRuleset, *chosen: str, fact: str = MOCKS) -> TableDraft:
    """The draft with the columns that a person chose for a fact."""
    first, second = (*chosen, "", "")[:2]
    required = required_of(rules.ruleset, rules.vocabulary)
    terms = DraftTerms(rules.vocabulary, required, {}, (), SAMPLE_NOW)
    return with_answers(draft, [AnsweredRow("fact", fact, "", first, second, "row 7")], terms)


def value(draft: TableDraft, text: str, fact: str = MOCKS) -> Any:
    """What the collector makes of a fact."""
    settings = settings_of(draft)
    settings = {**settings, "facts": {fact: settings["facts"][fact]}}
    with ready():
        return answers_of(TableCollector(), job_of({"file": ("t.csv", text.encode())}, as_of=SAMPLE_NOW), settings)[
            fact
        ].value


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (LOG, 1),
        ("Mock,Reconciled\nMock 1,2026-08-27\nMock 2,2026-10-28\n", 2),
        ("Mock,Extract done,Status\nMock 1,2026-08-18,Reconciled\nMock 2,2026-10-20,In progress\n", 1),
        ("Mock,Completed on\nMock 1,2026-08-27\nMock 2,\n", 1),
        ("Mock,Reconciliation done\nMock 1,2026-08-27\nMock 2,\n", 1),
    ],
)
def test_a_conversion_counts_when_its_last_stage_is_over(
    tmp_path: Path, rules: LoadedRuleset, text: str, counted: int
) -> None:
    """It was extracted, and nobody has reconciled it."""
    assert value(drafted(tmp_path / "mocks.csv", rules, text), text) == counted


@pytest.mark.parametrize(
    ("fact", "group", "text"),
    [
        (MOCKS, "mock", "Mock,Extract done\nMock 1,2026-08-18\nMock 2,2026-10-20\n"),
        (MOCKS, "mock", "Mock,Extract complete\nMock 1,Yes\nMock 2,Yes\n"),
        (MOCKS, "mock", "Mock,Ran on\nMock 1,2026-08-18\nMock 2,2026-10-20\n"),
        ("rehearsal.full_completed", "rehearsal", "Rehearsal,Data completed\nR1,2026-08-18\nR2,2026-10-20\n"),
        ("rehearsal.full_completed", "rehearsal", "Rehearsal,Tools done\nR1,Yes\nR2,Yes\n"),
        ("sit.executed_ratio", "sit", "Case,Executed on\nC1,2026-08-18\nC2,2026-10-20\n"),
    ],
)
def test_a_stage_answers_nothing(tmp_path: Path, rules: LoadedRuleset, fact: str, group: str, text: str) -> None:
    """The data are complete, and the rehearsal is not; what began to run has no outcome yet."""
    assert fact not in {each.fact.name for each in drafted(tmp_path / "t.csv", rules, text, group).used}


@pytest.mark.parametrize(
    ("fact", "heading", "stage"),
    [
        (MOCKS, "Extract done", True),
        (MOCKS, "Reconciliation done", False),
        (MOCKS, "Mock conversion completed", False),
        (MOCKS, "Extract", False),
        ("rehearsal.full_completed", "Rehearsal completed", False),
        ("rehearsal.full_completed", "People completed", True),
        ("training.completed_ratio", "Training completed", False),
    ],
)
def test_a_heading_names_a_stage_by_the_words_beside_what_is_counted(
    rules: LoadedRuleset, fact: str, heading: str, stage: bool
) -> None:
    """A rehearsal that is completed is the thing itself; its people are a part of it."""
    assert names_stage(heading, rules.vocabulary[fact]) is stage


@pytest.mark.parametrize("beside", [(), ("is filled in",)])
def test_a_person_may_choose_the_day_of_the_end(tmp_path: Path, rules: LoadedRuleset, beside: tuple[str, ...]) -> None:
    """It was refused for asking for more than a name, while a day of the beginning was taken."""
    draft = drafted(tmp_path / "mocks.csv", rules, LOG)

    assert value(answered(draft, rules, "Reconciled", *beside), LOG) == 1


def test_a_person_may_not_choose_the_day_of_a_stage(tmp_path: Path, rules: LoadedRuleset) -> None:
    """The sentence says what is missing, and what to choose."""
    draft = drafted(tmp_path / "mocks.csv", rules, LOG)

    with pytest.raises(WrongAnswerInSheet, match=r"`Extract done` says that a part is over.*through reconciliation"):
        answered(draft, rules, "Extract done")
