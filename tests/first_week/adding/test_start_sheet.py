"""The first sheet of the binding workbook: a name and a day said once, and what is left, in the order that matters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.first_week.adding.test_bound_answers import bound, fill
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.sheet_line import NEEDED, SheetLine
from gonogo.first_week.adding.sheets_in_order import SheetToDo, without_repeated
from gonogo.first_week.adding.start_sheet import START
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

FILES = {
    "Interfaces.csv": "Interface ID,Partner,ICD status\nI-1,PAM,Approved\nI-2,SAM,Draft\nI-3,CGE,Approved\n",
    "Report validation.csv": "Report ID,Critical,Validated,Checked on\nR-1,Yes,Yes,2026-04-15\nR-2,No,No,2026-04-16\n",
    "potluck list.csv": "Dish,Serves\nPie,8\nBeans,6\nRice,4\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    for name, text in FILES.items():
        (tmp_path / "evidence" / name).write_text(text, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    return tmp_path


def said(root: Path, *, name: str | None = None, day: object = None) -> None:
    """Type a name and a day on the first sheet."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    page = book[START]
    page["B1"], page["B2"] = name, day
    book.save(root / "bindings.xlsx")


def test_a_name_on_the_first_sheet_alone_confirms_nothing(root: Path) -> None:
    """Nobody has looked at a sheet that says nothing."""
    said(root, name="Ada Kirsch", day="2026-11-19")

    assert bind(root / "bindings.xlsx", root) == ["3 sheets of the workbook still wait."]
    assert all(each.confirmed is not None for each in bound(root).values())


def test_yes_on_a_sheet_means_the_name_and_the_day_of_the_first_one(root: Path) -> None:
    """Twenty-seven sheets asked for the same name and the same day."""
    said(root, name="Ada Kirsch", day=date(2026, 11, 19))
    fill(root, "Interfaces", ("confirmed by", None, "Yes"))

    told = bind(root / "bindings.xlsx", root)

    assert told[0].startswith("interfaces: confirmed by Ada Kirsch; answers interfaces.icd_approved_ratio.")
    binding = bound(root)["interfaces"]
    assert binding.confirmed is None
    assert f"{binding.inputs[0].as_of.at:%Y-%m-%d}" == "2026-11-19"
    assert bound(root)["report-validation"].confirmed is not None


