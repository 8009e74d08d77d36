"""A file without headings loses its first row to them, and nothing says so: then the heading looks like its cells."""

from __future__ import annotations

from typing import Any

import pytest


def ask(collect: Any, heading: str, *cells: str, kind: str = "text", **table: Any) -> Any:
    columns = {"first": {"header": heading, "type": kind}, "ok": {"header": "Done", "type": "boolean"}}
    data = f"{heading},Done\n" + "".join(f"{cell},Yes\n" for cell in cells)
    settings = {"tables": {"t": {"columns": columns, **table}}, "facts": {"f": {"share": {"where": "ok"}}}}
    return collect({"t.csv": data.encode()}, settings)["f"]


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("2027-04-01", ("2027-04-02", "2027-04-09"), "date"),
        ("2027-04-01T10:00:00Z", ("2027-04-02T10:00:00Z",), "instant"),
        ("MSG0", ("MSG1", "MSG12"), "text"),
        ("IF-01", ("IF-02", "IF-03"), "id"),
    ],
)
def test_a_heading_written_as_its_cells_is_a_gap(collect, heading, cells, kind):
    """The first message would not be among those that are counted."""
    answer = ask(collect, heading, *cells, kind=kind)

    assert answer.gap == "malformed", answer
    assert "the heading of column 'first' is written as the cells below it are" in answer.told
    assert "header_row: 1" in answer.told


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("Date", ("2027-04-02",), "date"),
        ("Message", ("MSG1", "MSG2"), "text"),
        ("Phase 1", ("Done", "Open"), "text"),
        ("Q1", ("Q2", "late"), "text"),
        ("2027", ("2026", "2025"), "integer"),
        ("1", ("2", "3"), "text"),
    ],
)
def test_a_heading_unlike_its_cells_stops_nothing(collect, heading, cells, kind):
    """Years and phases are headings too."""
    assert ask(collect, heading, *cells, kind=kind).gap is None


def test_whoever_says_which_row_holds_the_headings_has_settled_it(collect):
    """Columns by week have dates for headings."""
    answer = ask(collect, "2027-04-01", "2027-04-02", kind="date", header_row=1)

    assert answer.gap is None, answer.detail


def test_names_of_records_are_no_row(collect):
    """In JSON each record names its parts: there is no first row to be lost."""
    columns = {"first": {"header": "2027-04-01", "type": "date"}, "ok": {"header": "Done", "type": "boolean"}}
    settings = {"tables": {"t": {"columns": columns}}, "facts": {"f": {"share": {"where": "ok"}}}}

    answer = collect({"t.json": b'[{"2027-04-01": "2027-04-02", "Done": true}]'}, settings)["f"]

    assert answer.gap is None, answer.detail
