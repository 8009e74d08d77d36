"""Durations and lags as other tools write them, and what is made of those that can be read in two ways."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gonogo.collectors.program.schedule.activities import LagKind
from gonogo.collectors.program.schedule.mspdi_values import Length, lag_of, read_duration
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal


def of(answer):
    return answer.value if answer.whole is None else (answer.part, answer.whole)


def part_of(answer):
    return None if answer.gap is not None else answer.part


class TestDurationText:
    @pytest.mark.parametrize(
        ("text", "days", "minutes"),
        [
            ("PT16H0M0S", 0, 960),
            ("PT40H", 0, 2400),
            ("PT7.5H", 0, 450),
            ("PT7,5H", 0, 450),
            ("PT1H30M", 0, 90),
            ("PT30S", 0, Fraction(1, 2)),
            ("PT0H0M0.5S", 0, Fraction(1, 120)),
            ("P5D", 5, 0),
            ("P0.5D", Fraction(1, 2), 0),
            ("P1DT4H", 1, 240),
            ("P0Y0M5DT0H0M0S", 5, 0),
            ("P0W", 0, 0),
        ],
    )
    def test_what_iso_8601_allows_is_read(self, text, days, minutes):
        """Few tools write all three parts as Microsoft does."""
        assert read_duration({"Duration": text}, "Duration") == Length(Fraction(days), Fraction(minutes))

    @pytest.mark.parametrize(
        "text",
        ["P", "PT", "P5DT", "5D", "P5", "PT5", "-PT8H", "PT-8H", "P1Y", "P1M", "P1W", "PT1H1D", "PT1M1H", "PT1.5H30M",
         "P1.5DT2H", "PT1.H", "PT.5H", "PT1e3H", "pt8h", "PT8H ", "8:00", "PT1234567890H", "5 days", "PT٨H"],
    )  # fmt: skip
    def test_anything_else_is_refused(self, text):
        """A month is not a number of hours, and a minus is no length."""
        with pytest.raises(CollectorRefusal, match="duration such as"):
            read_duration({"UID": "3", "Duration": text}, "Duration")

    def test_no_duration_is_none(self):
        """Blank is not zero."""
        assert read_duration({"Duration": ""}, "Duration") is None


class TestDays:
    @pytest.mark.parametrize(
        ("written", "long"),
        [
            pytest.param("P20D", 0, id="20 working days by its dates"),
            pytest.param("P6DT16H", 0, id="160 hours by its dates"),
            pytest.param("P21D", None, id="neither 21 working days nor 504 hours"),
            pytest.param("PT160H", 0, id="hours need no dates"),
        ],
    )
    def test_the_dates_tell_what_a_day_is(self, ask, project, task, written, long):
        """27 April to 24 May: 20 working days, 160 hours. What cannot be told is a gap that says which."""
        task(project, 8)["Duration"] = written
        answer = ask(project)["high_duration_ratio"]

        assert part_of(answer) == long
        assert long == 0 or answer.detail == (
            "1 unfinished activity has no duration, or no baseline duration, that can be read: UID 8 'Hypercare' (UID "
            "8: nobody can tell how many hours P21D are): set it in the schedule's tool and save again"
        )

    @pytest.mark.parametrize(
        ("change", "long"),
        [
            pytest.param({"Duration": "P2D", "DurationFormat": 8}, 0, id="48 hours by the clock"),
            pytest.param({"Duration": "P3D", "DurationFormat": 8}, None, id="not 72 hours by the clock"),
            pytest.param({"Duration": "P2D", "Finish": ""}, None, id="no dates"),
            pytest.param({"Duration": "P2D", "CalendarUID": 77}, None, id="no such calendar"),
        ],
    )
    def test_without_dates_or_calendar_nothing_is_told(self, ask, project, task, change, long):
        """An elapsed day has 24 hours, and so has the night."""
        task(project, 8).update({"Start": "2027-04-27T08:00:00", "Finish": "2027-04-29T08:00:00"} | change)

        assert part_of(ask(project)["high_duration_ratio"]) == long

    def test_where_a_day_has_24_hours_anyway_no_dates_are_asked(self, ask, project, task):
        """Both readings are one: 45 days are too long, 44 are not."""
        project["MinutesPerDay"] = 1440
        task(project, 8)["Duration"] = "P44D"
        fits = of(ask(project)["high_duration_ratio"])
        task(project, 8)["Duration"] = "P45D"

        assert (fits, of(ask(project)["high_duration_ratio"])) == ((0, 4), (1, 4))

    def test_a_day_off_that_only_the_program_knows_leaves_both_counts_open(self, ask, project, task):
        """The file worked on that day when it computed the duration; either way it is the same reading of a day."""
        task(project, 8)["Duration"] = "P20D"

        assert of(ask(project, holidays=["2027-05-05"])["high_duration_ratio"])[0] == 0

    @pytest.mark.parametrize(("days", "long"), [(18, None), (19, 0), (20, 0), (21, None)])
    def test_either_reading_of_such_a_day_may_be_the_duration(self, ask, project, task, days, long):
        """Twenty days with it, nineteen without; neither eighteen nor twenty-one."""
        task(project, 8)["Duration"] = f"P{days}D"

        assert part_of(ask(project, holidays=["2027-05-05"])["high_duration_ratio"]) == long

    def test_a_baseline_in_days_is_told_by_its_own_dates(self, ask, project, task):
        """Slip of one working day, of three."""
        task(project, 5).update(Finish="2027-04-27T17:00:00")
        task(project, 5)["Baseline"] = [
            {"Number": 0, "Start": "2027-04-22T08:00:00", "Finish": "2027-04-26T17:00:00", "Duration": "P3D"}
        ]

        assert str(ask(project)["golive_task_max_variance"].value) == "0.333334"

    def test_no_days_are_a_milestone(self, ask, project, task):
        """`P0D` is nothing in every reading."""
        task(project, 6).update(Milestone=0, Duration="P0D")
        task(project, 6)["Baseline"] = [{"Number": 0, "Finish": "2027-04-26T17:00:00", "Duration": "P0D"}]

        assert ask(project)["golive_tasks_late"].value == 0


class TestLags:
    @pytest.mark.parametrize("form", ["0", "1", "2", "13", "18", "22", "34", "45", "50", "54", "99", "x"])
    def test_a_lag_in_an_unknown_unit_is_refused(self, form):
        """Elapsed and working minutes differ by a weekend."""
        with pytest.raises(CollectorRefusal, match="LagFormat"):
            lag_of({"UID": "5", "LinkLag": "4800", "LagFormat": form})

    def test_no_lag_needs_no_unit(self):
        """Generated files write all kinds of zeros."""
        assert lag_of({"LinkLag": "0", "LagFormat": "0"}) == (0, LagKind.WORKING)

    @pytest.mark.parametrize(
        ("lag", "start", "driven"),
        [
            # development ends on Wednesday 21 April, 17:00, after 64 hours of work in nine days and nine hours
            pytest.param({"LinkLag": 28800, "LagFormat": 8}, "2027-04-23T17:00:00", True, id="two days by the clock"),
            pytest.param({"LinkLag": 28800, "LagFormat": 8}, "2027-04-26T16:59:00", True, id="not yet a day idle"),
            pytest.param({"LinkLag": 28800, "LagFormat": 8}, "2027-04-26T17:00:00", False, id="a day idle"),
            pytest.param(
                {"LinkLag": 28800, "LagFormat": 7}, "2027-04-28T17:00:00", False, id="a working day too early"
            ),
            pytest.param({"LinkLag": 25, "LagFormat": 19}, "2027-04-23T17:00:00", True, id="a quarter of 64 hours"),
            pytest.param({"LinkLag": 25, "LagFormat": 19}, "2027-04-26T16:59:00", True, id="not yet a day after it"),
            pytest.param({"LinkLag": 25, "LagFormat": 19}, "2027-04-26T17:00:00", False, id="a day after it"),
            # a quarter by the clock: 16 hours, to Thursday 09:00; or of nine days and nine hours, to Saturday 01:15
            pytest.param({"LinkLag": 25, "LagFormat": 20}, "2027-04-22T12:00:00", False, id="only one reading drives"),
            pytest.param({"LinkLag": 25, "LagFormat": 20}, "2027-04-23T08:00:00", False, id="not yet the other"),
            pytest.param({"LinkLag": 25, "LagFormat": 20}, "2027-04-23T08:01:00", True, id="both readings drive"),
            pytest.param({"LinkLag": 25, "LagFormat": 20}, "2027-04-23T09:00:00", False, id="only the other"),
            pytest.param({"LinkLag": 99999999999, "LagFormat": 8}, "2027-04-23T17:00:00", False, id="for ever"),
        ],
    )
    def test_a_link_drives_if_it_does_in_every_reading_of_its_lag(self, ask, project, task, lag, start, driven):
        """A chain that holds in one reading only is not proved."""
        task(project, 5).update(Start=start, Finish="2027-04-30T17:00:00")
        task(project, 5)["PredecessorLink"][0].update(lag)
        task(project, 6).update(Start="2027-04-30T17:00:00", Finish="2027-04-30T17:00:00")

        assert ask(project)["golive_path_continuous"].value is driven

    @pytest.mark.parametrize(
        ("start", "driven"),
        [
            # half of 48 hours by the clock after Wednesday 17:00 is Thursday 17:00; half of 48 hours of work is Monday
            pytest.param("2027-04-22T17:00:00", False, id="only by the clock"),
            pytest.param("2027-04-23T17:00:00", False, id="neither"),
            pytest.param("2027-04-26T17:00:00", False, id="only by work"),
        ],
    )
    def test_a_share_of_an_elapsed_duration_is_told_in_two_ways(self, ask, project, task, start, driven):
        """Three days of work are further than a day by the clock, and no start is both."""
        task(project, 3).update(Duration="PT48H0M0S", DurationFormat=8)
        task(project, 5).update(Start=start, Finish="2027-04-30T17:00:00")
        task(project, 5)["PredecessorLink"][0].update(LinkLag=50, LagFormat=19)
        task(project, 6).update(Start="2027-04-30T17:00:00", Finish="2027-04-30T17:00:00")

        assert ask(project)["golive_path_continuous"].value is driven

    @pytest.mark.parametrize(
        ("start", "driven"),
        [
            # a quarter of 32 hours: Thursday 01:00 by the clock, Thursday 17:00 by work
            pytest.param("2027-04-22T08:00:00", False, id="a day too early by work"),
            pytest.param("2027-04-22T08:01:00", True, id="both"),
            pytest.param("2027-04-22T16:59:00", True, id="still both"),
            pytest.param("2027-04-22T17:00:00", False, id="a day idle by the clock"),
        ],
    )
    def test_a_share_of_an_elapsed_duration_drives_where_both_ways_do(self, ask, project, task, start, driven):
        """Then it does not matter which is meant."""
        task(project, 3).update(Duration="PT32H0M0S", DurationFormat=8)
        task(project, 5).update(Start=start, Finish="2027-04-30T17:00:00")
        task(project, 5)["PredecessorLink"][0].update(LinkLag=25, LagFormat=19)
        task(project, 6).update(Start="2027-04-30T17:00:00", Finish="2027-04-30T17:00:00")

        assert ask(project)["golive_path_continuous"].value is driven

    def test_a_share_of_elapsed_time_needs_both_ends_of_it(self, ask, project, task):
        """Without a start nobody knows how long it took by the clock."""
        task(project, 3)["Start"] = ""
        task(project, 5)["PredecessorLink"][0].update(LinkLag=1, LagFormat=20)

        assert ask(project)["golive_path_continuous"].value is False

    @pytest.mark.parametrize("form", [19, 20])
    def test_a_share_of_an_unknown_duration_is_not_known(self, ask, project, task, form):
        """Nothing of nothing would be no lag; and *no chain* may be untrue."""
        task(project, 3)["Duration"] = ""
        task(project, 5)["PredecessorLink"][0].update(LinkLag=1, LagFormat=form)
        answer = ask(project)["golive_path_continuous"]

        assert answer.gap is GapReason.MISSING
        assert "UID 3 'Develop' has no duration that can be read, and a lag is a share of it" in answer.detail

    @pytest.mark.parametrize("form", [19, 20])
    def test_no_share_of_it_is_no_lag(self, ask, project, task, form):
        """Zero percent is nothing, of any duration."""
        task(project, 3)["Duration"] = ""
        task(project, 5)["PredecessorLink"][0].update(LinkLag=0, LagFormat=form)

        assert ask(project)["golive_path_continuous"].value is True

    def test_another_chain_may_need_no_such_share(self, ask, project, task, after):
        """Rehearsal waits for design as well."""
        task(project, 3)["Duration"] = ""
        task(project, 5)["PredecessorLink"][0].update(LinkLag=1, LagFormat=19)
        task(project, 5)["PredecessorLink"].append(after(2))
        task(project, 2).update(ActualStart="2027-04-12T08:00:00", Finish="2027-04-21T17:00:00")

        assert ask(project)["golive_path_continuous"].value is True