def test_what_a_sheet_says_counts_before_what_the_first_one_says(root: Path) -> None:
    """Another person looked at it, and it held on another day."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    fill(root, "Interfaces", ("confirmed by", None, "Theo Brandvold"), ("held", None, "2026-11-12"))

    told = bind(root / "bindings.xlsx", root)

    assert told[0].startswith("interfaces: confirmed by Theo Brandvold")
    assert f"{bound(root)['interfaces'].inputs[0].as_of.at:%Y-%m-%d}" == "2026-11-12"


def test_the_day_of_the_first_sheet_takes_no_place_of_a_day_that_the_file_says(root: Path) -> None:
    """Its newest row dates the register; a day that was meant for others would make old rows fresh."""
    said(root, name="Ada Kirsch", day="2026-11-19")
    fill(root, "Report validation", ("confirmed by", None, "yes"))

    bind(root / "bindings.xlsx", root)

    binding = bound(root)["report-validation"]
    assert binding.confirmed is None
    assert binding.inputs[0].as_of.column == "checked_on"


@pytest.mark.parametrize("name", [None, "", "yes", "Yes"])
def test_yes_without_a_name_is_refused(root: Path, name: str | None) -> None:
    """A binding that `yes` has confirmed is confirmed by nobody."""
    said(root, name=name)
    fill(root, "Interfaces", ("confirmed by", None, "yes"))
    before = (root / "gonogo.yaml").read_text()

    with pytest.raises(UsageError, match="says yes, and no name is on the sheet Start here"):
        bind(root / "bindings.xlsx", root)
    assert (root / "gonogo.yaml").read_text() == before


def test_sheets_stand_in_the_order_of_the_criteria_that_they_are_about(root: Path) -> None:
    """The first answers are those that decide."""
    page = openpyxl.load_workbook(root / "bindings.xlsx")[START]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=7)]

    assert [row[2] for row in rows] == [1, 1, 0]
    assert rows[0][1] == "Report validation.csv"
    assert rows[1][1] == "Interfaces.csv"
    assert rows[1][3] > rows[0][3]
    assert rows[2][1] == "potluck list.csv"
    assert "icd_approved_ratio: 2 of 3" in rows[1][6]
    assert page["A4"].value.startswith(
        "2 sheets are about 2 of 26 criteria, those about most of them first: about 4 minutes."
    )
    assert "The last one is about none and can wait." in page["A4"].value
    assert page["A7"].hyperlink.location == "'1 Report validation.csv'!A1"


def test_columns_that_nothing_asks_for_are_folded_below_a_row_that_says_so(root: Path) -> None:
    """A sheet of 61 rows, 22 of them about votes and estimates, is read by nobody."""
    page = openpyxl.load_workbook(root / "bindings.xlsx")["2 Interfaces.csv"]
    rows = [(row[0].value, row[1].value, page.row_dimensions[row[0].row]) for row in page.iter_rows(min_row=2)]

    more = next(number for number, row in enumerate(rows) if row[0] == "more")
    assert [row[1] for row in rows[more + 1 :]] == ["Interface ID", "Partner"]
    assert all(row[2].hidden and row[2].outlineLevel == 1 for row in rows[more + 1 :])
    assert not any(row[2].hidden for row in rows[:more] if row[0] != "seen")
    assert page.cell(more + 2, 6).value == "2 columns that nothing asks for. Press + at the left to see them."


def test_a_question_that_another_row_asks_stands_once() -> None:
    """The day, a column and a word were each asked twice."""
    rows = [
        SheetLine("held", NEEDED),
        SheetLine("fact", "sla.signed_ratio"),
        SheetLine("word", "n/a", "Status"),
        SheetLine("ask", note="When did its content hold? Neither its name nor a column says so."),
        SheetLine("ask", note="Does it say sla.signed_ratio, and by which column? What share?"),
        SheetLine("ask", note="Does it say sla.signed, and by which column? What share?"),
        SheetLine("ask", note="Column Status: what does n/a mean: done, open, failed or approved?"),
        SheetLine("ask", note="Column Stage: what does n/a mean: done, open, failed or approved?"),
    ]

    left = [row.note for row in without_repeated(rows) if row.tag == "ask"]

    assert [note.split()[:4] for note in left] == [
        ["Does", "it", "say", "sla.signed,"],
        ["Column", "Stage:", "what", "does"],
    ]
    assert [row.tag for row in without_repeated(rows)[:3]] == ["held", "fact", "word"]


def test_the_day_is_asked_where_no_row_asks_for_it() -> None:
    """A question that nothing else asks must not be lost."""
    rows = [
        SheetLine("held"),
        SheetLine("ask", note="When did its content hold? Neither its name nor a column says so."),
    ]

    assert without_repeated(rows) == rows


@pytest.mark.parametrize(("answers", "looks", "minutes"), [(0, 0, 1), (0, 1, 2), (1, 1, 2), (1, 2, 2), (2, 1, 3)])
def test_minutes_are_rounded_up(answers: int, looks: int, minutes: int) -> None:
    """An estimate that is too short is the worse one."""
    assert SheetToDo("a.csv", 1, answers, looks, "").minutes == minutes


def test_a_column_that_says_one_thing_of_every_row_is_no_question(tmp_path: Path) -> None:
    """Votes, Log Work and the project's name were asked about, each with the question of the workaround."""
    heads = "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Votes,Log Work,Workaround ok,Team"
    rows = [
        "A,H-1,1,Bug,To Do,H,Highest,0,,Yes,Red",
        "B,H-2,2,Bug,To Do,H,High,0,,,Blue",
        "C,H-3,3,Bug,Done,H,High,0,,,Red",
    ]
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "jira.csv").write_text("\n".join([heads, *rows, ""]), encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "b.xlsx").write_bytes(make_workbook_of(tmp_path)[0])

    page = openpyxl.load_workbook(tmp_path / "b.xlsx")["1 jira.csv"]
    cells = [[cell.value for cell in row] + [page.row_dimensions[row[0].row].hidden] for row in page.iter_rows()]

    folded = {row[1]: row[5] for row in cells if row[0] == "column" and row[-1]}
    assert set(folded) == {"Workaround ok", "Team"}
    assert folded["Team"] == "examples: Red, Blue"
    assert {row[1] for row in cells if row[0] == "word" and row[-1]} == {"Yes", "Red", "Blue"}
    assert not {row[1] for row in cells if row[0] == "column"} & {"Votes", "Log Work"}
    assert any(row[0] == "reads" and row[1] == "workaround" for row in cells)


def test_what_is_nobodys_name_on_the_first_sheet_confirms_nothing(root: Path) -> None:
    """`later` was taken as the name of who confirms."""
    said(root, name="later", day="2026-11-19")
    fill(root, "Interfaces", ("confirmed by", None, "yes"))

    with pytest.raises(UsageError, match="`later`, which is nobody's name, is on the sheet Start here"):
        bind(root / "bindings.xlsx", root)


@pytest.mark.parametrize("written", ["no", "?", "not yet"])
def test_no_in_the_place_of_a_name_confirms_nothing(root: Path, written: str) -> None:
    """Who writes `no` has refused."""
    fill(root, "Interfaces", ("confirmed by", None, written), ("held", None, "2026-11-19"))

    told = bind(root / "bindings.xlsx", root)

    assert told[0] == (
        f"interfaces: not taken: `{written}` in the row `confirmed by` is nobody's name, so nothing is confirmed by "
        "it; write the name of the person who has checked it, or leave it blank."
    )
    assert bound(root)["interfaces"].confirmed is not None
