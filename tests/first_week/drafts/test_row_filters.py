"""Which rows a drafted fact asks about: a word that came later is never dropped without anybody saying so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.draft_terms import DraftTerms, required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.mapping import map_file
from gonogo.plugin.spec import Answer
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.testing import SAMPLE_NOW, answers_of, job_of

PARTIES = {"customer": "BLW", "provider": "TSC"}
MAPS = "mapping.approved_ratio"
CODES = "Legacy Code,Active,Business Approval\nA1,Yes,Approved\nA2,Yes,Approved\nA3,No,Pending\n"


@pytest.fixture(scope="module")
def rules() -> LoadedRuleset:
    """The ruleset with most facts."""
    return load_ruleset("m3-hardened@0.1.0-experimental")


def drafted(file: Path, rules: LoadedRuleset, text: str, group: str) -> TableDraft:
    """The draft of a table."""
    file.write_text(text, encoding="utf-8")
    required = required_of(rules.ruleset, rules.vocabulary)
    return draft_table(map_file(file), group, rules.vocabulary, required, (), PARTIES)


def only(draft: TableDraft, rules: LoadedRuleset, fact: str, answer: tuple[str, ...], *rows: str) -> TableDraft:
    """The draft with the rows that a person says are asked about: a heading, and its words that count."""
    heading, words = rows
    required = required_of(rules.ruleset, rules.vocabulary)
    terms = DraftTerms(rules.vocabulary, required, {}, (), SAMPLE_NOW, makers=PARTIES)
    first, second = (*answer, "")[:2]
    said = [
        AnsweredRow("only rows", "", "", heading, words, "row 6"),
        AnsweredRow("fact", fact, "", first, second, "row 7"),
    ]
    return with_answers(draft, said, terms)


def answer(draft: TableDraft, text: str, fact: str) -> Answer:
    """What the collector makes of a fact."""
    settings = settings_of(draft)
    settings = {**settings, "facts": {fact: settings["facts"][fact]}}
    with ready():
        return answers_of(TableCollector(), job_of({"file": ("t.csv", text.encode())}, as_of=SAMPLE_NOW), settings)[
            fact
        ]


def counted(draft: TableDraft, text: str, fact: str) -> Any:
    """Part and whole of a share, else the value."""
    found = answer(draft, text, fact)
    return found.value if found.whole is None else (found.part, found.whole)


@pytest.mark.parametrize(
    ("row", "share"),
    [("", (2, 2)), ("A4,Y,Pending\n", (2, 3)), ("A4,No,Pending\n", (2, 2)), ("A4,Yes,Approved\n", (3, 3))],
)
def test_a_word_that_nobody_chose_or_left_is_asked_about(
    tmp_path: Path, rules: LoadedRuleset, row: str, share: tuple[int, int]
) -> None:
    """`Yes` was chosen and `No` was left; nobody has said what `Y` is."""
    draft = drafted(tmp_path / "t.csv", rules, CODES, "mapping")
    found = only(draft, rules, MAPS, ("Business Approval",), "Active", "Yes")

    assert counted(found, CODES + row, MAPS) == share


def test_an_evidence_line_says_how_many_rows_are_not_asked_about_and_why(tmp_path: Path, rules: LoadedRuleset) -> None:
    """100% of two rows, where three were read."""
    draft = drafted(tmp_path / "t.csv", rules, CODES, "mapping")
    found = only(draft, rules, MAPS, ("Business Approval",), "Active", "Yes")

    assert answer(found, CODES, MAPS).where == "t.csv, 3 rows, 1 is not asked about by 'Active'"
    assert answer(found, f"{CODES}A4,No,Pending\n", MAPS).where == "t.csv, 4 rows, 2 are not asked about by 'Active'"
    assert answer(found, CODES.replace("No,Pending", "Yes,Pending"), MAPS).where == "t.csv, 3 rows"


def test_a_cell_that_was_blank_and_not_chosen_stays_out(tmp_path: Path, rules: LoadedRuleset) -> None:
    """An X marks what is asked about; a blank is how such a column says no."""
    text = "Legacy Code,Active,Business Approval\nA1,X,Approved\nA2,,Pending\n"
    found = only(
        drafted(tmp_path / "t.csv", rules, text, "mapping"), rules, MAPS, ("Business Approval",), "Active", "X"
    )

    assert counted(found, text, MAPS) == (1, 1)
    assert counted(found, f"{text}A3,x,Pending\n", MAPS) == (1, 2)


@pytest.mark.parametrize(("kind", "count"), [("Full", 2), ("Part", 1), ("Fulll", 1)])
def test_a_count_of_what_was_done_takes_no_word_that_nobody_chose(
    tmp_path: Path, rules: LoadedRuleset, kind: str, count: int
) -> None:
    """More rows make it better, so there an unknown word stays out."""
    text = "Mock,Kind,Reconciled\nMock 1,Full,2026-08-27\nMock 2,Part,2026-10-28\n"
    fact = "mock.cycles_completed"
    found = only(drafted(tmp_path / "t.csv", rules, text, "mock"), rules, fact, ("Reconciled",), "Kind", "Full")

    assert counted(found, f"{text}Mock 3,{kind},2026-11-02\n", fact) == count


@pytest.mark.parametrize(("kind", "count"), [("", 1), ("Bug", 2), ("Defekt", 2), ("Story", 1)])
def test_a_kind_that_nobody_knows_counts_against_go_live(
    tmp_path: Path, rules: LoadedRuleset, kind: str, count: int
) -> None:
    """A list that calls one of its defects something else has no fewer of them."""
    text = "Defect,Issue Type,Severity,Status\nD-1,Bug,Critical,Open\nD-2,Story,Critical,Open\nD-3,Bug,High,Closed\n"
    draft = drafted(tmp_path / "t.csv", rules, text, "defects")

    assert counted(draft, text + (f"D-4,{kind},Critical,Open\n" if kind else ""), "defects.critical_open") == count


@pytest.mark.parametrize(("side", "share"), [("TSC", (1, 2)), ("BLW", (1, 3)), ("B.L.W.", (1, 3))])
def test_a_side_that_nobody_knows_is_asked_about(
    tmp_path: Path, rules: LoadedRuleset, side: str, share: tuple[int, int]
) -> None:
    """A position under a third spelling is vacant all the same."""
    text = "Position,Side,Required,In place\nP1,BLW,1,1\nP2,BLW,1,0\nP3,TSC,1,1\n"
    fact = "customer_om.onboard_ratio"
    draft = drafted(tmp_path / "t.csv", rules, text, "customer_om")

    assert counted(draft, f"{text}P4,{side},1,0\n", fact) == share
