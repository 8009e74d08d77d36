"""Networks made by hand: hours of work on an office calendar, from a Monday morning on."""

# ruff: noqa: DTZ001  # the schedule's own clock has no zone

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from gonogo.model.activity_network import (
    ActivityNetwork,
    NetworkPoint,
    NetworkTie,
    PointRole,
    ThreePoints,
    WorkingTime,
    clock_seconds,
)

HOUR = 3600
OFFICE = ((8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))
WEEK = WorkingTime(week=(OFFICE,) * 5 + ((), ()))
ALWAYS = WorkingTime(week=(((0, 24 * HOUR),),) * 7)
MONDAY = datetime(2027, 3, 1, 8)


def _work(name: str, hours: float, **more) -> NetworkPoint:
    known = {"key": name, "name": name, "role": PointRole.WORK, "calendar": 0, "seconds": round(hours * HOUR)}
    if "points" in more:
        more["points"] = ThreePoints(**dict(zip(("low", "likely", "high"), more["points"], strict=True)))
    return NetworkPoint(**(known | more))


@pytest.fixture(scope="session")
def work() -> Callable[..., NetworkPoint]:
    """Make work: a name, hours, and any field; ``points`` are three numbers of seconds."""
    return _work


@pytest.fixture(scope="session")
def milestone() -> Callable[..., NetworkPoint]:
    """Make a milestone."""
    return lambda name="GL", **more: NetworkPoint(
        **({"key": name, "name": name, "role": PointRole.MILESTONE, "calendar": 0} | more)
    )


@pytest.fixture(scope="session")
def network() -> Callable[..., ActivityNetwork]:
    """Make a network of points and links ``(pred, succ, type, hours, elapsed)``, all but the first two optional."""

    def make(
        points: Sequence[NetworkPoint],
        links: Sequence[tuple] = (),
        *,
        committed: datetime = datetime(2028, 1, 1),
        calendars: Sequence[WorkingTime] = (WEEK, ALWAYS),
        **more,
    ) -> ActivityNetwork:
        ties = []
        for pred, succ, *rest in links:
            kind, hours, elapsed = (*rest, *("FS", 0, False)[len(rest) :])
            ties.append(NetworkTie(pred=pred, succ=succ, type=kind, lag=round(hours * HOUR), elapsed=elapsed))
        return ActivityNetwork(
            data_date=clock_seconds(MONDAY),
            activities=tuple(points),
            links=tuple(ties),
            calendars=tuple(calendars),
            committed=clock_seconds(committed),
            aim="committed 2028-01-01",
            **more,
        )

    return make
