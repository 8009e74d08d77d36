"""Local times to UTC inside SQL, by the same zone data as the rest of the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # local times have no zone until this module gives them one
_MICROSECOND = timedelta(microseconds=1)


def to_utc(micros: str, first: datetime, last: datetime, zone: str) -> str:
    """Return SQL for microseconds since the epoch in UTC, from SQL ``micros`` for those of the local clock.

    A local time that a clock change makes ambiguous is the earlier of the two.

    Args:
        micros: SQL of a BIGINT.
        first: Earliest local time, without zone, that occurs.
        last: Latest.
        zone: IANA name.
    """
    branches, last_offset = _offsets(first, last, zone)
    if not branches:
        return f"({micros} - {last_offset})"
    cases = " ".join(f"WHEN {micros} < {change} THEN {offset}" for change, offset in branches)
    return f"({micros} - CASE {cases} ELSE {last_offset} END)"


def local_days(first: date, last: date, zone: str) -> Callable[[date], int]:
    """Return what gives the first moment of a local day, in microseconds since the epoch in UTC, as the SQL does.

    Args:
        first: Earliest day that occurs.
        last: Latest.
        zone: IANA name.
    """
    branches, last_offset = _offsets(datetime.combine(first, time.min), datetime.combine(last, time.min), zone)

    def begins(day: date) -> int:
        local = (datetime.combine(day, time.min) - _EPOCH) // _MICROSECOND
        return local - next((offset for change, offset in branches if local < change), last_offset)

    return begins


def _offsets(first: datetime, last: datetime, zone: str) -> tuple[list[tuple[int, int]], int]:
    """Return each local time, in microseconds, up to which an offset is in force, and the offset after the last."""
    place = ZoneInfo(zone)
    at = _offset(first, place)
    branches = []
    for moment, offset in _changes(first, last, place):
        branches.append(((moment - _EPOCH) // _MICROSECOND, at // _MICROSECOND))
        at = offset
    return branches, at // _MICROSECOND


def micros_of(moment: datetime) -> int:
    """Return an aware instant as microseconds since 1970-01-01T00:00:00Z."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // _MICROSECOND


def _offset(local: datetime, zone: ZoneInfo) -> timedelta:
    return local.replace(tzinfo=zone).utcoffset() or timedelta(0)


def _changes(first: datetime, last: datetime, zone: ZoneInfo) -> list[tuple[datetime, timedelta]]:
    """Return the local times at which the offset of the local clock changes, with the offset from there on."""
    found = []
    low = first
    while low < last:
        high = min(low + timedelta(days=1), last)
        if _offset(low, zone) != _offset(high, zone):
            found.append((_bisect(low, high, zone), _offset(high, zone)))
        low = high
    return found


def _bisect(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    start = _offset(low, zone)
    while high - low > _MICROSECOND:
        middle = low + (high - low) // 2
        if _offset(middle, zone) == start:
            low = middle
        else:
            high = middle
    return high
