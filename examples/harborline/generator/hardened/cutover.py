"""Operations: the cutover, its rehearsals, the way back, the calendar, hypercare."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .source import Source, Table, count, query, share, value, whether, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
CHECKPOINTS = ("Freeze", "Extract done", "Load done", "Reconciliation", "Point of no return", "Open for users")


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _cutover(story)


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
