"""Parents among the rows, however a file shows them, and keys that merely happen to differ in every row."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from gonogo.model.evidence import GapReason

STATE = {"header": "State", "type": "text", "allowed": ["Done", "New"]}
DONE = {"done": {"share": {"where": 'state == "Done"'}}}


def settings(key: str, ignore: list[str], **more: Any) -> dict[str, Any]:
    columns = {"key": {"header": key, "type": "id"}, "state": STATE}
    return {"tables": {"t": {"columns": columns, "unique": ["key"], "ignore": ignore, **more}}, "facts": DONE}


@pytest.mark.parametrize(
    ("key", "ignore", "lines"),
    [
        ("Issue key", ["Issue id", "Parent"], ("DI-1,New,43403,", "DI-2,Done,46025,43403")),
        ("Task ID", ["Name", "Parent task"], ("1001,New,Plan launch,", "1002,Done,Draft release,Plan launch")),
        ("ID", ["Title 1", "Title 2", "Title 3"], ("1,New,Pay,,", "2,New,,Refund,", "3,Done,,,As a user")),
        ("Row", ["Task Name"], ("R-1,New,Cutover", "R-2,Done,    Freeze", "R-3,Done,    Backup")),
    ],
)
def test_parents_are_seen_in_columns_that_nobody_reads(collect, key, ignore, lines):
    """Work boards name a parent by number or title, by a column for each depth, or by leading blanks."""
    data = {"f.csv": "\n".join([f"{key},State,{','.join(ignore)}", *lines, ""]).encode()}

    open_one = collect(data, settings(key, ignore))["done"]
    declared = collect(data, settings(key, ignore, rows={"parent": "counts"}))["done"]

    assert (open_one.part, open_one.gap) == (None, GapReason.AMBIGUOUS_ROWS)
    assert "parents of others" in open_one.detail
    assert declared.whole == len(lines)


def test_a_parent_outside_the_file_is_no_row(collect):
    """A filtered export holds children alone."""
    data = {"f.csv": b"Issue key,State,Issue id,Parent\nDI-1,New,2,1\nDI-2,Done,3,1\n"}

    assert collect(data, settings("Issue key", ["Issue id", "Parent"]))["done"].whole == 2


@pytest.mark.parametrize("how", ["level", "indent", "none", "all"])
def test_rows_that_a_workbook_sets_in_are_seen(collect, how):
    """Planning tools write the depth as an outline level or an indent, which no cell holds."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    deep, sheet = book.add_format({"indent": 1}), book.add_worksheet("Plan")
    for number, row in enumerate([("Row", "State"), ("R-1", "New"), ("R-2", "Done"), ("R-3", "Done")]):
        inside = number > 1 or (how == "all" and number == 1)
        sheet.write_row(number, 0, row, deep if inside and how in ("indent", "all") else None)
        if how == "level" and inside:
            sheet.set_row(number, None, None, {"level": 1})
    book.close()

    answer = collect({"f.xlsx": stream.getvalue()}, settings("Row", []))["done"]

    if how in ("none", "all"):
        assert answer.whole == 3
    else:
        assert (answer.gap, "row 3, 4" in answer.detail) == (GapReason.AMBIGUOUS_ROWS, True)


@pytest.mark.parametrize(
    ("heading", "cells", "counted"),
    [
        ("Case", ("Login", "Logout"), True),
        ("Ref", ("Q-1", "Q-2"), True),
        ("Title", ("Login works", "Logout works"), False),
        ("First name", ("Ann", "Bo"), False),
        ("Finish", ("12-Mar-24", "13-Mar-24"), False),
    ],
)
def test_a_text_that_differs_in_every_row_is_no_key(collect, heading, cells, counted):
    """Two of the same items with another remark would pass for two items."""
    columns = {"what": {"header": heading, "type": "text"}, "state": STATE}
    table = {"columns": columns, "one_row": None}
    data = {"f.csv": f"{heading},State\n{cells[0]},Done\n{cells[1]},New\n".encode()}

    answer = collect(data, {"tables": {"t": table}, "facts": DONE})["done"]

    assert (answer.gap is None) is counted


def test_heading_rows_of_a_survey_are_no_answers(collect):
    """Qualtrics writes the questions and the names of its fields below the header; they were counted as answers."""
    lines = [
        "Id,State,Q1",
        "Response ID,State,How?",
        """"{""ImportId"":""_id""}",x,y""",
        "R_1,Done,well",
        "R_2,New,ill",
    ]
    data = {"f.csv": "\n".join([*lines, ""]).encode()}
    columns = {"id": {"header": "Id", "type": "text"}, "state": {"header": "State", "type": "text"}}
    heads = {"column": "id", "values": ["Response ID", '{"ImportId":"_id"}']}
    table = {"columns": columns, "unique": ["id"], "ignore": ["Q1"]}
    facts = {"n": {"count": {}, "unit": "answers"}}

    refused = collect(data, {"tables": {"t": table}, "facts": facts})["n"]
    declared = collect(data, {"tables": {"t": {**table, "rows": {"repeated_heading": heads}}}, "facts": facts})["n"]

    assert (refused.gap, "line 3" in refused.detail) == (GapReason.AMBIGUOUS_ROWS, True)
    assert declared.value == 2
