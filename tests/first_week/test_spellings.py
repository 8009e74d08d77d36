"""One word in several spellings is one word: in lists, in questions and in answers, and it never counts for better."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.asked_sheets import sheet_of
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.open_program import OpenProgram, open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.drafts.word_meanings import Meaning, meaning_of
from gonogo.first_week.interview import conduct
from gonogo.first_week.spellings import as_one, by_word, writable
from gonogo.first_week.starting import start

PASSED = ["Passed", "passed", "PASSED ", "Passed\u00a0", "\ufeffPassed", "Pas\u200bsed", "Pas\u00adsed", "\uff30assed"]
FACT = "interfaces.e2e_passed_ratio"


@pytest.mark.parametrize("word", PASSED)
def test_each_spelling_is_the_same_word_with_the_same_meaning(word: str) -> None:
    assert as_one(word) == "passed"
    assert meaning_of(word, "E2E test") is Meaning.PASSED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Clos\u00e9", "Close\u0301"),
        ("Signed off", "signed \u00a0OFF"),
        ("Stra\u00dfe", "STRASSE"),
        ("A\u200d", "a"),
    ],
)
def test_forms_of_one_letter_and_blanks_part_no_words(one: str, other: str) -> None:
    assert as_one(one) == as_one(other)


@pytest.mark.parametrize(("one", "other"), [("Passed", "Pass ed"), ("Closed", "Close"), ("Open", "0pen"), ("é", "e")])
def test_other_words_stay_others(one: str, other: str) -> None:
    assert as_one(one) != as_one(other)


def test_words_are_gathered_by_a_spelling_that_a_condition_can_name() -> None:
    found = by_word(["Passed\u00a0", "PASSED", "Failed", "Passed", "Fai\u200bled", "\u200bOdd"])

    assert found == {
        "PASSED": ["Passed\u00a0", "PASSED", "Passed"],
        "Failed": ["Failed", "Fai\u200bled"],
        "\u200bOdd": ["\u200bOdd"],
    }
    assert (writable("Passed"), writable("Passed\u00a0"), writable("Pas\u200bsed")) == (True, False, False)


@pytest.mark.parametrize("letter", ["Y", "N", "y", "n", "X", "T"])
@pytest.mark.parametrize(
    ("heading", "asked"),
    [("E2E test result", True), ("Status", True), ("Decision", True), ("E2E tested", False), ("Approved?", False)],
)
def test_a_lone_letter_under_a_status_is_asked_about(letter: str, heading: str, asked: bool) -> None:
    """`N` of New is no no, and `P` may be passed or pending; under a question it answers that question."""
    assert (meaning_of(letter, heading) is None) is asked


def begun(root: Path, *words: str) -> OpenProgram:
    """A program with one list of interfaces that says these words."""
    (root / "evidence").mkdir(parents=True)
    rows = "".join(f"I-{at},{word}\n" for at, word in enumerate(words))
    (root / "evidence" / "Interfaces.csv").write_text(f"Interface ID,E2E test\n{rows}", encoding="utf-8")
    start(root, conduct(root, invented_office()))
    return open_program(root)


def words_of(opened: OpenProgram) -> dict[str, tuple[str, str]]:
    _, rows = sheet_of(opened, opened.bindings[0])
    return {row.about: (row.answer, row.note) for row in rows if row.tag == "word"}


def test_capitals_make_one_question_and_count_alike(tmp_path: Path) -> None:
    opened = begun(tmp_path, "Passed", "PASSED", "passed", "Failed")

    assert words_of(opened) == {
        "Passed": ("passed", "3 rows, written in 3 ways that count as one word"),
        "Failed": ("failed", "1 row"),
    }
    assert said_by_fact(opened, opened.bindings[0], dated=False)[FACT] == "3 of 4"


@pytest.mark.parametrize("word", ["Pass\u00a0ed", "Pas\u200bsed", "Pas\u00adsed"])
def test_a_sign_that_nobody_sees_never_stops_the_file_and_never_counts_for_better(tmp_path: Path, word: str) -> None:
    """A no-break space in one cell left the whole list unbound, because no condition can name it."""
    opened = begun(tmp_path, "Passed", word, "Failed")
    (binding,) = opened.bindings

    assert said_by_fact(opened, binding, dated=False)[FACT] == "1 of 3"
    text = (tmp_path / "gonogo.yaml").read_text(encoding="utf-8").replace("\n  #  ", "")
    assert "which has a sign that nobody sees; write it anew in the file" in text


@pytest.fixture(scope="module")
def unseen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program one of whose words has a sign that nobody sees, and its workbook."""
    root = tmp_path_factory.mktemp("unseen") / "p"
    begun(root, "Passed", "Par\u200bked", "Failed", "parked", "PARKED")
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


