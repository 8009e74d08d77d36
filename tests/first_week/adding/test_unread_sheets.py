"""Sheets of a bound workbook that nothing reads are told, and those that somebody has settled are not."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from gonogo.first_week.adding.settled_sheets import sheet_note
from gonogo.first_week.adding.unread_sheets import settled_in, unread_sheets
from gonogo.model.program import Binding
from gonogo.testing.programs import binding_of


def book(path: Path, *names: str, hidden: str = "") -> Path:
    """A workbook with a list in each sheet."""
    with xlsxwriter.Workbook(path) as made:
        for name in names:
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ["Key", "State"])
            sheet.write_row(1, 0, ["A-1", "Open"])
            if name == hidden:
                sheet.hide()
    return path


def reader(*sheets: str, plugin: str = "table") -> Binding:
    """A binding that reads sheets."""
    tables = {f"t{number}": {"sheet": sheet} if sheet else {} for number, sheet in enumerate(sheets)}
    return binding_of(plugin, settings={"tables": tables})


@pytest.mark.parametrize(
    ("readers", "settled", "said"),
    [
        ([reader("Roles")], (), "no binding reads its sheets Sessions, Testers"),
        ([reader("Roles"), reader("Testers")], (), "no binding reads its sheet Sessions"),
        ([reader("Roles")], ("Sessions",), "no binding reads its sheet Testers"),
        ([reader("Roles"), reader("Testers"), reader("Sessions")], (), ""),
        ([reader("Roles")], ("Sessions", "Testers"), ""),
        ([reader("")], (), ""),
        ([reader("Roles", plugin="raid")], (), ""),
        ([reader("Roles"), reader("", plugin="raid")], (), ""),
        ([], (), ""),
    ],
)
def test_a_sheet_that_nothing_reads_is_told(
    tmp_path: Path, readers: list[Binding], settled: tuple[str, ...], said: str
) -> None:
    """Two lists lay in a bound workbook, and `status` called the file bound."""
    path = book(tmp_path / "t.xlsx", "Roles", "Sessions", "Testers", "Instructions", "Old", hidden="Old")

    assert unread_sheets(path, readers, settled) == said


def test_one_binding_may_read_several_sheets(tmp_path: Path) -> None:
    """Each of its tables names one."""
    assert unread_sheets(book(tmp_path / "t.xlsx", "A", "B", "C"), [reader("A", "B")]) == "no binding reads its sheet C"


def test_what_cannot_be_opened_says_nothing(tmp_path: Path) -> None:
    """Its own sentence says that it is damaged."""
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04 nothing")

    assert unread_sheets(tmp_path / "t.xlsx", [reader("A")]) == ""
    assert unread_sheets(tmp_path / "absent.xlsx", [reader("A")]) == ""


def test_a_comment_of_the_program_settles_a_sheet_of_its_own_file_only(tmp_path: Path) -> None:
    """The reason stands there, and the same sheet of another workbook is another matter."""
    note = f"# {sheet_note('roles-2', 'Sessions', 'evidence/a.xlsx', 'lunch')}"
    (tmp_path / "gonogo.yaml").write_text(f"schema: 1\n{note}\n", encoding="utf-8")

    assert settled_in(tmp_path, "evidence/a.xlsx") == ["Sessions"]
    assert settled_in(tmp_path, "evidence/b.xlsx") == []
    assert settled_in(tmp_path / "nowhere", "evidence/a.xlsx") == []
