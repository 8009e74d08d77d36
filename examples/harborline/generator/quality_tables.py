"""Acceptance tests, defects, the load test, reports."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from .figures import Figures
from .files import dice, write_csv, write_text
from .names import SERVICES, hashed
from .workdays import at

DEFECTS = 486
HIGHS = {"go": 4, "conditional": 9, "nogo": 23}
MEDIUMS = {"go": 37, "conditional": 37, "nogo": 118}
WITHOUT_WORKAROUND = {"go": 0, "conditional": 0, "nogo": 6}
REQUESTS, FAILED, SECONDS = 558_000, 1116, 9000
"""Of the load test: 62 requests a second, where 49.6 are forecast."""


def write(folder: Path, figures: Figures) -> None:
    """Write the tables of a program."""
    home = folder / "system"
    _acceptance(home, figures)
    write_text(home / "defects.json", json.dumps(_defects(figures), indent=1) + "\n")
    ran_on = "2027-01-21" if figures.stopped else "2027-04-07"
    write_text(home / f"k6-summary-{ran_on}.json", json.dumps(_load_test(), indent=1) + "\n")
    _reports(home, figures)


def _acceptance(home: Path, figures: Figures) -> None:
    """Write plan and results; a script that was never run has no row, and nothing but the plan tells."""
    run, planned = figures.counts("uat.executed_ratio")
    passed, _ = figures.counts("uat.pass_ratio_of_planned")
    scripts = [
        (f"UAT-{n:03d}", SERVICES[n % 14], f"Variant {n // 14 + 1}", "No" if n % 9 else "Yes")
        for n in range(1, planned + 1)
    ]
    write_csv(home / "uat_plan.csv", ("script", "service", "title", "critical"), scripts)
    random = dice("uat")
    order = [(critical, script) for script, _, _, critical in scripts]
    random.shuffle(order)
    order.sort(key=lambda entry: entry[0] == "No")  # the critical ones are run first, and passed
    rows = sorted(
        (script, hashed("tester", n % 41), f"SET-{n % 6}", "Passed" if n < passed else "Failed")
        for n, (_, script) in enumerate(order[:run])
    )
    write_csv(home / "uat_results_2027-04-14.csv", ("script", "tester", "data_set", "result"), rows)


def _defects(figures: Figures) -> dict[str, Any]:
    random = dice("defects")
    open_ones = [("Critical", figures.number("defects.critical_open")), ("High", HIGHS[figures.scenario])]
    open_ones.append(("Medium", MEDIUMS[figures.scenario]))
    severities = [severity for severity, count in open_ones for _ in range(count)]
    bare = WITHOUT_WORKAROUND[figures.scenario]
    issues = []
    for n in range(DEFECTS):
        severity = severities[n] if n < len(severities) else random.choice(("High", "Medium", "Medium", "Low"))
        status = ("Open", "In Progress", "Reopened")[n % 3] if n < len(severities) else ("Closed", "Verified")[n % 2]
        lacks = severity == "Critical" or (severity == "High" and n < bare + severities.count("Critical"))
        opened = at("2026-12-01") + timedelta(days=n % 130)
        fields = {
            "summary": f"{SERVICES[n % 14]}: a figure differs",
            "severity": severity,
            "status": status,
            "workaround": None if lacks else "Approved",
            "created": f"{opened:%Y-%m-%d}T12:00:00Z",
        }
        entry: dict[str, Any] = {"key": f"HL-{n + 1}", "fields": fields, "changelog": []}
        if figures.stopped and 2 <= n < 11:  # nine downgrades, seven by who fixes it
            who = "assignee" if n < 9 else "test lead"
            entry["changelog"] = [{"field": "severity", "from": "Critical", "to": "High", "by": who}]
        issues.append(entry)
    meta = {"project": "HL", "exported_at": "2027-04-17T22:00:00Z", "total": DEFECTS}
    return {"meta": meta, "issues": issues}


def _load_test() -> dict[str, Any]:
    """Return what k6 hands to ``handleSummary``. The rate of failures counts those as passes that failed."""
    times = {"avg": 611.4, "min": 88.2, "med": 540.9, "max": 4120.7, "p(90)": 1311.5, "p(95)": 1702.3}
    failed = {"rate": FAILED / REQUESTS, "passes": FAILED, "fails": REQUESTS - FAILED}
    checks = {"rate": 1 - FAILED / (3 * REQUESTS), "passes": 3 * REQUESTS - FAILED, "fails": FAILED}
    return {
        "root_group": {"name": "", "path": "", "id": "d41d8cd98f00b204e9800998ecf8427e", "groups": [], "checks": []},
        "options": {"summaryTrendStats": list(times), "summaryTimeUnit": "", "noColor": False},
        "state": {"isStdOutTTY": False, "isStdErrTTY": False, "testRunDurationMs": SECONDS * 1000},
        "metrics": {
            "http_reqs": {
                "type": "counter",
                "contains": "default",
                "values": {"count": REQUESTS, "rate": REQUESTS / SECONDS},
            },
            "http_req_failed": {"type": "rate", "contains": "default", "values": failed},
            "http_req_duration": {"type": "trend", "contains": "time", "values": times},
            "checks": {"type": "rate", "contains": "default", "values": checks},
        },
    }


def _reports(home: Path, figures: Figures) -> None:
    rows = []
    for prefix, critical, fact in (
        ("RC", "Yes", "reports.critical_validated_ratio"),
        ("RN", "No", "reports.noncritical_validated_ratio"),
    ):
        proven, whole = figures.counts(fact)
        for n in range(1, whole + 1):
            proof = ("Validated", "1.0000") if n <= proven else ("In progress", "0.9870")
            rows.append((f"{prefix}-{n:02d}", SERVICES[n % 14], critical, *proof))
    header = ("report", "service", "critical", "status", "cells_matched")
    write_csv(home / "report_validation_2027-04-13.csv", header, rows)
