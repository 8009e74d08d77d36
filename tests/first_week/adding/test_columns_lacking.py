"""A column that an export lacks is asked about: which other one says it, or who gives the fact that needs it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.asked_sheets import AskedSheet
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.columns_lacking import WHO, lacking_columns, reads
from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.adding.sheets_in_order import _to_do
from gonogo.first_week.interview import conduct
from gonogo.first_week.mapping import map_file
from gonogo.first_week.starting import start
from gonogo.profiles.shelf import shipped_profiles

JIRA = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Created\n"
    "A,H-1,1,Bug,Done,H,Highest,2026-11-02\nB,H-2,2,Bug,To Do,H,Highest,2026-11-03\n"
)
ZEPHYR = (
    "CycleName,Issue Key,Test Summary,Version,ExecutionStatus,ExecutedOn,StepId\n"
    "SIT,T-1,pay,1,PASS,2026-11-01,\nSIT,T-2,post,1,FAIL,2026-11-02,\n"
)
OFFICE = invented_office(go_live="2099-05-03T06:00", build="B-7")
GAVE_BY = "a person states it, says Ada Kirsch on "


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with two exports that lack a column each, and its binding workbook, made once."""
    root = tmp_path_factory.mktemp("lacking")
    (root / "evidence").mkdir()
    (root / "evidence" / "jira-2026-11-20.csv").write_text(JIRA, encoding="utf-8")
    (root / "evidence" / "sit zephyr 2026-11-20.csv").write_text(ZEPHYR, encoding="utf-8")
    start(root, conduct(root, OFFICE))
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    return shutil.copytree(made, tmp_path / "p")


def rows_of(root: Path, sheet: str) -> list[Any]:
    """Return the rows of a sheet of its workbook."""
    (page,) = [each for each in openpyxl.load_workbook(root / "b.xlsx").worksheets if sheet in each.title]
    return [[cell.value or "" for cell in row] for row in page.iter_rows()]


def answer(root: Path, sheet: str, *answers: tuple[str, str, str]) -> list[str]:
    """Answer rows of a sheet (kind, what it is about, answer), sign it, and bind."""
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if sheet in each.title]
    for tag, about, text in (("confirmed by", "", "Ada Kirsch"), *answers):
        row = next(r for r in page.iter_rows() if r[0].value == tag and about in ("", r[1].value))
        row[3].value = text
    book.save(root / "b.xlsx")
    return bind(root / "b.xlsx", root)


def test_a_fact_without_its_column_is_asked_about_with_why(root: Path) -> None:
    """It was unknown for ever, and nothing on the sheet asked about it."""
    (row,) = [row for row in rows_of(root, "jira") if row[0] == "left out"]

    assert row[1] == "defects.high_without_workaround"
    assert "The file has no column 'Custom field (Workaround approved)', so it cannot show this fact." in row[5]
    assert not [row for row in rows_of(root, "jira") if row[0] == "reads" and "Created" in row[5]]


def test_who_gives_a_fact_is_said_and_it_is_left_out(root: Path) -> None:
    """The rest of the file answers, and a statement may answer this one; a gap of the file would stand against it."""
    answer(root, "jira", ("left out", "defects.high_without_workaround", "a person states it"))

    program = open_program(root)
    binding = next(each for each in program.bindings if each.id == "jira")
    assert binding.confirmed is None
    assert str((binding.leaves_out or {})["high_without_workaround"]).startswith(GAVE_BY)
    said = said_by_fact(program, binding, dated=False)
    assert said["defects.critical_open"] == "1"
    assert "defects.high_without_workaround" not in said


def test_a_fact_that_nobody_speaks_of_stays_a_gap_of_its_file(root: Path) -> None:
    """A blank cell says nothing, and never takes a gap away."""
    answer(root, "jira")

    program = open_program(root)
    binding = next(each for each in program.bindings if each.id == "jira")
    assert binding.leaves_out is None
    said = said_by_fact(program, binding, dated=False)
    assert said["defects.high_without_workaround"].startswith("unknown")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (
            [("left out", "defects.high_without_workaround", "perhaps")],
            "`perhaps` is no answer; choose one of the list",
        ),
        (
            [
                ("left out", "defects.high_without_workaround", "nobody gives it"),
                ("reads", "workaround", "Summary"),
            ],
            "defects.high_without_workaround is left out, and a column is chosen by which it is read; clear one",
        ),
    ],
)
def test_an_answer_that_contradicts_another_one_is_refused(root: Path, answers: list[Any], why: str) -> None:
    """Which of both counts is nobody's guess."""
    told = answer(root, "jira", *answers)

    assert any(why in each for each in told)
    assert next(each for each in open_program(root).bindings if each.id == "jira").confirmed is False


