"""Workforce: positions, processes, key seats, units."""

from __future__ import annotations

from collections.abc import Iterator

from ..names import UNITS, hashed
from .source import Source, Table, count, query, register, share, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _organization(story)
    yield _seats(story)
    yield _units(story)


def _organization(story: Story) -> Iterator[Source]:
    filled, posts = story.counts("retained.filled_ratio")
    described = story.part("retained.position_descriptions_ratio")
    positions = [
        (
            f"Position {n:02d}",
            yes(n <= 20),
            "Encumbered" if n <= filled else "Vacant",
            hashed("incumbent", n) if n <= filled else "",
            "2027-02-16" if n <= filled else "",
            "",
            "",
            yes(True),
            "2026-12-04" if n <= described else "",
            story.ago(5),
        )
        for n in range(1, posts + 1)
    ]
    headings = "Position ID,Critical,Status,Incumbent,Entry on duty,Stand-in,Stand-in trained and released,Changed"
    headings += ",Position description approved"
    office = (CUSTOMER, "Change office of NIWA")
    path, profile = "workforce/org_design.csv", "retained-positions@1 as retained"
    yield register(office, path, "positions", headings, positions, profile, personal=True)
    assigned, whole = story.counts("retained.functions_assigned_ratio")
    functions = [
        (f"Function {n:02d}", "" if n > assigned else "Agency" if n % 3 else "FSSP", story.ago(12))
        for n in range(1, whole + 1)
    ]
    path, profile = "workforce/functions.csv", "retained-functions@1 as retained"
    yield register(office, path, "functions", "Function ID,Performed by", functions, profile, owned=True)
    written, whole = story.counts("process.documented_ratio")
    processes = [(f"P-{n:02d}", "Approved" if n <= written else "Draft", story.ago(19)) for n in range(1, whole + 1)]
    mapped, whole = story.counts("process.mapped_to_position_ratio")
    steps = [
        (f"P-{n % 46 + 1:02d}/{n // 46 + 1}", f"Position {n % 58 + 1:02d}" if n < mapped else "", story.ago(19))
        for n in range(whole)
    ]
    ready, people = story.counts("impact.with_path_ratio")
    missing = story.part("impact.roster_mismatch_ratio")
    affected = [
        (hashed("affected", n), UNITS[n % 21], yes(n < ready), yes(n >= missing), story.ago(18)) for n in range(people)
    ]
    person = {"person": "id", "unit": "-", "path_agreed": "boolean", "on_roster": "boolean"}
    yield Source(
        "organization",
        CUSTOMER,
        "Change office of NIWA",
        {
            "processes": Table(
                "workforce/processes.csv", {"process": "id", "document": "text:Approved|Draft"}, processes, ["process"]
            ),
            "steps": Table(
                "workforce/process_steps.csv", {"step": "text", "position": "text?assigned"}, steps, ["step"]
            ),
            "affected": Table("workforce/impact.csv", person, affected, ["person"]),
        },
        {
            "process.documented_ratio": share('document == "Approved"', table="processes"),
            "process.mapped_to_position_ratio": share("assigned", table="steps"),
            "impact.with_path_ratio": share("path_agreed", table="affected"),
            "impact.roster_mismatch_ratio": share("not on_roster", table="affected"),
        },
        personal=True,
    )


def _seats(story: Story) -> Source:
    ready = story.part("keyroles.successor_ratio")
    seats = [
        (
            f"Seat {n:02d}",
            ("Customer", "Provider")[n % 2],
            "Acting" if n == 18 else "Filled",
            yes(False),
            yes(n <= ready),
            story.ago(9),
        )
        for n in range(1, 19)
    ]
    seat = {
        "seat": "id",
        "side": "-",
        "state": "text:Filled|Acting|Vacant",
        "leaves_within_60_days": "boolean",
        "successor": "boolean",
    }
    proven, people = story.counts("critical_roles.proficient_ratio")
    lacking = story.number("critical_roles.without_alternate")
    critical = [
        (
            hashed("critical", n),
            f"Critical role {n % 12 + 1:02d}",
            yes(n < proven),
            yes(n % 12 >= lacking),
            story.ago(4),
        )
        for n in range(people)
    ]
    person = {"person": "id", "role": "text", "proficient": "boolean", "alternate_trained": "boolean"}
    notices = [(f"Notice register, entry {n:02d}", yes(False), story.ago(9)) for n in range(1, 4)]
    return Source(
        "hr-roster",
        CUSTOMER,
        "Change office of NIWA",
        {
            "seats": Table("workforce/key_seats.csv", seat, seats, ["seat"]),
            "critical": Table("workforce/hr_roster.csv", person, critical, ["person"]),
            "notices": Table("workforce/notices.csv", {"entry": "text", "owes_notice": "boolean"}, notices, ["entry"]),
        },
        {
            "keyroles.acting_or_vacant": count('state != "Filled"', unit="roles", table="seats"),
            "keyroles.departures_60d_ahead": count("leaves_within_60_days", unit="people", table="seats"),
            "keyroles.successor_ratio": share("successor", table="seats"),
            "critical_roles.proficient_ratio": share("proficient", table="critical"),
            "critical_roles.roles": query(
                "SELECT count(DISTINCT role) FROM critical", "critical", type="integer", unit="roles"
            ),
            "critical_roles.without_alternate": count(
                "not alternate_trained", unit="roles", table="critical", per={"column": "role", "need": "any"}
            ),
            "notices.required": count("owes_notice", unit="people", table="notices"),
        },
        personal=True,
    )


def _units(story: Story) -> Source:
    attested, whole = story.counts("units.attested_ratio")
    excepted = story.number("units.exceptions_open")
    rows = [(UNITS[n], yes(n < attested), "Open" if n < excepted else "None", story.ago(5)) for n in range(whole)]
    events = [(f"Town hall {n}", yes(n <= 3), story.ago(5)) for n in range(1, 6)]
    return Source(
        "units",
        CUSTOMER,
        "Change office of NIWA",
        {
            "units": Table(
                "workforce/unit_attestations.csv",
                {"unit": "id", "attested": "boolean", "exception": "text:None|Open|Closed"},
                rows,
                ["unit"],
            ),
            "events": Table(
                "workforce/sponsor_events.csv", {"event": "id", "last_30_days": "boolean"}, events, ["event"]
            ),
        },
        {
            "units.attested_ratio": share("attested", table="units"),
            "units.exceptions_open": count('exception == "Open"', unit="exceptions", table="units"),
            "sponsor.events_30d": count("last_30_days", unit="events", table="events"),
        },
    )
