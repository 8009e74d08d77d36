"""Operations: service levels, procedures, help desk, monitoring, recovery, cutover, legacy, partners, controls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..names import SERVICES
from .source import Source, Table, count, query, share, value, whether, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
PARTNERS = (
    "Treasury disbursing",
    "CARS",
    "GTAS",
    "G-Invoicing desk",
    "Payroll provider",
    "Travel vendor",
    "Card issuer",
    "Lockbox bank",
    "SAM.gov",
    "Procurement service",
    "Invoice platform",
    "Audit firm",
)
CHECKPOINTS = ("Freeze", "Extract done", "Load done", "Reconciliation", "Point of no return", "Open for users")


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources of the operations domain."""
    yield _services(story)
    yield _procedures(story)
    yield from _helpdesk(story)
    yield from _platform(story)
    yield _statements(story)
    yield from _recovery(story)
    yield from _cutover(story)
    yield from _legacy(story)
    yield _partners(story)
    yield _controls(story)
    yield _shocks(story)


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
        "owed_by": "text:Customer|Provider",
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
            "metrics.customer_obligations": count('owed_by == "Customer"', unit="metrics", table="metrics"),
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
    incidents = [
        {
            "number": f"INC{n:05d}",
            "priority": 1 if n == 1 else 2 if n < 8 else 3,
            "state": "In Progress" if 2 <= n < 2 + story.number("incidents.p2_open") else "Closed",
        }
        for n in range(1, 61)
    ]
    table = {"exported_at": f"{story.ago(1)}T23:30:00Z", "count": len(incidents), "result": incidents}
    live = 'state != "Closed"'
    yield Source(
        "incidents",
        PROVIDER,
        "Service operations of CFSC",
        {
            "incidents": Table(
                "operations/servicenow_incidents.json",
                {"number": "id", "priority": "integer", "state": "text:New|In Progress|On Hold|Closed"},
                key=["number"],
                more={"records": "result", "as_of_at": "exported_at", "control": {"rows_at": "count"}},
                held="document",
            ).with_document(table)
        },
        {
            "incidents.p1_open": count(f"priority == 1 and {live}", unit="incidents"),
            "incidents.p2_open": count(f"priority == 2 and {live}", unit="incidents"),
        },
    )
    covered, whole = story.counts("monitoring.covered_ratio")
    parts = [
        (f"Component {n:02d}", yes(n <= covered), yes(n <= 38), yes(n <= 38), yes(True), story.ago(2))
        for n in range(1, whole + 1)
    ]
    part = {
        "component": "id",
        "monitored": "boolean",
        "has_alert": "boolean",
        "alert_fired": "boolean",
        "up": "boolean",
    }
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
            "monitoring.services": count(unit="components", table="components"),
            "monitoring.covered_ratio": share("monitored", table="components"),
            "monitoring.alerts_test_fired_ratio": share("alert_fired", "has_alert", table="components"),
            "monitoring.targets_down": count("not up", unit="components", table="components"),
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


def _statements(story: Story) -> Source:
    proven, whole = story.counts("provider.statements_with_evidence_ratio")
    qualified = story.number("provider.statements_qualified")
    rows = [
        (
            f"Statement {n:02d}",
            "With evidence" if n <= proven else "Without evidence",
            yes(n > whole - qualified),
            story.ago(7),
        )
        for n in range(1, whole + 1)
    ]
    columns = {"statement": "id", "state": "text:With evidence|Without evidence", "qualified": "boolean"}
    return Source(
        "provider-statements",
        PROVIDER,
        "Service operations of CFSC",
        {"statements": Table("operations/provider_statements.csv", columns, rows, ["statement"])},
        {
            "provider.statements_with_evidence_ratio": share('state == "With evidence"'),
            "provider.statements_qualified": count("qualified", unit="statements"),
        },
    )


