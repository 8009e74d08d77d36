"""Whose an item is may be said by the program's own names for its sides."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gonogo.collectors.program.raid_complete import lacking, lacking_words, sides_of
from gonogo.collectors.program.raid_id import item_key
from gonogo.collectors.program.raid_log import Item
from gonogo.collectors.program.raid_scope import ReleaseFilter
from gonogo.plugin.spec import Job

NOW = datetime(2027, 4, 19, tzinfo=UTC)
JOB = Job(NOW, NOW, "UTC", "p", "r", "b", "/", customer="FMHA", provider="Grants  Works")


def item(side: str, **more) -> Item:
    given = {"owner": True, "closure": True, "due": date(2027, 5, 1), **more}
    return Item(row=1, key="R-1", status="open", plan=True, side=side, **given)


@pytest.mark.parametrize("side", ["fmha", "grants works", "customer", "provider", "shared"])
def test_the_programs_own_names_are_sides(side):
    """People write the name of their agency; none of five items was complete for it."""
    assert lacking(item(side), sides_of(JOB)) == []


@pytest.mark.parametrize("side", ["", "vendor"])
def test_another_organization_is_no_side_and_that_is_said(side):
    """Nobody finds out by a ratio alone what is to be filled in."""
    found = lacking_words([item(side), item("fmha", due=None)], sides_of(JOB))

    assert "organization" in found
    assert "due date (1)" in found


def test_no_name_is_no_side():
    """A job without names does not make a blank one count."""
    assert lacking(item(""), sides_of(Job(NOW, NOW, "UTC", "p", "r", "b", "/"))) == ["organization"]


def test_all_that_items_lack_is_told():
    """Five things can be amiss in a log; the last of them is not left out of the sentence."""
    found = lacking_words([item("", owner=False, closure=False, due=None), item("vendor")], sides_of(JOB))

    assert found == (
        "; not complete for: owner (1), organization (1), due date (1), closure criteria (1), "
        "organization that is no side of the program (1)"
    )


@pytest.mark.parametrize(
    ("cell", "counts"),
    [
        ("", True),
        (" , ;", None),
        ("R2", True),
        ("r1", False),
        ("R1; R2", True),
        ("R2, R9", None),
        ("R9", None),
        ("R1, R9", None),
    ],
)
def test_a_row_counts_by_the_names_that_somebody_gave(cell, counts):
    """A separator without a name, and a name that nobody gave, are no release that could be left out."""
    assert ReleaseFilter(others=frozenset({"r1"}), known=frozenset({"r2"})).counts(cell) is counts


class _Sheet:
    name = "Risk Log"

    def __init__(self, cell: object) -> None:
        self.cell = cell

    def fault(self, row: int, column: int) -> str:
        return ""

    def value(self, row: int, column: int) -> object:
        return self.cell


@pytest.mark.parametrize(
    ("cell", "told"),
    [(3, "Risk 3"), (3.0, "Risk 3"), (3.5, "3.5"), ("R7", "R7"), (" 12 ", "Risk 12"), ("", "Risk Log row 5")],
)
def test_an_item_is_called_as_its_sheet_calls_it(cell, told):
    """Only a bare number needs the log's name beside it."""
    assert item_key(_Sheet(cell), 5, 0) == told