def test_a_fact_that_the_file_shows_is_not_left_out(root: Path) -> None:
    """A row that somebody typed over would take a bad figure away."""
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if "jira" in each.title]
    row = next(r for r in page.iter_rows() if r[0].value == "left out")
    row[1].value = "defects.critical_open"
    book.save(root / "b.xlsx")

    told = answer(root, "jira", ("left out", "defects.critical_open", "nobody gives it"))
    assert any("the file has each column that defects.critical_open needs" in each for each in told)
    assert next(each for each in open_program(root).bindings if each.id == "jira").confirmed is False


def test_a_file_that_shows_nothing_that_is_asked_is_no_evidence(root: Path) -> None:
    """A binding without a fact stops every run."""
    head = "Communication Name,Primary Message,Stakeholder Group/Target Audience,Delivery Date,Status"
    plan = f"{head}\nA,b,c,2026-11-01,Completed\n"
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Communications Plan"
    for line in plan.splitlines():
        page.append(line.split(","))
    book.save(root / "evidence" / "comms plan 2026-11-20.xlsx")
    for name in ("gonogo.yaml", "b.xlsx"):
        (root / name).unlink()
    shutil.rmtree(root / "ruleset")
    start(root, conduct(root, OFFICE))
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])

    answer(root, "comms", ("left out", "comms.delivered_ratio", "nobody gives it"))

    program = open_program(root).files.program
    assert not [each for each in program.bindings if "comms" in str(each.inputs)]
    (why,) = (program.not_evidence or {}).values()
    assert why.startswith("it cannot show comms.delivered_ratio: nobody gives it, says Ada Kirsch on ")


def test_a_column_that_a_file_must_have_is_chosen_among_its_own(root: Path) -> None:
    """The only way out was to export it again, or YAML."""
    (row,) = [row for row in rows_of(root, "zephyr") if row[0] == "reads" and row[1] == "execution"]
    assert (row[3], "calls it 'ExecutionId'" in row[5], "Blank: nothing is read." in row[5]) == ("", True, True)

    answer(root, "zephyr", ("reads", "execution", "Issue Key"), ("of build", "", "B-7"))

    program = open_program(root)
    binding = next(each for each in program.bindings if each.plugin == "table" and each.prefix == "sit")
    assert said_by_fact(program, binding, dated=False)["sit.executed_ratio"] == "2 of 2"
    (file,) = [each for each in folder_status(root) if "zephyr" in each.path]
    assert "does not fit" not in file.words


def test_words_for_people_are_not_what_a_fact_reads() -> None:
    """*Messages that were not delivered* names no column."""
    assert reads({"count": {"where": "delivered <= due"}}, "delivered")
    assert not reads({"count": {"where": "due < now"}, "meaning": "Messages not delivered."}, "delivered")
    assert not reads({"count": {"where": "delivered_on < now"}}, "delivered")


def test_only_what_the_asked_facts_read_is_lacking(made: Path) -> None:
    """A question about a column that no fact needs wastes the time of the office."""
    (profile,) = [each for each in shipped_profiles() if each.name == "jira-issues"]
    mapping = map_file(made / "evidence" / "jira-2026-11-20.csv")

    assert set(lacking_columns(profile, mapping, {"x": {"count": {"where": "status == 1"}}})) == set()
    assert "workaround" in lacking_columns(profile, mapping, {"x": {"count": {"where": "workaround == 1"}}})


@pytest.mark.parametrize(("reads_row", "blank"), [(True, 0), (False, 1)])
def test_two_rows_that_one_answer_settles_are_one_cell_to_fill(reads_row: bool, blank: int) -> None:
    """A column that is chosen answers who gives the fact, so the first sheet does not count both."""
    rows = [SheetLine("file", "evidence/a.csv", answer="a")]
    rows += [SheetLine("reads", "workaround", answer="not here", offered=("not here", "X"))] if reads_row else []
    rows += [SheetLine("left out", "defects.high_without_workaround", offered=WHO)]

    assert _to_do(AskedSheet("a.csv", rows), 1).answers == blank