def _recovery(story: Story) -> Iterator[Source]:
    rows = [("Restore test 4", "Restore", yes(True), "3.4", "8.0", "", "", story.ago(33))]
    exercises = [("Exercise 2", yes(True), "6.1", "8.0", "9.0", "15.0", story.ago(71))]
    columns = {
        "event": "text",
        "kind": "text:Restore",
        "succeeded": "boolean",
        "hours": "decimal:1",
        "target_hours": "decimal:1",
        "lost_minutes": "-",
        "target_minutes": "-",
    }
    yield Source(
        "restore",
        PROVIDER,
        "Service operations of CFSC",
        {"events": Table("operations/restore.csv", columns, rows, ["event"])},
        {
            "backup.restore_success": whether("succeeded", how="all"),
            "backup.restore_hours": value("hours", how="max", unit="hours"),
            "backup.rto_hours": value("target_hours", how="min", unit="hours"),
        },
    )
    exercise = {
        "event": "text",
        "done": "boolean",
        "hours": "decimal:1",
        "target_hours": "decimal:1",
        "lost_minutes": "decimal:1",
        "target_minutes": "decimal:1",
    }
    yield Source(
        "recovery-exercise",
        PROVIDER,
        "Continuity manager",
        {
            "exercises": Table(
                "operations/restore_dr.csv",
                exercise,
                exercises if story.values["dr.exercise_done"] == "true" else (),
                ["event"],
            )
        },
        {
            "dr.exercise_done": whether("done", how="all"),
            "dr.rto_actual_hours": value("hours", how="max", unit="hours"),
            "dr.rto_hours": value("target_hours", how="min", unit="hours"),
            "dr.rpo_actual_minutes": value("lost_minutes", how="max", unit="minutes"),
            "dr.rpo_minutes": value("target_minutes", how="min", unit="minutes"),
        },
    )
    tried, whole = story.counts("bcp.manual_tested_ratio")
    functions = [(f"Function {n:02d}", yes(n <= tried), yes(True), story.ago(40)) for n in range(1, whole + 1)]
    yield Source(
        "continuity",
        CUSTOMER,
        "Service office of NIWA",
        {
            "functions": Table(
                "operations/bcp.csv",
                {"function": "id", "manual_way_tried": "boolean", "plan_updated": "boolean"},
                functions,
                ["function"],
            )
        },
        {"bcp.manual_tested_ratio": share("manual_way_tried"), "bcp.updated": whether("plan_updated", how="all")},
    )


