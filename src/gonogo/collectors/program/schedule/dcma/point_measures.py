"""Which measure answers which fact of this room; the collectors add them to their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gonogo.collectors.program.schedule.dcma import (
    acquisitions,
    critical_path,
    person_load,
    point_facts,
    points,
    side_scope,
)
from gonogo.collectors.program.schedule.schedule_view import ScheduleView
from gonogo.collectors.program.schedule.settings import ScheduleSettings
from gonogo.plugin.spec import Answer, LocalFact

POINT_MEASURES: Final[tuple[tuple[LocalFact, Callable[[ScheduleView], Answer]], ...]] = (
    (point_facts.FINISH_START_RATIO, points.finish_start),
    (point_facts.HIGH_FLOAT_RATIO, points.high_float),
    (point_facts.NEGATIVE_FLOAT_RATIO, points.negative_float),
    (point_facts.UNRESOURCED_RATIO, points.unresourced),
    (point_facts.MISSED_TASKS_RATIO, points.missed_tasks),
    (point_facts.CRITICAL_PATH_TEST, critical_path.critical_path_test),
    (point_facts.BASELINED_RATIO, points.baselined),
    (point_facts.GOLIVE_BASELINE_VARIANCE_DAYS, points.golive_variance),
    (point_facts.PEAK_RESOURCE_LOAD, person_load.peak_load),
    (point_facts.TASKS_OUTSIDE_CONTRACT, acquisitions.outside_contract),
    (point_facts.CONTRACT_AWARD_FLOAT_DAYS, acquisitions.award_float),
    (point_facts.CUSTOMER_SCOPE, side_scope.customer_scope),
    (point_facts.PROVIDER_SCOPE, side_scope.provider_scope),
)
TIMELESS_POINTS: Final = (
    point_facts.FINISH_START_RATIO,
    point_facts.BASELINED_RATIO,
    point_facts.CUSTOMER_SCOPE,
    point_facts.PROVIDER_SCOPE,
)
"""Facts that compare no date with the status date."""
ON_REQUEST: Final[dict[LocalFact, Callable[[ScheduleSettings], bool]]] = {
    point_facts.TASKS_OUTSIDE_CONTRACT: lambda settings: bool(settings.contract and settings.contract.periods),
    point_facts.CONTRACT_AWARD_FLOAT_DAYS: lambda settings: bool(settings.contract and settings.contract.periods),
    point_facts.CUSTOMER_SCOPE: lambda settings: bool(settings.scope and settings.scope.customer),
    point_facts.PROVIDER_SCOPE: lambda settings: bool(settings.scope and settings.scope.provider),
}
"""Facts that need a list in the settings, and whether the settings have it; without it another source may answer."""
