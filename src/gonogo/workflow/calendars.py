"""Working-day calendars: computed in the shell, handed down as plain dates."""

from __future__ import annotations

from typing import Final

from gonogo.model.program import ProgramIdentity
from gonogo.workflow.us_federal import OBSERVED

CALENDARS: Final = ("us-federal",)
"""Calendars that the program file may name."""


def holidays_of(identity: ProgramIdentity, years: range) -> frozenset[str]:
    """Return the ISO dates that are not working days, beside Saturdays and Sundays: holidays and local closures.

    The federal holidays come from the ``holidays`` library, with the day on which each is observed; for the years in
    :mod:`gonogo.workflow.us_federal` from there.
    """
    listed = {f"{year}-{day}" for year in years for day in OBSERVED.get(year, "").split()}
    others = [year for year in years if year not in OBSERVED]
    if others:
        import holidays  # imported late: it takes a fifth of a second, and other years are rare

        listed |= {day.isoformat() for day in holidays.country_holidays("US", years=others)}
    return frozenset({*listed, *(day.isoformat() for day in identity.closures)})
