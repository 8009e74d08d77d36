"""The answers of an office that is invented: what ``gonogo init`` asks before it writes a program."""

from __future__ import annotations


def invented_office(**more: str | None) -> dict[str, str | None]:
    """Return its answers; ``more`` are further ones, and others in place of these."""
    return {
        "customer": "NIWA",
        "provider": "CFSC",
        "release": "R1",
        "go_live": "2027-05-03T06:00",
        "time_zone": "America/New_York",
        **more,
    }
