"""Working time, against a count of every single hour."""

# ruff: noqa: DTZ001  # a schedule is calculated on its own local clock

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.collectors.program.schedule.mspdi_calendar import read_calendars
from gonogo.collectors.program.schedule.worktime import (
    FARTHEST_DAYS,
    OFFICE,
    OFFICE_WEEK,
    calendar_of,
    joined,
    shifts_of,
)
from gonogo.plugin.spec import CollectorRefusal

DAYS = [date(2027, 4, 12) + timedelta(days=number) for number in range(21)]
hours = st.sets(st.integers(0, 23), max_size=6).map(
    lambda chosen: shifts_of([(hour * 3600, hour * 3600 + 3600) for hour in chosen])
)
moments = st.builds(
    lambda day, hour: datetime(day.year, day.month, day.day, hour), st.sampled_from(DAYS), st.integers(0, 23)
)


def counted(pattern, start, end):
    """Return the working hours between two full hours by looking at each."""
    total, hour = 0, start
    while hour < end:
        total += any(begin <= hour.hour * 3600 < stop for begin, stop in pattern.shifts(hour.date()))
        hour += timedelta(hours=1)
    return total


class TestCounting:
    @settings(max_examples=examples(150), deadline=None)
    @given(
        week=st.tuples(*[hours] * 7),
        special=st.dictionaries(st.sampled_from(DAYS), hours, max_size=5),
        doubtful=st.dictionaries(st.sampled_from(DAYS), hours, max_size=5),
        start=moments,
        end=moments,
    )
    def test_working_minutes_equal_the_hours_counted_one_by_one(self, week, special, doubtful, start, end):
        """Floats are differences of such counts; a day too many is a day of float that does not exist."""
        calendar = calendar_of(week, special, doubtful)
        first, last = min(start, end), max(start, end)

        for most, pattern in ((False, calendar.least), (True, calendar.most)):
            minutes = calendar.minutes(first, last, most=most)
            assert minutes == 60 * counted(pattern, first, last)
            assert calendar.minutes(last, first, most=most) == -minutes
        assert calendar.minutes(first, last, most=False) <= calendar.minutes(first, last, most=True)

    @settings(max_examples=examples(150), deadline=None)
    @given(
        special=st.dictionaries(st.sampled_from(DAYS), hours, max_size=5),
        start=moments,
        amount=st.integers(0, 3000),
    )
    def test_moving_on_by_some_working_time_lands_where_so_much_has_passed_and_work_goes_on(
        self, special, start, amount
    ):
        """Of all moments that fit, the latest: a forecast never looks earlier than it is."""
        calendar = calendar_of(OFFICE_WEEK, special, {})

        later = calendar.later(start, Fraction(amount))

        other = calendar_of(OFFICE_WEEK, special, {})  # which remembers nothing
        assert other.minutes(start, later, most=False) == amount
        assert other.minutes(start, later + timedelta(minutes=1), most=False) == amount + 1

    @settings(max_examples=examples(60), deadline=None)
    @given(
        special=st.dictionaries(st.integers(0, 900).map(lambda days: date(2027, 1, 1) + timedelta(days)), hours),
        start=moments,
        amount=st.integers(0, 400_000),
    )
    def test_far_moves_land_right_across_any_special_days(self, special, start, amount):
        """The day is guessed by the week alone, and what is special between moves it."""
        pattern = calendar_of(OFFICE_WEEK, special, {}).least
        target = pattern.until(start) + 60 * amount

        later = pattern.after(start, 60 * amount)

        other = calendar_of(OFFICE_WEEK, special, {}).least  # which remembers nothing
        assert other.until(later) == target == pattern.until(later)
        assert other.until(later + timedelta(seconds=1)) == target + 1

    @settings(max_examples=examples(60), deadline=None)
    @given(
        special=st.dictionaries(st.sampled_from(DAYS), hours, max_size=5),
        start=moments,
        amount=st.integers(1, 200_000),
    )
    def test_the_end_of_so_much_work_is_the_first_moment_at_which_it_has_passed(self, special, start, amount):
        """Work that ends in the evening ends there, and not when the next morning's begins; and so it is remembered."""
        pattern = calendar_of(OFFICE_WEEK, special, {}).least

        end = pattern.end(start, amount)

        other = calendar_of(OFFICE_WEEK, special, {}).least  # which remembers nothing
        assert other.until(end) == pattern.until(end) == other.until(start) + amount
        assert other.until(end - timedelta(seconds=1)) == other.until(end) - 1

    @pytest.mark.parametrize(("day", "found"), [(16, "2027-04-16 06:30"), (17, "2027-04-16 22:30")])
    def test_a_row_that_ends_before_it_begins_goes_back_from_the_morning_also_on_a_day_off(self, day, found):
        """Its dates are told to be invalid; that its delay is measured must not end the whole reading."""
        calendar = calendar_of(OFFICE_WEEK, {}, {})

        assert str(calendar.later(datetime(2027, 4, day, 8), Fraction(-90)))[:16] == found
        assert calendar.minutes(datetime(2027, 4, 16, 8), datetime(2027, 4, 16, 6, 30), most=True) == 0

    @pytest.mark.parametrize(("days", "reached"), [(-1, True), (0, True), (1, False)])
    def test_a_move_goes_no_farther_than_a_hundred_years(self, days, reached):
        """Below, at and above the farthest day."""
        calendar, start = calendar_of((((0, 3600),),) * 7, {}, {}), datetime(2027, 5, 3)
        wanted = Fraction(60 * (FARTHEST_DAYS + days))

        if reached:
            assert calendar.later(start, wanted) == start + timedelta(days=FARTHEST_DAYS + days)
        else:
            with pytest.raises(CollectorRefusal, match="no working time"):
                calendar.later(start, wanted)

    def test_a_calendar_without_work_has_no_later(self):
        """Endless search is no answer."""
        calendar = calendar_of(((),) * 7, {}, {})

        with pytest.raises(CollectorRefusal, match="no working time"):
            calendar.later(datetime(2027, 5, 3), Fraction(1))


