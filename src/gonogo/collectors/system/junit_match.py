"""Which planned case a result answers to, and which of several results of one case counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from gonogo.collectors.moment import read_moment
from gonogo.collectors.system.junit_plan import Plan
from gonogo.collectors.system.junit_report import Case, Outcome, Report
from gonogo.plugin.spec import CollectorRefusal, Settings, SettingsRefusal


class PropertyId(Settings):
    """The plan's id is a property of the test case."""

    property: str = Field(min_length=1)


class PatternId(Settings):
    """The plan's id is what the one group of a regular expression (RE2) finds.

    Attributes:
        pattern: With exactly one group, searched anywhere in the text.
        of: The text that is searched.
    """

    pattern: str = Field(min_length=1, max_length=500)
    of: Literal["name", "classname.name"] = "name"


CaseId = Literal["name", "classname.name"] | PropertyId | PatternId
"""What of a test case is the plan's id."""


def match_results(
    plan: Plan, reports: Iterable[Report], case_id: CaseId, *, latest: bool, time_zone: str
) -> tuple[dict[str, Outcome], int]:
    """Return the outcome of each planned case that is told of, and how many results answer to no planned case.

    Raises:
        CollectorRefusal: No result answers to the plan at all, or which run is the latest cannot be known.
    """
    identify = _identifier(case_id)
    found: dict[str, list[tuple[Case, Report]]] = {}
    unplanned = 0
    for report in reports:
        for case in report.cases:
            key = identify(case)
            if key in plan.cases:
                found.setdefault(key, []).append((case, report))
            else:
                unplanned += 1
    if unplanned and not found:
        raise CollectorRefusal(
            f"none of the {unplanned} results carries an id of {plan.file_name}; case_id or id_column does not fit"
        )
    results = {}
    for key, runs in found.items():
        if latest and len(runs) > 1:
            moments = [_rerun_moment(case, report, time_zone) for case, report in runs]
            newest = max(moments)
            runs = [run for run, moment in zip(runs, moments, strict=True) if moment == newest]
        results[key] = min(Outcome.FAILED if case.flaky and not latest else case.outcome for case, _ in runs)
    return results, unplanned


def _rerun_moment(case: Case, report: Report, time_zone: str) -> datetime:
    if not case.timestamp:
        raise CollectorRefusal(
            f"{report.file_name}: {case.name[:80]!r} was run more than once without a time, so no run is the latest"
        )
    return moment_of(case.timestamp, report, time_zone)


def _identifier(rule: CaseId) -> Callable[[Case], str]:
    if isinstance(rule, PropertyId):
        return lambda case: _one_property(case, rule.property)
    if isinstance(rule, PatternId):
        expression = compiled(rule.pattern)
        text = _identifier(rule.of)

        def search(case: Case) -> str:
            match = expression.search(text(case))
            return (match.group(1) or "") if match else ""

        return search
    if rule == "name":
        return lambda case: case.name
    return lambda case: f"{case.class_name}.{case.name}"


def _one_property(case: Case, name: str) -> str:
    values = {value for key, value in case.properties if key == name}
    if len(values) > 1:
        raise CollectorRefusal(f"the case {case.name[:80]!r} has several values of the property {name!r}")
    return values.pop() if values else ""


def compiled(pattern: str) -> Any:
    """Compile with RE2, whose time is linear whatever a report holds.

    Raises:
        SettingsRefusal: No regular expression, or not one group.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        expression = re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        raise SettingsRefusal([(("case_id", "pattern"), f"this is not a regular expression: {said}")]) from error
    if expression.groups != 1:
        raise SettingsRefusal(
            [(("case_id", "pattern"), f"one group is needed around the id; there are {expression.groups}")]
        )
    return expression


def moment_of(text: str, report: Report, time_zone: str) -> datetime:
    """Return the instant of a report's timestamp; without an offset it is local time.

    Raises:
        CollectorRefusal: It is no ISO 8601 time.
    """
    moment = read_moment(text, time_zone)
    if moment is None:
        raise CollectorRefusal(f"{report.file_name} has the timestamp {text[:40]!r}, which is no ISO 8601 time")
    return moment
