"""Operations: service levels, procedures, help desk, monitoring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..names import SERVICES
from .source import Source, Table, count, query, share, whether, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield _services(story)
    yield _procedures(story)
    yield from _helpdesk(story)
    yield from _platform(story)


def _services(story: Story) -> Source:
    signed, whole = story.counts("sla.signed_ratio")
    services = [(SERVICES[n], yes(n < signed), yes(True), story.ago(20)) for n in range(whole)]
    met, owed = story.counts("sla.targets_met_ratio_90d")
    targets = [(f"Target {n:02d}", yes(n <= met), story.ago(20)) for n in range(1, owed + 1)]
    happy, asked = story.counts("sla.customer_satisfaction_ratio")
    replies = [(f"Reply {n:03d}", yes(n <= happy), story.ago(20)) for n in range(1, asked + 1)]
    whole_metric, automated = story.part("metrics.complete_ratio"), story.part("metrics.automated_ratio")
    metrics = [
        (
            f"Metric {n:02d}",
            "Customer" if n <= 8 else "Provider",
            yes(n <= whole_metric),
            yes(n <= automated),
            yes(True),
            story.ago(20),
        )
        for n in range(1, 25)
    ]
    service = {"service": "id", "signed_both": "boolean", "complete": "boolean"}
    metric = {
        "metric": "id",
        "side": "text:Customer|Provider",
        "complete": "boolean",
        "automated": "boolean",
        "dry_run_matches": "boolean",
    }
    return Source(
        "service-levels",
        PROVIDER,
        "Service operations of CFSC",
        {
            "services": Table("operations/sla_catalogue.csv", service, services, ["service"]),
            "targets": Table("operations/sla_targets.csv", {"target": "id", "met": "boolean"}, targets, ["target"]),
            "replies": Table(
                "operations/satisfaction.csv", {"reply": "id", "satisfied": "boolean"}, replies, ["reply"]
            ),
            "metrics": Table("operations/joint_metrics.csv", metric, metrics, ["metric"]),
        },
        {
            "sla.signed_ratio": share("signed_both", table="services"),
            "sla.complete_ratio": share("complete", table="services"),
            "sla.targets_met_ratio_90d": share("met", table="targets"),
            "sla.customer_satisfaction_ratio": share("satisfied", table="replies"),
            "metrics.customer_obligations": count('side == "Customer"', unit="metrics", table="metrics"),
            "metrics.complete_ratio": share("complete", table="metrics"),
            "metrics.automated_ratio": share("automated", table="metrics"),
            "metrics.dry_run_matches": whether("dry_run_matches", "automated", how="all", table="metrics"),
        },
    )


def _procedures(story: Story) -> Source:
    approved, whole = story.counts("sop.approved_ratio")
    walked, critical = story.counts("sop.critical_walked_ratio")
    procedures = [
        (
            f"SOP-{n:02d}",
            "Approved" if n <= approved else "In review",
            yes(n <= critical),
            yes(n <= walked),
            story.ago(7),
        )
        for n in range(1, whole + 1)
    ]
    procedure = {
        "procedure": "id",
        "status": "text:Approved|In review|Draft",
        "critical": "boolean",
        "walked": "boolean",
    }
    passed, scenarios = story.counts("ditl.passed_ratio")
    gaps = story.number("ditl.seam_gaps_open")
    days = [
        (f"Day {n:02d}", yes(n <= passed), yes(n > scenarios - gaps), story.ago(7)) for n in range(1, scenarios + 1)
    ]
    return Source(
        "procedures",
        PROVIDER,
        "Service operations of CFSC",
        {
            "procedures": Table("operations/sop_register.csv", procedure, procedures, ["procedure"]),
            "scenarios": Table(
                "operations/day_in_the_life.csv",
                {"scenario": "id", "passed": "boolean", "gap_open": "boolean"},
                days,
                ["scenario"],
            ),
        },
        {
            "sop.approved_ratio": share('status == "Approved"', table="procedures"),
            "sop.critical_walked_ratio": share("walked", "critical", table="procedures"),
            "ditl.scenarios": count(unit="scenarios", table="scenarios"),
            "ditl.passed_ratio": share("passed", table="scenarios"),
            "ditl.seam_gaps_open": count("gap_open", unit="scenarios", table="scenarios"),
        },
    )


def _helpdesk(story: Story) -> Iterator[Source]:
    right, whole = story.counts("helpdesk.test_success_ratio")
    calls = [
        {
            "number": f"TC{n:04d}",
            "made_at": f"{story.ago(5)}T{13 + n // 12:02d}:{n % 12 * 5:02d}:00Z",
            "solved": n <= right,
        }
        for n in range(1, whole + 1)
    ]
    document = {"exported_at": f"{story.ago(4)}T03:41:00Z", "count": whole, "result": calls}
    covered, reasons = story.counts("helpdesk.kb_coverage_ratio")
    articles = [(f"Reason {n:02d}", f"KB{n:05d}" if n <= covered else "", story.ago(6)) for n in range(1, reasons + 1)]
    yield Source(
        "help-desk",
        PROVIDER,
        "Service operations of CFSC",
        {
            "calls": Table(
                "operations/helpdesk_calls.json",
                {"number": "id", "made_at": "-made_at", "solved": "boolean"},
                key=["number"],
                more={"records": "result", "as_of_at": "exported_at", "control": {"rows_at": "count"}},
                held="document",
            ).with_document(document),
            "reasons": Table(
                "operations/helpdesk_reasons.csv", {"reason": "id", "article": "id?covered"}, articles, ["reason"]
            ),
            "weekdays": Table(
                "operations/helpdesk_plan.csv",
                {"weekday": "id", "forecast": "integer", "capacity": "integer", "overflow": "boolean"},
                [
                    (name, 310 - 14 * n, story.number("helpdesk.capacity_contacts_day"), yes(True), story.ago(6))
                    for n, name in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))
                ],
                ["weekday"],
            ),
        },
        {
            "helpdesk.test_calls": count(unit="calls", table="calls"),
            "helpdesk.test_success_ratio": share("solved", table="calls"),
            "helpdesk.kb_coverage_ratio": share("covered", table="reasons"),
            "helpdesk.forecast_peak_contacts_day": query(
                "SELECT CAST(max(forecast) AS DECIMAL(9, 1)) FROM weekdays",
                "weekdays",
                type="decimal",
                unit="contacts a day",
            ),
            "helpdesk.capacity_contacts_day": query(
                "SELECT CAST(min(capacity) AS DECIMAL(9, 1)) FROM weekdays",
                "weekdays",
                type="decimal",
                unit="contacts a day",
            ),
            "helpdesk.overflow_arranged": whether("overflow", how="all", table="weekdays"),
        },
    )


def _platform(story: Story) -> Iterator[Source]:
    live = story.number("incidents.p2_open")
    incidents = [
        {
            "number": f"INC00{10100 + n}",
            "short_description": f"{SERVICES[n % 14]}: a screen is slow",
            "state": "In Progress" if 2 <= n < 2 + live else "Closed",
            "priority": "1 - Critical" if n == 1 else "2 - High" if n < 8 else "3 - Moderate",
            "opened_at": f"{story.ago(40 - n % 30)} 09:15:22",
            "sys_updated_on": f"{story.ago(1 + n % 5)} 16:02:10",
            "resolved_at": "" if 2 <= n < 2 + live else f"{story.ago(1 + n % 5)} 16:02:10",
        }
        for n in range(1, 61)
    ]
    yield Source(
        "servicenow-incidents",
        PROVIDER,
        "Service operations of CFSC",
        {
            "incidents": Table(
                "operations/incident-@.json", {}, more={"control": {"rows": len(incidents)}}, on=story.ago(1)
            ).with_document({"result": incidents})
        },
        {},
        profile="servicenow-incidents@1 as incidents",
    )
    covered, whole = story.counts("monitoring.covered_ratio")
    parts = [
        (f"component-{n:02d}", yes(n <= covered), yes(n <= 38), yes(n <= 38), story.ago(2)) for n in range(1, whole + 1)
    ]
    part = {"component": "id", "has_alerts": "boolean", "critical_alert": "boolean", "alert_fired": "boolean"}
    names = [str(row[0]) for row in parts]
    yield Source(
        "monitoring-state",
        PROVIDER,
        "Service operations of CFSC",
        {"file": Table("operations/up.prom", {}, content=_federated(names, story.ago(2)), held="document")},
        {},
        collector="metrics",
        prefix="monitoring",
        settings={"labels": {"env": "production"}, "expected": names},
    )
    up, minutes = story.counts("availability.ratio_30d")
    each = minutes // 30
    days = [(f"Day {n + 1:02d}", each, each - ((minutes - up) if n == 11 else 0), story.ago(1)) for n in range(30)]
    load = [("Forecast peak", 97, 62, story.ago(2))]
    yield Source(
        "monitoring",
        PROVIDER,
        "Service operations of CFSC",
        {
            "components": Table("operations/monitoring.csv", part, parts, ["component"]),
            "uptime": Table(
                "operations/availability.csv", {"day": "id", "minutes": "integer", "up": "integer"}, days, ["day"]
            ),
            "load": Table(
                "operations/capacity.csv", {"load": "id", "capacity": "integer", "used": "integer"}, load, ["load"]
            ),
        },
        {
            "monitoring.covered_ratio": share("has_alerts", table="components"),
            "monitoring.alerts_test_fired_ratio": share("alert_fired", "critical_alert", table="components"),
            "availability.ratio_30d": query(
                "SELECT sum(up) AS part, sum(minutes) AS whole FROM uptime", "uptime", type="ratio"
            ),
            "provider.capacity_headroom_ratio": query(
                "SELECT capacity - used AS part, capacity AS whole FROM load ORDER BY capacity - used LIMIT 1",
                "load",
                type="ratio",
            ),
        },
    )
    shifts = [
        (f"Day {n + 1:02d}, {side}", side, yes(True), yes(True), 9, story.ago(5))
        for n in range(28)
        for side in ("Customer", "Provider")
    ]
    shift = {
        "shift": "text",
        "side": "text:Customer|Provider",
        "covered": "boolean",
        "on_ladder": "boolean",
        "drill_minutes": "integer",
    }
    yield Source(
        "on-call",
        PROVIDER,
        "Service operations of CFSC",
        {"shifts": Table("operations/on_call.csv", shift, shifts, ["shift"])},
        {
            "oncall.gap_hours": query(
                "SELECT CAST(24 * count(*) FILTER (NOT covered) AS DECIMAL(9, 1)) FROM shifts",
                "shifts",
                type="decimal",
                unit="hours",
            ),
            "oncall.drill_ack_minutes": query(
                "SELECT CAST(max(drill_minutes) AS DECIMAL(9, 1)) FROM shifts", "shifts", type="decimal", unit="minutes"
            ),
            "oncall.customer_on_ladder": whether("on_ladder", 'side == "Customer"', how="all"),
        },
    )


def _federated(names: list[str], day: str) -> str:
    """Return what a Prometheus server answers under ``/federate``: a sample each, with its time in milliseconds.

    A test system is down; only the label ``env`` tells it from the one in production.
    """
    moment = int(datetime.fromisoformat(f"{day}T21:00:00+00:00").timestamp()) * 1000
    up = [
        f'up{{env="{env}",instance="{name}.{env}.cfsc.example:9100",job="{name}",prometheus="cfsc"}} {value} {moment}'
        for env, value, found in (("production", 1, names), ("test", 0, names[-2:]))
        for name in found
    ]
    return "\n".join(["# TYPE up untyped", *up]) + "\n"
