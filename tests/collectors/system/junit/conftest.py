"""Reports and plans built from text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gonogo.collectors.system.junit import JUnitCollector
from gonogo.model.program import AsOfRule
from gonogo.testing.jobs import answers_of, job_of

NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
PLAN = "case_id,priority\nTC-1,critical\nTC-2,high\nTC-3,high\nTC-4,low\n"


def _read(
    *reports: str,
    plan: str | bytes = PLAN,
    ids: str = "",
    as_of=None,
    plan_rule=None,
    reports_rule=AsOfRule.DOCUMENT,
    critical: bool = False,
    **settings,
):
    """Return the answers; ``ids`` makes a plan of these cases, and the first one is critical."""
    if ids:
        rows = [f"{case},{'low' if number else 'critical'}" for number, case in enumerate(ids.split(","))]
        plan = "\n".join(["case_id,priority", *rows, ""])
    if critical:
        settings["critical"] = {"column": "priority", "values": ["Critical"], "others": ["high", "low"]}
    files = [(f"run{number}.xml", report.encode()) for number, report in enumerate(reports, 1)]
    planned = ("plan.csv", plan.encode()) if isinstance(plan, str) else ("plan.xlsx", plan)
    rule = {"plan": plan_rule or AsOfRule.DOCUMENT, "reports": reports_rule}
    job = job_of({"plan": planned, "reports": files}, now=NOW, as_of=as_of, rule=rule)
    return answers_of(JUnitCollector(), job, settings)


@pytest.fixture(scope="session")
def read():
    return _read


@pytest.fixture(scope="session")
def now():
    return NOW
