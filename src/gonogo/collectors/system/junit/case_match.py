"""Which planned case a result answers to, and which of several results of one case counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from gonogo.collectors.system.junit.case_id import CaseId, identifier
from gonogo.collectors.system.junit.planned_cases import CasePlan
from gonogo.collectors.system.junit.report_model import CaseOutcome, Report, ReportedCase
from gonogo.collectors.system.junit.run_moment import moment_of
from gonogo.model.evidence import GapReason
from gonogo.model.look_alike import as_read
from gonogo.plugin.spec import CollectorRefusal


@dataclass(frozen=True, slots=True)
class Results:
    """What became of the planned cases.

    Attributes:
        outcomes: Each planned case that a report mentions, to its outcome.
        doubtful: Planned cases that look passed, where some of their neighbours, or they, only look so; in no order.
        proved: How many of them passed at least; nobody knows which.
        unplanned: What the results are called that answer to no planned case, each once, in the order of the reports.
        strays: How many such results there are.
    """

    outcomes: Mapping[str, CaseOutcome]
    doubtful: frozenset[str]
    proved: int
    unplanned: tuple[str, ...]
    strays: int


class _CaseRun(NamedTuple):
    case: ReportedCase
    report: Report
    group: tuple[int, int] | None


def match_results(
    plan: CasePlan,
    reports: Sequence[Report],
    counted: Sequence[frozenset[int]],
    case_id: CaseId,
    *,
    latest: bool,
    time_zone: str,
) -> Results:
    """Return the outcome of each planned case that a report mentions, and what answers to no planned case.

    Args:
        plan: The plan.
        reports: The reports.
        counted: Of each report the numbers of the cases that count.
        case_id: What of a case is the plan's id.
        latest: Whether the latest run of a case counts; the worst otherwise.
        time_zone: Of times without an offset.

    Raises:
        CollectorRefusal: No result answers to the plan at all, one looks like a planned case in another spelling, or
            which run is the latest cannot be known.
    """
    found: dict[str, list[_CaseRun]] = {}
    unplanned: dict[str, None] = {}
    strays = 0
    for place, (report, numbers) in enumerate(zip(reports, counted, strict=True)):
        groups, identify = _groups(report), identifier(case_id, report.file_name)
        for number, case in enumerate(report.cases):
            key = identify(case)
            if number not in numbers or key in plan.elsewhere:
                continue
            if key in plan.cases:
                group = groups.get(number)
                run = _CaseRun(case, report, None if group is None else (place, group))
                if key in found:
                    found[key].append(run)
                else:
                    found[key] = [run]
            else:
                strays += 1
                unplanned[key or case.name] = None
    if strays and not found:
        raise CollectorRefusal(
            f"none of the {strays} results carries an id of {plan.file_name} (the first is "
            f"{next(iter(unplanned))[:60]!r}); case_id or id_column does not fit"
        )
    _refuse_look_alikes(plan, unplanned)
    outcomes: dict[str, CaseOutcome] = {}
    doubtful: dict[tuple[int, int], set[str]] = {}
    for key, runs in found.items():
        if latest and len(runs) > 1:
            moments = [_rerun_moment(run, time_zone) for run in runs]
            newest = max(moments)
            runs = [run for run, moment in zip(runs, moments, strict=True) if moment == newest]
        worst = min([CaseOutcome.FAILED if run.case.flaky and not latest else run.case.outcome for run in runs])
        outcomes[key] = worst
        for run in runs:
            if run.group is not None and worst is CaseOutcome.PASSED:
                doubtful.setdefault(run.group, set()).add(key)
    every, spoiled = _doubts(outcomes, reports, doubtful)
    return Results(outcomes, every, max(0, len(every) - spoiled), tuple(unplanned), strays)


def _refuse_look_alikes(plan: CasePlan, unplanned: Iterable[str]) -> None:
    """Refuse a result that looks like a planned case in another spelling: a failed one would count nowhere.

    Raises:
        CollectorRefusal: It is there; with both spellings.
    """
    names = list(unplanned)
    planned = {as_read(case): case for case in plan.cases} if names else {}
    for name in names:
        if (case := planned.get(as_read(name))) is not None:
            raise CollectorRefusal(
                f"a result is called {name[:60]!r} and the plan has {case[:60]!r}, which look like one case in two "
                f"spellings; write it alike in {plan.file_name} and in the reports",
                GapReason.CONFLICT,
            )


def _doubts(
    outcomes: Mapping[str, CaseOutcome], reports: Sequence[Report], doubtful: Mapping[tuple[int, int], set[str]]
) -> tuple[frozenset[str], int]:
    """Return the planned cases that only may have passed, and how many of them did not at worst."""
    every = frozenset().union(*doubtful.values())
    spoiled = 0
    for place, report in enumerate(reports):
        taken = sum(
            min(report.groups[group].deficit, len(keys)) for (at, group), keys in doubtful.items() if at == place
        )
        spoiled += max(taken, report.hidden_failures)
    if any(report.hidden_failures for report in reports):  # it may be another run of any case, in any report
        every = frozenset(key for key, outcome in outcomes.items() if outcome is CaseOutcome.PASSED)
    return every, spoiled


def _groups(report: Report) -> dict[int, int]:
    """Return the number of the group of each case that is in one."""
    return {number: at for at, group in enumerate(report.groups) for number in range(group.start, group.end)}


def _rerun_moment(run: _CaseRun, time_zone: str) -> datetime:
    if not run.case.timestamp:
        raise CollectorRefusal(
            f"{run.report.file_name}: {run.case.name[:80]!r} was run more than once without a time, so no run is the "
            "latest"
        )
    return moment_of(run.case.timestamp, run.report, time_zone)
