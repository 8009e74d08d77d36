"""The facts of two updates, and of a series, under their local names; a binding `as: ims` makes `ims.logic_removed`."""

from __future__ import annotations

from typing import Final

from gonogo.model.fact import FactType
from gonogo.plugin.spec import LocalFact


def _count(name: str, unit: str, meaning: str) -> LocalFact:
    return LocalFact(name=name, type=FactType.INTEGER, unit=unit, meaning=meaning, if_known=True)


def _days(name: str, meaning: str) -> LocalFact:
    return LocalFact(name=name, type=FactType.DECIMAL, unit="calendar days", meaning=meaning, if_known=True)


GOLIVE_MOVED_DAYS: Final = _days(
    "golive_moved_days",
    "Forecast go-live of the later update minus that of the earlier one; negative when it moved forward. Named are the "
    "activities of the driving chain that finish later than before. Rounded up to 6 decimals.",
)
BASELINE_CHANGED: Final = LocalFact(
    if_known=True,
    name="baseline_changed",
    type=FactType.BOOLEAN,
    meaning="The baseline start, finish or duration of an activity differs between the updates, or one has a baseline "
    "in one of them only.",
)
REBASELINED_ACTIVITIES: Final = _count(
    "rebaselined_activities", "activities", "Activities of both updates whose baseline differs between them."
)
GOLIVE_BASELINE_MOVED_DAYS: Final = _days(
    "golive_baseline_moved_days",
    "Baseline finish of go-live in the later update minus that in the earlier one. Rounded up to 6 decimals.",
)
LOGIC_REMOVED: Final = _count(
    "logic_removed",
    "links",
    "Links of the earlier update into activities that were not finished then, whose two ends are in the later one, and "
    "that are gone.",
)
LOGIC_CHANGED: Final = _count(
    "logic_changed",
    "links",
    "Pairs of activities that both updates tie, into activities not finished before, by links of another type or lag.",
)
ACTIVITIES_REMOVED: Final = _count(
    "activities_removed",
    "activities",
    "Activities not finished in the earlier update that the later one has not.",
)
ACTIVITIES_ADDED: Final = _count(
    "activities_added", "activities", "Activities of the later update that are not in the earlier one."
)
DURATIONS_CUT: Final = _count(
    "durations_cut",
    "activities",
    "Activities that neither update has as finished and whose duration became shorter; a gap where one is not known.",
)
CONSTRAINTS_ADDED: Final = _count(
    "constraints_added",
    "activities",
    "Unfinished activities of both updates that a hard constraint or manual scheduling holds only in the later one.",
)
ACTUALS_CHANGED: Final = _count(
    "actuals_changed",
    "activities",
    "Activities that were finished in the earlier update and in the later one are not, are gone, or have other actual "
    "dates.",
)
DATA_DATE_ADVANCED_DAYS: Final = _count(
    "data_date_advanced_days",
    "calendar days",
    "Local days from the data date of the earlier update to the later one's.",
)
UPDATE_FACTS: Final[tuple[LocalFact, ...]] = (
    GOLIVE_MOVED_DAYS,
    BASELINE_CHANGED,
    REBASELINED_ACTIVITIES,
    GOLIVE_BASELINE_MOVED_DAYS,
    LOGIC_REMOVED,
    LOGIC_CHANGED,
    ACTIVITIES_REMOVED,
    ACTIVITIES_ADDED,
    DURATIONS_CUT,
    CONSTRAINTS_ADDED,
    ACTUALS_CHANGED,
    DATA_DATE_ADVANCED_DAYS,
)

WEEKLY_UPDATES_MISSED: Final = _count(
    "weekly_updates_missed_90d",
    "weeks",
    "Of the 13 weeks that end today, those in which no update of the series has its data date. A file that tells of "
    "the work what an earlier one told, while work was due or in progress, is no update.",
)