@pytest.mark.parametrize(("means", "passed"), [("passed", 3), ("failed", 1), (None, 1)])
def test_an_answer_is_about_each_spelling_that_can_be_named(
    unseen: Path, tmp_path: Path, means: str | None, passed: int
) -> None:
    """One row asks for the word; the cell that nobody can name counts as the worse, and its note says so."""
    root = Path(shutil.copytree(unseen, tmp_path / "p"))
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if "Interfaces" in each.title]
    rows = [row for row in page.iter_rows() if row[0].value == "word"]
    assert [row[1].value for row in rows] == ["Passed", "parked", "Failed"]
    assert "`Par\\u200bked` has a sign that nobody sees, and counts as the worse" in str(rows[1][5].value)
    rows[1][3].value = means
    for row in page.iter_rows():
        if row[0].value in ("confirmed by", "held"):
            row[3].value = "Ada Kirsch" if row[0].value == "confirmed by" else "2026-11-19"
    book.save(root / "b.xlsx")

    bind(root / "b.xlsx", root)

    opened = open_program(root)
    assert said_by_fact(opened, opened.bindings[0], dated=False)[FACT] == f"{passed} of 5"


def test_a_word_that_nobody_can_name_gets_no_meaning(tmp_path: Path) -> None:
    root = tmp_path / "p"
    begun(root, "Passed", "Par\u200bked", "Failed")
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if "Interfaces" in each.title]
    for row in page.iter_rows():
        if row[0].value == "word" and "ked" in str(row[1].value):
            row[3].value = "passed"
        if row[0].value in ("confirmed by", "held"):
            row[3].value = "Ada Kirsch" if row[0].value == "confirmed by" else "2026-11-19"
    book.save(root / "b.xlsx")

    told = " ".join(bind(root / "b.xlsx", root))

    assert "no condition can name `Par\\u200bked`, which has a sign that nobody sees" in told
    assert open_program(root).bindings[0].confirmed is False


JIRA = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority\n"
    "A,H-1,1,Bug,Closed,H,Highest\nB,H-2,2,Bug,CLOSED,H,Highest\nC,H-3,3,Bug,To Do,H,High\n"
)


def test_words_of_a_known_tool_are_asked_once_whatever_their_capitals(tmp_path: Path) -> None:
    """The profile knows `Closed`; a person was asked what `CLOSED` means."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "jira-2026-11-20.csv").write_text(JIRA, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    opened = open_program(tmp_path)
    assert words_of(opened)["Closed"] == ("final", "2 rows, written in 2 ways that count as one word")
    assert "CLOSED" not in words_of(opened)
    (tmp_path / "b.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    (page,) = [each for each in book.worksheets if "jira" in each.title]
    next(row for row in page.iter_rows() if row[0].value == "confirmed by")[3].value = "Ada Kirsch"
    book.save(tmp_path / "b.xlsx")
    bind(tmp_path / "b.xlsx", tmp_path)

    opened = open_program(tmp_path)
    assert opened.bindings[0].confirmed is None
    assert said_by_fact(opened, opened.bindings[0], dated=False)["defects.critical_open"] == "0"
