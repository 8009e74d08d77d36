"""Dates by which evidence is fresh: exact to the second, and to the day in the program's own time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.core.due import earliest, first_day, last_moment, milestone_day, next_milestone
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import DecisionPolicy

IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=datetime(2027, 5, 3, 10, tzinfo=UTC))
POLICY = DecisionPolicy(milestones=("T-60", "T-30", "T-14", "T-0"))
SECOND = timedelta(seconds=1)
FIRST, LAST = datetime(2026, 1, 1), datetime(2029, 1, 1)  # noqa: DTZ001  # hypothesis takes naive bounds
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
AGES = st.integers(min_value=1, max_value=400 * 86400)
ZONES = st.sampled_from(["America/New_York", "UTC", "Pacific/Kiritimati", "Asia/Kathmandu", "Pacific/Chatham"])


def stale(as_of: datetime, at: datetime, max_age_s: int) -> bool:
    """The rule of both evaluators: as old as allowed is too old."""
    return at - as_of >= timedelta(seconds=max_age_s)


class TestEarliest:
    @given(moment=MOMENTS, age=AGES)
    def test_evidence_of_that_second_is_fresh_and_of_the_second_before_is_stale(self, moment, age):
        """A person who dates evidence as told must not find it stale at the meeting, nor be asked for more."""
        first = earliest(moment, age)

        assert not stale(first, moment, age)
        assert stale(first - SECOND, moment, age)


class TestFirstDay:
    @given(moment=MOMENTS, age=AGES, zone=ZONES)
    def test_a_bare_date_serves_from_that_day_on_and_not_on_the_day_before(self, moment, age, zone):
        """A date-only as_of is the start of its day in the program's zone, whatever the clocks did that month."""
        identity = IDENTITY.model_copy(update={"time_zone": zone})

        day = first_day(identity, earliest(moment, age))

        assert not stale(identity.day_start(day).astimezone(UTC), moment, age)
        assert stale(identity.day_start(day - timedelta(days=1)).astimezone(UTC), moment, age)

    def test_seven_days_before_the_end_of_a_meeting_day(self):
        """Told by hand: fresh at any hour of 19 April under a week's age is what is dated the 13th or later."""
        decision = last_moment(IDENTITY, RELEASE, date(2027, 4, 19))

        first = earliest(decision, 7 * 86400)

        assert first == datetime(2027, 4, 13, 4, tzinfo=UTC)
        assert first_day(IDENTITY, first) == date(2027, 4, 13)


class TestMilestones:
    def test_they_are_counted_in_local_days(self):
        """Go-live at six in the morning in New York is ten o'clock UTC of the same day."""
        assert milestone_day(IDENTITY, RELEASE, "T-14") == date(2027, 4, 19)

    @pytest.mark.parametrize(
        ("now", "name"),
        [
            (datetime(2027, 1, 1, tzinfo=UTC), "T-60"),
            (datetime(2027, 4, 4, tzinfo=UTC), "T-30"),
            (datetime(2027, 4, 20, 3, 59, 59, tzinfo=UTC), "T-14"),
            (datetime(2027, 4, 20, 4, tzinfo=UTC), "T-0"),
            (datetime(2027, 5, 3, 10, tzinfo=UTC), "T-0"),
        ],
    )
    def test_the_next_one_is_the_first_whose_local_day_is_not_over(self, now, name):
        """On the day of the meeting the meeting is still to come."""
        found = next_milestone(POLICY, IDENTITY, RELEASE, now)

        assert found is not None
        assert found[0] == name
        assert found[1] >= now

    def test_the_decision_on_the_day_of_go_live_is_taken_before_it(self):
        """Evidence that is fresh at noon does not help a switch at six."""
        assert next_milestone(POLICY, IDENTITY, RELEASE, RELEASE.go_live) == ("T-0", RELEASE.go_live)

    def test_after_go_live_there_is_none(self):
        """Nothing is left to be decided."""
        assert next_milestone(POLICY, IDENTITY, RELEASE, RELEASE.go_live + SECOND) is None
