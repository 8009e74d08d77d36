"""Columns that name several test cycles or builds: what is offered, what stands there as a guess, what is read back."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.collectors.rows.row_subject import bound_to
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.subject_rows import counted_in, subject_rows
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.row_subjects import subjects_of
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.interview import conduct
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program


def table(folder: Path, heading: str, *values: str, build: str = "B-7") -> TableMapping:
    """A table of cases, each value of one column twice, and what a program of that build makes of it."""
    rows = [f"U-{number},Pass,{value}" for number, value in enumerate(values * 2)]
    (folder / "cases.csv").write_text("\n".join([f"Case,Result,{heading}", *rows, ""]), encoding="utf-8")
    return map_file(folder / "cases.csv", bounds=(bound_to(builds=[build], releases=["R1"]),))


def answered(about: str, answer: str, second: str = "", tag: str = "which rows") -> list[AnsweredRow]:
    """Rows of a sheet of which one answers, between others that a sheet has."""
    return [
        AnsweredRow("key", about, "", "Case", "", "row 2"),
        AnsweredRow(tag, about, "", answer, second, "row 3"),
        AnsweredRow("which rows", "Another", "", "Cycle 8", "", "row 4"),
    ]


@pytest.mark.parametrize(
    ("cycles", "last"),
    [
        (("Cycle 1", "Cycle 2"), "Cycle 2"),
        (("Cycle 10", "Cycle 8", "Cycle 9"), "Cycle 10"),
        (("SIT 2.9", "SIT 2.10", "SIT 1.20"), "SIT 2.10"),
        (("cycle 3", "Cycle 20"), "Cycle 20"),
    ],
)
def test_the_figures_are_of_the_last_test_cycle_until_a_person_says_which_counts(
    tmp_path: Path, cycles: tuple[str, ...], last: str
) -> None:
    """The tenth comes after the ninth; which of them counts is nobody's answer before somebody writes it."""
    mapping = table(tmp_path, "Cycle", *cycles)
    [row] = subject_rows(subjects_of(mapping), guess=True)
    [unguessed] = subject_rows(subjects_of(mapping), guess=False)

    assert (row.tag, row.about, row.answer, unguessed.answer) == ("which rows", "Cycle", "", "")
    assert set(row.offered) == {*cycles, "every row counts"}
    assert row.offered[-2:] == (last, "every row counts")
    assert "several of the kind cycle" in row.note
    assert f"What it gives today is of {last} alone" in row.note
    assert "What it gives today" not in unguessed.note


def test_of_builds_those_of_the_program_are_the_guess(tmp_path: Path) -> None:
    """Which they are is said once, in the release."""
    mapping = table(tmp_path, "Build", "B-6", "B-7")
    [row] = subject_rows(subjects_of(mapping), guess=True)
    [unguessed] = subject_rows(subjects_of(mapping), guess=False)

    assert (row.offered, row.answer) == (("those of the program", "every row counts"), "those of the program")
    assert unguessed.answer == ""
    assert counted_in(mapping, answered("Build", "those of the program")) == {"build": ("those of the program",)}
    with pytest.raises(WrongAnswerInSheet, match="row 3: `B-7` is none of the answers that are offered"):
        counted_in(mapping, answered("Build", "B-7"))


def test_a_column_that_names_one_is_not_asked_about(tmp_path: Path) -> None:
    """Nothing is to be chosen."""
    assert list(subject_rows(subjects_of(table(tmp_path, "Cycle", "Cycle 1")), guess=True)) == []


@pytest.mark.parametrize(
    ("answer", "second", "counted"),
    [
        ("Cycle 2", "", ("Cycle 2",)),
        ("Cycle 2", " Cycle 1 ;; Cycle 2", ("Cycle 2", "Cycle 1")),
        ("every row counts", "", ()),
        ("", "", None),
    ],
)
def test_what_a_person_chooses_is_read_back(
    tmp_path: Path, answer: str, second: str, counted: tuple[str, ...] | None
) -> None:
    """A blank is nobody's choice, and no row is left out by it."""
    found = counted_in(table(tmp_path, "Cycle", "Cycle 1", "Cycle 2"), answered("Cycle", answer, second))

    assert found == {"cycle": counted}


