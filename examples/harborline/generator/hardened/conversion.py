"""System: mock conversions, reconciliation, parallel run, data quality."""

from __future__ import annotations

from collections.abc import Iterator

from ..files import dice
from ..names import OBJECTS
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
    """Yield the sources."""
    yield from _conversion(story)


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