def _cutover(story: Story) -> Iterator[Source]:
    whole_steps, steps = story.counts("cutover.complete_ratio")
    done, due = story.counts("cutover.precutover_due_done_ratio")
    rows = []
    for n in range(1, steps + 1):
        early = n <= due
        checkpoint = CHECKPOINTS[min(5, n * 6 // (steps + 1))]
        day = story.ago(2 + n % 40) if early else date(2027, 4, 30).isoformat()
        whole = n not in range(100, 100 + steps - whole_steps)  # what is missing lies before the point of no return
        rows.append(
            (
                f"Step {n:03d}",
                checkpoint,
                yes(n > steps * 5 // 6),
                "Complete" if whole else "Incomplete",
                day,
                yes(n <= done or day <= story.ago(1)),
                story.ago(3),
            )
        )
    step = {
        "step": "id",
        "checkpoint": "text:" + "|".join(CHECKPOINTS),
        "after_return": "boolean",
        "state": "text:Complete|Incomplete",
        "due_on": "date:planned",
        "done": "boolean",
    }
    marks = [(name, yes(True), story.ago(3)) for name in CHECKPOINTS]
    yield Source(
        "cutover-plan",
        CUSTOMER,
        "Service office of NIWA",
        {
            "steps": Table("operations/cutover_plan.csv", step, rows, ["step"]),
            "checkpoints": Table(
                "operations/checkpoints.csv", {"checkpoint": "id", "criteria_written": "boolean"}, marks, ["checkpoint"]
            ),
        },
        {
            "cutover.complete_ratio": share('state == "Complete"', table="steps"),
            "cutover.incomplete_after_ponr": count('state != "Complete" and after_return', unit="steps", table="steps"),
            "cutover.precutover_due_done_ratio": share("done", "due_on <= now", table="steps"),
            "cutover.checkpoints": count(unit="checkpoints", table="checkpoints"),
            "command.checkpoints_with_criteria_ratio": share("criteria_written", table="checkpoints"),
        },
    )
    hours = story.values["rehearsal.duration_hours"]
    full = story.number("rehearsal.full_completed")
    rehearsals = [("Rehearsal 1", yes(True), "53.0" if full > 1 else hours, "60.0", story.ago(9))]
    rehearsals += [("Rehearsal 2", yes(True), hours, "60.0", story.ago(9))] if full > 1 else []
    still = story.number("rehearsal.critical_deviations_open")
    deviations = [
        (
            f"D-{n:02d}",
            "Critical" if n <= 4 else ("Major", "Minor")[n % 2],
            "Open" if n <= still or n == 11 else "Closed",
            story.ago(7),
        )
        for n in range(1, 27)
    ]
    rehearsal = {"rehearsal": "id", "full": "boolean", "hours": "decimal:1", "window_hours": "decimal:1"}
    last = "rehearsal = (SELECT max(rehearsal) FROM rehearsals)"
    yield Source(
        "rehearsals",
        PROVIDER,
        "Service operations of CFSC",
        {
            "rehearsals": Table("operations/rehearsals.csv", rehearsal, rehearsals, ["rehearsal"]),
            "deviations": Table(
                "operations/rehearsal_deviations.csv",
                {"deviation": "id", "severity": "text:Critical|Major|Minor", "status": "text:Open|Closed"},
                deviations,
                ["deviation"],
            ),
        },
        {
            "rehearsal.full_completed": count("full", unit="rehearsals", table="rehearsals"),
            "rehearsal.duration_hours": query(
                f"SELECT hours FROM rehearsals WHERE {last}", "rehearsals", type="decimal", unit="hours"
            ),
            "cutover.window_hours": value("window_hours", unit="hours", table="rehearsals"),
            "rehearsal.critical_deviations_open": count(
                'severity == "Critical" and status == "Open"', unit="deviations", table="deviations"
            ),
        },
    )
    back = [("Rollback", yes(story.true("rollback.rehearsed")), "7.5", "11.0", story.ago(9))]
    yield Source(
        "rollback",
        PROVIDER,
        "Service operations of CFSC",
        {
            "runs": Table(
                "operations/rollback.csv",
                {"run": "id", "rehearsed": "boolean", "hours": "decimal:1", "hours_left": "decimal:1"},
                back,
                ["run"],
            )
        },
        {
            "rollback.rehearsed": whether("rehearsed"),
            "rollback.duration_hours": value("hours", how="max", unit="hours"),
            "rollback.hours_available_at_ponr": value("hours_left", how="min", unit="hours"),
        },
    )
    deadlines = [
        (f"{name}", day, yes(date(2027, 4, 30) <= date.fromisoformat(day) <= date(2027, 5, 10)), story.ago(12))
        for name, day in (
            ("March reporting", "2027-04-16"),
            ("May payroll posting", "2027-05-14"),
            ("Year-end close", "2027-09-30"),
            ("Audit fieldwork", "2027-07-12"),
            ("1099 season", "2028-01-31"),
        )
    ]
    frozen = [(f"2027-04-{day}", yes(True), story.ago(12)) for day in (27, 28, 29, 30)]
    yield Source(
        "calendar",
        CUSTOMER,
        "Service office of NIWA",
        {
            "deadlines": Table(
                "operations/calendar.csv",
                {"deadline": "id", "on": "-", "meets_window": "boolean"},
                deadlines,
                ["deadline"],
            ),
            "frozen": Table("operations/freeze_days.csv", {"day": "text", "entry_stops": "boolean"}, frozen, ["day"]),
            "peaks": Table(
                "operations/peaks.csv",
                {"peak": "id", "starts_on": "date:planned", "days_to_settle": "integer"},
                [
                    ("Year-end close", "2027-08-30", 90, story.ago(12)),
                    ("Audit of statements", "2027-10-18", 90, story.ago(12)),
                ],
                ["peak"],
            ),
            "waves": Table(
                "operations/waves.csv",
                {"event": "id", "sites": "integer", "targets_met": "boolean", "planned": "boolean"},
                [
                    ("Another agency of CFSC, 2025", 8, yes(True), yes(False), story.ago(12)),
                    ("Pilot", 2, yes(True), yes(False), story.ago(12)),
                    ("R1", 9, yes(False), yes(True), story.ago(12)),
                ],
                ["event"],
            ),
        },
        {
            "calendar.conflicts": count("meets_window", unit="conflicts", table="deadlines"),
            "freeze.business_days": query(
                "SELECT CAST(count(*) FILTER (entry_stops) AS DECIMAL(6, 1)) FROM frozen",
                "frozen",
                type="decimal",
                unit="business days",
            ),
            "peak.days_to_next": query(
                "SELECT min(date_diff('day', CAST($go_live AS DATE), starts_on)) FROM peaks",
                "peaks",
                type="integer",
                unit="calendar days",
            ),
            "peak.days_to_settle": value("days_to_settle", how="max", unit="calendar days", table="peaks"),
            "wave.concurrent_sites": value("sites", "planned", how="max", unit="sites", table="waves"),
            "wave.most_sites_done_well": value("sites", "targets_met", how="max", unit="sites", table="waves"),
        },
    )
    staffed, whole = story.counts("hypercare.staffed_ratio")
    posts = [(f"Hypercare {n:02d}", yes(n <= staffed), 90, yes(True), story.ago(6)) for n in range(1, whole + 1)]
    yield Source(
        "hypercare",
        PROVIDER,
        "Service operations of CFSC",
        {
            "posts": Table(
                "operations/hypercare.csv",
                {"post": "id", "staffed": "boolean", "days": "integer", "exit_criteria": "boolean"},
                posts,
                ["post"],
            )
        },
        {
            "hypercare.staffed_ratio": share("staffed"),
            "hypercare.days": value("days", how="min", unit="calendar days"),
            "hypercare.exit_criteria_defined": whether("exit_criteria", how="all"),
        },
    )


def _legacy(story: Story) -> Iterator[Source]:
    settled, whole = story.counts("decom.components_with_disposition_ratio")
    parts = [
        (f"Component {n:02d}", ("Archive", "Retire", "Keep")[n % 3] if n <= settled else "", story.ago(38))
        for n in range(1, whole + 1)
    ]
    found, tried = story.counts("records.retrieval_test_ratio")
    series = [(f"Series {n:02d}", yes(True), yes(n <= found), story.ago(25)) for n in range(1, tried + 1)]
    contracts = [(f"TL-{n:02d}", "2027-09-02" if n == 1 else "2027-12-31", story.ago(25)) for n in range(1, 9)]
    kept, staff = story.counts("legacy.support_staff_retained_ratio")
    people = [(f"Legacy post {n:02d}", yes(n <= kept), story.ago(25)) for n in range(1, staff + 1)]
    yield Source(
        "decommission",
        CUSTOMER,
        "Service office of NIWA",
        {
            "components": Table(
                "operations/decommission.csv", {"component": "id", "disposition": "text?settled"}, parts, ["component"]
            ),
            "series": Table(
                "operations/records_series.csv",
                {"series": "id", "scheduled": "boolean", "retrieved": "boolean"},
                series,
                ["series"],
            ),
            "contracts": Table(
                "operations/legacy_contracts.csv",
                {"contract": "id", "ends_on": "date:planned"},
                contracts,
                ["contract"],
            ),
            "legacy_staff": Table(
                "operations/legacy_staff.csv", {"post": "id", "retained": "boolean"}, people, ["post"]
            ),
        },
        {
            "decom.components_with_disposition_ratio": share("settled", table="components"),
            "records.unscheduled_series": count("not scheduled", unit="series", table="series"),
            "records.retrieval_test_ratio": share("retrieved", table="series"),
            "legacy.min_runway_days": query(
                "SELECT min(date_diff('day', CAST($go_live AS DATE), ends_on)) FROM contracts",
                "contracts",
                type="integer",
                unit="calendar days",
            ),
            "legacy.support_staff_retained_ratio": share("retained", table="legacy_staff"),
        },
    )


def _partners(story: Story) -> Source:
    sure, whole = story.counts("partners.confirmed_ratio")
    active = story.part("partners.codes_active_ratio")
    rows = [
        (
            name,
            yes(n < sure),
            yes(n < active),
            "Ready" if n < min(sure, active) else "Not ready",
            yes(n < 6),
            yes(True),
            yes(n < 10),
            story.ago(5),
        )
        for n, name in enumerate(PARTNERS[:whole])
    ]
    columns = {
        "partner": "id",
        "confirmed": "boolean",
        "codes_active": "boolean",
        "state": "text:Ready|Not ready",
        "indispensable": "boolean",
        "forecast_in_time": "boolean",
        "used_new_way": "boolean",
    }
    return Source(
        "partners",
        CUSTOMER,
        "Service office of NIWA",
        {"partners": Table("operations/partners.csv", columns, rows, ["partner"])},
        {
            "partners.confirmed_ratio": share("confirmed"),
            "partners.codes_active_ratio": share("codes_active"),
            "partners.ready_ratio": share('state == "Ready"'),
            "partners.mandatory_forecast_late": count("indispensable and not forecast_in_time", unit="partners"),
            "partners.used_new_way_ratio": share("used_new_way"),
        },
    )


def _controls(story: Story) -> Source:
    done, whole = story.counts("controls.cuec_implemented_ratio")
    rows = [(f"UEC-{n:02d}", yes(n <= done), yes(n <= 24), yes(n != 24), story.ago(15)) for n in range(1, whole + 1)]
    columns = {"control": "id", "implemented": "boolean", "key_control": "boolean", "tested": "boolean"}
    reports = [("SOC 1 type 2, to 2026-09-30, with bridge letter", yes(True), yes(False), story.ago(15))]
    return Source(
        "controls",
        CUSTOMER,
        "Service office of NIWA",
        {
            "controls": Table("operations/controls.csv", columns, rows, ["control"]),
            "opinions": Table(
                "operations/control_reports.csv",
                {"report": "text", "current": "boolean", "qualified": "boolean"},
                reports,
                ["report"],
            ),
        },
        {
            "controls.cuec_implemented_ratio": share("implemented", table="controls"),
            "controls.key_controls": count("key_control", unit="controls", table="controls"),
            "controls.key_untested": count("key_control and not tested", unit="controls", table="controls"),
            "controls.soc1_current": whether("current", table="opinions"),
            "controls.soc1_qualified": whether("qualified", table="opinions"),
        },
    )


def _shocks(story: Story) -> Source:
    events = [
        ("Storm warning for the Gulf", yes(True), story.ago(1)),
        ("Change of payroll vendor ownership", yes(True), story.ago(1)),
    ]
    people = [(f"Roster {n:03d}", yes(n == 1), story.ago(1)) for n in range(1, 147)]
    return Source(
        "outside-events",
        CUSTOMER,
        "Service office of NIWA",
        {
            "events": Table("operations/outside_events.csv", {"event": "id", "assessed": "boolean"}, events, ["event"]),
            "people": Table(
                "operations/cutover_roster.csv", {"post": "id", "called_away": "boolean"}, people, ["post"]
            ),
        },
        {
            "shock.events_unassessed": count("not assessed", unit="events", table="events"),
            "shock.cutover_people_diverted_ratio": share("called_away", table="people"),
        },
    )
