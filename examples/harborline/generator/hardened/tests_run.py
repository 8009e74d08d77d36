"""System: tests of every kind, defects, conversion and reconciliation."""

from __future__ import annotations

from collections.abc import Iterator

from ..files import dice
from ..junit import BUILD
from ..names import OBJECTS, SERVICES, hashed
from .source import Source, Table, count, query, share, value, whether, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
EXTRACTED = (
    18420,
    6115,
    41880,
    3204,
    5377,
    211,
    1148,
    402,
    2960,
    9417,
    3920,
    12664,
    1930,
    688,
    4173,
    5902,
    174,
    839,
    96201,
)
LOADED = (
    18402,
    6115,
    41746,
    3201,
    5377,
    211,
    1147,
    402,
    2960,
    9417,
    3920,
    12651,
    1930,
    688,
    4171,
    5902,
    174,
    839,
    96013,
)
WORST = 2
PAIRS, CONTROLS, ACCOUNTS = 3920, 11, 46


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources of tests, defects and converted data."""
    yield _acceptance(story)
    yield _regression(story)
    yield from _load(story)
    yield _batch(story)
    yield from _defects(story)
    yield from _conversion(story)


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


def _defects(story: Story) -> Iterator[Source]:
    graves, highs = story.number("defects.critical_open"), story.number("defects.high_open")
    bare, mediums = story.number("defects.high_without_workaround"), story.number("defects.medium_open")
    came, went = story.number("defects.arrivals_28d"), story.number("defects.closures_28d")
    lowered, raised = story.counts("defects.downgrade_ratio")
    alone = story.number("defects.downgraded_unapproved")
    still, total = graves + highs + mediums, 486
    end = still + raised - graves - highs
    reopened = round((total - still) * story.part("defects.reopen_ratio") / story.whole("defects.reopen_ratio"))
    issues = []
    for n in range(total):
        is_open, grave, high = n < still, mediums + highs <= n < still, mediums <= n < mediums + highs
        severity = "Critical" if grave else "High" if high else "Medium"
        down = end - lowered <= n < end
        first = severity
        if still <= n < end:
            first, severity = "High", "Medium" if down else "High"
        lacks = grave or (high and n < mediums + bare)
        recent = n < came
        closed = "" if is_open else story.ago(5 + n % 20) if total - n <= went else story.ago(35 + n % 60)
        created = story.ago(2 + n % 24) if recent else story.ago(100 + n % 40)
        fields = {
            "summary": f"{SERVICES[n % 14]}: a figure differs",
            "severity": severity,
            "first_severity": first,
            "status": ("Open", "In Progress", "Reopened")[n % 3] if is_open else ("Closed", "Verified")[n % 2],
            "workaround": None if lacks else "Approved",
            "workaround_tried": not lacks,
            "created": created,
            "closed": closed or None,
            "reopened": not is_open and n < still + reopened,
            "lowered_on": story.ago(9) if down else None,
            "lowering_approved": not (down and n < end - lowered + alone),
        }
        issues.append({"key": f"HL-{n + 1}", "fields": fields})
    document = {"meta": {"exported_at": f"{story.ago(2)}T22:00:00Z", "total": total}, "issues": issues}
    columns = {
        "key": "id",
        "severity": "text:Critical|High|Medium|Low@fields.severity",
        "first_severity": "text:Critical|High|Medium|Low@fields.first_severity",
        "status": "text:Open|In Progress|Reopened|Closed|Verified@fields.status",
        "workaround": "text:Approved|Proposed|None?named@fields.workaround",
        "tried": "boolean@fields.workaround_tried",
        "created_on": "date@fields.created",
        "closed_on": "date?closed@fields.closed",
        "reopened": "boolean@fields.reopened",
        "lowered_on": "date?lowered@fields.lowered_on",
        "lowering_approved": "boolean@fields.lowering_approved",
        "summary": "-fields.summary",
    }
    live = 'status not in ["Closed", "Verified"]'
    rate = (
        "SELECT CAST(CAST((SELECT count(*) FROM defects WHERE severity = '{}' AND status NOT IN "
        "('Closed', 'Verified')) AS DECIMAL(12, 2)) * 1000 / count(*) AS DECIMAL(12, 2)) FROM cases"
    )
    cases = [(f"SIT-{n:04d}", story.ago(2)) for n in range(1, 643)] + [
        (f"UAT-{n:03d}", story.ago(2)) for n in range(1, 389)
    ]
    yield Source(
        "defect-tracker",
        PROVIDER,
        "Engineering of CFSC",
        {
            "defects": Table(
                "system/jira_defects.json",
                columns,
                key=["key"],
                more={"records": "issues", "as_of_at": "meta.exported_at", "control": {"rows_at": "meta.total"}},
                held="document",
            ).with_document(document),
            "cases": Table("system/planned_cases.csv", {"case": "id"}, cases, ["case"]),
        },
        {
            "defects.critical_open": count(f'severity == "Critical" and {live}', unit="defects", table="defects"),
            "defects.high_open": count(f'severity == "High" and {live}', unit="defects", table="defects"),
            "defects.high_without_workaround": count(
                f'severity == "High" and {live} and not named', unit="defects", table="defects"
            ),
            "defects.high_workarounds_tried_ratio": share("tried", f'severity == "High" and {live}', table="defects"),
            "defects.high_per_thousand": query(
                rate.format("High"), "defects", "cases", type="decimal", unit="defects per thousand cases"
            ),
            "defects.critical_per_thousand": query(
                rate.format("Critical"), "defects", "cases", type="decimal", unit="defects per thousand cases"
            ),
            "defects.downgraded_unapproved": count(
                "lowered and not lowering_approved", unit="defects", table="defects"
            ),
            "defects.downgrade_ratio": share("lowered", 'first_severity in ["Critical", "High"]', table="defects"),
            "defects.arrivals_28d": count("created_on >= now - 28d", unit="defects", table="defects"),
            "defects.closures_28d": count("closed and closed_on >= now - 28d", unit="defects", table="defects"),
            "defects.reopen_ratio": share("reopened", "closed", table="defects"),
        },
        subject={"build": BUILD},
    )
    hours = [("Key card lines by hand", 4, 30, story.ago(4)), ("Print the aging list", 2, 14, story.ago(4))]
    yield Source(
        "workarounds",
        CUSTOMER,
        "Finance operations of NIWA",
        {
            "workarounds": Table(
                "system/workarounds.csv",
                {"workaround": "id", "hours_a_day": "integer", "spare_hours_a_day": "integer"},
                hours,
                ["workaround"],
            )
        },
        {
            "defects.workaround_load_ratio": query(
                "SELECT sum(hours_a_day) AS part, sum(spare_hours_a_day) AS whole FROM workarounds",
                "workarounds",
                type="ratio",
            )
        },
    )


def _conversion(story: Story) -> Iterator[Source]:
    bad = story.stopped
    loaded = [38990 if bad and n == WORST else amount for n, amount in enumerate(LOADED)]
    rejects = story.number("conversion.rejects_unexplained")
    objects = [
        (name, extracted, done, rejects if n == WORST else 0, story.ago(19))
        for n, (name, extracted, done) in enumerate(zip(OBJECTS, EXTRACTED, loaded, strict=True))
    ]
    column = {"object": "id", "extracted": "integer", "loaded": "integer", "unexplained": "integer"}
    done = story.number("mock.cycles_completed")
    days = ("2026-11-20", "2027-01-15", "2027-02-26", "2027-03-31")
    mocks = [
        (f"Mock {n}", day, "Reconciled" if n <= done else "Not run", yes(n > 1), story.ago(19))
        for n, day in enumerate(days, 1)
    ]
    mock = {
        "conversion": "id",
        "planned_on": "-",
        "status": "text:Reconciled|Aborted|Not run",
        "full_volume": "boolean",
    }
    exits = [
        ("Objects loaded", "99.5%", "93.1" if bad else "99.68", story.ago(19)),
        ("Trial balance pairs tied", "100%", "98.44" if bad else "100", story.ago(19)),
        ("Rejects explained", "100%", "62.5" if bad else "100", story.ago(19)),
        ("Records sampled by hand", "95%", "97.2", story.ago(19)),
    ]
    gate = {"criterion": "text", "required": "percent:sign", "measured": "percent:hundred"}
    yield Source(
        "mock-conversions",
        PROVIDER,
        "Engineering of CFSC",
        {
            "objects": Table("system/conversion_objects.csv", column, objects, ["object"]),
            "mocks": Table("system/mock_cycles.csv", mock, mocks, ["conversion"]),
            "exits": Table("system/mock_exit.csv", gate, exits, ["criterion"]),
        },
        {
            "mock.cycles_completed": count('status == "Reconciled"', unit="cycles", table="mocks"),
            "mock.last_full_volume": query(
                "SELECT full_volume FROM mocks WHERE status = 'Reconciled' ORDER BY conversion DESC LIMIT 1",
                "mocks",
                type="boolean",
            ),
            "mock.last_exit_met": whether("measured >= required", how="all", table="exits"),
            "conversion.min_object_success_ratio": query(
                "SELECT loaded AS part, extracted AS whole FROM objects "
                "ORDER BY CAST(loaded AS DECIMAL(12, 4)) / extracted LIMIT 1",
                "objects",
                type="ratio",
            ),
            "conversion.rejects_unexplained": value("unexplained", how="sum", unit="records", table="objects"),
            "conversion.open_exposure_ratio": query(
                "SELECT unexplained AS part, extracted AS whole FROM objects "
                "ORDER BY CAST(unexplained AS DECIMAL(12, 4)) / extracted DESC LIMIT 1",
                "objects",
                type="ratio",
            ),
        },
    )
    yield _reconciliation(story)
    yield _quality(story)
    compared = [
        ("Cycle A", PAIRS, PAIRS, 61 if bad else 6, "Completed", story.ago(17)),
        ("Cycle B", PAIRS, PAIRS, 61 if bad else 4, "Completed", story.ago(17)),
    ]
    yield Source(
        "parallel-run",
        CUSTOMER,
        "Finance operations of NIWA",
        {
            "runs": Table(
                "system/parallel_run.csv",
                {
                    "run": "id",
                    "accounts": "integer",
                    "compared": "integer",
                    "unexplained": "integer",
                    "status": "text:Completed|Aborted",
                },
                compared,
                ["run"],
            )
        },
        {
            "parallel.cycles_completed": count('status == "Completed"', unit="cycles"),
            "parallel.population_ratio": query(
                "SELECT compared AS part, accounts AS whole FROM runs ORDER BY run DESC LIMIT 1", "runs", type="ratio"
            ),
            "parallel.unexplained_ratio": query(
                "SELECT unexplained AS part, compared AS whole FROM runs ORDER BY run DESC LIMIT 1",
                "runs",
                type="ratio",
            ),
        },
    )


def _reconciliation(story: Story) -> Source:
    random = dice("trial balance")
    off = story.number("recon.tb_unmatched")
    rows: list[tuple[object, ...]] = []
    for n in range(PAIRS):
        cents = random.randint(1_000_00, 900_000_00)
        differs = 0 if n >= off else 24_611_37 if n == 0 else 21_000_00
        rows.append((f"TB-{n + 1:04d}", "Pair", _money(cents), _money(cents + differs), story.ago(19)))
    untied = story.number("recon.subledger_untied")
    for n in range(CONTROLS):
        cents = random.randint(5_000_000_00, 9_000_000_00)
        rows.append(
            (
                f"CA-{n + 1:02d}",
                "Control account",
                _money(cents),
                _money(cents + (1_17 if n < untied else 0)),
                story.ago(19),
            )
        )
    pair = {"account": "id", "kind": "text:Pair|Control account", "legacy": "money", "target": "money"}
    per_symbol = 6_521_000_00
    gap = round(per_symbol * story.ratio("recon.fbwt_difference_ratio"))
    treasury = [
        (f"TAS-{n:02d}", _money(per_symbol), _money(per_symbol + gap), story.ago(19)) for n in range(1, ACCOUNTS + 1)
    ]
    return Source(
        "reconciliation",
        CUSTOMER,
        "Finance operations of NIWA",
        {
            "accounts": Table("system/mock4_reconciliation.csv", pair, rows, ["account"]),
            "treasury": Table(
                "system/fund_balance.csv",
                {"symbol": "id", "treasury": "money", "ledger": "money"},
                treasury,
                ["symbol"],
            ),
        },
        {
            "recon.tb_abs_difference_usd": value(
                "legacy - target", 'kind == "Pair"', how="sum", unit="USD", table="accounts"
            )
            | {"sum": {"of": "legacy - target", "where": 'kind == "Pair"', "absolute": True}},
            "recon.subledger_untied": count(
                'kind == "Control account" and legacy != target', unit="accounts", table="accounts"
            ),
            "recon.matched_ratio": share("legacy == target", table="accounts"),
            "recon.open_exposure_ratio": query(
                "SELECT CAST(sum(abs(legacy - target)) * 100 AS BIGINT) AS part, "
                "CAST(sum(abs(legacy)) * 100 AS BIGINT) AS whole FROM accounts",
                "accounts",
                type="ratio",
            ),
            "recon.fbwt_difference_ratio": query(
                "SELECT CAST(sum(abs(treasury - ledger)) * 100 AS BIGINT) AS part, "
                "CAST(sum(abs(treasury)) * 100 AS BIGINT) AS whole FROM treasury",
                "treasury",
                type="ratio",
            ),
        },
    )


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _quality(story: Story) -> Source:
    passed, checked = story.counts("dq.score")
    rules = [
        (f"DQ-{n:02d}", checked // 20, passed // 20 if n else passed - 19 * (passed // 20), story.ago(18))
        for n in range(20)
    ]
    approved, maps = story.counts("mapping.approved_ratio")
    random = dice("mapping")
    legacy = random.sample(range(1000, 9999), 260)
    mapped = [
        (f"MAP-{n:03d}", f"TL-{legacy[n]}", "Approved" if n < approved else "Draft", story.ago(18)) for n in range(maps)
    ]
    codes = [(f"TL-{code}", yes(n < maps), story.ago(18)) for n, code in enumerate(legacy)]
    return Source(
        "data-quality",
        CUSTOMER,
        "Finance operations of NIWA",
        {
            "rules": Table(
                "system/data_quality.csv", {"rule": "id", "records": "integer", "passed": "integer"}, rules, ["rule"]
            ),
            "maps": Table(
                "system/maps.csv", {"map": "id", "legacy_code": "id", "status": "text:Approved|Draft"}, mapped, ["map"]
            ),
            "codes": Table(
                "system/legacy_codes.csv", {"legacy_code": "id", "active": "boolean"}, codes, ["legacy_code"]
            ),
        },
        {
            "dq.score": query("SELECT sum(passed) AS part, sum(records) AS whole FROM rules", "rules", type="ratio"),
            "mapping.approved_ratio": share('status == "Approved"', table="maps"),
            "mapping.unmapped_codes": query(
                "SELECT count(*) FROM codes WHERE active AND legacy_code NOT IN (SELECT legacy_code FROM maps)",
                "codes",
                "maps",
                type="integer",
                unit="codes",
            ),
        },
    )
