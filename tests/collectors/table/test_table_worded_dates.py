"""Dates with months and weekdays in words, as learning systems write them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.ready_table import ready

from gonogo.collectors.columns.date_format import _ELSEWHERE, with_english_month
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
    ("cell", "form", "day"),
    [
        ("25/ago/26 03:45 PM", "%d/%b/%y %I:%M %p", "2026-08-25 15:45:00+00:00"),
        ("06 abr 2026, 0:36", "%d %b %Y, %H:%M", "2026-04-06 00:36:00+00:00"),
        ("17/mar/26 10:00 AM", "%d/%b/%y %I:%M %p", "2026-03-17 10:00:00+00:00"),
        ("01/fev/27 10:00 AM", "%d/%b/%y %I:%M %p", "2027-02-01 10:00:00+00:00"),
        ("10/ene/27 08:30 AM", "%d/%b/%y %I:%M %p", "2027-01-10 08:30:00+00:00"),
        ("10/Jan/27 08:30 AM", "%d/%b/%y %I:%M %p", "2027-01-10 08:30:00+00:00"),
    ],
)
def test_short_months_of_spanish_and_portuguese_exports_are_read(cell: str, form: str, day: str) -> None:
    """Jira writes months in the language of the person who exports; no other month may be read for it."""
    assert str(latest(cell, "instant", form).value) == day


@pytest.mark.parametrize("cell", ["25/Ago/26", "25/agoo/26", "31/abr/26", "25/aug/26", "25/out-/26"])
def test_what_is_no_short_month_of_them_is_no_date(cell: str) -> None:
    assert latest("25/ago/26", "date", "%d/%b/%y").value is not None
    assert latest(cell, "date", "%d/%b/%y").value is None


def test_every_short_month_is_read_as_its_own() -> None:
    """A month that is another one's moves every date by weeks, and no date looks odd."""
    assert {with_english_month(f"1 {name} 2027") for name in ("ene", "jan")} == {"1 Jan 2027"}
    months = [(name, english) for english, names in _ELSEWHERE.items() for name in names.split("|")]
    for name, english in months:
        number = datetime.strptime(english, "%b").month  # noqa: DTZ007  # a month alone
        assert str(latest(f"01/{name}/26", "date", "%d/%b/%y").value).startswith(f"2026-{number:02d}-01"), name


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
