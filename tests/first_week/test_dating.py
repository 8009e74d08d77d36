"""Which column of days says when a table held: a day by which a thing is owed never does, nor a stage of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gonogo.first_week.dating import dating, only_began, rank_of_day
from gonogo.first_week.mapping import map_file

NOW = datetime(2026, 11, 30, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headings", "best"),
    [
        (("Owed By", "Given On"), "given_on"),
        (("Needed By", "Given On"), "given_on"),
        (("Required Date", "Given On"), "given_on"),
        (("Owed By",), ""),
    ],
)
def test_a_day_by_which_a_thing_is_owed_dates_nothing(tmp_path: Path, headings: tuple[str, ...], best: str) -> None:
    """It has passed, and says nothing of the day on which anybody looked."""
    days = ["2026-11-15", "2026-11-10"][: len(headings)]
    (tmp_path / "t.csv").write_text(
        f"Notice,{','.join(headings)}\nN-1,{','.join(days)}\nN-2,{','.join(days)}\n", encoding="utf-8"
    )
    mapping = map_file(tmp_path / "t.csv")

    assert dating(mapping, NOW).best(mapping) == best


@pytest.mark.parametrize(
    ("heading", "rank"),
    [("Extract date", 0), ("Extracted", 0), ("Extract done", 2), ("Extract completed", 2), ("Last updated", 1)],
)
def test_a_stage_of_a_conversion_is_not_the_export_of_its_log(heading: str, rank: int) -> None:
    """The log went on after the extract of its first row."""
    assert rank_of_day(heading) == rank


def test_the_last_stage_that_was_reached_dates_a_log(tmp_path: Path) -> None:
    """A log with a day of reconciliation is no older than that."""
    text = "Mock,Extract done,Reconciled\nM-1,2026-08-18,2026-08-27\nM-2,2026-10-20,2026-10-28\n"
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    mapping = map_file(tmp_path / "t.csv")

    assert dating(mapping, NOW).best(mapping) == "reconciled"


@pytest.mark.parametrize(
    ("heading", "days", "began"),
    [
        ("Approved On", 31, False),
        ("Approved On", 32, True),
        ("Last updated", 32, False),
        ("Extract date", 32, False),
    ],
)
def test_a_result_of_over_a_month_ago_dates_no_tracker(tmp_path: Path, heading: str, days: int, *, began: bool) -> None:
    """The last approval was in April, and the tracker is of today; a day of the whole export is what it is."""
    newest = (NOW - timedelta(days=days)).replace(hour=0)
    (tmp_path / "t.csv").write_text(f"SOP,{heading}\nS-1,{newest:%Y-%m-%d}\nS-2,{newest:%Y-%m-%d}\n", encoding="utf-8")
    mapping = map_file(tmp_path / "t.csv")
    dates = dating(mapping, NOW)
    [name] = dates.may

    assert only_began(dates, name, heading, NOW.replace(hour=0)) is began
