"""A list that goes on on another sheet, without its headings, is not read in part: a list without a row proved zero."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from gonogo.model.evidence import GapReason

HEAD = ["Key", "Summary", "Status"]
ITEMS = [["D-1", "login fails", "Open"], ["D-2", "a total is wrong", "Open"], ["D-30", "slow", "Done"]]
MORE = [["D-31", "slower", "Open"], ["D-4", "wrong again", "Open"]]


def settings(**more: Any) -> dict[str, Any]:
    columns = {
        "key": {"header": "Key", "type": "text"},
        "status": {"header": "Status", "type": "text", "allowed": ["Open", "Done"]},
    }
    table = {
        "sheet": "Defects",
        "control": {"min_rows": 0},
        "unique": ["key"],
        "columns": columns,
        "ignore": ["Summary"],
        **more,
    }
    return {"tables": {"t": table}, "facts": {"open": {"count": {"where": 'status == "Open"'}, "unit": "defects"}}}


def book(**sheets: list[list[Any]]) -> dict[str, bytes]:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as out:
        for name, rows in sheets.items():
            sheet = out.add_worksheet(name.replace("__", " "))
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return {"t.xlsx": stream.getvalue()}


@pytest.mark.parametrize(
    ("mine", "name", "theirs"),
    [
        ([], "Page__2", MORE),
        ([], "Rest", MORE),
        (ITEMS, "Page__2", MORE),
        (ITEMS, "Defects__(2)", MORE),
        (ITEMS, "Defects cont.", MORE),
        (ITEMS, "Teil__3", MORE),
        (ITEMS, "Sheet2", MORE),
        (ITEMS, "Sheet2", [["", "", ""], *MORE]),
        ([], "Rest", [["login", "x", "Open"], ["total", "y", "Open"]]),
    ],
)
def test_a_list_that_goes_on_without_headings_is_refused(collect, mine, name, theirs):
    """Headings stood on the first sheet, every open defect on `Page 2`, and none was open."""
    answer = collect(book(**{"Defects": [HEAD, *mine], name: theirs}), settings())["open"]

    assert answer.gap is GapReason.AMBIGUOUS_ROWS
    assert "seems to go on on another sheet, and nobody reads " in answer.detail
    assert f"({len(MORE)} rows); put all rows on 'Defects'" in answer.detail


@pytest.mark.parametrize(
    ("mine", "name", "theirs"),
    [
        (ITEMS, "Page__2", []),
        (ITEMS, "Page__2", [["page 2 of 2"]]),
        (ITEMS, "Read me", [["Print on paper"], ["Ask Ann"]]),
        (ITEMS, "Words", [["Open", "Low", "Yes"], ["Done", "High", "No"]]),
        (ITEMS, "Contacts", [["Name", "Mail", "Room"], ["Ann", "a@x", "R-1"]]),
        (ITEMS, "Sums", [["D-9", "all"], ["D-8", "none"]]),
        (ITEMS, "Wide", [["D-9", "a", "b", "c"], ["D-8", "a", "b", "c"]]),
        ([], "Contacts", [["Name", "Mail", "Room"], ["Ann", "a@x", "R-1"], ["Ben", "b@x", "R-2"]]),
        ([], "Words", [["Open", "Low"], ["Done", "High"]]),
        ([], "Gaps", [["", "Low", "Yes"], ["Done", "High", "No"]]),
    ],
)
def test_a_sheet_of_another_kind_beside_it_stops_nobody(collect, mine, name, theirs):
    """Notes, drop-down lists and people stand beside many lists."""
    answer = collect(book(**{"Defects": [HEAD, *mine], name: theirs}), settings())["open"]

    assert answer.value == (2 if mine else 0)


def test_a_sheet_that_is_named_with_a_reason_is_settled(collect):
    """A person has looked at it."""
    made = book(Defects=[HEAD, *ITEMS], Page__2=MORE)

    answer = collect(made, settings(other_sheets={"Page 2": "of another system"}))["open"]

    assert answer.value == 2


def test_also_where_the_sheet_is_found_by_its_headings(collect):
    """Export profiles look for the one sheet that has the headings."""
    made = book(Defects=[HEAD], Page__2=MORE)

    answer = collect(made, settings(sheet=None, sheet_by_headings=True))["open"]

    assert answer.gap is GapReason.AMBIGUOUS_ROWS


def test_free_text_as_keys_has_no_shape(collect):
    """Nine names in nine shapes say nothing about a tenth."""
    words = [["x" * n + "-1", "a b", "Open"] for n in range(1, 10)]

    made = book(Defects=[HEAD, *words], Names=[["xxx-7", "c d", "Open"]])

    assert collect(made, settings())["open"].value == 9
    few = book(Defects=[HEAD, *words[:8]], Names=[["xxx-7", "c d", "Open"]])
    assert collect(few, settings())["open"].gap is GapReason.AMBIGUOUS_ROWS
