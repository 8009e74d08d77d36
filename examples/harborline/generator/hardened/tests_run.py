"""System: acceptance, regression and load tests, batch windows."""

from __future__ import annotations

from collections.abc import Iterator

from ..junit import BUILD
from ..names import hashed
from . import load_run
from .source import Source, Table, query, share, value, whether, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield _acceptance(story)
    yield _regression(story)
    yield from _load(story)
    yield _batch(story)


def _acceptance(story: Story) -> Source:
    run, planned = story.counts("uat.executed_ratio")
    passed = story.part("uat.pass_ratio_of_planned")
    order = sorted(range(1, planned + 1), key=lambda n: (n % 9 != 0, n * 7919 % planned))  # critical ones first
    results = {
        n: "Passed" if place < passed else "Failed" if place < run else "Not run" for place, n in enumerate(order)
    }
    rows = [
        (f"UAT-{n:03d}", hashed("tester", n % 41), "Production", "Converted", results[n], story.ago(5))
        for n in range(1, planned + 1)
    ]
    columns = {
        "script": "id",
        "tester": "-",
        "roles": "text:Production|Test",
        "data": "text:Converted|Made up",
        "result": "text:Passed|Failed|Not run",
    }
    return Source(
        "acceptance-tests",
        CUSTOMER,
        "Acceptance test team",
        {"scripts": Table("system/uat_results.csv", columns, rows, ["script"])},
        {
            "uat.executed_ratio": share('result in ["Passed", "Failed"]'),
            "uat.pass_ratio_of_planned": share('result == "Passed"'),
            "uat.used_converted_data": whether('data == "Converted"', how="all"),
            "uat.production_roles": whether('roles == "Production"', how="all"),
        },
        subject={"environment": "UAT"},
        personal=True,
    )


def _regression(story: Story) -> Source:
    columns = {"run": "id", "ran_on": "text", "candidate": "text", "hours_after_change": "decimal:1"}
    return Source(
        "regression-run",
        PROVIDER,
        "Engineering of CFSC",
        {
            "runs": Table(
                "system/regression_run.csv", columns, [("Nightly", BUILD, BUILD, "6.0", story.ago(3))], ["run"]
            )
        },
        {
            "regression.build_matches_rc": whether("ran_on == candidate", how="all"),
            "regression.hours_since_last_change": value("hours_after_change", how="min", unit="hours"),
        },
        subject={"build": BUILD},
    )


def _load(story: Story) -> Iterator[Source]:
    day = "2027-01-21" if story.stopped else story.ago(12)
    yield Source(
        "load-test",
        PROVIDER,
        "Engineering of CFSC",
        {"file": Table("system/load_run.jtl", {}, content=load_run.jtl(day), held="document")},
        {},
        subject={"build": BUILD},
        collector="load",
        prefix="perf",
        settings={"forecast_peak": {"users": load_run.FORECAST}},
    )
    runs = [("LT-1", "2026-12-10", yes(False), yes(True)), ("LT-3", day, yes(True), yes(True))]
    columns = {"run": "id", "ended_on": "date", "like_production": "boolean", "relief_tried": "boolean"}
    last = "ended_on = (SELECT max(ended_on) FROM runs)"
    yield Source(
        "load-runs",
        PROVIDER,
        "Engineering of CFSC",
        {
            "runs": Table(
                "system/load_runs.csv",
                columns,
                runs,
                ["run"],
                held={"column": "ended_on", "pick": "latest"},
            )
        },
        {
            "perf.prod_like": query(f"SELECT like_production FROM runs WHERE {last}", "runs", type="boolean"),
            "perf.overload_relief_tried": query(f"SELECT relief_tried FROM runs WHERE {last}", "runs", type="boolean"),
        },
    )


def _batch(story: Story) -> Source:
    longest, window = story.counts("batch.nightly_window_used_ratio")
    close, month = story.counts("batch.month_end_window_used_ratio")
    rows = [(f"Night {n + 1:02d}", "Nightly", longest - 3 * (n % 9), window, 0, story.ago(6)) for n in range(21)]
    rows.append(("Close 01", "Month end", close, month, 0, story.ago(6)))
    columns = {
        "cycle": "id",
        "kind": "text:Nightly|Month end",
        "minutes": "integer",
        "window_minutes": "integer",
        "failed_jobs": "integer",
    }
    worst = (
        "SELECT minutes AS part, window_minutes AS whole FROM cycles WHERE kind = '{}' ORDER BY minutes DESC LIMIT 1"
    )
    return Source(
        "batch-cycles",
        PROVIDER,
        "Engineering of CFSC",
        {
            "cycles": Table(
                "system/batch_cycles.csv",
                columns,
                rows,
                ["cycle"],
                {"not_subject": {"cycle": "a night, and no cycle of tests"}},
            )
        },
        {
            "batch.nightly_window_used_ratio": query(worst.format("Nightly"), "cycles", type="ratio"),
            "batch.month_end_window_used_ratio": query(worst.format("Month end"), "cycles", type="ratio"),
            "batch.failed_jobs": value("failed_jobs", how="sum", unit="jobs"),
        },
    )
