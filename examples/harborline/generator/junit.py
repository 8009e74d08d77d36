"""Integration and regression tests: plans as CSV, results as JUnit XML with nested suites."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from .figures import Figures
from .files import write_csv, write_text
from .names import INTERFACES, SERVICES

FOLDER = Path("evidence", "system")
BUILD = "sha256:5b1f0d7c9a3e42868f6d1b7e0c5a9342d8e6f7019b2c4a5d6e8f90713a2b4c5d"
"""Digest of the artifact that is released; the reports name it, and gonogo.yaml does."""

RUN_ON = ("2027-04-08", "2027-04-09", "2027-04-16")

Case = tuple[str, str, str, bool]
"""Id, suite, title, critical."""


def write(target: Path, figures: Figures, days: Sequence[str] = RUN_ON, together: str = "") -> None:
    """Write plans and results of a program; the reports are of those days.

    Integration tests of services and interfaces are reported apart, or ``together`` in the file of that name.
    """
    integration = _cases("SIT", (*SERVICES, *INTERFACES), figures.number("sit.planned"))
    passed, _ = figures.counts("sit.pass_ratio_of_planned")
    ran, planned = figures.counts("sit.executed_ratio")
    broken = _spread(integration, ran - passed)
    _plan(target, "sit_plan.csv", integration)
    waiting = {
        case[0]
        for case in [case for case in integration if case[0] not in broken and not case[3]][1::5][: planned - ran]
    }
    integration = [case for case in integration if case[0] not in waiting]
    if together:
        _report(target, together, integration, broken, days[1])
    else:
        services = [case for case in integration if case[1] in SERVICES]
        _report(target, "sit_services.xml", services, broken, days[0])
        interfaces = [case for case in integration if case[1] in INTERFACES]
        _report(target, "sit_interfaces.xml", interfaces, broken, days[1])
    regression = _cases("REG", SERVICES, figures.number("regression.planned"))
    passed, whole = figures.counts("regression.pass_ratio")
    executed, _ = figures.counts("regression.executed_ratio")
    silent = {case[0] for case in regression[700 : 700 + whole - executed]}
    broken = _spread(regression, executed - passed)
    _plan(target, "regression_plan.csv", regression)
    told = [case for case in regression if case[0] not in silent]
    _report(target, "regression.xml", told, broken, days[2])


def _cases(prefix: str, suites: Sequence[str], count: int) -> list[Case]:
    return [
        (
            f"{prefix}-{number:04d}",
            suites[number % len(suites)],
            f"Variant {number // len(suites) + 1}",
            number % 9 == 0,
        )
        for number in range(1, count + 1)
    ]


def _spread(cases: list[Case], count: int) -> set[str]:
    """Return the ids of so many cases that are not critical."""
    return {case[0] for case in [case for case in cases if not case[3]][::37][:count]}


def _plan(target: Path, name: str, cases: list[Case]) -> None:
    rows = [(case, suite, title, "Yes" if critical else "No") for case, suite, title, critical in cases]
    write_csv(target / FOLDER / name, ("case_id", "suite", "title", "critical"), rows)


def _report(target: Path, name: str, cases: list[Case], broken: set[str], day: str) -> None:
    """Write one report: suites by service, and inside each its negative cases as a suite of their own."""
    suites = list(dict.fromkeys(case[1] for case in cases))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {_counts(cases, broken)}>"]
    for hour, suite in enumerate(suites):
        mine = [case for case in cases if case[1] == suite]
        inner, outer = mine[::4], [case for place, case in enumerate(mine) if place % 4]
        stamp = f"{day}T{9 + hour % 9:02d}:00:00-04:00"
        lines.append(f"<testsuite name={quoteattr(suite)} {_counts(mine, broken)} timestamp={quoteattr(stamp)}>")
        lines.append(f'<properties><property name="release.digest" value="{BUILD}"/></properties>')
        lines += [_case(case, broken) for case in outer]
        lines.append(f"<testsuite name={quoteattr(suite + ', negative')} {_counts(inner, broken)}>")
        lines += [_case(case, broken) for case in inner]
        lines.append("</testsuite></testsuite>")
    lines.append("</testsuites>")
    write_text(target / FOLDER / name, "\n".join(lines) + "\n")


def _counts(cases: list[Case], broken: set[str]) -> str:
    return f'tests="{len(cases)}" failures="{sum(case[0] in broken for case in cases)}" errors="0" skipped="0"'


def _case(case: Case, broken: set[str]) -> str:
    head = f'<testcase name="{case[0]}" classname={quoteattr(case[1])}'
    if case[0] in broken:
        return f"{head}><failure>a figure differs from the expected one; a defect is raised</failure></testcase>"
    return f"{head}/>"
