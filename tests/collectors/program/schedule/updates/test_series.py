"""Which weeks have no update: a series of files, and nothing else, can tell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gonogo.collectors.program.schedule.updates.update_collectors import SeriesCollector, missed_weeks
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import answers_of, job_of

TODAY = date(2027, 4, 19)


class TestWeeks:
    @pytest.mark.parametrize(
        ("days", "missed"),
        [
            ([7 * number for number in range(13)], 0),
            ([7 * number + 6 for number in range(13)], 0),
            ([7 * number for number in range(12)], 1),
            ([], 13),
            ([0, 1, 2, 3], 12),
            ([-1, 91], 13),
        ],
    )
    def test_a_week_counts_once_however_many_updates_it_has(self, days, missed):
        """Thirteen weeks that end today; what is later or earlier is in none of them."""
        assert len(missed_weeks([TODAY - timedelta(days=number) for number in days], TODAY)) == missed

    @pytest.mark.parametrize(("days_ago", "held"), [(83, 12), (84, 12), (90, 12), (91, 13)])
    def test_the_first_week_begins_90_days_ago(self, days_ago, held):
        """Below, at and above its two ends: one update fills exactly one week, or none."""
        assert len(missed_weeks([TODAY - timedelta(days=days_ago)], TODAY)) == held


class TestSeries:
    def test_files_of_both_kinds_make_one_series(self, mspdi, xer, project, tables):
        """A program may change its tool; the weeks go on."""
        tables["PROJECT"][0]["last_recalc_date"] = "2027-04-08 17:00"
        job = job_of(
            {"update": [("w15.xml", mspdi(project)), ("w14.xer", xer(tables))]},
            now=datetime(2027, 4, 19, 16, tzinfo=UTC),
        )
        answer = answers_of(SeriesCollector(), job, {"golive": "GL1000"})["weekly_updates_missed_90d"]

        assert (answer.value, len(answer.open_items), answer.open_items[0]) == (11, 11, "week from 2027-03-30")
        assert str(answer.as_of) == "2027-04-15 21:00:00+00:00"
        assert answer.where == "2 updates, the latest of 2027-04-15"

    def test_an_update_that_cannot_be_read_is_not_left_out(self, mspdi, project):
        """It could be the only one of its week, or be anything at all."""
        job = job_of({"update": [("w15.xml", mspdi(project)), ("w14.xml", b"<Project/>")]})

        with pytest.raises(CollectorRefusal, match=r"w14\.xml"):
            answers_of(SeriesCollector(), job, {"golive": "Go-live"})

    def test_without_updates_there_is_no_series(self):
        """A pattern that matches nothing has not missed thirteen weeks."""
        with pytest.raises(CollectorRefusal, match="no update is bound"):
            answers_of(SeriesCollector(), job_of(), {"golive": "Go-live"})
