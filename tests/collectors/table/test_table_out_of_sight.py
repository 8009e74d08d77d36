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


def ruled(rule: dict[str, Any] | None, area: str, *, modern: bool = False, strike: bool = True) -> dict[str, bytes]:
    """Return the workbook with a conditional format over an area."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Log")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        form = book.add_format({"font_strikeout": True} if strike else {"bold": True})
        sheet.conditional_format("K1:K2", {"type": "no_blanks", "format": book.add_format({"italic": True})})
        if rule is not None:
            sheet.conditional_format(area, {**rule, "format": form})
    if not modern:
        return {"t.xlsx": stream.getvalue()}
    ext = (
        '<extLst><ext uri="x"><x14:conditionalFormattings xmlns:x14="urn:x14" xmlns:xm="urn:xm">'
        '<x14:conditionalFormatting><x14:cfRule type="expression" priority="1"><xm:f>B2="Open"</xm:f>'
        f'<x14:dxf><font><strike val="{int(strike)}"/></font></x14:dxf></x14:cfRule><xm:sqref>{area}</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"</worksheet>", ext.encode()) if name.endswith("sheet1.xml") else data)
    return {"t.xlsx": out.getvalue()}


OPEN = {"type": "formula", "criteria": '=$B2="Open"'}


@pytest.mark.parametrize(
    ("area", "meets"),
    [
        ("A2:B4", True),
        ("A4:B9", True),
        ("A1:B2", True),
        ("B3", True),
        ("B3:Z3", True),
        ("A5:B9", False),
        ("A1:B1", False),
        ("C2:D4", False),
    ],
)
@pytest.mark.parametrize("modern", [False, True])
def test_a_rule_that_strikes_rows_through_is_not_counted_in_silence(collect, area, meets, modern):
    """A person who looks at the sheet sees struck rows; the file says only when they would be."""
    answer = collect(ruled(None if modern else OPEN, area, modern=modern), SETTINGS)["done"]

    assert (answer.gap is GapReason.AMBIGUOUS_ROWS) is meets, answer.detail
    if meets:
        assert f"a conditional format strikes rows through where its rule holds ({area})" in answer.detail
        assert answer.told == answer.detail.replace(", sheet Log", "")


@pytest.mark.parametrize("modern", [False, True])
def test_a_rule_with_another_look_strikes_nothing(collect, modern):
    data = ruled(None if modern else OPEN, "A2:B4", modern=modern, strike=False)

    assert collect(data, SETTINGS)["done"].gap is None


def test_whole_columns_may_meet_the_rows(collect):
    """Other programs write ranges in their own way; what cannot be read is taken to meet them."""
    assert collect(ruled(None, "A:B", modern=True), SETTINGS)["done"].gap is GapReason.AMBIGUOUS_ROWS
    assert "(A2:B2, A3, A4)" in collect(ruled(None, "A2:B2 A3 A4", modern=True), SETTINGS)["done"].detail
    assert "(A2:B2, A3, A4 and 1 more)" in collect(ruled(None, "A2:B2 A3 A4 B4", modern=True), SETTINGS)["done"].detail


@pytest.mark.parametrize(
    ("struck", "whole"),
    [("left_out", None), ("counts", 3), ({"column": "state", "values": ["Open"]}, 2)],
)
def test_what_the_rule_means_is_said(collect, struck, whole):
    """``left_out`` leaves out what is struck by hand; what the rule strikes only a column can tell."""
    table = {**SETTINGS["tables"]["t"], "rows": {"struck": struck}}

    assert collect(ruled(OPEN, "A2:B4"), {**SETTINGS, "tables": {"t": table}})["done"].whole == whole
