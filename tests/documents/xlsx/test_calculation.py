"""Workbooks that are calculated by hand: the results that they store may be older than the cells beside them."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from gonogo.documents.xlsx.workbook import Workbook, read_workbook
from gonogo.model.refusal import SourceRefusal


def saved(settings: str) -> Workbook:
    """A workbook with a formula in A1, a number in A2 and these settings of its calculation."""
    stream, changed = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Cover")
        sheet.write_formula("A1", "=IF(A2=1,5,6)", None, 5)
        sheet.write_number("A2", 2)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                head, tail = data.split(b"<calcPr", 1)
                data = head + settings.encode() + tail.split(b">", 1)[1]
            new.writestr(name, data)
    return read_workbook(changed.getvalue(), "log.xlsx")


STALE = [
    '<calcPr calcMode="manual" calcOnSave="0"/>',
    "<calcPr calcOnSave = 'false' calcMode = 'manual'/>",
    '<calcPr calcId="1" calcMode="manual" calcOnSave="0" fullCalcOnLoad="1"/>',
    '<calcPr calcMode="manual" calcCompleted="0"/>',
    '<x:calcPr xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" calcMode="manual" calcOnSave="0"/>',
]
FRESH = [
    "",
    '<calcPr calcId="1" fullCalcOnLoad="1"/>',
    '<calcPr calcMode="manual"/>',
    '<calcPr calcMode="manual" calcOnSave="1"/>',
    '<calcPr calcMode="auto" calcOnSave="0"/>',
    '<calcPr calcOnSave="0"/>',
]


@pytest.mark.parametrize("settings", STALE)
def test_a_result_that_the_workbook_calls_old_is_no_value(settings):
    """Somebody changed a status, and the share above it still says what it said before."""
    workbook = saved(settings)

    with pytest.raises(SourceRefusal, match=r"cell A1 holds a formula.*calculated by hand.*may be old"):
        workbook.cell("Cover!A1")
    assert (1, 1) in workbook.sheet("Cover").unusable


@pytest.mark.parametrize("settings", STALE)
def test_what_was_typed_is_a_value_all_the_same(settings):
    """Only formulas have results that can be old."""
    workbook = saved(settings)

    assert workbook.cell("Cover!A2")[0] == 2
    assert workbook.sheet("Cover").unusable == {(1, 1)}


@pytest.mark.parametrize("settings", FRESH)
def test_a_workbook_that_was_calculated_when_it_was_saved_is_read(settings):
    """By hand, but at every saving: that is what a spreadsheet program does unless told otherwise."""
    assert saved(settings).cell("Cover!A1")[0] == 5
