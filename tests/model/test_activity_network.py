"""A network that a collector lays out is sound, or it is refused before anything is drawn from it."""

from datetime import datetime

import pytest
from pydantic import ValidationError

from gonogo.model.activity_network import (
    ActivityNetwork,
    NetworkPoint,
    NetworkTie,
    PointRole,
    ThreePoints,
    WorkingTime,
    clock_moment,
    clock_seconds,
)

POINT = NetworkPoint(key="a", name="a", role=PointRole.MILESTONE)
ALWAYS = WorkingTime(week=(((0, 86_400),),) * 7)


def network(**more):
    known = {"data_date": 0, "committed": 1, "aim": "a date", "activities": (POINT, POINT), "calendars": (ALWAYS,)}
    return ActivityNetwork(**(known | more))


@pytest.mark.parametrize(("pred", "succ", "sound"), [(0, 1, True), (1, 1, False), (1, 0, False), (0, 2, False)])
def test_links_lead_forward_to_what_is_there(pred, succ, sound):
    """A walk places each activity after what it waits for; a link backwards would be left out in silence."""
    links = (NetworkTie(pred=pred, succ=succ),)

    if sound:
        assert network(links=links).links == links
    else:
        with pytest.raises(ValidationError, match="an earlier one, or nowhere"):
            network(links=links)


@pytest.mark.parametrize(("calendar", "sound"), [(None, True), (0, True), (1, False)])
def test_calendars_of_activities_and_lags_are_there(calendar, sound):
    """Whose hours they are must be known."""
    for more in (
        {"activities": (POINT.model_copy(update={"calendar": calendar}), POINT)},
        {"links": (NetworkTie(pred=0, succ=1, calendar=calendar),)},
    ):
        if sound:
            assert network(**more)
        else:
            with pytest.raises(ValidationError, match="calendar that is not there"):
                network(**more)


@pytest.mark.parametrize(
    ("points", "sound"), [((1, 2, 3), True), ((2, 2, 2), True), ((3, 2, 3), False), ((1, 3, 2), False)]
)
def test_an_estimate_does_not_run_backwards(points, sound):
    """Swapped columns make dates too early."""
    given = dict(zip(("low", "likely", "high"), points, strict=True))

    if sound:
        assert ThreePoints(**given)
    else:
        with pytest.raises(ValidationError):
            ThreePoints(**given)


@pytest.mark.parametrize(
    ("shifts", "sound"),
    [(((0, 9), (9, 12)), True), (((0, 10), (9, 12)), False), (((9, 9),), False), (((0, 86_401),), False)],
)
def test_shifts_lie_one_after_the_other_within_the_day(shifts, sound):
    """Hours that are counted twice would let work end too early."""
    if sound:
        assert WorkingTime(week=(shifts,) + ((),) * 6)
    else:
        with pytest.raises(ValidationError):
            WorkingTime(week=((),) * 7, special=((1, shifts),))


def test_moments_of_the_clock_come_back_as_they_went():
    """To the second, before 1970 too."""
    for moment in (datetime.fromisoformat("1969-12-31T23:59:59"), datetime.fromisoformat("2027-04-26T17:00:01")):
        assert clock_moment(clock_seconds(moment)) == moment
