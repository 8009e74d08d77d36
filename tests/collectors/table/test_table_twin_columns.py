"""A file with two columns under headings of one column: both say the same, or a person says which counts."""

from __future__ import annotations

import io
import json
import sqlite3
from datetime import date
from typing import Any

import openpyxl
import pytest

from gonogo.model.evidence import GapReason

OPEN = {"count": {"where": 's != "Completed"'}, "unit": "weaknesses"}
HIGH = {"count": {"where": 'v == "High"'}, "unit": "weaknesses"}
LATE = {"count": {"where": "d < now"}, "unit": "weaknesses"}
STATUS = {"header": "Status", "also": ["POA&M Status", "État"], "type": "text", "allowed": "any"}
COLUMNS = {
    "k": {"header": "Key", "type": "id"},
    "s": STATUS,
    "v": {"header": "Severity", "type": "text", "allowed": "any"},
    "d": {"header": "Due", "also": ["Due Date"], "type": "date", "optional": True, "may_be_absent": True},
}
FACTS = {"open": OPEN, "high": HIGH, "late": LATE}


def settings(facts: dict[str, Any] = FACTS, columns: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    table = {"unique": ["k"], "others": "ignored", "columns": {**COLUMNS, **(columns or {})}, **more}
    return {"tables": {"t": table}, "facts": facts}


def csv(*rows: str, head: str) -> dict[str, bytes]:
    return {"f.csv": "\n".join((head, *rows, "")).encode()}


def sheet(*rows: tuple[Any, ...]) -> dict[str, bytes]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return {"f.xlsx": stream.getvalue()}


TWICE = "Key,Status,Severity,POA&M Status"


@pytest.mark.parametrize("letter", ["", "é"])
def test_two_columns_that_differ_leave_no_answer_that_reads_one_of_them(collect, letter):
    """A weakness is completed by the scan and ongoing by the plan. Small and in the database."""
    rows = f"P-1,Completed,Low{letter},Completed", "P-2,Completed,High,Ongoing"
    found = collect(csv(*rows, head=TWICE), settings({"open": OPEN, "high": HIGH}))

    assert found["open"].gap is GapReason.AMBIGUOUS_ROWS
    assert (
        "the columns 'Status' and 'POA&M Status' are both what the settings call s, and they differ in line 3"
        in found["open"].told
    )
    assert found["high"].value == 1


@pytest.mark.parametrize("letter", ["", "é"])
@pytest.mark.parametrize("other", ["Completed", "", " ", "COMPLETED", " Completed "])
def test_two_columns_that_say_the_same_or_of_which_one_says_nothing_are_one(collect, letter, other):
    """Capitals and blanks around a cell say nothing; a field that the tool has and nobody uses is blank."""
    found = collect(csv(f"P-1,Completed,High{letter},{other}", head=TWICE), settings({"open": OPEN}))

    assert found["open"].value == 0


def test_a_blank_cell_beside_one_that_says_something_differs(collect):
    """The one that is read says nothing, and the other one says that it is open."""
    column = {"s": STATUS | {"blank": "Completed", "blank_reason": "closed ones lose their state"}}
    found = collect(csv("P-1,,High,Ongoing", head=TWICE), settings({"open": OPEN}, column))

    assert found["open"].gap is GapReason.AMBIGUOUS_ROWS


@pytest.mark.parametrize("head", ["POA&M Status", "poa&m  STATUS", "État"])
def test_any_other_heading_of_the_column_is_looked_at(collect, head):
    """As headings are compared."""
    found = collect(csv("P-1,Completed,High,Ouvert", head=f"Key,Status,Severity,{head}"), settings({"open": OPEN}))

    assert found["open"].gap is GapReason.AMBIGUOUS_ROWS


def test_the_other_one_counts_where_the_binding_names_it(collect):
    """And it is then the only one that the settings know."""
    column = {"s": STATUS | {"header": "POA&M Status", "also": []}}
    found = collect(csv("P-1,Completed,High,Ongoing", head=TWICE), settings({"open": OPEN}, column))

    assert found["open"].value == 1


def test_the_first_one_counts_where_the_binding_says_why(collect):
    """The report repeats the reason."""
    more = {"not_rival": {"POA&M Status": "a copy of last month"}}
    found = collect(csv("P-1,Completed,High,Ongoing", head=TWICE), settings({"open": OPEN}, **more))

    assert found["open"].value == 0


@pytest.mark.parametrize(("other", "gap"), [(date(2027, 3, 1), True), (date(2027, 9, 1), False), (None, False)])
def test_days_of_a_workbook_are_compared_as_they_stand(collect, other, gap):
    """The later of two days due makes nothing late."""
    rows = ("Key", "Status", "Severity", "Due", "Due Date"), ("P-1", "Ongoing", "High", date(2027, 9, 1), other)
    found = collect(sheet(*rows), settings())

    assert found["late"].gap is (GapReason.AMBIGUOUS_ROWS if gap else None)
    assert gap is ("they differ in row 2" in found["late"].detail)
    assert (found["open"].value, found["high"].value) == (1, 1)


def test_keys_of_records_are_compared_as_headings_are(collect):
    """JSON has the same two fields; one is inside of an object."""
    columns = {"s": STATUS | {"also": ["state.name"]}}
    record = {"Key": "P-1", "Status": "Completed", "Severity": "High", "state": {"name": "Ongoing"}}
    same = record | {"state": {"name": "Completed"}}
    found = collect({"f.json": json.dumps([record]).encode()}, settings({"open": OPEN}, columns))

    assert found["open"].gap is GapReason.AMBIGUOUS_ROWS
    assert "differ in record 1" in found["open"].detail
    again = collect({"f.json": json.dumps([same]).encode()}, settings({"open": OPEN}, columns))
    assert again["open"].value == 0


def test_columns_of_a_database_are_compared_too(collect, tmp_path):
    """A view of two systems has both."""
    path = tmp_path / "x.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute('CREATE TABLE t ("Key" TEXT, "Status" TEXT, "Severity" TEXT, "POA&M Status" TEXT)')
        connection.execute("INSERT INTO t VALUES ('P-1', 'Completed', 'High', 'Ongoing')")
    connection.close()
    found = collect({"f.sqlite": path.read_bytes()}, settings({"open": OPEN, "high": HIGH}, sheet="t"))

    assert found["open"].gap is GapReason.AMBIGUOUS_ROWS
    assert found["high"].value == 1


def test_a_repeated_column_is_compared_with_the_cell_that_counts_first(collect):
    """Positions move where repeated columns become one."""
    columns = {"v": COLUMNS["v"] | {"repeated": "first"}}
    head = "Key,Severity,Severity,Status,POA&M Status"
    found = collect(csv("P-1,High,,Completed,Ongoing", head=head), settings({"open": OPEN, "high": HIGH}, columns))

    assert found["open"].gap is GapReason.AMBIGUOUS_ROWS
    assert found["high"].value == 1


@pytest.mark.parametrize("role", ["subject", "rows"])
def test_a_column_that_says_which_rows_count_concerns_every_fact(collect, role):
    """A row that is left out by one column counts by the other."""
    more: dict[str, Any] = {"rows": {"total": {"column": "s", "values": ["Withdrawn"]}}}
    if role == "subject":
        more = {"subject": {"s": {"kind": "cycle", "counts": ["Completed"]}}}
    rows = "P-1,Completed,High,Completed", "P-2,Completed,High,Withdrawn"
    found = collect(csv(*rows, head=TWICE), settings({"high": HIGH}, **more))

    assert found["high"].gap is GapReason.AMBIGUOUS_ROWS
