"""System: acceptance, regression and load tests, batch windows."""

from __future__ import annotations

from collections.abc import Iterator

from ..files import dice
from ..junit import BUILD
from ..names import SERVICES, hashed
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
    runs = [("LT-1", "2026-12-10", "1.02", yes(False), yes(True)), ("LT-3", day, "1.25", yes(True), yes(True))]
    columns = {
        "run": "id",
        "ended_on": "date",
        "load_factor": "decimal:2",
        "like_production": "boolean",
        "relief_tried": "boolean",
    }
    last = "ended_on = (SELECT max(ended_on) FROM runs)"
    yield Source(
        "load-tests",
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
            "perf.peak_load_factor": query(
                f"SELECT load_factor FROM runs WHERE {last}", "runs", type="decimal", unit="x"
            ),
            "perf.prod_like": query(f"SELECT like_production FROM runs WHERE {last}", "runs", type="boolean"),
            "perf.overload_relief_tried": query(f"SELECT relief_tried FROM runs WHERE {last}", "runs", type="boolean"),
        },
    )
    random = dice("jtl")
    samples = []
    for n in range(4000):
        ramp = n < 400
        slow = not ramp and n % 20 == 3  # one in twenty: the slowest five percent begin at 1,840 ms
        elapsed = (
            random.randint(4000, 9000) if ramp else random.randint(1841, 2900) if slow else random.randint(300, 1839)
        )
        samples.append(
            (n * 2000, 1840 if n == 401 else elapsed, "Ramp-up" if ramp else SERVICES[n % 14], yes(n % 500 != 450), day)
        )
    steady = "label <> 'Ramp-up'"
    yield Source(
        "load-samples",
        PROVIDER,
        "Engineering of CFSC",
        {
            "samples": Table(
                "system/load_run.jtl",
                {"offset_ms": "integer", "elapsed": "integer", "label": "text", "success": "boolean"},
                samples,
                ["offset_ms"],
                {"format": "csv"},
            )
        },
        {
            "perf.p95_ms": query(
                "SELECT CAST(max(elapsed) AS DECIMAL(9, 0)) FROM "
                "(SELECT elapsed, row_number() OVER (ORDER BY elapsed) AS place, "
                f"count(*) OVER () AS whole FROM samples WHERE {steady}) WHERE place * 100 < 95 * whole + 100",
                "samples",
                type="decimal",
                unit="ms",
            ),
            "perf.error_ratio": share("not success", 'label != "Ramp-up"'),
            "perf.duration_minutes": query(
                "SELECT CAST((max(offset_ms) - min(offset_ms)) // 60000 + 1 AS DECIMAL(9, 0)) "
                f"FROM samples WHERE {steady}",
                "samples",
                type="decimal",
                unit="minutes",
            ),
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
