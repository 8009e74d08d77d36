"""Edges of working time and of the settings: each limit below, at and above."""

# ruff: noqa: DTZ001  # a schedule has its own local clock

from __future__ import annotations

import json
from datetime import date, datetime
from fractions import Fraction

import pytest
from pydantic import ValidationError

from gonogo.collectors.program.schedule.settings import MspdiSettings, XerSettings
from gonogo.collectors.program.schedule.worktime import DAY_S, OFFICE_WEEK, calendar_of, together
from gonogo.plugin.spec import CollectorRefusal


class TestTogether:
    @pytest.mark.parametrize(
        ("first", "second", "both"),
        [
            ((), (), ()),
            (((8, 12),), (), ((8, 12),)),
            (((8, 12),), ((13, 17),), ((8, 12), (13, 17))),
            (((8, 12),), ((12, 17),), ((8, 17),)),
            (((8, 12),), ((11, 17),), ((8, 17),)),
            (((8, 17),), ((9, 10), (11, 12)), ((8, 17),)),
            (((9, 10), (11, 12)), ((8, 17),), ((8, 17),)),
            (((0, 1), (8, 9)), ((1, 2), (20, DAY_S)), ((0, 2), (8, 9), (20, DAY_S))),
        ],
    )
    def test_what_lies_in_either_lies_in_both(self, first, second, both):
        """In whatever order, and once."""
        assert together(first, second) == together(second, first) == both


class TestMoments:
    def test_seconds_count(self):
        """Half a minute of work is half a minute."""
        calendar = calendar_of(OFFICE_WEEK, {}, {})

        assert calendar.minutes(datetime(2027, 4, 19, 8), datetime(2027, 4, 19, 8, 0, 30), most=True) == Fraction(1, 2)

    @pytest.mark.parametrize(("minutes", "found"), [(58, True), (59, True), (60, False), (61, False)])
    def test_where_all_working_time_is_used_up_nothing_follows(self, minutes, found):
        """One working hour in all years: the moment after its end is never."""
        calendar = calendar_of(((),) * 7, {date(2027, 4, 20): ((28_800, 32_400),)}, {})

        if found:
            assert calendar.later(datetime(2027, 4, 19), Fraction(minutes)) == datetime(2027, 4, 20, 8, minutes)
        else:
            with pytest.raises(CollectorRefusal, match="no working time"):
                calendar.later(datetime(2027, 4, 19), Fraction(minutes))

    def test_at_the_end_of_all_years_there_is_a_refusal(self):
        """Not an error of the calendar of years."""
        with pytest.raises(CollectorRefusal, match="no working time"):
            calendar_of(OFFICE_WEEK, {}, {}).later(datetime(9999, 12, 31, 8), Fraction(10**6))

    @pytest.mark.parametrize(("minutes", "second"), [(Fraction(1, 61), 1), (Fraction(1, 60), 1), (Fraction(1, 59), 2)])
    def test_a_part_of_a_second_is_a_whole_one(self, minutes, second):
        """Later, never earlier."""
        later = calendar_of(OFFICE_WEEK, {}, {}).later(datetime(2027, 4, 19, 8), minutes)

        assert later == datetime(2027, 4, 19, 8, 0, second)


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value", "allowed"),
        [
            ("long_duration_days", 0, False), ("long_duration_days", 1, True), ("long_duration_days", 2, True),
            ("long_duration_days", 999, True), ("long_duration_days", 1000, True), ("long_duration_days", 1001, False),
            ("near_critical_days", -1, False), ("near_critical_days", 0, True), ("near_critical_days", 1, True),
            ("near_critical_days", 999, True), ("near_critical_days", 1000, True), ("near_critical_days", 1001, False),
            ("late_tolerance", "0", False), ("late_tolerance", "0.000001", True), ("late_tolerance", "10", True),
            ("late_tolerance", "10.1", False), ("late_tolerance", "9.9", True),
            ("hours_per_day", "0", False), ("hours_per_day", "0.1", True), ("hours_per_day", 24, True),
            ("hours_per_day", "23.9", True), ("hours_per_day", "24.1", False), ("hours_per_day", -1, False),
            ("committed", "2027-05-03", True), ("committed", "2027-05-03T06:00-04:00", True),
            ("golive", "", False), ("golive", "x", True), ("golive", "x" * 400, True), ("golive", "x" * 401, False),
            ("golive", {"uid": "1"}, True), ("golive", {"uid": "1", "id": "2"}, False), ("golive", {}, False),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("kind", [MspdiSettings, XerSettings])
    def test_each_has_its_limits(self, kind, name, value, allowed):
        """Below, at and above each."""
        text = json.dumps({"golive": "x"} | {name: value})

        if allowed:
            assert getattr(kind.model_validate_json(text), name) is not None
        else:
            with pytest.raises(ValidationError):
                kind.model_validate_json(text)

    def test_what_is_not_said_is_as_dcma_and_m3_say(self):
        """44 days, 5 days, a tenth."""
        told = MspdiSettings(golive="x")

        assert (told.long_duration_days, told.near_critical_days, str(told.late_tolerance)) == (44, 5, "0.10")
