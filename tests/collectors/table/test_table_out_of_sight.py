"""Rows and columns that nobody sees in the workbook, by whatever means, are not counted in silence."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
import xlsxwriter

from gonogo.model.evidence import GapReason

SETTINGS: dict[str, Any] = {
    "tables": {"t": {"columns": {"name": {"type": "text"}, "state": {"type": "text", "allowed": ["Done", "Open"]}}}},
    "facts": {"done": {"share": {"where": 'state == "Done"'}}},
}
ROWS = [["name", "state"], ["Ann", "Done"], ["Ben", "Open"], ["Cem", "Done"]]


def workbook(*, rich: dict[int, list[Any]] | None = None, edit: tuple[str, str] = ("", "")) -> dict[str, bytes]:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Log")
        strike, bold = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
            if rich and number in rich:
                parts = [{"s": strike, "b": bold}.get(part, part) for part in rich[number]]
                sheet.write_rich_string(number, 0, *parts)
    if not edit[0]:
        return {"t.xlsx": stream.getvalue()}
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                text, times = re.subn(edit[0], edit[1], data.decode())
                assert times == 1
                data = text.encode()
            new.writestr(name, data)
    return {"t.xlsx": out.getvalue()}


@pytest.mark.parametrize(("height", "seen"), [("0", False), ("0.9", False), ("1", True), ("15", True)])
def test_a_row_without_height_is_hidden(collect, height, seen):
    """Three open rows were drawn to a height of nothing, and Excel showed none of them."""
    data = workbook(edit=(r'<row r="3"', f'<row ht="{height}" customHeight="1" r="3"'))

    answer = collect(data, SETTINGS)["done"]

    assert (answer.gap is None) is seen
    assert seen or "row 3 hidden; show all rows" in answer.detail


@pytest.mark.parametrize(("width", "seen"), [("0", False), ("0.9", False), ("1", True)])
def test_a_column_without_width_is_hidden(collect, width, seen):
    """Who reads the sheet sees another column than the one that counts."""
    cols = f'<cols><col min="2" max="2" width="{width}"/></cols><sheetData>'
    data = workbook(edit=("<sheetData>", cols))

    answer = collect(data, SETTINGS)["done"]

    assert (answer.gap is None) is seen
    assert seen or "a column that is read is hidden" in answer.detail


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        (r'defaultRowHeight="15"', 'defaultRowHeight="0"', False),
        (r'defaultRowHeight="15"', 'defaultRowHeight="15" defaultColWidth="0"', False),
        (r'defaultRowHeight="15"', 'defaultRowHeight="15" zeroHeight="1"', True),
    ],
)
def test_a_default_of_nothing_hides_what_it_covers(collect, old, new, seen):
    """Report tools hide the unused rows of a sheet; the used ones stay in sight."""
    assert (collect(workbook(edit=(old, new)), SETTINGS)["done"].gap is None) is seen


@pytest.mark.parametrize(
    ("parts", "struck"),
    [
        (["s", "Be", "s", "n"], True),
        (["s", "Be", "b", "n"], False),
        (["b", "Be", "n"], False),
    ],
)
def test_a_text_of_which_every_part_is_struck_is_struck(collect, parts, struck):
    """Striking the letters looks the same as striking the cell."""
    answer = collect(workbook(rich={2: parts}), SETTINGS)["done"]

    assert (answer.gap is GapReason.AMBIGUOUS_ROWS and "row 3 " in answer.detail) is struck


@pytest.mark.parametrize(("value", "struck"), [("", True), (' val="0"', False)])
def test_a_text_inside_the_cell_is_looked_at_too(collect, value, struck):
    """Other programs write texts into their cells."""
    text = f'<c r="A3" t="inlineStr"><is><r><rPr><strike{value}/></rPr><t>Ben</t></r></is></c>'

    answer = collect(workbook(edit=(r'<c r="A3" t="s"><v>\d+</v></c>', text)), SETTINGS)["done"]

    assert (answer.gap is GapReason.AMBIGUOUS_ROWS) is struck
