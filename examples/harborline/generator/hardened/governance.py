"""Program: responsibilities, status reports, the meeting that decides."""

from __future__ import annotations

from collections.abc import Iterator

from ..names import SERVICES
from .source import Source, Table, count, query, share, yes
from .story import Story

CUSTOMER, PROVIDER, INDEPENDENT = "customer", "provider", "independent"
SEATS = (
    "Executive Sponsor",
    "Business Owner",
    "Program Manager",
    "Functional Lead",
    "Contracting Officer",
    "Risk Manager",
    "PMO Lead",
    "PMO Team",
    "Technical Lead",
)


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield _responsibilities(story)
    yield _reports(story)
    yield _board(story)


def _responsibilities(story: Story) -> Source:
    activities = [
        (f"A-{n:02d}", "R" if n % 3 else "A,R", "A" if n % 3 else "C", 1, story.ago(12)) for n in range(1, 65)
    ]
    seats = [(f"{side} {seat}", side, yes(True), story.ago(12)) for side in ("Customer", "Provider") for seat in SEATS]
    people = []
    for side in ("Customer", "Provider"):
        signed, whole = story.counts(f"roles.ack_ratio_{side.lower()}")
        people += [(f"{side[0]}-{n:03d}", side, yes(n <= signed), story.ago(10)) for n in range(1, whole + 1)]
    functions = [(service, yes(True), story.ago(20)) for service in SERVICES]
    seat = {"seat": "id", "side": "text:Customer|Provider", "held": "boolean"}
    person = {"person": "id", "side": "text:Customer|Provider", "acknowledged": "boolean"}
    return Source(
        "responsibilities",
        CUSTOMER,
        "Program office of NIWA",
        {
            "activities": Table(
                "program/raci.csv",
                {"activity": "id", "customer": "-", "provider": "-", "accountable": "integer"},
                activities,
                ["activity"],
            ),
            "seats": Table("program/raci_seats.csv", seat, seats, ["seat"]),
            "people": Table("program/raci_people.csv", person, people, ["person"]),
            "functions": Table(
                "program/board_seats.csv", {"function": "id", "seated": "boolean"}, functions, ["function"]
            ),
        },
        {
            "raci.single_accountable_ratio": share("accountable == 1", table="activities"),
            "raci.roles_filled_customer": count('held and side == "Customer"', unit="roles", table="seats"),
            "raci.roles_filled_provider": count('held and side == "Provider"', unit="roles", table="seats"),
            "roles.named_people": count(unit="people", table="people"),
            "roles.ack_ratio_customer": share("acknowledged", 'side == "Customer"', table="people"),
            "roles.ack_ratio_provider": share("acknowledged", 'side == "Provider"', table="people"),
            "governance.functions_in_scope": count(unit="functions", table="functions"),
            "governance.functions_with_seat_ratio": share("seated", table="functions"),
        },
        personal=True,
    )


