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
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
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


CONFIG = "ID,State,Iteration Path\n1,Closed,TFC\\R1\n2,Closed,TFC\\R1\n3,Active,TFC\\R1\n4,Closed,TFC\\R2\n5,Closed,\n"
ITEMS = "config.items_complete_ratio"


def test_of_the_items_of_several_releases_a_person_says_which_count(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Four of five of two releases were signed as those of one, of which it is two of three."""
    draft = drafted(tmp_path / "t.csv", rules, CONFIG, "config")
    (found,) = [each for each in draft.facts if each.fact.name == ITEMS]
    chosen = only(draft, rules, ITEMS, ("State",), "Iteration Path", "TFC\\R1")

    assert not found.use
    assert found.ask == (
        "Iteration Path names several releases, and it asks about one: say under `only rows` which of its words count, "
        "or `every row`"
    )
    assert counted(chosen, CONFIG, ITEMS) == (2, 3)


@pytest.mark.parametrize(
    "text",
    [
        CONFIG.replace("\\R2", "\\R1"),
        CONFIG.replace("TFC\\R1", "Finance").replace("TFC\\R2", "Grants"),
        CONFIG.replace("1,Closed,TFC\\R1", "1,Closed,Backlog"),
    ],
)
def test_a_column_that_does_not_name_several_releases_in_all_its_rows_is_not_asked_about(
    tmp_path: Path, rules: LoadedRuleset, text: str
) -> None:
    """One release, departments, and a path that is of no release say nothing of that."""
    draft = drafted(tmp_path / "t.csv", rules, text, "config")

    assert ITEMS in {each.fact.name for each in draft.used}


SERVICES = (
    "Service,{},SLA signed by BLW,SLA signed by TSC\nPay,{},2026-10-01,2026-10-02\nTravel,{},2026-10-01,2026-10-02\n"
)


@pytest.mark.parametrize(
    ("heading", "yes", "no"),
    [
        ("In scope for BLW", "Yes", "No"),
        ("Required", "Yes", "No"),
        ("Obligatorio", "Sí", "No"),
        ("Pflicht", "Ja", "Nein"),
    ],
)
def test_a_row_that_is_not_in_scope_is_not_asked_about_in_any_language(
    tmp_path: Path, rules: LoadedRuleset, heading: str, yes: str, no: str
) -> None:
    """A service that stays in house, and a procedure that nobody has to write, counted among those asked for."""
    text = SERVICES.format(heading, yes, no)
    draft = drafted(tmp_path / "t.csv", rules, text, "sla")

    assert counted(draft, text, "sla.signed_ratio") == (1, 1)


def test_the_signature_of_one_side_is_not_that_of_both(tmp_path: Path, rules: LoadedRuleset) -> None:
    """What the customer signed alone was signed by both."""
    fact = "sla.signed_ratio"
    text = SERVICES.format("Note", "a", "b")
    draft = drafted(tmp_path / "t.csv", rules, text, "sla")
    every = AnsweredRow("only rows", "", "", "every row", "", "row 6")
    terms = DraftTerms(
        rules.vocabulary, required_of(rules.ruleset, rules.vocabulary), {}, (), SAMPLE_NOW, makers=PARTIES
    )

    def chosen(first: str, second: str) -> TableDraft:
        return with_answers(draft, [every, AnsweredRow("fact", fact, "", first, second, "row 7")], terms)

    with pytest.raises(WrongAnswerInSheet) as refused:
        chosen("SLA signed by BLW", "")

    assert str(refused.value) == (
        "row 7: sla.signed_ratio asks it of both sides, and `SLA signed by BLW` says it of the customer alone; choose "
        "the column of the provider beside it, or `not here`"
    )
    assert counted(chosen("SLA signed by BLW", "SLA signed by TSC"), text, fact) == (2, 2)
