"""Operations: what the provider states, restore and recovery, continuity, outside events."""

from __future__ import annotations

from collections.abc import Iterator

from .source import Source, Table, count, exported, share, whether, yes
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
    system, done = "Financial platform", story.values["dr.exercise_done"] == "true"
    failover = (story.ago(71), "Passed", "", "", "Yes", "6.1", "8.0", "9.0", "15.0")
    if not done:
        failover = ("", "Planned", "", "", "", "", "8.0", "", "15.0")
    rows = [
        ("Restore test 4", system, "Restore", story.ago(33), "Passed", "Yes", "Yes", "", "3.4", "8.0", "", ""),
        ("Restore test 5", system, "Restore", "", "Planned", "Yes", "", "", "", "8.0", "", ""),
        ("Tabletop 7", system, "Tabletop", story.ago(120), "Passed", "", "", "Yes", "", "", "", ""),
        ("Exercise 2", system, "Functional failover", *failover),
    ]
    headings = "Exercise ID,System,Exercise type,Date held,Outcome,Production size,Data checked,Customer took part"
    headings += ",Recovery time (hours),RTO (hours),Data loss (minutes),RPO (minutes)"
    columns = exported(headings.split(","))
    yield Source(
        "recovery-exercises",
        PROVIDER,
        "Continuity manager",
        {"exercises": Table("operations/recovery_exercises.csv", columns, rows, held="document")},
        {},
        collector="exercises",
        settings={"systems": [system], "rows": len(rows)},
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
