"""What all measures share: which activity is go-live, what lies outside the file, when go-live is expected."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from gonogo.plugin.spec import CollectorRefusal


class TestWhichActivity:
    @pytest.mark.parametrize("golive", [{"uid": "8"}, {"id": "8"}, {"wbs": "W.8"}, {"name": "Hypercare"}, "W.8"])
    def test_only_the_kind_of_name_that_is_stated_is_looked_at(self, ask, project, task, golive):
        """Another row may bear the same text as its name."""
        task(project, 8).update(ID=80 if golive == {"uid": "8"} else 8)
        if isinstance(golive, dict) and "name" not in golive:
            task(project, 5)["Name"] = next(iter(golive.values()))

        assert "Hypercare" in ask(project, golive=golive)["golive_tasks"].where

    def test_an_activity_without_that_kind_of_name_is_not_meant(self, ask, project):
        """A name in quotation marks of another kind is a mistake to be told, not a guess to be made."""
        with pytest.raises(CollectorRefusal, match="no activity is 'GL1000'"):
            ask(project, golive={"name": "GL1000"})

    def test_the_three_nearest_names_of_activities_are_offered(self, ask, project, task):
        """Not a list of everything, and no phase."""
        for uid, name in ((2, "Go-live a"), (3, "Go-live b"), (5, "Go-live c"), (6, "Go-live d"), (4, "Go-live z")):
            task(project, uid)["Name"] = name

        with pytest.raises(CollectorRefusal) as refusal:
            ask(project, golive="Go-live z1")
        assert str(refusal.value).count("'Go-live ") == 4  # the one that was asked for, and three

    def test_where_nothing_is_near_nothing_is_offered(self, ask, project):
        """A hint at nothing helps nobody."""
        with pytest.raises(CollectorRefusal) as refusal:
            ask(project, golive="qqqqqqq")
        assert str(refusal.value).endswith("which the settings name as go-live")


class TestOutside:
    @pytest.mark.parametrize(("count", "end"), [(4, "4.mpp; what"), (5, "5.mpp; what"), (6, "5.mpp and 1 more; what")])
    def test_the_first_five_are_named_and_the_rest_counted(self, ask, project, task, after, count, end):
        """Below, on and above what a sentence names."""
        task(project, 5)["PredecessorLink"] += [
            after(90 + number, CrossProject=1, CrossProjectName=f"{number}.mpp") for number in range(1, count + 1)
        ]

        assert f"{end} comes before it there" in ask(project)["negative_float_tasks"].detail

    @pytest.mark.parametrize(
        ("finish", "held"),
        [("2027-04-15T16:59:00", True), ("2027-04-15T17:00:00", True), ("2027-04-15T17:01:00", False)],
    )
    def test_finished_work_of_another_project_holds_nothing_up(self, ask, project, task, row, after, finish, held):
        """Finished by the data date; what is to finish later may slip unseen."""
        done = {"PercentComplete": 100, "ActualStart": "2027-04-12T08:00:00", "ActualFinish": finish}
        project["Tasks"]["Task"].append(row(9, "Theirs", 1, "04-12T08", "04-15T17", 32, ExternalTask=1, **done))
        task(project, 5)["PredecessorLink"].append(after(9))

        assert (ask(project)["negative_float_tasks"].gap is None) is held


ON_THE_DATA_DATE = datetime(2027, 4, 15, 22, 0, tzinfo=UTC)
"""A go-live of the release on the day of the status date."""
HARD = {"ConstraintType": 7, "ConstraintDate": "2027-04-28T17:00:00"}


class TestForecast:
    @pytest.mark.parametrize(
        ("slack", "slip"),
        [
            pytest.param(10, "0", id="a minute to spare: the date that the tool shows"),
            pytest.param(0, "0", id="none to spare: the same"),
            pytest.param(-10, "2.625695", id="a minute short: a minute of work after its constraint"),
            pytest.param("", "0", id="never computed"),
        ],
    )
    def test_only_float_that_is_short_moves_a_pinned_go_live(self, ask, project, task, slack, slip):
        """Monday evening as shown; the constraint holds it to Wednesday evening."""
        task(project, 6).update(HARD, TotalSlack=slack)

        answer = ask(project, committed="2027-04-26T17:00-04:00")["forecast_slip_days"]
        assert answer.value == Decimal(slip)

    def test_a_deadline_pins_nothing(self, ask, project, task):
        """The tool moves a date past its deadline, and shows it."""
        task(project, 6).update(Deadline="2027-04-28T17:00:00", TotalSlack=-10)

        assert ask(project, committed="2027-04-26T17:00-04:00")["forecast_slip_days"].value == 0

    def test_a_finished_go_live_is_when_it_was(self, ask, project, task):
        """Negative float is history then."""
        done = {"PercentComplete": 100, "ActualStart": "2027-04-15T09:00:00", "ActualFinish": "2027-04-15T10:00:00"}
        task(project, 6).update(HARD, TotalSlack=-4800, Finish="2027-04-15T10:00:00", **done)

        answers = ask(project, committed="2027-04-15T10:00-04:00", go_live=ON_THE_DATA_DATE)
        assert answers["forecast_slip_days"].value == 0

    @pytest.mark.parametrize(
        ("kind", "at", "days"),
        [
            pytest.param(7, "2027-04-27T17:00:00", 0, id="finish no later than"),
            pytest.param(3, "2027-04-27T17:00:00", 0, id="must finish on"),
            pytest.param(5, "2027-04-27T08:00:00", 0, id="start no later than: and a day of work"),
            pytest.param(2, "2027-04-27T08:00:00", 0, id="must start on: and a day of work"),
            pytest.param(2, "2027-04-28T08:00:00", 1, id="must start on the day after"),
        ],
    )
    def test_a_constraint_on_the_start_holds_the_finish_a_duration_later(self, ask, project, task, kind, at, days):
        """A go-live that lasts a day, on Tuesday."""
        task(project, 6).update(
            Start="2027-04-27T08:00:00", Finish="2027-04-27T17:00:00", Duration="PT8H0M0S", Milestone=0,
            ConstraintType=kind, ConstraintDate=at,
        )  # fmt: skip

        assert ask(project, committed="2027-05-20")["golive_total_float_days"].value == days

    @pytest.mark.parametrize(
        ("change", "slip"),
        [
            pytest.param({"ActualFinish": "2027-04-15T12:00:00"}, "0.083334", id="finished after its planned finish"),
            pytest.param({"ActualFinish": "2027-04-15T10:00:00"}, "0", id="finished as planned"),
            pytest.param({"ActualFinish": "", "PercentComplete": 99}, "0.291667", id="not finished: at the data date"),
        ],
    )
    def test_the_later_of_what_is_shown_and_what_can_be_is_expected(self, ask, project, task, all_done, change, slip):
        """Go-live shown for Thursday 10:00; the data date is 17:00."""
        all_done(project)
        task(project, 6).update(
            {"PercentComplete": 100, "ActualStart": "2027-04-15T09:00:00", "Finish": "2027-04-15T10:00:00"} | change
        )

        answers = ask(project, committed="2027-04-15T10:00-04:00", go_live=ON_THE_DATA_DATE)
        assert answers["forecast_slip_days"].value == Decimal(slip)

    def test_a_go_live_without_finish_is_no_forecast(self, ask, project, task):
        """Blank is not on time."""
        task(project, 6)["Finish"] = ""

        assert "has no finish date" in ask(project)["forecast_slip_days"].detail
