"""Local times of a program: a wall clock time means one instant, or is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from gonogo.documents.scalars import mistake
from gonogo.text import nearest

YEARS: Final = range(2000, 3000)
"""Days are counted back and forth from a program's moments, which must not leave the calendar."""


def zone_of(name: str) -> ZoneInfo:
    """Return an IANA time zone by its ``Region/City`` name, or UTC.

    Raises:
        PydanticCustomError: There is none of that name, or the name means whatever the host is set to.
    """
    regional = "/" in name and not name.startswith(("posix/", "right/", "/")) and ".." not in name
    try:
        if regional or name == "UTC":
            return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        pass
    known = {zone.lower(): zone for zone in sorted(available_timezones()) if "/" in zone} | {"utc": "UTC"}
    matches = nearest(name.replace(" ", "_"), known, most=1)
    hint = f"did you mean `{known[matches[0]]}`?" if matches else "for example `America/New_York`"
    raise mistake("G116", f"'{name[:60]}' is not an IANA time zone", hint)


def instant_of(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """Return a moment in UTC: with its own offset, or read in ``zone``; a date is its first moment there.

    Raises:
        PydanticCustomError: The local time happens twice or never, because clocks change; or it lies outside of the
            years 2000 to 2999.
    """
    local = moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)
    if local.year not in YEARS:
        raise mistake("G116", f"{local} is outside the years {YEARS[0]} to {YEARS[-1]}")
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    shown = local.isoformat(timespec="minutes")
    offsets = [f"{moment:%z}"[:3] + ":" + f"{moment:%z}"[3:5] for moment in (first, second)]
    if isinstance(moment, datetime) and back != local:
        raise mistake("G116", f"{shown} does not exist in {zone.key}: clocks are set forward", "choose another time")
    if isinstance(moment, datetime) and offsets[0] != offsets[1]:
        hint = f"write `{shown}{offsets[0]}` or `{shown}{offsets[1]}`"
        raise mistake("G116", f"{shown} happens twice in {zone.key}: clocks are set back", hint)
    return first.astimezone(UTC)