def test_what_is_no_answer_about_the_column_says_nothing_of_it(tmp_path: Path) -> None:
    """A row of another kind, or about another column."""
    mapping = table(tmp_path, "Cycle", "Cycle 1", "Cycle 2")

    assert counted_in(mapping, answered("Cycle", "Cycle 1", tag="word")) == {}
    assert counted_in(mapping, answered("Cycle ", "Cycle 1")) == {"cycle": ("Cycle 1",)}
    with pytest.raises(WrongAnswerInSheet, match="row 3: the column `Cycle` holds no `Cycle 3`"):
        counted_in(mapping, answered("Cycle", "Cycle 2", "Cycle 3"))


@pytest.mark.parametrize(
    ("answer", "subject"),
    [
        ("as it stands", {}),
        ("Cycle 2", {"cycle": {"kind": "cycle", "counts": ["Cycle 2"]}}),
        ("Cycle 1", {"cycle": {"kind": "cycle", "counts": ["Cycle 1"]}}),
        (None, {}),
        ("every row counts", {}),
    ],
)
def test_what_is_chosen_for_a_table_stands_in_its_binding(
    tmp_path: Path, answer: str | None, subject: dict[str, object]
) -> None:
    """As the collector reads it; where nobody has said it the collector asks, and answers nothing."""
    import openpyxl

    rows = "".join(f"U-{n},Pass,Cycle {n % 2 + 1}\n" for n in range(6))
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "UAT results.csv").write_text(f"Case,Result,Cycle\n{rows}", encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "b.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    said = {"confirmed by": "Ada Kirsch", "held": "2026-11-19", "which rows": answer}
    for row in book["1 UAT results.csv"].iter_rows(min_row=2, max_col=6):
        if row[0].value in said and said[row[0].value] != "as it stands":
            row[3].value = said[row[0].value]
    book.save(tmp_path / "b.xlsx")

    told = bind(tmp_path / "b.xlsx", tmp_path)

    [binding] = load_program(tmp_path).program.bindings
    [settings] = binding.settings["tables"].values()
    assert told[0] == "uat-results: confirmed by Ada Kirsch; answers uat.executed_ratio."
    assert settings.get("subject", {}) == subject
    assert ("Cycle" in settings.get("not_subject", {})) is (answer == "every row counts")


DEFECTS = "".join(
    f"D-{at:02},{'Critical' if at <= 3 else 'Low'},{'Open' if at <= 3 or at == 12 else 'Closed'},{place}\n"
    for at, place in enumerate(["SIT"] * 9 + ["UAT"] * 5, 1)
)


@pytest.fixture(scope="module")
def two_places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program whose list of defects names two environments, and its workbook; each open critical one is of SIT."""
    root = tmp_path_factory.mktemp("places")
    (root / "evidence").mkdir()
    (root / "evidence" / "Defects.csv").write_text(f"Defect,Severity,Status,Environment\n{DEFECTS}", encoding="utf-8")
    start(root, conduct(root, invented_office()))
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


def test_a_line_says_which_rows_its_figures_are_of(two_places: Path) -> None:
    """D-01 was told as counted, and is left out; and the question sent to the file what a row of the sheet settles."""
    import openpyxl

    page = openpyxl.load_workbook(two_places / "bindings.xlsx")["Start here"]
    (says,) = [str(row[2].value) for row in page.iter_rows(min_row=6) if "Defects" in str(row[1].value)]

    assert (
        "critical_open: 0 (left out: 9 rows about another environment) (only rows whose Environment is UAT, 5" in says
    )
    assert "5 of 14; counted: no row; not: D-10)" in says
    assert "say in the row `which rows` which rows count, or that every row does" in says
    assert "No row of this sheet settles that" not in says
    assert "D-01" not in says
    assert "Answer the question below it, or say here that it is no evidence." in says
    (asks,) = [str(row[2].value) for row in page.iter_rows(min_row=6) if row[1].value == "question on 1"]
    assert "while this is blank, nothing counts" in asks


@pytest.mark.parametrize(
    ("answer", "gives"),
    [(None, ""), ("UAT", "critical_open 0"), ("SIT", "critical_open 3"), ("every row counts", "critical_open 3")],
)
def test_yes_on_a_line_waits_until_somebody_has_said_which_rows_count(
    two_places: Path, tmp_path: Path, answer: str | None, gives: str
) -> None:
    """The last environment by its name was signed by a person who saw neither its name nor the others."""
    root = tmp_path / "p"
    shutil.copytree(two_places, root)
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    page = book["Start here"]
    page["B1"], page["B2"] = "Ada Kirsch", "2026-11-19"
    (line,) = [row for row in page.iter_rows(min_row=6) if "Defects" in str(row[1].value)]
    line[3].value = "yes"
    (which,) = [row for row in book["1 Defects.csv"].iter_rows() if row[0].value == "which rows"]
    which[3].value = answer
    book.save(root / "bindings.xlsx")

    told = " ".join(bind(root / "bindings.xlsx", root))

    [binding] = load_program(root).program.bindings
    assert (binding.confirmed is None) is bool(answer)
    assert gives in told
    why = "it says yes, and nobody has said which rows count by `Environment`; choose it in sheet 1 Defects.csv, row"
    assert (why in told) is (answer is None)


JIRA = "Summary,Issue key,Issue Type,Status,Priority,Created,Updated,Fix Version/s\n" + "".join(
    f"A defect,GMS-{at},Bug,{'Open' if at < 6 else 'Closed'},Highest,2/Sep/26 08:00 AM,3/Sep/26 08:00 AM,{release}\n"
    for at, release in enumerate(["R1", "R1", "R9", "R9", "R9", "R1"], 1)
)


def test_every_choice_that_the_sheet_of_an_export_offers_is_taken_and_counts_its_own_rows(tmp_path: Path) -> None:
    """Of two releases only the false answer was taken, that every row counts."""
    first = tmp_path / "first"
    (first / "evidence").mkdir(parents=True)
    (first / "evidence" / "Jira_2026-11-18.csv").write_text(JIRA, encoding="utf-8")
    start(first, conduct(first, invented_office()))
    (first / "b.xlsx").write_bytes(make_workbook_of(first)[0])
    asked = "Column Fix Version/s names another release than the program's. Which rows count? Until somebody says"
    sheet = openpyxl.load_workbook(first / "b.xlsx")["1 Jira_2026-11-18.csv"]
    assert f"{asked} it, every row does." in [cell.value for cell in sheet["F"]]
    gave: dict[str, tuple[bool, bool, int]] = {}
    for choice in ("those of the program", "every row counts", ""):
        root = tmp_path / (choice or "nothing")
        shutil.copytree(first, root)
        book = openpyxl.load_workbook(root / "b.xlsx")
        page = book["1 Jira_2026-11-18.csv"]
        for row in page.iter_rows(min_row=2, max_col=6):
            if row[0].value in ("confirmed by", "which rows"):
                row[3].value = "Ada Kirsch" if row[0].value == "confirmed by" else choice
        book.save(root / "b.xlsx")

        told = bind(root / "b.xlsx", root)

        [binding] = load_program(root).program.bindings
        [table] = binding.settings["tables"].values()
        assert binding.confirmed is None, told
        said = "fix_versions" in table.get("subject", {}), "Fix Version/s" in table["not_subject"]
        gave[choice] = (*said, next(each for each in (0, 2, 5) if f"critical_open {each}" in " ".join(told)))
    every, own = (False, True, 5), (True, False, 2)
    assert gave == {"those of the program": own, "every row counts": every, "": (False, False, 5)}
