"""Go-live itself: which activity it is, what was committed, how much float, how late."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import ValidationError

from gonogo.collectors.program.schedule.collectors import MspdiCollector
from gonogo.collectors.program.schedule.settings import MspdiSettings
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import answers_of, job_of

ON_THE_DATA_DATE = datetime(2027, 4, 15, 22, 0, tzinfo=UTC)
"""A go-live of the release on the day of the status date."""


class TestWhichActivity:
    @pytest.mark.parametrize("golive", ["GL1000", "Go-live", "6", {"uid": "6"}, {"id": "6"}, {"name": "Go-live"}])
    def test_exactly_one_match_by_any_of_its_names_is_found(self, ask, project, golive):
        """Programs know their milestone by different names."""
        assert ask(project, golive=golive)["golive_tasks"].value == 3

    @pytest.mark.parametrize(
        ("golive", "says"), [("Go live", "nearest names are 'Go-live'"), ({"code": "GL1000"}, "no activity")]
    )
    def test_no_match_is_a_refusal_that_names_the_nearest(self, ask, project, golive, says):
        """A misspelt milestone must not pass as an easy one."""
        with pytest.raises(CollectorRefusal, match=says):
            ask(project, golive=golive)

    def test_two_matches_are_a_refusal_that_names_both(self, ask, project, task):
        """Nobody should have to guess which go-live was measured."""
        task(project, 5)["Name"] = "Go-live"

        with pytest.raises(CollectorRefusal, match=r"UID 5 .*UID 6") as refusal:
            ask(project, golive={"name": "Go-live"})
        assert refusal.value.reason is GapReason.CONFLICT

    def test_a_summary_row_is_not_an_activity(self, ask, project):
        """A phase has no float of its own."""
        with pytest.raises(CollectorRefusal, match="summary"):
            ask(project, golive={"name": "Deploy"})

    def test_an_inactive_go_live_is_missing(self, ask, project, task):
        """Switched off is not on time."""
        task(project, 6)["Active"] = 0

        with pytest.raises(CollectorRefusal, match="no activity"):
            ask(project)

    @pytest.mark.parametrize(
        "settings",
        [
            '{"golive": {"uid": "6", "name": "Go-live"}}',
            '{"golive": {}}',
            "{}",
            '{"golive": ""}',
            '{"golive": 6}',
            '{"golive": "x", "committed": "3 May"}',
            '{"golive": "x", "committed": "2027-05-03T06:00"}',
            '{"golive": "x", "hours_per_day": 0}',
            '{"golive": "x", "hours_per_day": "24.5"}',
            '{"golive": "x", "late_tolerance": "0"}',
            '{"golive": "x", "unknown": 1}',
        ],
    )
    def test_settings_that_say_too_much_or_too_little_are_refused(self, settings):
        """Mistakes show when the program file is read, not on the day."""
        with pytest.raises(ValidationError):
            MspdiSettings.model_validate_json(settings)


class TestFloatAndSlip:
    @pytest.mark.parametrize(
        ("change", "settings", "days", "slip"),
        [
            pytest.param({"TotalSlack": 7200}, {}, "1.5", "0", id="the tool's float when it is smaller"),
            pytest.param({"TotalSlack": 96000}, {}, "4", "0", id="the committed date when that is nearer"),
            pytest.param({}, {"committed": "2027-04-30"}, "4", "0", id="a day is on time until its end"),
            pytest.param({}, {"committed": "2027-04-26"}, "0", "0", id="the forecast's own day is on time"),
            pytest.param({}, {"committed": "2027-04-23"}, "-1", "3", id="slip in calendar days"),
            pytest.param({}, {"committed": "2027-04-23T12:00-04:00"}, "-1.5", "3.208334", id="to the minute"),
            pytest.param({"Deadline": "2027-04-28T17:00:00"}, {}, "2", "0", id="a deadline"),
            pytest.param(
                {"ConstraintType": 7, "ConstraintDate": "2027-04-27T17:00:00"}, {}, "1", "0", id="a hard constraint"
            ),
            pytest.param({"Baseline": []}, {}, "4", "0", id="the program's date when there is no baseline"),
            pytest.param(
                {"Baseline": {"Number": 0, "Finish": "2027-06-30T17:00:00"}, "TotalSlack": 96000}, {}, "5", "0",
                id="the program's date when the baseline was moved beyond it",
            ),
            pytest.param({}, {"hours_per_day": 16}, "2", "0", id="other hours a day"),
            pytest.param(
                {"Baseline": {"Number": 0, "Finish": "2027-05-03T17:00:00"}, "TotalSlack": 96000}, {}, "5", "0",
                id="the baseline on the program's own day",
            ),
            pytest.param(
                {"Baseline": {"Number": 0, "Finish": "2027-05-04T17:00:00"}, "TotalSlack": 96000}, {}, "5", "0",
                id="the program's date when the baseline is a day later",
            ),
            pytest.param(
                {"Baseline": {"Number": 0, "Finish": "2027-04-27T17:00:00"}, "TotalSlack": 96000}, {}, "1", "0",
                id="the baseline when it is earlier",
            ),
            pytest.param({"TotalSlack": 0}, {}, "0", "0", id="no float"),
            pytest.param({"TotalSlack": -10}, {}, "-0.002084", "0", id="a minute short"),
            pytest.param({}, {"holidays": ["2027-04-30"]}, "3", "0", id="a program holiday"),
        ],
    )  # fmt: skip
    def test_the_smallest_of_all_floats_counts(self, ask, project, task, change, settings, days, slip):
        """The most pessimistic answer counts."""
        task(project, 6).update(change)
        answers = ask(project, **settings)

        assert answers["golive_total_float_days"].value == Decimal(days)
        assert answers["forecast_slip_days"].value == Decimal(slip)

    def test_a_go_live_pinned_by_a_hard_constraint_is_as_late_as_its_negative_float_says(self, ask, project, task):
        """The tool shows 3 May because it was told to; logic says six working days, eight calendar days, later."""
        task(project, 6).update(
            ConstraintType=3,
            ConstraintDate="2027-05-03T08:00:00",
            Start="2027-05-03T08:00:00",
            Finish="2027-05-03T08:00:00",
            TotalSlack=-28800,
            Baseline={"Number": 0, "Finish": "2027-05-03T08:00:00", "Duration": "PT0H0M0S"},
        )
        answers = ask(project)

        assert answers["golive_total_float_days"].value == Decimal(-6)
        assert answers["forecast_slip_days"].value == Decimal(8)
        assert answers["cpli"].value == Decimal("0.647058")  # 17 working days to 11 May, 6 short

    def test_an_unfinished_go_live_cannot_be_forecast_before_the_data_date(self, ask, project, task, all_done):
        """A forecast in the past is a schedule that nobody looked at."""
        all_done(project)
        task(project, 6).update(Start="2027-03-01T08:00:00", Finish="2027-03-01T08:00:00")
        answers = ask(project, committed="2027-04-14", go_live=ON_THE_DATA_DATE)

        assert answers["forecast_slip_days"].value == 1

    def test_a_finished_go_live_needs_no_float_of_the_tool(self, ask, project, task):
        """After the fact only the dates speak."""
        task(project, 6).update(
            PercentComplete=100,
            ActualStart="2027-04-15T17:00:00",
            ActualFinish="2027-04-15T17:00:00",
            Finish="2027-04-15T17:00:00",
            TotalSlack="",
        )
        answers = ask(project, go_live=ON_THE_DATA_DATE)

        assert answers["golive_total_float_days"].value == 0
        assert answers["cpli"].gap is GapReason.MISSING
        assert "is finished" in answers["cpli"].detail


class TestVariance:
    @pytest.mark.parametrize(
        ("uid", "change", "worst", "late"),
        [
            pytest.param(5, {"Finish": "2027-04-27T17:00:00"}, "0.333334", 1, id="one day of three, rounded up"),
            pytest.param(3, {"Finish": "2027-04-22T12:48:00"}, "0.0625", 0, id="half a day of eight"),
            pytest.param(3, {"Finish": "2027-04-22T14:24:00"}, "0.084375", 0, id="324 of 3840 minutes"),
            pytest.param(3, {"Finish": "2027-04-22T15:24:00"}, "0.1", 1, id="exactly ten percent is late"),
            pytest.param(5, {"Finish": "2027-04-23T17:00:00"}, "0", 0, id="early is not negative"),
            pytest.param(6, {"Finish": "2027-05-04T17:00:00"}, "2", 1, id="a milestone divides by one day"),
            pytest.param(
                5,
                {"Finish": "2027-04-27T17:00:00",
                 "Baseline": {"Number": 0, "Finish": "2027-04-26T17:00:00", "Duration": "PT0H1M0S"}},
                "480", 1, id="a day is 480 times the minute that was promised",
            ),
            pytest.param(8, {"Finish": "2027-06-24T17:00:00"}, "0", 0, id="work after go-live is not asked"),
            pytest.param(
                5,
                {"Finish": "2027-04-26T18:00:00", "Baseline": {"Number": 0, "Start": "2027-04-24T08:00:00",
                 "Finish": "2027-04-25T08:00:00", "Duration": "PT24H0M0S", "DurationFormat": 8}},
                "1.416667", 1, id="an elapsed baseline is compared with elapsed slip",
            ),
            pytest.param(
                5,
                {"Finish": "2027-04-27T17:00:00", "Baseline": {"Number": 0, "Start": "2027-04-22T08:00:00",
                 "Finish": "2027-04-26T17:00:00"}},
                "0.333334", 1, id="a baseline without duration is measured by its dates",
            ),
        ],
    )  # fmt: skip
    def test_slip_is_measured_against_what_was_promised(self, ask, project, task, uid, change, worst, late):
        """M3's first readiness criterion, to the minute."""
        task(project, uid).update(change)
        answers = ask(project)

        assert answers["golive_task_max_variance"].value == Decimal(worst)
        assert answers["golive_tasks_late"].value == late


