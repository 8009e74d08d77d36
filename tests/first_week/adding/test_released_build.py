"""Which build is released, where nobody has said it at the start: asked once, and results count from then on."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.answered_form import asked_about, take_answers
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.released_build import OTHER, RELEASED, UNSAID
from gonogo.first_week.adding.sheet_line import FIXED
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

HEAD = "ExecutionId,Cycle Name,Issue Key,Test Summary,ExecutionStatus,StepId,Step Result,OrderId\n"
ROWS = "8,Cycle 3,H-1,A,PASS,1,PASS,1\n9,Cycle 3,H-2,B,PASS,1,PASS,2\n"
BUILD = 'REL: "4"'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that was started without a build, with two lists of results."""
    root = tmp_path_factory.mktemp("unnamed")
    (root / "evidence").mkdir()
    (root / "evidence" / "SIT executions 2026-11-20.csv").write_text(HEAD + ROWS, encoding="utf-8")
    (root / "evidence" / "SIT results.csv").write_text("Case,Result\nS-1,Pass\nS-2,Pass\nS-3,Fail\n", encoding="utf-8")
    started = start(root, conduct(root, invented_office(build="")))
    assert any("which build is released, and results of tests count for that one alone" in x for x in started.lines())
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


def answered(root: Path, build: str, sheets: dict[str, str]) -> list[str]:
    """Say a build on the first sheet, yes to each line, and builds on sheets; return what is told."""
    book = openpyxl.load_workbook(root / "bindings.xlsx")
    page = book["Start here"]
    assert page["A3"].value == "Build"
    page["B1"], page["B2"], page["B3"] = "Ada Kirsch", "2026-11-20", build
    for row in page.iter_rows(min_row=7):
        if "SIT" in str(row[1].value):
            assert UNSAID in str(row[2].value)
            row[3].value = "yes"
    (results,) = [each for each in book.worksheets if "results" in each.title]
    (fact,) = [row for row in results.iter_rows() if row[1].value == "sit.executed_ratio"]
    fact[3].value = "Result"
    for sheet, said in sheets.items():
        (other,) = [each for each in book.worksheets if sheet in each.title]
        (asked,) = [row for row in other.iter_rows() if row[0].value == "of build"]
        assert asked[1].value == RELEASED
        asked[3].value = said
    book.save(root / "bindings.xlsx")
    return bind(root / "bindings.xlsx", root)


@pytest.mark.parametrize(
    ("build", "sheets", "released", "of"),
    [
        (BUILD, {}, BUILD, (BUILD, BUILD)),
        ("", {}, "", (None, None)),
        ("", {"executions": BUILD}, BUILD, (BUILD, None)),
        (BUILD, {"executions": OTHER}, BUILD, (None, BUILD)),
        ("", {"executions": OTHER}, "", (None, None)),
    ],
)
def test_the_build_that_is_said_is_that_of_the_release_and_of_the_results(
    root: Path, build: str, sheets: dict[str, str], released: str, of: tuple[str | None, str | None]
) -> None:
    """Sixty passed tests counted for nothing, and only somebody who writes YAML could say for which build."""
    told = answered(root, build, sheets)

    program = load_program(root).program
    builds = {each.id: each.build for each in program.bindings}
    assert all(each.confirmed is None for each in program.bindings), told
    assert program.releases[0].builds == ({released} if released else frozenset())
    assert (builds["sit-executions"], builds["sit-results"]) == of
    assert ("# subjects:" in (root / "gonogo.yaml").read_text(encoding="utf-8")) is not bool(released)


def test_two_builds_are_not_released_at_once(root: Path) -> None:
    """One of the sheets is about another build than that of the release."""
    told = answered(root, "", {"executions": "B-7", "results": "B-8"})

    program = load_program(root).program
    assert sum(each.confirmed is None for each in program.bindings) == 1
    assert any("and the program file says" in line and f"or `{OTHER}` if these are" in line for line in told), told


def test_a_form_asks_for_it_too(root: Path) -> None:
    """The local page has no first sheet."""
    asked = asked_about(root, "sit-executions")
    said = {"confirmed by": "Ada Kirsch", "of build": BUILD}
    answers = {
        n: (said.get(row.tag, row.answer), row.second or "") for n, row in enumerate(asked.rows) if row.tag not in FIXED
    }

    take_answers(root, "sit-executions", answers, seen=asked.seen)

    assert load_program(root).program.releases[0].builds == {BUILD}
