"""The facts of a schedule, under their local names; a binding `as: ims` makes `ims.bei` of `bei`.

*Activities* are tasks and milestones of this project: no summary rows, no level of effort, no WBS summaries, no rows
that are null, inactive or of another project. *Feeding go-live* means: with a path of links to the go-live activity,
through summary rows where those carry links. *Finished* means: said to be complete, with an actual finish that is not
after the data date. What a row leaves out is counted on the worse side, or makes a gap; it never helps.
"""

from __future__ import annotations

from typing import Final

from gonogo.model.fact import FactType
from gonogo.plugin.spec import LocalFact


def _ratio(name: str, meaning: str) -> LocalFact:
    return LocalFact(name=name, type=FactType.RATIO, meaning=meaning)


def _count(name: str, unit: str, meaning: str) -> LocalFact:
    return LocalFact(name=name, type=FactType.INTEGER, unit=unit, meaning=meaning)


def _decimal(name: str, unit: str, meaning: str) -> LocalFact:
    return LocalFact(name=name, type=FactType.DECIMAL, unit=unit, meaning=meaning)


def _boolean(name: str, meaning: str) -> LocalFact:
    return LocalFact(name=name, type=FactType.BOOLEAN, meaning=meaning)


WBS_LEAF_COUNT: Final = _count("wbs_leaf_count", "elements", "WBS elements that have no element below them.")
WBS_LEAF_WITH_TASKS_RATIO: Final = _ratio(
    "wbs_leaf_with_tasks_ratio", "Leaf WBS elements with at least one activity directly in them, out of all leaves."
)
TASKS_WITHOUT_WBS_RATIO: Final = _ratio(
    "tasks_without_wbs_ratio", "Activities without a WBS code or outside every WBS element, out of all activities."
)
HAS_POST_GOLIVE_TASKS: Final = _boolean(
    "has_post_golive_tasks", "There is a task that starts at or after the forecast go-live and finishes after it."
)
MISSING_LOGIC_RATIO: Final = _ratio(
    "missing_logic_ratio", "Unfinished activities without a predecessor or without a successor, out of unfinished ones."
)
LEADS_COUNT: Final = _count("leads_count", "links", "Links into unfinished activities with a negative lag.")
LAGS_RATIO: Final = _ratio(
    "lags_ratio", "Links into unfinished activities with a positive lag, out of links into unfinished activities."
)
HARD_CONSTRAINT_RATIO: Final = _ratio(
    "hard_constraint_ratio",
    "Unfinished activities that a constraint or manual scheduling holds against logic, out of unfinished ones.",
)
HIGH_DURATION_RATIO: Final = _ratio(
    "high_duration_ratio",
    "Unfinished activities whose duration or baseline duration exceeds 44 working days (or the setting), out of "
    "unfinished ones; a gap where the duration of one is not known.",
)
GOLIVE_PATH_CONTINUOUS: Final = _boolean(
    "golive_path_continuous",
    "A chain of driving links, each with less than a working day of idle time or overlap, runs from the data date to "
    "the go-live activity; work that was to begin before the data date and did not carries no chain.",
)
GOLIVE_TOTAL_FLOAT_DAYS: Final = _decimal(
    "golive_total_float_days",
    "working days",
    "Smallest of: total float of the go-live activity; working days from its forecast to the committed date, to its "
    "deadline, to its hard constraint. Rounded down to 6 decimals.",
)
NEGATIVE_FLOAT_TASKS: Final = _count(
    "negative_float_tasks",
    "activities",
    "Unfinished activities feeding go-live, or go-live, with negative total float.",
)
GOLIVE_TASKS: Final = _count("golive_tasks", "activities", "Activities feeding go-live, finished ones included.")
GOLIVE_TASK_MAX_VARIANCE: Final = _ratio(
    "golive_task_max_variance",
    "Largest finish slip (actual or forecast after baseline, working time) divided by baseline duration among go-live "
    "and what feeds it; a milestone divides by one working day. Can exceed 1. Rounded up to 6 decimals.",
)
GOLIVE_TASKS_LATE: Final = _count(
    "golive_tasks_late", "activities", "Of those, activities whose variance is at or above the tolerance (10 percent)."
)
FORECAST_SLIP_DAYS: Final = _decimal(
    "forecast_slip_days",
    "calendar days",
    "Forecast go-live minus committed go-live; 0 when it is not later. The forecast is never earlier than the links "
    "from unfinished work let go-live be, and than what each row says of its own work. Rounded up to 6 decimals.",
)
BEI: Final = _decimal(
    "bei",
    "index",
    "Activities finished by the data date, divided by activities baselined to finish by it or not baselined at all. "
    "Rounded down to 6 decimals.",
)
CPLI: Final = _decimal(
    "cpli",
    "index",
    "Working days from the data date to the forecast go-live plus go-live total float, divided by the former. Rounded "
    "down to 6 decimals.",
)
DATA_DATE_AGE_DAYS: Final = _count(
    "data_date_age_days", "calendar days", "Local date of the assessment minus local date of the schedule's data date."
)
INVALID_DATES: Final = _count(
    "invalid_dates",
    "activities",
    "Activities with an actual date after the data date, a forecast before it, a missing or reversed date, or a "
    "completion that its dates do not bear out (100 percent without actual finish).",
)
WEEKLY_UPDATES_MISSED: Final = _count("weekly_updates_missed_90d", "weeks", "Status cycles missed in the last 90 days.")
CRITICAL_TASKS_RESOURCED_RATIO: Final = _ratio(
    "critical_tasks_resourced_ratio",
    "Unfinished tasks with total float of at most 5 working days (or the setting) that a named person is assigned to, "
    "out of all such tasks.",
)
OVERALLOCATED_RESOURCES: Final = _count(
    "overallocated_resources",
    "people",
    "Resources that do work, asked for more than their capacity in any of the six weeks after the data date.",
)
TASKS_ON_UNAWARDED_CONTRACTS: Final = _count(
    "tasks_on_unawarded_contracts",
    "activities",
    "Unfinished activities whose contract field names something that the settings do not list as awarded.",
)