def mspdi_calendar(**more):
    return {"UID": "1", "BaseCalendarUID": "-1"} | more


def period(first, last):
    return [{"FromDate": f"{first}T00:00:00", "ToDate": f"{last}T23:59:00"}]


def _hours_of(reading, day):
    """Return the full hours at which a day works."""
    return {second for shift in reading.shifts(day) for second in range(*shift, 3600)}


class TestTogether:
    @settings(max_examples=examples(60), deadline=None)
    @given(
        weeks=st.tuples(st.tuples(*[hours] * 7), st.tuples(*[hours] * 7)),
        days=st.tuples(*[st.dictionaries(st.sampled_from(DAYS), hours, max_size=4)] * 4),
    )
    def test_two_calendars_work_in_each_hour_of_either(self, weeks, days):
        """On special days and doubtful ones too, in both readings."""
        first, second = (
            calendar_of(week, special, doubtful)
            for week, special, doubtful in zip(weeks, days[:2], days[2:], strict=True)
        )
        both = joined(first, second)

        for mine, theirs, found in ((first.least, second.least, both.least), (first.most, second.most, both.most)):
            for day in DAYS:
                assert _hours_of(found, day) == _hours_of(mine, day) | _hours_of(theirs, day)


class TestProjectCalendars:
    def test_days_are_numbered_from_sunday_and_midnight_ends_a_day(self):
        """A week that is off by one moves every float across a weekend."""
        times = [{"WorkingTime": [{"FromTime": "22:00:00", "ToTime": "00:00:00"}]}]
        days = [
            {"DayType": "1", "DayWorking": "1", "WorkingTimes": times},
            {"DayType": "2", "DayWorking": "0"},
        ]

        calendar = read_calendars([mspdi_calendar(WeekDays=[{"WeekDay": days}])], ())["1"]

        assert calendar.most.week == ((), *(OFFICE,) * 4, (), ((79200, 86400),))

    def test_what_a_calendar_leaves_out_comes_from_its_base(self):
        """Task calendars often change one day only."""
        base = mspdi_calendar(WeekDays=[{"WeekDay": [{"DayType": "2", "DayWorking": "0"}]}])
        above = {"UID": "2", "BaseCalendarUID": "1", "WeekDays": [{"WeekDay": [{"DayType": "6", "DayWorking": "0"}]}]}

        week = read_calendars([base, above], ())["2"].most.week

        assert week == ((), OFFICE, OFFICE, OFFICE, (), (), ())

    @pytest.mark.parametrize("kind", ["1", ""])
    def test_a_daily_exception_takes_every_day_of_its_period(self, kind):
        """Shutdown weeks are not working time."""
        entry = {"Type": kind, "DayWorking": "0", "TimePeriod": period("2027-04-19", "2027-04-20")}

        calendar = read_calendars([mspdi_calendar(Exceptions=[{"Exception": [entry]}])], ())["1"]

        assert calendar.minutes(datetime(2027, 4, 19), datetime(2027, 4, 24), most=True) == 3 * 480

    def test_recurring_exceptions_and_program_holidays_count_only_where_that_is_not_better(self):
        """What cannot be known exactly shortens float and lengthens slip."""
        entry = {"Type": "6", "DayWorking": "0", "TimePeriod": period("2027-04-19", "2027-04-20")}
        calendar = read_calendars(
            [mspdi_calendar(Exceptions=[{"Exception": [entry]}])], [date(2027, 4, 21), date(2027, 4, 24)]
        )["1"]

        least = calendar.minutes(datetime(2027, 4, 19), datetime(2027, 4, 26), most=False)
        most = calendar.minutes(datetime(2027, 4, 19), datetime(2027, 4, 26), most=True)

        assert (least, most) == (2 * 480, 5 * 480)

    @pytest.mark.parametrize(
        "record",
        [
            mspdi_calendar(BaseCalendarUID="7"),
            mspdi_calendar(BaseCalendarUID="1"),
            mspdi_calendar(WeekDays=[{"WeekDay": [{"DayType": "9", "DayWorking": "0"}]}]),
            mspdi_calendar(WeekDays=[{"WeekDay": [{"DayType": "2", "DayWorking": "1"}]}]),
            mspdi_calendar(Exceptions=[{"Exception": [{"TimePeriod": period("2027-04-20", "2027-04-19")}]}]),
        ],
    )
    def test_a_calendar_that_makes_no_sense_is_unreadable(self, record):
        """It is reported where its hours are needed."""
        assert read_calendars([record], ())["1"].unreadable

    def test_a_calendar_of_absurdly_many_special_days_is_refused(self):
        """Ten thousand years of holidays would only burn the clock."""
        entry = {"Type": "1", "DayWorking": "0", "TimePeriod": period("0001-01-01", "9998-12-31")}

        with pytest.raises(CollectorRefusal, match="days apart"):
            read_calendars([mspdi_calendar(Exceptions=[{"Exception": [entry]}])], ())
