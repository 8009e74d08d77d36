"""Which weeks have no update: a series of files, and nothing else, can tell."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime, timedelta

import pytest

from gonogo.collectors.program.schedule.updates.update_collectors import WEEKS, SeriesCollector, missed_weeks
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

    @pytest.fixture
    def missed(self, mspdi):
        """Ask of trees which weeks have no update."""

        def asked(*trees, **more):
            files = [(f"w{number:02}.xml", mspdi(tree)) for number, tree in enumerate(trees)]
            job = job_of({"update": files}, now=datetime(2027, 4, 19, 16, tzinfo=UTC), **more)
            return answers_of(SeriesCollector(), job, {"golive": {"name": "Go-live"}})["weekly_updates_missed_90d"]

        return asked

    @pytest.fixture
    def weekly(self, project):
        """The same tree on the last thirteen Thursdays, the latest one last."""
        days = (date(2027, 4, 15) - timedelta(days=7 * number) for number in reversed(range(WEEKS)))
        return [copy.deepcopy(project) | {"StatusDate": f"{day}T17:00:00"} for day in days]

    def test_thirteen_status_dates_of_one_plan_are_one_update(self, missed, weekly):
        """Somebody set the date each Thursday, and reported nothing; work was in progress since the first of them."""
        for tree in weekly:
            for row in tree["Tasks"]["Task"]:
                row.update({key: "2027-01-04T08:00:00" for key in ("Start", "ActualStart") if row.get(key)})
        answer = missed(*weekly)

        assert (answer.value, answer.open_items[-1]) == (12, "week from 2027-01-26")
        assert "1 updates, the latest of 2027-01-21; 12 files with a later status date (2027-01-28, " in answer.where
        assert "although work was due or in progress, such as UID 3 'Develop'" in answer.where
        assert str(answer.as_of) == "2027-01-21 22:00:00+00:00"

    @pytest.mark.parametrize(
        ("uid", "change"),
        [
            (3, {"PercentComplete": 51}),
            (3, {"RemainingDuration": "PT33H0M0S"}),
            (3, {"ActualStart": "2027-04-12T09:00:00"}),
            (3, {"Finish": "2027-04-22T17:00:00"}),
            (5, {"Duration": "PT25H0M0S"}),
            (5, {"PredecessorLink": []}),
            (5, {"Baseline": []}),
            (5, {"Manual": 1}),
            (2, {"ActualFinish": "2027-04-10T17:00:00"}),
        ],
    )
    def test_whatever_is_told_about_work_makes_an_update(self, missed, weekly, task, uid, change):
        """A percent of progress is news, and so is a link that is gone."""
        told = missed(*weekly[-2:]).value
        task(weekly[-1], uid).update(change)

        assert (told, missed(*weekly[-2:]).value) == (12, 11)

    @pytest.mark.parametrize("change", [{"Name": "Develop it"}, {"TotalSlack": 0}, {"WBS": "X"}])
    def test_a_label_or_what_the_tool_computes_makes_none(self, missed, weekly, task, change):
        """A name that is put right is no report of progress."""
        task(weekly[-1], 3).update(change)
        assert missed(*weekly[-2:]).value == 12

    def test_other_numbers_and_another_order_of_the_rows_make_none(self, missed, weekly):
        """A tool that exports a plan anew numbers its rows again."""
        for row in weekly[-1]["Tasks"]["Task"]:
            row["UID"] += 50 if row["UID"] else 0
            for link in row["PredecessorLink"]:
                link["PredecessorUID"] += 50
        weekly[-1]["Tasks"]["Task"][-2:] = reversed(weekly[-1]["Tasks"]["Task"][-2:])
        weekly[-1]["Assignments"]["Assignment"] = []
        assert missed(*weekly[-2:]).value == 12

    @pytest.mark.parametrize(
        ("moment", "weeks"), [("2027-04-05T07:59:00", 11), ("2027-04-05T08:00:00", 11), ("2027-04-05T08:01:00", 12)]
    )
    def test_before_work_was_due_there_was_nothing_to_report(self, missed, weekly, moment, weeks):
        """Before, at and after the start of the first task: a plan that waits for its start is updated all the same."""
        trees = weekly[-2:]
        for tree, status in zip(trees, ("2027-03-25T17:00:00", moment), strict=True):
            tree["StatusDate"] = status
            for row in tree["Tasks"]["Task"]:
                row.update(PercentComplete=0, ActualStart="", ActualFinish="")
        assert missed(*trees).value == weeks

    def test_after_all_work_is_done_there_is_nothing_to_report(self, missed, weekly):
        """A plan that is over stays as it is."""
        for tree in weekly[-2:]:
            for row in tree["Tasks"]["Task"]:
                row.update(PercentComplete=100, ActualStart=row["Start"], ActualFinish="2027-04-05T08:00:00")
        assert missed(*weekly[-2:]).value == 11

    def test_one_day_may_have_the_same_update_twice(self, missed, weekly):
        """A copy in another folder is no lie."""
        answer = missed(weekly[-1], copy.deepcopy(weekly[-1]) | {"Title": "copy"})

        assert answer.value == 12
        assert "no update" not in answer.where

    def test_an_earlier_plan_that_comes_back_is_none(self, missed, weekly, task):
        """The file of three weeks ago with today's date, between two others."""
        task(weekly[-2], 3)["PercentComplete"] = 51
        answer = missed(*weekly[-3:])

        assert answer.value == 11
        assert "1 file with a later status date (2027-04-15) is no update" in answer.where

    def test_a_physical_percentage_of_primavera_is_news(self, xer, tables):
        """Its remaining duration may stay."""
        tables["PROJECT"][0]["last_recalc_date"] = "2027-04-08 17:00"
        files = [("a.xer", xer(tables))]
        tables["PROJECT"][0]["last_recalc_date"] = "2027-04-15 17:00"
        files.append(("b.xer", xer(tables)))
        tables["TASK"][1]["phys_complete_pct"] = 7
        files.append(("c.xer", xer(tables)))

        def weeks(*which):
            job = job_of({"update": list(which)}, now=datetime(2027, 4, 19, 16, tzinfo=UTC))
            return answers_of(SeriesCollector(), job, {"golive": "GL1000"})["weekly_updates_missed_90d"].value

        assert (weeks(files[0], files[1]), weeks(files[0], files[2])) == (12, 11)

    def test_an_update_that_cannot_be_read_is_not_left_out(self, mspdi, project):
        """It could be the only one of its week, or be anything at all."""
        job = job_of({"update": [("w15.xml", mspdi(project)), ("w14.xml", b"<Project/>")]})

        with pytest.raises(CollectorRefusal, match=r"w14\.xml"):
            answers_of(SeriesCollector(), job, {"golive": "Go-live"})

    def test_without_updates_there_is_no_series(self):
        """A pattern that matches nothing has not missed thirteen weeks."""
        with pytest.raises(CollectorRefusal, match="no update is bound"):
            answers_of(SeriesCollector(), job_of(), {"golive": "Go-live"})
