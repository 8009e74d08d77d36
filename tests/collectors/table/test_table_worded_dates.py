"""Dates with months and weekdays in words, as learning systems write them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.plugin.spec import Answer
from gonogo.testing import SAMPLE_NOW, answers_of, job_of


def latest(cell: str, kind: str, form: str) -> Answer:
    column = {"type": kind, "format": form} | ({"zone": "UTC"} if kind == "instant" else {})
    settings = {
        "tables": {"t": {"unique": ["id"], "columns": {"id": {"type": "id"}, "done": column}}},
        "facts": {"done": {"max": {"of": "done"}, "meaning": "When."}},
    }
    job = job_of({"file": ("t.csv", f'id,done\nE1,"{cell}"\n'.encode())}, as_of=SAMPLE_NOW - timedelta(days=1))
    with ready():
        return answers_of(TableCollector(), job, settings)["done"]


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("Monday, 12 April 2027, 10:05 AM", "%A, %d %B %Y, %I:%M %p"),
        ("12 April 2027, 10:05 AM", "%d %B %Y, %I:%M %p"),
        ("Monday, April 12, 2027 10:05", "%A, %B %d, %Y %H:%M"),
    ],
)
def test_months_and_weekdays_in_words_are_read(cell: str, form: str) -> None:
    """Otherwise a roster of completions dates nothing until somebody rewrites it by hand."""
    assert str(latest(cell, "instant", form).value) == "2027-04-12 10:05:00+00:00"


@pytest.mark.parametrize(
    "cell", ["Sunday, 12 April 2027", "Monday, 12 Avril 2027", "Mon, 12 April 2027", "Monday, 31 April 2027"]
)
def test_a_weekday_that_is_not_that_of_its_date_is_no_date(cell: str) -> None:
    """One of the two is wrong, and nobody knows which."""
    answer = latest(cell, "date", "%A, %d %B %Y")

    assert latest("Monday, 12 April 2027", "date", "%A, %d %B %Y").value is not None
    assert answer.value is None
    assert answer.detail


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Mon 4/12/27", True),
        ("Sun 4/12/27", False),
        ("Monday 4/12/27", False),
        ("4/12/27", False),
        ("mon 4/12/27", False),
    ],
)
def test_a_short_weekday_is_that_of_its_date(cell: str, read: bool) -> None:
    """Microsoft Project writes dates so, as its views show them."""
    assert (latest(cell, "date", "%a %m/%d/%y").value is not None) is read
