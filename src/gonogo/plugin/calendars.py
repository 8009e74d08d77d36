"""Working-day calendars as plain dates; that of the federal government of the United States is a table."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from gonogo.model.program import ProgramIdentity

OBSERVED: Final[dict[int, str]] = {
    2015: "01-01 01-19 02-16 05-25 07-03 09-07 10-12 11-11 11-26 12-25",
    2016: "01-01 01-18 02-15 05-30 07-04 09-05 10-10 11-11 11-24 12-26",
    2017: "01-02 01-16 02-20 05-29 07-04 09-04 10-09 11-10 11-23 12-25",
    2018: "01-01 01-15 02-19 05-28 07-04 09-03 10-08 11-12 11-22 12-25",
    2019: "01-01 01-21 02-18 05-27 07-04 09-02 10-14 11-11 11-28 12-25",
    2020: "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25",
    2021: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2022: "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2023: "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    2024: "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2025: "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2028: "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    2029: "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25",
    2030: "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2031: "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2032: "01-01 01-19 02-16 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2033: "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2034: "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    2035: "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25",
    2036: "01-01 01-21 02-18 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2037: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2038: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2039: "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2040: "01-02 01-16 02-20 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25",
    2041: "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2042: "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2043: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2044: "01-01 01-18 02-15 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2045: "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
}
"""Year to its holidays, month and day; Saturdays and Sundays are left out, because nobody works then anyway."""


_AROUND: Final = 3
"""Years before and after that of go-live for which a schedule may need the holidays."""


def holidays_around(identity: ProgramIdentity, go_live: datetime) -> frozenset[str]:
    """Return the days off of a program in the years around a go-live: a schedule runs from the autumn before."""
    return holidays_of(identity, range(go_live.year - _AROUND, go_live.year + _AROUND))


def holidays_of(identity: ProgramIdentity, years: range) -> frozenset[str]:
    """Return the ISO dates that are not working days, beside Saturdays and Sundays: holidays and local closures.

    The federal holidays come from the ``holidays`` library, with the day on which each is observed; for the years in
    :mod:`gonogo.plugin.calendars` from there.
    """
    listed = {f"{year}-{day}" for year in years for day in OBSERVED.get(year, "").split()}
    others = [year for year in years if year not in OBSERVED]
    if others:
        import holidays  # imported late: it takes a fifth of a second, and other years are rare

        listed |= {day.isoformat() for day in holidays.country_holidays("US", years=others)}
    return frozenset({*listed, *(day.isoformat() for day in identity.closures)})
