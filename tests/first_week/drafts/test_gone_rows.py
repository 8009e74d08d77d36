"""Rows that are no longer on the list leave a share only by a plain word, or because a person says so."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.first_week.drafts.test_standing_rows import share
from tests.first_week.test_start import init

from gonogo.first_week.adding.sheet_honesty import against_words
from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.draft_terms import DraftTerms, required_of
from gonogo.first_week.drafts.gone_rows import gone_questions
from gonogo.first_week.drafts.row_examples import examples_of
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.testing import SAMPLE_NOW

ICD = "interfaces.icd_approved_ratio"
INTERFACES = "Interface ID,ICD status\nI-1,Approved\nI-2,Approved\nI-3,Draft\nI-4,{}\n"


def drafted(folder: Path, rules: LoadedRuleset, text: str, group: str) -> TableDraft:
    """The draft of a table for a group."""
    (folder / "t.csv").write_text(text, encoding="utf-8")
    return draft_table(
        map_file(folder / "t.csv"), group, rules.vocabulary, required_of(rules.ruleset, rules.vocabulary)
    )


@pytest.mark.parametrize(
    ("word", "figure", "asked"),
    [
        ("Retired", (2, 3), "Is 1 row no longer on the list, where ICD status says Retired? Left out of " + ICD + "."),
        ("Out of scope", (2, 3), "Is 1 row no longer on the list, where ICD status says Out of scope?"),
        ("Cancelled", (2, 4), "Column ICD status: is what says Cancelled (1 row) still on the list? It counts as not"),
        ("Withdrawn", (2, 4), "Column ICD status: is what says Withdrawn (1 row) still on the list? It counts as not"),
        ("n/a", (2, 4), "Column ICD status: is what says n/a (1 row) still on the list? It counts as not done"),
        ("In review", (2, 4), ""),
    ],
)
def test_only_a_plain_word_takes_a_row_out_and_that_is_said(
    tmp_path: Path, rules: LoadedRuleset, word: str, figure: tuple[int, int], asked: str
) -> None:
    """A retired interface stayed in the denominator, and no word could say otherwise."""
    text = INTERFACES.format(word)
    draft = drafted(tmp_path, rules, text, "interfaces")

    assert share(draft, text, ICD) == figure
    questions = list(gone_questions(draft))
    assert len(questions) == bool(asked)
    assert not asked or questions[0].startswith(asked)


def test_two_rows_are_told_in_the_plural(tmp_path: Path, rules: LoadedRuleset) -> None:
    """The sentence said *Is 2 rows*."""
    draft = drafted(tmp_path, rules, INTERFACES.format("Retired") + "I-5,Retired\n", "interfaces")

    assert next(gone_questions(draft)).startswith("Are 2 rows no longer on the list")


def test_a_row_of_a_workbook_is_called_as_its_number_is_shown(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Row 1 was called 1.0, which stands nowhere in the workbook."""
    book = openpyxl.Workbook()
    for row in (("Interface ID", "ICD status"), (1, "Approved"), (2, "Approved"), (3, "Draft")):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    needed = required_of(rules.ruleset, rules.vocabulary)
    draft = draft_table(map_file(tmp_path / "t.xlsx"), "interfaces", rules.vocabulary, needed)
    [each] = [each for each in draft.used if each.fact.name == ICD]

    assert examples_of(draft, each, SAMPLE_NOW) == (["1", "2"], ["3"])


@pytest.mark.parametrize(
    ("word", "means", "figure"),
    [
        ("Cancelled", Meaning.GONE, (2, 3)),
        ("Cancelled", Meaning.ENDED, (2, 4)),
        ("Retired", Meaning.GONE, (2, 3)),
        ("Retired", Meaning.ENDED, (2, 4)),
        ("Retired", None, (2, 4)),
    ],
)
def test_what_a_person_says_of_the_word_counts(
    tmp_path: Path, rules: LoadedRuleset, word: str, means: Meaning | None, figure: tuple[int, int]
) -> None:
    """An answer that changes nothing would be worse than none; a meaning that is deleted counts as the worse."""
    text = INTERFACES.format(word)
    draft = drafted(tmp_path, rules, text, "interfaces")
    terms = DraftTerms(rules.vocabulary, required_of(rules.ruleset, rules.vocabulary), {}, (), SAMPLE_NOW)
    rows = [
        AnsweredRow("word", "Approved", "ICD status", "approved", "", "row 7"),
        AnsweredRow("word", "Draft", "ICD status", "open", "", "row 8"),
        AnsweredRow("word", word, "ICD status", str(means or ""), "", "row 9"),
        AnsweredRow("fact", ICD, "", "ICD status", "", "row 10"),
    ]

    assert share(with_answers(draft, rows, terms), text, ICD) == figure


def test_taking_rows_out_against_the_word_is_told() -> None:
    """What makes a share better than its word says is shown to who signs it."""
    row = AnsweredRow("word", "Draft", "ICD status", str(Meaning.GONE), "", "row 8")

    assert list(against_words(None, [row])) == ["`Draft` under ICD status counts as no longer on the list"]


def test_a_planned_case_stays_planned(tmp_path: Path, rules: LoadedRuleset) -> None:
    """A case that nobody runs any more did not run."""
    text = "Case,Result\nC-1,Passed\nC-2,Failed\nC-3,Retired\n"
    draft = drafted(tmp_path, rules, text, "sit")

    assert "planned" in rules.vocabulary["sit.executed_ratio"].meaning
    assert share(draft, text, "sit.executed_ratio") == (2, 3)


@pytest.mark.parametrize("word", ["Retired", "Rejected"])
def test_a_code_that_is_gone_needs_no_map_and_that_is_said(tmp_path: Path, word: str) -> None:
    """A rejected map is none, and a retired code needs none."""
    text = f"Old code,Map status\n1,Approved\n2,{word}\n3,Open\n"
    [proposal] = init(tmp_path, {"Code crosswalk.csv": text}).proposals

    assert any("no longer on the list, where Map status says" in each for each in proposal.asked) is (word == "Retired")


def test_a_defect_out_of_scope_is_open_until_somebody_says_otherwise(tmp_path: Path, rules: LoadedRuleset) -> None:
    """A decision about a trouble does not end it."""
    draft = drafted(tmp_path, rules, "Defect,Severity,Status\nD1,High,Open\nD2,High,Out of scope\n", "defects")

    assert draft.states["status"].words == {"Open": Meaning.OPEN, "Out of scope": None}
