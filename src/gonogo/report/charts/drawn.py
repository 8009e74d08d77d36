"""The charts of a run: readiness, blockers, slip and float over the assessments; age of evidence, margins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Final

from gonogo.model.finding import ComparisonReading
from gonogo.model.ruleset import Domain
from gonogo.report.charts.svg import Bar, Series, TimeMark, bars, over_time
from gonogo.report.earlier_runs import FLOAT, SLIP, EarlierRun, one_value
from gonogo.report.page import Figure, PageTable, Section
from gonogo.report.view import RunView
from gonogo.report.words import count, local

FEWEST: Final = 2
"""Runs from which on there is a line."""
MOST_BARS: Final = 12
_NUMBER: Final = re.compile(r"^(-?[\d,]+(?:\.\d+)?)(%?)(?: (.*))?$")


def charts_section(view: RunView) -> tuple[Section, ...]:
    """Return the section with the charts that this run has figures for; nothing where there are none."""
    found = tuple(_figures(view))
    return (Section("charts", "Charts", found),) if found else ()


def _figures(view: RunView) -> Iterator[Figure]:
    runs = (*view.earlier, _this(view))
    if len(runs) >= FEWEST:
        yield _readiness(view, runs)
        yield _blockers(view, runs)
        slips = [(run, run.slip) for run in runs if run.slip is not None]
        if len(slips) >= FEWEST:
            yield _slips(view, [run for run, _slip in slips])
        floats = [run for run in runs if run.floats is not None]
        if len(floats) >= FEWEST:
            yield _floats(view, floats)
    ages, margins = _ages(view), _margins(view)
    if ages is not None:
        yield ages
    if margins is not None:
        yield margins


def _this(view: RunView) -> EarlierRun:
    run, decision = view.started, view.decision
    domains = {part.domain.value: (part.met, part.due) for part in decision.domains}
    return EarlierRun(
        run.envelope.run,
        run.now,
        decision.verdict.value,
        domains,
        len(decision.blockers),
        run.ruleset,
        run.ruleset_sha256,
        one_value(view.evidence, SLIP),
        one_value(view.evidence, FLOAT),
    )


def _changes(runs: tuple[EarlierRun, ...] | list[EarlierRun]) -> list[TimeMark]:
    """Return the moments from which on other rules judged: before and after are not one line."""
    pairs = pairwise(runs)
    return [TimeMark(later.now, "other rules") for earlier, later in pairs if earlier.rules != later.rules]


def _readiness(view: RunView, runs: tuple[EarlierRun, ...]) -> Figure:
    series = [
        Series(domain.value.capitalize(), tuple(_shares(runs, domain.value)))
        for domain in Domain
        if any(_shares(runs, domain.value))
    ]
    zone = view.started.program.zone
    names = [domain.value for domain in Domain]
    rows = tuple(
        (local(run.now, zone), *(_met(run, name) for name in names), run.verdict, _which(run, before))
        for before, run in zip((None, *runs), runs, strict=False)
    )
    header = ("Assessed", *(name.capitalize() for name in names), "Verdict", "Rules")
    words = f"Share of the criteria due that are met, by domain, over {count(len(runs), 'assessment')}."
    drawn = over_time("readiness", "Readiness", words, series, top=100, unit="%", marks=_changes(runs))
    return Figure(drawn, PageTable("Readiness: criteria met of those due", header, rows))


def _shares(runs: tuple[EarlierRun, ...], domain: str) -> Iterator[tuple[datetime, float]]:
    for run in runs:
        met, due = run.domains.get(domain, (0, 0))
        if due:
            yield run.now, round(100 * met / due, 1)


def _met(run: EarlierRun, domain: str) -> str:
    met, due = run.domains.get(domain, (0, 0))
    return f"{met} of {due}" if due else "nothing due"


def _which(run: EarlierRun, before: EarlierRun | None) -> str:
    changed = before is not None and before.rules != run.rules
    return f"{run.ruleset}, other rules than before" if changed else run.ruleset


def _blockers(view: RunView, runs: tuple[EarlierRun, ...]) -> Figure:
    go_live, program = view.started.release.go_live, view.started.program
    points = tuple((run.now, float(run.blockers)) for run in runs)
    marks = [*_changes(runs), TimeMark(go_live, "go-live")]
    rows = tuple(
        (
            local(run.now, program.zone),
            str(run.blockers),
            str((program.local_date(go_live) - program.local_date(run.now)).days),
            run.verdict,
        )
        for run in runs
    )
    words = f"Reasons against going live over {count(len(runs), 'assessment')}, now {runs[-1].blockers}."
    top = max(value for _at, value in points)
    drawn = over_time(
        "blockers", "Reasons against going live", words, [Series("Reasons", points)], top=top, marks=marks
    )
    header = ("Assessed", "Reasons against", "Days to go-live", "Verdict")
    return Figure(drawn, PageTable("Reasons against going live, and days left", header, rows))


def _slips(view: RunView, runs: list[EarlierRun]) -> Figure:
    points = tuple((run.now, max(0.0, float(run.slip or 0))) for run in runs)
    rows = tuple((local(run.now, view.started.program.zone), f"{run.slip}") for run in runs)
    words = f"Calendar days by which the forecast of go-live is late, now {runs[-1].slip}."
    top = max(value for _at, value in points)
    drawn = over_time(
        "slip", "Slip of go-live", words, [Series("Slip", points)], top=top, unit=" d", marks=_changes(runs)
    )
    return Figure(drawn, PageTable("Slip of go-live in the schedule", ("Assessed", "Calendar days late"), rows))


def _floats(view: RunView, runs: list[EarlierRun]) -> Figure:
    points = tuple((run.now, float(run.floats or 0)) for run in runs)
    rows = tuple((local(run.now, view.started.program.zone), f"{run.floats}") for run in runs)
    words = f"Working days of total float of the go-live milestone, now {runs[-1].floats}; below 0 it is late already."
    values = [value for _at, value in points]
    drawn = over_time(
        "float",
        "Float of go-live",
        words,
        [Series("Float", points)],
        top=max(0.0, *values),
        low=min(0.0, *values),
        unit=" d",
        marks=_changes(runs),
    )
    return Figure(drawn, PageTable("Float of go-live in the schedule", ("Assessed", "Working days of float"), rows))


def _ages(view: RunView) -> Figure | None:
    """The facts that are too old first, or over their age already: by the days that they have left."""
    found: dict[str, tuple[float, float]] = {}
    for reading in (reading for finding in view.findings for reading in finding.facts):
        if reading.as_of is not None and reading.stale_at is not None and reading.stale_at > reading.as_of:
            limit = (reading.stale_at - reading.as_of).total_seconds() / 86_400
            age = (view.started.now - reading.as_of).total_seconds() / 86_400
            if reading.fact not in found or limit - age < found[reading.fact][1] - found[reading.fact][0]:
                found[reading.fact] = (age, limit)
    worst = sorted(found.items(), key=lambda item: (item[1][1] - item[1][0], item[0]))[:MOST_BARS]
    if not worst:
        return None
    # Whole days that have passed, as in every other sentence: 6.6 days are not 7 of 7.
    drawn = [Bar(fact, age, limit, f"{int(age)} of {round(limit, 1):g} days") for fact, (age, limit) in worst]
    words = (
        f"Age of usable evidence and how old it may be, for the {count(len(worst), 'fact')} with the fewest days left."
    )
    rows = tuple((fact, f"{age:.1f}", f"{limit:.1f}", f"{limit - age:.1f}") for fact, (age, limit) in worst)
    table = PageTable(
        "Age of usable evidence, the fewest days left first", ("Fact", "Days old", "Too old at", "Days left"), rows
    )
    return Figure(bars("ages", "Age of evidence", words, drawn), table)


def _margins(view: RunView) -> Figure | None:
    """The comparisons that are nearest to their limits, met or not."""
    found = []
    for finding in view.findings:
        for reading in finding.comparisons:
            pair = _pair(reading)
            if pair is not None:
                value, limit = pair
                near = abs(value - limit) / max(abs(value), abs(limit), 1e-9)
                found.append((near, reading, value, limit))
    worst = sorted(found, key=lambda entry: (entry[0], entry[1].text))[:MOST_BARS]
    if not worst:
        return None
    drawn = [
        Bar(each.text, value, limit, f"{each.left} {each.operator} {each.right}") for _near, each, value, limit in worst
    ]
    words = f"Values and their limits, for {count(len(worst), 'comparison')} nearest to the limit."
    rows = tuple((each.text, each.left, f"{each.operator} {each.right}", each.margin) for _n, each, _v, _l in worst)
    header = ("Comparison", "Value", "Needed", "Margin")
    return Figure(
        bars("margins", "Margins", words, drawn),
        PageTable("Values next to their limits, the nearest first", header, rows),
    )


def _pair(reading: ComparisonReading) -> tuple[float, float] | None:
    """Return both sides as numbers of one unit, neither of them negative; None where they are not that."""
    left, right = _NUMBER.match(reading.left), _NUMBER.match(reading.right)
    if left is None or right is None or left[2] != right[2] or not reading.exact:
        return None
    value, limit = (float(side[1].replace(",", "")) for side in (left, right))
    return (value, limit) if value >= 0 and limit >= 0 else None
