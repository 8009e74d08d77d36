"""The facts of this room, under their local names. *Activities*, *feeding*, *finished*: see ``facts``."""

from __future__ import annotations

from typing import Final

from gonogo.model.fact import FactType
from gonogo.plugin.spec import LocalFact


def _ratio(name: str, meaning: str) -> LocalFact:
    return LocalFact(name=name, type=FactType.RATIO, meaning=meaning, if_known=True)


def _count(name: str, unit: str, meaning: str) -> LocalFact:
    return LocalFact(name=name, type=FactType.INTEGER, unit=unit, meaning=meaning, if_known=True)


def _decimal(name: str, unit: str, meaning: str) -> LocalFact:
    return LocalFact(name=name, type=FactType.DECIMAL, unit=unit, meaning=meaning, if_known=True)


FINISH_START_RATIO: Final = _ratio(
    "finish_start_ratio",
    "Links from finish to start, out of links into unfinished activities (DCMA point 4: at least 90 percent).",
)
HIGH_FLOAT_RATIO: Final = _ratio(
    "high_float_ratio",
    "Unfinished activities with total float of more than 44 working days, out of unfinished ones (DCMA point 6: at "
    "most 5 percent); a gap where the float of one is not known.",
)
NEGATIVE_FLOAT_RATIO: Final = _ratio(
    "negative_float_ratio",
    "Unfinished activities with total float below zero, out of unfinished ones, whether or not they feed go-live (DCMA "
    "point 7: none); a gap where the float of one is not known.",
)
UNRESOURCED_RATIO: Final = _ratio(
    "unresourced_ratio",
    "Unfinished tasks of at least one working day that nobody is assigned to, out of all such tasks (DCMA point 10). "
    "Milestones need nobody; a generic role counts as somebody.",
)
MISSED_TASKS_RATIO: Final = _ratio(
    "missed_tasks_ratio",
    "Activities whose actual or forecast finish is after their baseline finish, out of those baselined to finish by "
    "the data date (DCMA point 11: at most 5 percent). One that is not finished by the data date is missed.",
)
CRITICAL_PATH_TEST: Final = LocalFact(
    if_known=True,
    name="critical_path_test",
    type=FactType.BOOLEAN,
    meaning="600 working days added to the first unfinished activity of the driving chain move go-live by at least 95 "
    "percent of what they move that activity's finish (DCMA point 12). Hard constraints, manual dates and work that "
    "has begun do not move.",
)
BASELINED_RATIO: Final = _ratio("baselined_ratio", "Activities that have a baseline, out of all activities.")
GOLIVE_BASELINE_VARIANCE_DAYS: Final = _decimal(
    "golive_baseline_variance_days",
    "calendar days",
    "Forecast of go-live minus its baseline finish; negative when it is early. Rounded up to 6 decimals.",
)
PEAK_RESOURCE_LOAD: Final = _ratio(
    "peak_resource_load",
    "Largest demand for one person in one of the six weeks after the data date, divided by that person's capacity in "
    "it. Can exceed 1. Rounded up to 6 decimals.",
)
TASKS_OUTSIDE_CONTRACT: Final = _count(
    "tasks_outside_contract",
    "activities",
    "Unfinished activities that start before the award of the contract that they name, or finish after its end, by the "
    "dates in the settings; a gap where one names a contract without dates.",
)
CONTRACT_AWARD_FLOAT_DAYS: Final = _decimal(
    "contract_award_float_days",
    "working days",
    "Smallest distance from the award of a contract to the latest start (start plus total float) of an activity that "
    "names it, has not begun, and feeds go-live or is go-live; negative when the award itself delays go-live. "
    "Rounded down to 6 decimals.",
)
CUSTOMER_SCOPE: Final = _ratio(
    "customer_scope_in_wbs_ratio",
    "Deliverables of the customer in the list of the settings whose code or name a WBS element with work in it, or an "
    "activity, bears, out of that list.",
)
PROVIDER_SCOPE: Final = _ratio(
    "provider_scope_in_wbs_ratio",
    "Deliverables of the provider in the list of the settings whose code or name a WBS element with work in it, or an "
    "activity, bears, out of that list.",
)

POINT_FACTS: Final[tuple[LocalFact, ...]] = (
    FINISH_START_RATIO,
    HIGH_FLOAT_RATIO,
    NEGATIVE_FLOAT_RATIO,
    UNRESOURCED_RATIO,
    MISSED_TASKS_RATIO,
    CRITICAL_PATH_TEST,
    BASELINED_RATIO,
    GOLIVE_BASELINE_VARIANCE_DAYS,
    PEAK_RESOURCE_LOAD,
    TASKS_OUTSIDE_CONTRACT,
    CONTRACT_AWARD_FLOAT_DAYS,
    CUSTOMER_SCOPE,
    PROVIDER_SCOPE,
)
