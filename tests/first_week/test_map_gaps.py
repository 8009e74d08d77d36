"""Blank rows, struck rows and figures that are plans: ``map`` says which setting answers them, as ``collect`` does."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from tests.first_week.test_map_law import HEAD
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.mapping_text import mapping_text
from gonogo.first_week.suggestions import suggest
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.program.program_file import load_program
from gonogo.testing import SAMPLE_NOW, answers_of, job_of


def workbook(path: Path, rows: list[list[str]], struck: tuple[int, ...] = ()) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Log")
    gone = book.add_format({"font_strikeout": True})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, *([gone] if number in struck else []))
    book.close()
    return path


def stops(mapping: TableMapping) -> list[str]:
    return [str(note) for note in mapping.notes if note.stops]


def answered(folder: Path, path: Path, more: str = "") -> tuple[object, str]:
    """Return the number of rows and the gap, once a person has answered what was asked by taking the # away."""
    printed = mapping_text(map_file(path))
    given = "\n".join(line[2:] for line in printed.splitlines() if line.startswith("#     "))
    (folder / "gonogo.yaml").write_text(HEAD + given.replace("          columns:", f"{more}          columns:") + "\n")
    settings = load_program(folder).program.bindings[0].settings
    facts = {"rows": {"count": {}, "unit": "rows", "meaning": "Rows."}}
    job = job_of({"file": (path.name, path.read_bytes())}, as_of=SAMPLE_NOW)
    with ready():
        answer = answers_of(TableCollector(), job, settings | {"facts": facts})["rows"]
    return answer.value, answer.detail


@pytest.mark.parametrize("blank", ["\n", ",\n", " , \n"])
def test_a_blank_row_is_asked_about_and_the_setting_is_printed(tmp_path: Path, blank: str) -> None:
    """Exports of work boards always have some; nobody should have to alter them."""
    path = tmp_path / "t.csv"
    path.write_text(f"Task,State\nT1,Open\n{blank}T2,Done\nT3,Done\n")

    assert stops(map_file(path)) == [
        "line 3: a blank row between rows; delete it, or say blank_rows: allowed if the source always has some"
    ]
    assert len(map_file(path).grid.rows) == 3
    assert answered(tmp_path, path) == (3, "")


def test_a_blank_row_of_a_workbook_too(tmp_path: Path) -> None:
    """The rows below keep their numbers."""
    rows = [["Task", "State"], ["T1", "Open"], [], ["T2", "Done"], [], ["T3", "Done"]]
    path = workbook(tmp_path / "t.xlsx", rows)
    found = map_file(path)

    assert stops(found)[0].startswith("row 3, 5: a blank row between rows")
    assert [found.grid.row_number(n) for n in range(3)] == [2, 4, 6]
    assert answered(tmp_path, path) == (3, "")


def test_a_table_without_blank_rows_is_not_asked(tmp_path: Path) -> None:
    """A cell that is blank is another thing."""
    path = tmp_path / "t.csv"
    path.write_text("Task,State\nT1,\nT2,Done\n")

    assert stops(map_file(path)) == []
    assert "blank_rows" not in mapping_text(map_file(path))


def test_struck_rows_are_asked_about(tmp_path: Path) -> None:
    """A person who strikes a row through means that it is gone; the program cannot know."""
    path = workbook(tmp_path / "t.xlsx", [["Task", "State"], ["T1", "Open"], ["T2", "Open"], ["T3", "Done"]], (2,))

    assert stops(map_file(path)) == [
        "row 3: struck through; say rows: {struck: left_out}, or rows: {struck: counts} if such rows are items"
    ]
    assert answered(tmp_path, path, "          rows: {struck: left_out}\n") == (2, "")
    assert answered(tmp_path, path, "          rows: {struck: counts}\n") == (3, "")


def test_a_heading_that_is_struck_through_is_no_struck_row(tmp_path: Path) -> None:
    """Only items are asked about."""
    path = workbook(tmp_path / "t.xlsx", [["Task", "State"], ["T1", "Open"], ["T2", "Open"]], (0,))

    assert stops(map_file(path)) == []


class TestFigures:
    @pytest.mark.parametrize(
        ("name", "headings", "measure"),
        [
            ("perf.peak_load_factor", "forecast peak,peak load", []),
            ("perf.peak_load_factor", "forecast peak,peak load factor", ["{max: {of: peak_load_factor}, unit: x}"]),
            ("perf.peak_load", "forecast peak load,peak load", ["{max: {of: peak_load}, unit: x}"]),
            ("perf.planned_peak", "peak held,planned peak", ["{max: {of: planned_peak}, unit: x}"]),
            ("perf.peak", "planned peak,target peak", []),
        ],
    )
    def test_what_is_planned_never_stands_for_what_was_held(
        self, tmp_path: Path, name: str, headings: str, measure: list[str]
    ) -> None:
        """A forecast of 1200 is a load factor of 1200: the best test that ever was."""
        path = tmp_path / "load.csv"
        path.write_text(f"run,{headings}\n" + "".join(f"L{n}x,{n}.5,{n}.25\n" for n in range(1, 5)))
        fact = FactDeclaration(name=name, type=FactType.DECIMAL, unit="x", meaning="Peak load.", question="What?")
        found = suggest(map_file(path), Vocabulary(facts=(fact,)))

        assert [entry.measure for entry in found] == measure
        assert all("the largest of all rows" in entry.ask for entry in found)

    def test_one_row_is_the_largest_of_all(self, tmp_path: Path) -> None:
        """Nothing is asked where nothing can be meant but it."""
        path = tmp_path / "load.csv"
        path.write_text("run,peak load\nL1x,1.5\n")
        fact = FactDeclaration(name="perf.peak_load", type=FactType.DECIMAL, unit="x", meaning="Peak.", question="?")

        assert [entry.ask for entry in suggest(map_file(path), Vocabulary(facts=(fact,)))] == [""]