def _reports(story: Story) -> Source:
    worse, yellow = story.number("status.color_mismatches"), story.number("status.yellow_without_dated_recovery")
    highs, quoted = story.number("defects.high_open"), 14 if story.stopped else story.number("defects.high_open")
    items = []
    for n in range(1, 41):
        red = n <= worse
        items.append(
            (
                f"ST-{n:02d}",
                "Green" if n > 4 else "Yellow",
                "Red" if red else "Green" if n > 4 else "Yellow",
                yes(not red),
                16 if n <= 4 and n <= yellow + 1 else 3,
                yes(n > yellow),
                story.ago(3),
            )
        )
    counts = [("Open high defects", quoted, highs, story.ago(3)), ("Open risks and issues", 41, 41, story.ago(3))]
    calendar = []
    for number in range(13):
        week = 13 - number
        calendar += [
            (f"Report, week {week}", "Report", yes(True), story.ago(3)),
            (f"Schedule update, week {week}", "Schedule update", yes(True), story.ago(3)),
            (f"Board, week {week}", "Board", yes(True), story.ago(3)),
        ]
    late, actions = story.counts("status.actions_overdue_ratio")
    calendar += [(f"Action {n:02d}", "Action", yes(n > late), story.ago(3)) for n in range(1, actions + 1)]
    moved, rewritten = story.values["ims.golive_moved_days"], story.number("ims.actuals_changed")
    anew, approved = story.number("ims.rebaselined_activities"), story.true("ims.baseline_approved_both")
    last = (moved, rewritten, anew, yes(approved), story.ago(3))
    updates = [(f"Update {n}", *((0, 0, 0, yes(True), story.ago(3)) if n < 13 else last)) for n in range(10, 14)]
    update = {
        "update": "id",
        "golive_moved_days": "decimal",
        "finished_redated": "integer",
        "rebaselined": "integer",
        "baseline_approved": "boolean",
    }
    newest = "FROM updates ORDER BY update DESC LIMIT 1"
    item = {
        "item": "id",
        "color": "text:Green|Yellow|Red",
        "evidence_color": "text:Green|Yellow|Red",
        "paper_corrected": "boolean",
        "days_yellow": "integer",
        "recovery_dated": "boolean",
    }
    better = '((color == "Green" and evidence_color != "Green") or (color == "Yellow" and evidence_color == "Red"))'
    done = {"entry": "id", "kind": "text:Report|Schedule update|Board|Action", "in_time": "boolean"}
    return Source(
        "status-reports",
        CUSTOMER,
        "Program office of NIWA",
        {
            "items": Table("program/status_reports.csv", item, items, ["item"]),
            "quoted": Table(
                "program/status_figures.csv",
                {"figure": "id", "reported": "integer", "in_system": "integer"},
                counts,
                ["figure"],
            ),
            "calendar": Table("program/status_calendar.csv", done, calendar, ["entry"]),
            "updates": Table("program/schedule_updates.csv", update, updates, ["update"]),
        },
        {
            "status.items_reported": count(unit="items", table="items"),
            "status.color_mismatches": count(better, unit="items", table="items"),
            "status.mismatches_uncorrected": count(f"{better} and not paper_corrected", unit="items", table="items"),
            "status.yellow_without_dated_recovery": count(
                'color == "Yellow" and days_yellow > 14 and not recovery_dated', unit="items", table="items"
            ),
            "status.count_divergence_ratio": query(
                "SELECT abs(reported - in_system) AS part, in_system AS whole FROM quoted "
                "ORDER BY abs(reported - in_system) / in_system DESC LIMIT 1",
                "quoted",
                type="ratio",
            ),
            "status.reports_issued_ratio": share("in_time", 'kind == "Report"', table="calendar"),
            "status.governance_meetings_held_ratio": share("in_time", 'kind == "Board"', table="calendar"),
            "status.actions_overdue_ratio": share("not in_time", 'kind == "Action"', table="calendar"),
            "ims.weekly_updates_missed_90d": count(
                'kind == "Schedule update" and not in_time', unit="weeks", table="calendar"
            ),
            "ims.golive_moved_days": query(
                f"SELECT golive_moved_days {newest}", "updates", type="decimal", unit="calendar days"
            ),
            "ims.actuals_changed": query(
                f"SELECT finished_redated {newest}", "updates", type="integer", unit="activities"
            ),
            "ims.rebaselined_activities": query(
                f"SELECT rebaselined {newest}", "updates", type="integer", unit="activities"
            ),
            "ims.baseline_approved_both": query(f"SELECT baseline_approved {newest}", "updates", type="boolean"),
        },
    )


def _board(story: Story) -> Source:
    sure = story.part("decision.quorum_confirmed_ratio")
    sides = ["Customer"] * 5 + ["Provider"] * 3
    voters = [(f"Voter {n}", side, yes(n <= sure), story.ago(4)) for n, side in enumerate(sides, 1)]
    unread = story.number("decision.unread_caveats")
    caveats = [(f"Caveat {n}", yes(n > unread), story.ago(4)) for n in range(1, 7)]
    return Source(
        "decision-meeting",
        CUSTOMER,
        "Program office of NIWA",
        {
            "voters": Table(
                "program/decision_voters.csv",
                {"voter": "id", "side": "text:Customer|Provider", "confirmed": "boolean"},
                voters,
                ["voter"],
            ),
            "caveats": Table(
                "program/decision_caveats.csv", {"caveat": "id", "in_the_paper": "boolean"}, caveats, ["caveat"]
            ),
        },
        {
            "governance.voting_members": count(unit="people", table="voters"),
            "decision.quorum_confirmed_ratio": share("confirmed", table="voters"),
            "decision.provider_voters_confirmed": count(
                'confirmed and side == "Provider"', unit="people", table="voters"
            ),
            "decision.unread_caveats": count("not in_the_paper", unit="items", table="caveats"),
        },
    )