class TestDoubt:
    """A day off of the program that the file works on counts in the reading that is not better."""

    @pytest.mark.parametrize(
        ("slack", "index"),
        [
            pytest.param(19200, "1.571428", id="float to spare: on the longer path, 11 by 7"),
            pytest.param(10, "1.000297", id="a minute to spare: on the longer path"),
            pytest.param(0, "1", id="no float: any path"),
            pytest.param(-4800, "0.833333", id="float that is short: on the shorter path, 5 by 6"),
        ],
    )
    def test_the_path_length_index_takes_the_path_on_which_it_is_less(self, ask, project, task, slack, index):
        """Seven working days to go-live, or six."""
        task(project, 6)["TotalSlack"] = slack

        assert ask(project, holidays=["2027-04-20"])["cpli"].value == Decimal(index)

    def test_a_path_that_lies_wholly_on_that_day_is_none_without_float(self, ask, project, task, all_done):
        """Go-live on Friday evening, and the program is off on Friday."""
        all_done(project)
        task(project, 6).update(Start="2027-04-16T17:00:00", Finish="2027-04-16T17:00:00", TotalSlack=0)

        assert ask(project, holidays=["2027-04-16"])["cpli"].gap is GapReason.MISSING

    def test_a_slip_over_that_day_is_a_slip(self, ask, project, task):
        """Baselined for Monday, expected on Tuesday."""
        task(project, 5)["Finish"] = "2027-04-27T17:00:00"

        assert ask(project, holidays=["2027-04-27"])["golive_task_max_variance"].value == Decimal("0.333334")

    def test_a_baseline_without_a_duration_does_not_last_through_that_day(self, ask, project, task):
        """The shorter it was to last, the more a day is."""
        task(project, 5)["Finish"] = "2027-04-27T17:00:00"
        task(project, 5)["Baseline"] = [
            {"Number": 0, "Start": "2027-04-22T08:00:00", "Finish": "2027-04-26T17:00:00", "Duration": ""}
        ]

        assert ask(project, holidays=["2027-04-23"])["golive_task_max_variance"].value == Decimal("0.5")

    @pytest.mark.parametrize(
        ("golive", "index"),
        [
            pytest.param("2027-04-15T16:00:00", None, id="before the data date"),
            pytest.param("2027-04-15T17:00:00", None, id="at the data date"),
            pytest.param("2027-04-16T09:00:00", Decimal(33), id="an hour of work after it"),
            pytest.param("2027-04-16T17:00:00", Decimal(5), id="a day of work after it"),
        ],
    )
    def test_without_a_path_there_is_no_index(self, ask, project, task, all_done, golive, index):
        """Nothing divided by nothing is no proof of anything."""
        all_done(project)
        task(project, 6).update(Start=golive, Finish=golive)
        answer = ask(project)["cpli"]

        assert answer.value == index
        assert (answer.gap is GapReason.MISSING) == (index is None)


