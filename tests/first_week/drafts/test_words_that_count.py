"""A chosen column whose words say nothing about a fact is refused; it never counts as not bad, nor every row as bad."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.draft_terms import DraftTerms, owners_of, required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.table_draft import draft_table
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset

CODES = "Code,Mapped?\n100,Yes\n200,No\n300,Yes\n"
PROBLEMS = "Interface,E2E test,Open problem\nI-1,Passed,Minor\nI-2,Failed,Critical\nI-3,Passed,Minor\n"


def where_of(path: Path, rules: LoadedRuleset, text: str, *rows: AnsweredRow) -> str:
    """Return the condition of the one fact that is answered, of a file of this text."""
    path.write_text(text, encoding="utf-8")
    required = required_of(rules.ruleset, rules.vocabulary)
    terms = DraftTerms(rules.vocabulary, required, owners_of(rules.ruleset), (), datetime(2026, 11, 27, tzinfo=UTC))
    fact = next(row.about for row in rows if row.tag == "fact")
    draft = draft_table(map_file(path), fact.rpartition(".")[0], rules.vocabulary, required)
    settings = settings_of(with_answers(draft, list(rows), terms))
    return str(settings["facts"][fact]["count"].get("where", ""))


def meant(heading: str, **words: str) -> list[AnsweredRow]:
    """Return what a person says of the words of a column."""
    return [AnsweredRow("word", word, heading, said, "", "row 7") for word, said in words.items()]


UNMAPPED = AnsweredRow("fact", "mapping.unmapped_codes", "", "Mapped?", "", "row 9")


def test_typed_meanings_that_change_nothing_are_refused(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Yes and no were written as no condition at all, and every code counted as unmapped."""
    with pytest.raises(WrongAnswerInSheet, match=r"`Mapped\?`, `Yes` \(yes\), changes nothing of"):
        where_of(tmp_path / "codes.csv", rules, CODES, *meant("Mapped?", Yes="yes", No=""), UNMAPPED)
    with pytest.raises(WrongAnswerInSheet) as refused:
        where_of(tmp_path / "codes.csv", rules, CODES, *meant("Mapped?", Yes="yes", No="no"), UNMAPPED)

    assert str(refused.value) == (
        "row 9: what is said of the words of `Mapped?`, `Yes` (yes), `No` (no), changes nothing of "
        "mapping.unmapped_codes: a row counts by a word that means `failed` or `open` or `ended without being done` or "
        "`none of these`, and is left out by one that means `done` or `approved` or `passed` or `no longer "
        "on the list`; say that of its words, "
        "or choose another column; if `Mapped?` says only which rows are asked about, choose it in the row `only rows` "
        "with the words that count, and here the column that says how each row stands"
    )


def test_only_of_yes_and_no_it_is_said_how_a_row_is_asked_about(tmp_path: Path, rules: LoadedRuleset) -> None:
    """A column of grades says how a row stands, so the row `only rows` is no way out."""
    with pytest.raises(WrongAnswerInSheet) as refused:
        where_of(tmp_path / "codes.csv", rules, CODES, *meant("Mapped?", Yes="yes", No="high"), UNMAPPED)

    assert str(refused.value).endswith("say that of its words, or choose another column")


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ({"Yes": "yes", "No": "no"}, 'not (open_critical_problem == "No")'),
        ({"Yes": "yes", "No": "yes"}, 'not (open_critical_problem == "N")'),
        ({"Yes": "yes", "No": ""}, 'not (open_critical_problem == "N")'),
        ({"Yes": "yes", "No": "yes", "n": "yes"}, 'not (open_critical_problem == "(no word yet)")'),
        ({"Yes": "yes", "No": "yes", "n": "yes", "(no word yet)": "yes"}, '... == "((no word yet))")'),
    ],
)
def test_a_no_that_a_person_says_to_count_is_not_left_out(
    tmp_path: Path, rules: LoadedRuleset, words: dict[str, str], where: str
) -> None:
    """Where no word means no, plain ones leave a row out, and only those of which nobody said another thing."""
    text = "Interface,Open critical problem\n" + "".join(f"I-{at},{word}\n" for at, word in enumerate(words))
    fact = AnsweredRow("fact", "interfaces.critical_open", "", "Open critical problem", "", "row 9")

    found = where_of(tmp_path / "problems.csv", rules, text, *meant("Open critical problem", **words), fact)

    assert found.endswith(where.removeprefix("..."))


