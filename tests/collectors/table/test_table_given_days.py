"""A signature that is dated after the evidence has not been given yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from gonogo.model.evidence import GapReason


def settings(kind: str = "date", header: str = "Signed On", **more: Any) -> dict[str, Any]:
    signed = {"header": header, "type": kind, "optional": True, "given": "signed", **more}
    columns = {"sla": {"type": "id"}, "on": signed, "kind": {"type": "text", "allowed": ["A", "B"]}}
    facts = {"ratio": {"share": {"where": "signed"}}, "others": {"share": {"where": 'kind == "A"'}}}
    return {"tables": {"t": {"columns": columns, "unique": ["sla"]}}, "facts": facts}


def file(day: str, header: str = "Signed On") -> dict[str, bytes]:
    return {"t.csv": f"sla,{header},kind\nS1,2027-04-01,A\nS2,{day},B\n".encode()}


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2027-04-17", True), ("2027-04-18", True), ("2027-04-19", False), ("2099-12-30", False),
     ("1950-01-01", True), ("1949-12-31", False)],
)  # fmt: skip
def test_a_day_after_the_evidence_is_not_given(collect, day, counts):
    """Every agreement was signed in December, said a file of April, and the gate was open."""
    answers = collect(file(day), settings())

    assert (answers["ratio"].gap is None) is counts
    assert answers["others"].gap is None
    if not counts:
        assert answers["ratio"].gap is GapReason.OUT_OF_RANGE
        assert "says when something was done, and holds a day" in answers["ratio"].detail
        assert f"({day}); correct the file, or say planned: true" in answers["ratio"].detail


@pytest.mark.parametrize(
    ("held", "counts"),
    [("2027-04-19T03:59:59+00:00", False), ("2027-04-19T04:00:00+00:00", True)],
)
def test_the_day_of_the_evidence_is_the_one_where_the_program_is(collect, held, counts):
    """A list of this evening cannot hold what is signed tomorrow, though it is tomorrow in Greenwich already."""
    answers = collect(file("2027-04-19"), settings(), as_of=datetime.fromisoformat(held))

    assert (answers["ratio"].gap is None) is counts


@pytest.mark.parametrize(
    ("moment", "counts"),
    [("2027-04-19T03:59:59Z", True), ("2027-04-19T04:00:00Z", False)],
)
def test_the_day_ends_where_the_program_is(collect, moment, counts):
    """A signature late in the evening is of that day, whatever the day is in Greenwich."""
    answers = collect(
        {"t.csv": file(moment)["t.csv"].replace(b"2027-04-01", b"2027-04-01T00:00:00Z")}, settings("instant")
    )

    assert (answers["ratio"].gap is None) is counts


@pytest.mark.parametrize(("header", "more"), [("Due Date", {}), ("Signed On", {"planned": True})])
def test_days_to_come_are_days_to_come(collect, header, more):
    """That a due date is set counts, though it lies ahead."""
    assert collect(file("2027-06-30", header), settings(header=header, **more))["ratio"].gap is None