class TestTheClock:
    @pytest.mark.parametrize(
        ("written", "held"),
        [
            ("2026-11-01T01:30:00", "2026-11-01T05:30:00+00:00"),  # happens twice: the first
            ("2027-03-14T02:30:00", "2027-03-14T06:30:00+00:00"),  # is skipped: the earlier reading
            ("2027-04-15T17:00:00", "2027-04-15T21:00:00+00:00"),
        ],
    )
    def test_a_status_date_that_a_clock_change_repeats_or_skips_is_the_earlier(self, ask, project, written, held):
        """Evidence may look an hour older than it is, not newer."""
        project["StatusDate"] = written

        assert ask(project)["data_date_age_days"].as_of.isoformat() == held

    def test_the_age_is_counted_in_local_days(self, ask, project):
        """Two minutes after midnight in Washington is the next day, whatever the hour in London."""
        late = ask(project, now=datetime(2027, 4, 20, 3, 59, tzinfo=UTC))["data_date_age_days"]
        early = ask(project, now=datetime(2027, 4, 20, 4, 1, tzinfo=UTC))["data_date_age_days"]

        assert (late.value, early.value) == (4, 5)

    def test_an_older_moment_that_the_host_knows_wins(self, mspdi, project):
        """A file name of last month on a file of this week: the older claim counts."""
        known = datetime(2027, 3, 15, tzinfo=UTC)
        job = job_of({"file": ("ims.xml", mspdi(project))}, as_of=known, rule=AsOfRule.FILE_NAME)

        answers = answers_of(MspdiCollector(), job, {"golive": "GL1000"})

        assert answers["golive_tasks"].as_of == known
        assert answers["data_date_age_days"].value == 4