@pytest.mark.parametrize(
    ("yes", "no", "where"),
    [
        ("done", "open", 'not (mapped == "Yes")'),
        ("done", "no", 'not (mapped == "Yes")'),
        ("yes", "open", ""),
        ("", "", ""),
    ],
)
def test_one_word_that_says_something_is_enough(
    tmp_path: Path, rules: LoadedRuleset, yes: str, no: str, where: str
) -> None:
    """The other words count as the worse, as they do while nobody has said anything of them."""
    found = where_of(tmp_path / "codes.csv", rules, CODES, *meant("Mapped?", Yes=yes, No=no), UNMAPPED)

    assert found == where


def test_a_column_without_grades_says_of_no_row_that_it_is_critical(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Passed and failed were both not critical: 0 critical problems."""
    chosen = AnsweredRow("fact", "interfaces.critical_open", "", "E2E test", "", "row 9")
    graded = AnsweredRow("fact", "interfaces.critical_open", "", "Open problem", "", "row 9")
    only = AnsweredRow("only rows", "", "", "Open problem", "Critical", "row 10")

    with pytest.raises(WrongAnswerInSheet, match=r"row 9: .* no word of `E2E test` says it; choose the column of sev"):
        where_of(tmp_path / "i.csv", rules, PROBLEMS, chosen, *meant("E2E test", Passed="passed", Failed="failed"))

    assert (
        where_of(
            tmp_path / "i.csv",
            rules,
            PROBLEMS,
            graded,
            *meant("Open problem", Minor="lower than high", Critical="critical"),
        )
        == 'not (open_problem == "Minor")'
    )
    assert (
        where_of(tmp_path / "i.csv", rules, PROBLEMS, chosen, only, *meant("E2E test", Passed="passed", Failed="open"))
        == 'not (open_problem == "Minor") and not (e2e_test == "Passed")'
    )


def test_a_chosen_status_of_something_else_closes_no_problem(tmp_path: Path, rules: LoadedRuleset) -> None:
    """An approved control document, chosen beside the problem, took the interface out of the count."""
    text = "Interface,ICD status,Open Sev 1 problem?\nI-1,Approved,No\nI-2,Draft,No\n"
    chosen = AnsweredRow("fact", "interfaces.critical_open", "", "Open Sev 1 problem?", "ICD status", "row 9")
    alone = AnsweredRow("fact", "interfaces.critical_open", "", "Open Sev 1 problem?", "", "row 9")

    with pytest.raises(WrongAnswerInSheet) as refused:
        where_of(tmp_path / "i.csv", rules, text, chosen)

    assert str(refused.value) == (
        "row 9: interfaces.critical_open counts by the problem alone, and `ICD status` says how something else stands; "
        "choose only the column of the problem"
    )
    assert where_of(tmp_path / "i.csv", rules, text, alone) == 'not (open_sev_1_problem == "No")'


def test_a_yes_or_no_about_critical_is_no_choice_for_what_is_high(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Chosen, its *No* left out an open issue that may be high."""
    issues = "Issue,{},Status\nI1,No,Open\nI2,Yes,Closed\n"

    def chosen(fact: str, heading: str) -> str:
        row = AnsweredRow("fact", fact, "", heading, "", "row 9")
        return where_of(tmp_path / "issues.csv", rules, issues.format(heading), row)

    with pytest.raises(WrongAnswerInSheet, match=r"no word of `Critical\?` says it; choose the column of severity"):
        chosen("raid.high_issues_unplanned", "Critical?")
    assert 'critical == "No"' in chosen("raid.critical_issues_open", "Critical?")
    assert 'high_or_critical == "No"' in chosen("raid.high_issues_unplanned", "High or critical?")
