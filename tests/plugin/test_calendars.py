"""The working-day calendar: the shipped table says what the library says, and closures come on top."""

from datetime import date, timedelta

import holidays
import pytest

from gonogo.model.program import ProgramIdentity
from gonogo.plugin.calendars import OBSERVED, holidays_of
from gonogo.plugin.collection import CollectionRequest
from gonogo.testing.jobs import SAMPLE_NOW
from gonogo.testing.programs import SAMPLE_RELEASE, program_of


def identity(*closures: date) -> ProgramIdentity:
    """Return a program with local closures."""
    return ProgramIdentity(id="p", customer="c", provider="p", time_zone="America/New_York", closures=closures)


def weekdays(days) -> set[str]:
    """Return the ISO dates of the days that are no Saturdays or Sundays."""
    return {day.isoformat() for day in days if day.weekday() < 5}


@pytest.mark.parametrize("year", OBSERVED)
def test_a_shipped_year_is_what_the_library_says(year):
    """A holiday that is counted as a working day makes a schedule look better than it is."""
    known = holidays.country_holidays("US", years=[year - 1, year, year + 1])

    assert holidays_of(identity(), range(year, year + 1)) == weekdays(day for day in known if day.year == year)


@pytest.mark.parametrize("year", [1990, 2014, 2046, 2060])
def test_other_years_come_from_the_library(year):
    """A program of long ago or far ahead is not without holidays."""
    known = holidays.country_holidays("US", years=[year])

    assert weekdays(known) <= holidays_of(identity(), range(year, year + 1))


def test_a_holiday_on_a_weekend_is_kept_on_the_weekday_beside_it():
    """Independence Day of 2027 is a Sunday: nobody works on Monday 5 July."""
    found = holidays_of(identity(), range(2027, 2028))

    assert "2027-07-05" in found
    assert "2027-12-31" in found  # New Year's Day of 2028 is a Saturday


def test_the_years_of_go_lives_are_shipped_without_a_hole():
    """A year that is missing in the middle would cost a fifth of a second, each time."""
    assert list(OBSERVED) == list(range(min(OBSERVED), max(OBSERVED) + 1))


def test_local_closures_come_on_top():
    """A flood day is no working day either."""
    found = holidays_of(identity(date(2027, 4, 30)), range(2027, 2028))

    assert "2027-04-30" in found


def test_who_asks_for_evidence_need_not_think_of_the_days_off(tmp_path):
    """A preview without holidays had other working days than the run: a slip of a day, or none."""
    closed = SAMPLE_RELEASE.go_live.date() - timedelta(days=4)
    program = program_of()
    program = program.model_copy(update={"identity": program.identity.model_copy(update={"closures": (closed,)})})
    request = CollectionRequest(program, root=tmp_path, release=SAMPLE_RELEASE, now=SAMPLE_NOW)

    year = SAMPLE_RELEASE.go_live.year
    assert {closed.isoformat(), f"{year - 3}-11-11", f"{year + 2}-12-25"} <= request.days_off
    assert not [day for day in request.days_off if not year - 3 <= int(day[:4]) < year + 3]


def test_days_off_that_are_given_are_those_that_count(tmp_path):
    """An author of a collector tries it with days of their own, also with none."""
    for given in (frozenset[str](), frozenset({"2027-04-20"})):
        request = CollectionRequest(program_of(), tmp_path, SAMPLE_RELEASE, SAMPLE_NOW, holidays=given)
        assert request.days_off == given