class TestPath:
    @pytest.mark.parametrize(
        ("start", "finish", "driven"),
        [
            pytest.param("2027-04-22T16:59:00", "2027-04-26T17:00:00", True, id="idle for less than a working day"),
            pytest.param("2027-04-23T08:00:00", "2027-04-26T17:00:00", False, id="idle for a working day"),
        ],
    )
    def test_a_working_day_without_a_driver_breaks_the_path(self, ask, project, task, start, finish, driven):
        """Where nothing drives, a constraint holds the date and slips do not show."""
        task(project, 5).update(Start=start, Finish=finish)

        assert ask(project)["golive_path_continuous"].value is driven

    @pytest.mark.parametrize(
        ("start", "driven"),
        [
            pytest.param("2027-04-21T07:59:00", False, id="more than a working day too early"),
            pytest.param("2027-04-21T08:00:00", False, id="a working day too early"),
            pytest.param("2027-04-21T08:01:00", True, id="less than a working day too early"),
        ],
    )
    def test_work_that_starts_long_before_its_predecessor_ends_does_not_take_its_date_from_it(
        self, ask, project, task, start, driven
    ):
        """A constraint holds it there; a slip of the predecessor would not show."""
        task(project, 5).update(Start=start, Finish="2027-04-26T17:00:00")

        assert ask(project)["golive_path_continuous"].value is driven

    @pytest.mark.parametrize(
        ("start", "reached"),
        [
            pytest.param("2026-04-15T08:00:00", False, id="a year before"),
            pytest.param("2027-04-14T17:00:00", False, id="a working day before, at the end of the day"),
            pytest.param("2027-04-15T08:00:00", False, id="a working day before"),
            pytest.param("2027-04-15T08:01:00", True, id="less than a working day before"),
            pytest.param("2027-04-15T17:00:00", True, id="at the data date"),
            pytest.param("2027-04-16T16:59:00", True, id="less than a working day after"),
            pytest.param("2027-04-16T17:00:00", False, id="a working day after"),
        ],
    )
    def test_a_go_live_near_the_data_date_is_reached_and_one_long_before_it_is_not(
        self, ask, project, task, start, reached
    ):
        """What was to happen a year ago and did not is driven by nothing."""
        task(project, 6).update(Start=start, Finish=start)

        assert ask(project, go_live=ON_THE_DATA_DATE)["golive_path_continuous"].value is reached

    def test_finished_work_does_not_drive_a_go_live_that_was_due_before_the_data_date(self, ask, project, task):
        """The link holds and the predecessor is done; still nobody went live on that day."""
        done = {"PercentComplete": 100, "ActualStart": "2027-03-01T08:00:00", "ActualFinish": "2027-03-02T17:00:00"}
        task(project, 5).update(done, Start="2027-03-01T08:00:00", Finish="2027-03-02T17:00:00")
        task(project, 6).update(Start="2027-03-02T17:00:00", Finish="2027-03-02T17:00:00")

        assert ask(project, go_live=ON_THE_DATA_DATE)["golive_path_continuous"].value is False

    def test_waiting_out_a_lag_is_no_gap(self, ask, project, task):
        """Lags are counted elsewhere; they do drive."""
        task(project, 5).update(Start="2027-04-26T08:00:00", Finish="2027-04-26T17:00:00")
        task(project, 5)["PredecessorLink"][0].update(LinkLag=9600, LagFormat=7)

        assert ask(project)["golive_path_continuous"].value is True

    @pytest.mark.parametrize(
        ("begun", "reached"),
        [("2027-04-15T16:59:00", True), ("2027-04-15T17:00:00", True), ("2027-04-15T17:01:00", False)],
    )
    def test_work_that_has_begun_by_the_data_date_reaches_it(self, ask, project, task, begun, reached):
        """An actual start after it is a wish."""
        task(project, 3).update(ActualStart=begun, Start="2027-04-20T08:00:00", PredecessorLink=[])

        assert ask(project)["golive_path_continuous"].value is reached

    def test_a_day_off_that_the_file_does_not_know_counts_as_idle(self, ask, project, task):
        """The file works on it, so something else than the link keeps the work waiting that day."""
        task(project, 5).update(Start="2027-04-23T08:00:00")

        assert ask(project, holidays=["2027-04-22"])["golive_path_continuous"].value is False

    def test_neither_does_it_shorten_the_wait_after_an_elapsed_lag(self, ask, project, task):
        """The day after the lag has run out is worked in the file."""
        task(project, 5).update(Start="2027-04-23T17:00:00")
        task(project, 5)["PredecessorLink"][0].update(LinkLag=14400, LagFormat=8)

        assert ask(project, holidays=["2027-04-23"])["golive_path_continuous"].value is False

    @pytest.mark.parametrize(("start", "reached"), [("2027-04-19T16:59:00", False), ("2027-04-16T16:59:00", True)])
    def test_a_day_off_that_the_file_does_not_know_is_no_bridge_to_the_data_date(
        self, ask, project, task, start, reached
    ):
        """Neither is the weekend longer for it."""
        task(project, 6).update(Start=start, Finish=start)

        assert ask(project, holidays=["2027-04-16"])["golive_path_continuous"].value is reached

    def test_a_path_that_comes_from_a_file_that_is_not_here_is_not_provable(self, ask, project, task, after):
        """The link is all that is known."""
        task(project, 3).update(PercentComplete=0, ActualStart="", Start="2027-04-19T08:00:00")
        task(project, 3)["PredecessorLink"] = [after(77, CrossProject=1)]

        assert ask(project)["golive_path_continuous"].gap is GapReason.NOT_PROVABLE

    def test_work_without_a_start_carries_no_chain(self, ask, project, task):
        """Nobody knows when it would have to begin."""
        task(project, 5)["Start"] = ""

        assert ask(project)["golive_path_continuous"].value is False

    def test_a_chain_that_ends_in_mid_air_does_not_reach_the_data_date(self, ask, project, task):
        """An activity that starts one day from nowhere is held by a date, not by work."""
        task(project, 3).update(PercentComplete=0, ActualStart="", Start="2027-04-19T08:00:00", PredecessorLink=[])

        assert ask(project)["golive_path_continuous"].value is False

    def test_a_go_live_that_nothing_feeds_has_no_path(self, ask, project, task):
        """A lone milestone is a wish with a date."""
        task(project, 6).update(PredecessorLink=[], Start="2027-04-16T08:00:00", Finish="2027-04-16T08:00:00")
        answers = ask(project)

        assert answers["golive_path_continuous"].value is False
        assert answers["golive_task_max_variance"].gap is GapReason.MISSING

    def test_a_path_that_leaves_the_file_is_not_provable(self, ask, project, task):
        """What another project does cannot be seen here."""
        task(project, 3).update(ExternalTask=1, PercentComplete=0, ActualStart="")

        assert ask(project)["golive_path_continuous"].gap is GapReason.NOT_PROVABLE
