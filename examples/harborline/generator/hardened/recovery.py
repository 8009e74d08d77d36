"""Operations: what the provider states, restore and recovery, continuity, outside events."""

from __future__ import annotations

from collections.abc import Iterator

from .source import Source, Table, count, share, value, whether, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield _statements(story)
    yield from _recovery(story)
    yield _shocks(story)


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
