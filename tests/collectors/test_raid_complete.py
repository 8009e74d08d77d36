"""Whose an item is may be said by the program's own names for its sides."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gonogo.collectors.program.raid_complete import lacking, lacking_words, sides_of
from gonogo.collectors.program.raid_log import Item
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
