"""Whether what the settings name can be the go-live of this release, and what it is held to."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from gonogo.collectors.program.schedule.collectors import MspdiCollector
from gonogo.collectors.program.schedule.dcma.point_measures import ON_REQUEST
from gonogo.collectors.program.schedule.plausible import OF_GOLIVE
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule
from gonogo.testing.jobs import answers_of, job_of

NAMES = tuple(fact.name for fact in OF_GOLIVE if fact not in ON_REQUEST)


def day(number: int, month: int = 5) -> datetime:
    """Noon of a day in Washington."""
    return datetime(2027, month, number, 16, 0, tzinfo=UTC)


def finished(moment: str) -> dict[str, object]:
    """What a finished row says."""
    return {"PercentComplete": 100, "ActualStart": moment, "ActualFinish": moment, "Start": moment, "Finish": moment}


class TestFinished:
    def test_a_task_that_was_finished_long_ago_is_not_the_go_live_to_come(self, ask, project):
        """A wrong UID in the settings made every fact of the way to go-live a met one."""
        answers = ask(project, golive={"uid": "2"})

        assert {name for name, answer in answers.items() if answer.gap is not None} >= set(NAMES)
        for name in NAMES:
            assert answers[name].gap is GapReason.MISSING
            assert answers[name].detail == (
                "UID 2 'Design', which the settings name as go-live, is marked as finished on 2027-04-09, but go-live "
                "of payroll-1 is on 2027-05-03: name the activity of that go-live in `golive`, or correct `go_live` of "
                "the release"
            )

    def test_facts_that_are_not_about_go_live_are_told_all_the_same(self, ask, project):
        """One wrong name says nothing of the rest of the plan."""
        right, wrong = ask(project), ask(project, golive={"uid": "2"})

        assert {name: wrong[name] for name in wrong if name not in NAMES} == {
            name: right[name] for name in right if name not in NAMES
        }

    @pytest.mark.parametrize(("go_live", "told"), [(day(13, 4), True), (day(14, 4), True), (day(15, 4), False)])
    @pytest.mark.parametrize("change", [{}, {"PercentComplete": 99}, {"ActualFinish": ""}])
    def test_a_finished_go_live_is_one_on_its_day_and_later(self, ask, project, task, go_live, told, change):
        """A day late, on the day, a day early; said by its percentage, by its actual finish, or by both."""
        task(project, 6).update(finished("2027-04-14T17:00:00") | change)

        assert (ask(project, go_live=go_live)["golive_tasks"].gap is None) is told

    def test_the_day_is_that_of_the_program(self, ask, project, task):
        """Late in the evening in Washington it is the next day in London."""
        task(project, 6).update(finished("2027-04-14T17:00:00"))
        evening, midnight = datetime(2027, 4, 15, 3, 59, tzinfo=UTC), datetime(2027, 4, 15, 4, 0, tzinfo=UTC)

        assert ask(project, go_live=evening)["golive_tasks"].gap is None
        assert ask(project, go_live=midnight)["golive_tasks"].gap is GapReason.MISSING

    @pytest.mark.parametrize(("actual", "finish", "told"), [("14", "16", False), ("16", "14", True)])
    def test_the_actual_finish_is_the_day(self, ask, project, task, actual, finish, told):
        """A forecast that was left standing beside it says nothing any more; go-live is on the 15th."""
        change = {"ActualFinish": f"2027-04-{actual}T12:00:00", "Finish": f"2027-04-{finish}T12:00:00"}
        task(project, 6).update(finished("2027-04-14T12:00:00") | change)

        assert (ask(project, go_live=day(15, 4))["golive_tasks"].gap is None) is told

    def test_a_finish_that_nobody_dates_is_no_go_live_either(self, ask, project, task):
        """100 percent, and no date at all."""
        task(project, 6).update(PercentComplete=100, Start="", Finish="")

        assert "is marked as finished, but go-live of payroll-1" in ask(project)["golive_tasks"].detail

    def test_xer_is_asked_the_same(self, ask_xer, tables):
        """The kind of file changes nothing."""
        answers = ask_xer(tables, golive={"code": "A1"})

        assert all("is marked as finished on 2027-04-09" in answers[name].detail for name in NAMES)


class TestOverdue:
    @pytest.mark.parametrize(
        ("finish", "told"),
        [("2027-04-15T16:59:00", False), ("2027-04-15T17:00:00", True), ("2027-04-15T17:01:00", True)],
    )
    def test_an_unfinished_go_live_that_was_due_before_the_status_date_is_no_forecast(
        self, ask, project, task, finish, told
    ):
        """It would have been forecast for the status date itself, and never late."""
        task(project, 6).update(Start=finish, Finish=finish)
        answers = ask(project)

        assert {answers[name].gap is None for name in NAMES if name != "cpli"} == {told}
        assert told or answers["forecast_slip_days"].detail == (
            "UID 6 'Go-live', which the settings name as go-live, was to finish on 2027-04-15, before the status date "
            "2027-04-15, and is not finished, while go-live of payroll-1 is on 2027-05-03: name the activity of that "
            "go-live in `golive`, or reschedule it in its tool and save again"
        )

    @pytest.mark.parametrize(("go_live", "told"), [(day(14, 4), True), (day(15, 4), True), (day(16, 4), False)])
    def test_once_the_day_of_go_live_has_come_it_is_simply_late(self, ask, project, task, go_live, told):
        """Due on Thursday noon, not done in the evening: the slip says so."""
        task(project, 6).update(Start="2027-04-15T12:00:00", Finish="2027-04-15T12:00:00")

        assert (ask(project, go_live=go_live)["forecast_slip_days"].gap is None) is told

    def test_without_a_status_date_nothing_is_said_of_it(self, mspdi, project, task):
        """A moment at which the file held is not one up to which anybody reported."""
        del project["StatusDate"]
        task(project, 6).update(Start="2027-04-14T12:00:00", Finish="2027-04-14T12:00:00")
        job = job_of({"file": ("ims.xml", mspdi(project))}, as_of=day(16, 4), rule=AsOfRule.FILE_NAME)

        assert answers_of(MspdiCollector(), job, {"golive": "GL1000"})["golive_tasks"].value == 3


class TestCommitted:
    @pytest.mark.parametrize(
        ("committed", "slip", "says"),
        [
            pytest.param("2027-04-23", 3, "committed 2027-04-23", id="a day before go-live of the release"),
            pytest.param("2027-04-24", 2, "committed 2027-04-24", id="its day"),
            pytest.param(
                "2027-04-25", 2,
                "go-live of payroll-1 2027-04-24 (the committed date, 2027-04-25, is later and does not count)",
                id="a day after it",
            ),
            pytest.param("2027-05-03", 2, "does not count", id="the old date of a release that was moved forward"),
            pytest.param("2027-04-24T23:59-04:00", "1.709028", "committed 2027-04-24 23:59", id="its last minute"),
            pytest.param("2027-04-25T03:59+00:00", "1.709028", "committed 2027-04-24 23:59", id="in another zone"),
            pytest.param("2027-04-25T00:00-04:00", 2, "does not count", id="the first minute of the next day"),
        ],
    )  # fmt: skip
    def test_a_promise_later_than_go_live_of_the_release_does_not_help(self, ask, project, committed, slip, says):
        """Go-live on 24 April, forecast for the 26th: a commitment to 3 May made it no slip at all."""
        answers = ask(project, committed=committed, go_live=day(24, 4))

        assert answers["forecast_slip_days"].value == Decimal(slip)
        assert says in answers["forecast_slip_days"].where

    def test_neither_is_there_float_to_it(self, ask, project, task):
        """Friday evening to Tuesday evening is two days, whatever was promised."""
        task(project, 6)["TotalSlack"] = 96000
        answer = ask(project, committed="2027-05-20", go_live=day(28, 4))["golive_total_float_days"]

        assert answer.value == 2
        assert "to go-live of payroll-1 2027-04-28 (the committed date, 2027-05-20, is later" in answer.where

    def test_a_later_baseline_is_told_as_one(self, ask, project):
        """The reader learns what does not count."""
        assert (
            "(the baseline, 2027-05-03 06:00:00, is later"
            in ask(project, go_live=day(28, 4))["forecast_slip_days"].where
        )


class TestApart:
    @pytest.mark.parametrize(
        ("go_live", "told"),
        [
            pytest.param(day(25, 4), "UID 6 'Go-live', dated 2027-04-26, 1 day after go-live of payroll-1", id="after"),
            pytest.param(day(26, 4), "UID 6 'Go-live'", id="on the day"),
            pytest.param(
                day(28, 4), "UID 6 'Go-live', dated 2027-04-26, 2 days before go-live of payroll-1", id="before"
            ),
        ],
    )
    def test_a_date_that_is_not_that_of_the_release_is_told(self, ask, project, go_live, told):
        """A forecast may slip; but a wrong row should show."""
        answers = ask(project, go_live=go_live)

        assert answers["golive_tasks"].where == told
        assert answers["golive_path_continuous"].where == told
        assert answers["cpli"].where == told
        assert answers["golive_total_float_days"].where.startswith(f"{told}, ")
        assert answers["forecast_slip_days"].where.startswith(f"{told}, forecast ")

    def test_a_go_live_without_a_date_is_only_named(self, ask, project, task):
        """There is nothing to compare."""
        task(project, 6)["Finish"] = ""

        assert ask(project)["golive_tasks"].where == "UID 6 'Go-live'"
