"""Workforce: organization, training, surveys, communications, rosters. People appear under hashed ids."""

from __future__ import annotations

from collections.abc import Iterator

from ..names import GROUPS, ROLES, SITES, UNITS, hashed
from .source import Source, Table, count, query, share, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
ELEMENTS = ("awareness", "desire", "knowledge", "ability", "reinforcement")


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources of the workforce domain."""
    yield _organization(story)
    yield _seats(story)
    yield _units(story)
    yield from _training(story)
    yield from _surveys(story)
    yield from _communications(story)
    yield _rosters(story)
    yield _workload(story)


def _organization(story: Story) -> Source:
    filled, posts = story.counts("retained.filled_ratio")
    described = story.part("retained.position_descriptions_ratio")
    positions = [
        (f"Position {n:02d}", yes(n <= described), yes(n <= filled), yes(n <= 20), yes(False), story.ago(5))
        for n in range(1, posts + 1)
    ]
    position = {
        "position": "id",
        "described": "boolean",
        "filled": "boolean",
        "critical": "boolean",
        "stand_in_ready": "boolean",
    }
    assigned, whole = story.counts("retained.functions_assigned_ratio")
    functions = [(f"Function {n:02d}", yes(n <= assigned), story.ago(12)) for n in range(1, whole + 1)]
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
    return Source(
        "organization",
        CUSTOMER,
        "Change office of NIWA",
        {
            "positions": Table("workforce/org_design.csv", position, positions, ["position"]),
            "functions": Table(
                "workforce/functions.csv", {"function": "id", "assigned": "boolean"}, functions, ["function"]
            ),
            "processes": Table(
                "workforce/processes.csv", {"process": "id", "document": "text:Approved|Draft"}, processes, ["process"]
            ),
            "steps": Table(
                "workforce/process_steps.csv", {"step": "text", "position": "text?assigned"}, steps, ["step"]
            ),
            "affected": Table("workforce/impact.csv", person, affected, ["person"]),
        },
        {
            "retained.position_descriptions_ratio": share("described", table="positions"),
            "retained.filled_ratio": share("filled", table="positions"),
            "retained.critical_vacant": count("critical and not filled", unit="positions", table="positions"),
            "retained.critical_uncovered": count(
                "critical and not filled and not stand_in_ready", unit="positions", table="positions"
            ),
            "retained.functions_assigned_ratio": share("assigned", table="functions"),
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


def _unit_of(story: Story) -> list[int]:
    """Return who completed training, so that the worst unit is as bad as the story says: places in the roster."""
    people, done = story.whole("training.completed_ratio"), story.part("training.completed_ratio")
    worst = [n for n in range(people) if n % 21 == 20]
    keep = round(len(worst) * story.ratio("training.lowest_unit_ratio"))
    others = [n for n in range(people) if n % 21 != 20]
    others.sort(key=lambda n: (n // 21 * 37 % 70, n % 21))
    return sorted(worst[:keep] + others[: done - keep])


def _training(story: Story) -> Iterator[Source]:
    people = story.whole("training.completed_ratio")
    done, passed = set(_unit_of(story)), story.part("proficiency.pass_ratio_all")
    assessed = sorted(done)
    able = set((assessed + [n for n in range(people) if n not in done])[:passed])
    removed, gap = story.number("population.unjustified_exclusions"), 10
    before = people + (96 if story.stopped else 6)
    rows = [
        (
            hashed("person", n),
            f"U{n % 21 + 1:02d}",
            ROLES[n % 17],
            yes(n in done),
            yes(n in able),
            yes(n < people - gap),
            story.ago(3),
        )
        for n in range(people)
    ]
    columns = {
        "person": "id",
        "unit": "text",
        "role": "-",
        "completed": "boolean",
        "passed": "boolean",
        "has_account": "boolean",
    }
    excluded = [
        (hashed("excluded", n), "" if n < removed else "Retires", "" if n < removed else "Ada Kirsch", story.ago(3))
        for n in range(max(removed, 6))
    ]
    month = [
        (hashed("person", n) if n < people else hashed("excluded", n - people), yes(n < people), story.ago(3))
        for n in range(before)
    ]
    attempts = []
    for n in range(people):
        tries = 7 - n % 2 if n in able else 5
        attempts += [
            (
                f"AT-{n:04d}-{t}",
                hashed("person", n),
                f"KF-{101 + n % 17}",
                "Passed" if n in able and t == tries else "Failed",
                story.ago(3),
            )
            for t in range(1, tries + 1)
        ]
    attempt = {"attempt": "text", "person": "id", "course": "-", "result": "text:Passed|Failed"}
    yield Source(
        "training-records",
        CUSTOMER,
        "Change office of NIWA",
        {
            "roster": Table("workforce/training_roster.csv", columns, rows, ["person"]),
            "attempts": Table("workforce/lms_completions.csv", attempt, attempts, ["attempt"]),
            "excluded": Table(
                "workforce/training_exclusions.csv",
                {"person": "id", "reason": "text?explained", "approver": "text?approved"},
                excluded,
                ["person"],
            ),
            "month": Table(
                "workforce/roster_month_ago.csv", {"person": "id", "still_required": "boolean"}, month, ["person"]
            ),
        },
        {
            "training.completed_ratio": share("completed", table="roster"),
            "training.lowest_unit_ratio": share("completed", table="roster")
            | {"by": {"column": "unit", "take": "lowest", "min_group": 5}},
            "proficiency.pass_ratio_all": query(
                "SELECT count(*) FILTER (person IN (SELECT person FROM attempts WHERE result = 'Passed')) AS part, "
                "count(*) AS whole FROM roster",
                "roster",
                "attempts",
                type="ratio",
            ),
            "population.lms_vs_access_gap_ratio": share("not has_account", table="roster"),
            "population.unjustified_exclusions": count(
                "not explained or not approved", unit="people", table="excluded"
            ),
            "population.shrink_30d_ratio": share("not still_required", table="month"),
        },
        personal=True,
    )
    courses = [(role, f"KF-{number:03d}", yes(True), story.ago(5)) for number, role in enumerate(ROLES, 101)]
    sizes = [24] * 65 + [19]
    sessions = [(f"S-{n:03d}", seats, story.ago(5)) for n, seats in enumerate(sizes, 1)]
    current, whole = story.counts("training.materials_current_ratio")
    materials = [(f"TM-{n:02d}", yes(n <= current), story.ago(5)) for n in range(1, whole + 1)]
    yield Source(
        "training-plan",
        PROVIDER,
        "Training and staffing of CFSC",
        {
            "courses": Table(
                "workforce/role_courses.csv", {"role": "id", "course": "id", "approved": "boolean"}, courses, ["role"]
            ),
            "sessions": Table("workforce/sessions.csv", {"session": "id", "seats": "integer"}, sessions, ["session"]),
            "materials": Table(
                "workforce/materials.csv", {"material": "id", "current": "boolean"}, materials, ["material"]
            ),
            "roster": Table("workforce/training_roster.csv", columns, rows, ["person"]),
        },
        {
            "training.roles_with_course_ratio": share("approved", table="courses"),
            "training.seats_ratio": query(
                "SELECT (SELECT sum(seats) FROM sessions) AS part, (SELECT count(*) FROM roster) AS whole",
                "sessions",
                "roster",
                type="ratio",
            ),
            "training.materials_current_ratio": share("current", table="materials"),
        },
        personal=True,
    )
    up, minutes = story.counts("sandbox.availability_ratio")
    practiced, users = story.part("sandbox.users_practiced_ratio"), people
    usage = [(hashed("person", n), yes(n < practiced), story.ago(4)) for n in range(users)]
    probes = [
        (f"Day {n + 1:02d}", minutes // 20, up // 20 + (1 if n < up % 20 else 0), story.ago(4)) for n in range(20)
    ]
    yield Source(
        "training-environment",
        PROVIDER,
        "Training and staffing of CFSC",
        {
            "usage": Table("workforce/sandbox_usage.csv", {"person": "id", "practiced": "boolean"}, usage, ["person"]),
            "probes": Table(
                "workforce/sandbox_probes.csv",
                {"day": "id", "probes": "integer", "answered": "integer"},
                probes,
                ["day"],
            ),
        },
        {
            "sandbox.users_practiced_ratio": share("practiced", table="usage"),
            "sandbox.available": query("SELECT min(answered) > 0 FROM probes", "probes", type="boolean"),
            "sandbox.availability_ratio": query(
                "SELECT sum(answered) AS part, sum(probes) AS whole FROM probes", "probes", type="ratio"
            ),
        },
        personal=True,
    )


def _surveys(story: Story) -> Iterator[Source]:
    answered, trained = story.counts("evaluation.response_ratio")
    evaluation = [
        (
            hashed("evaluation", n),
            f"KF-{101 + n % 17}",
            4 + (n % 10 == 3) if n < answered else "",
            yes(n < answered),
            story.ago(6),
        )
        for n in range(trained)
    ]
    rating = {"sheet": "id", "course": "text", "rating": "integer?blank", "answered": "boolean"}
    yield Source(
        "training-evaluation",
        PROVIDER,
        "Training and staffing of CFSC",
        {"sheets": Table("workforce/training_eval.csv", rating, evaluation, ["sheet"])},
        {
            "evaluation.response_ratio": share("answered"),
            "evaluation.mean_score": query(
                "SELECT CAST(CAST(sum(coalesce(rating, 0)) AS DECIMAL(12, 4)) / count(*) AS DECIMAL(6, 1)) FROM sheets "
                "WHERE answered",
                "sheets",
                type="decimal",
                unit="points",
            ),
            "evaluation.courses_below_3": query(
                "SELECT count(*) FROM (SELECT course FROM sheets WHERE answered GROUP BY course "
                "HAVING sum(coalesce(rating, 0)) < 3 * count(*))",
                "sheets",
                type="integer",
                unit="courses",
            ),
        },
        personal=True,
    )
    replies, affected = story.counts("adkar.response_ratio")
    silent = story.number("adkar.groups_without_response")
    lowest = round(10 * float(story.values["adkar.min_group_element"]))
    quiet = [n for n in range(affected) if n % 14 < silent]
    loud = [n for n in range(affected) if n % 14 >= silent]
    answering = set(loud[:replies])
    seen: dict[int, int] = {}
    survey = []
    for n in range(affected):
        group, replied = n % 14, n in answering and n not in quiet
        place = seen[group] = seen.get(group, -1) + replied if group in seen else (0 if replied else -1)
        marks = [0, 0, 0, 0, 0]
        if replied:
            marks = [4, 4, 4, 4, 4]
            if group == 2:  # Gulf: ability is the lowest, exactly as low as the story says over each ten replies
                marks[3] = lowest // 10 + (place % 10 < lowest % 10)
        survey.append(
            (
                hashed("survey", n),
                GROUPS[group],
                yes(replied),
                *(mark if replied else "" for mark in marks),
                story.ago(8),
            )
        )
    columns = {"sheet": "id", "group": "text", "answered": "boolean"} | dict.fromkeys(ELEMENTS, "integer?blank")
    least = ", ".join(f"sum(coalesce({name}, 0))" for name in ELEMENTS)
    yield Source(
        "readiness-survey",
        CUSTOMER,
        "Change office of NIWA",
        {"sheets": Table("workforce/readiness_survey.csv", columns, survey, ["sheet"])},
        {
            "adkar.response_ratio": share("answered"),
            "adkar.min_group_element": query(
                f"SELECT CAST(min(mark) AS DECIMAL(6, 1)) FROM (SELECT least({least}) / "
                'CAST(count(*) AS DECIMAL(12, 4)) AS mark FROM sheets WHERE answered GROUP BY "group")',
                "sheets",
                type="decimal",
                unit="points",
            ),
            "adkar.groups_without_response": query(
                'SELECT count(*) FROM (SELECT "group" FROM sheets GROUP BY "group" '
                "HAVING count(*) FILTER (answered) * 10 < 3 * count(*))",
                "sheets",
                type="integer",
                unit="groups",
            ),
        },
        personal=True,
    )
    aware, asked = story.counts("pulse.aware_ratio")
    pulse = [(hashed("pulse", n), "Help desk" if n < aware else "Colleague", story.ago(7)) for n in range(asked)]
    yield Source(
        "pulse-survey",
        CUSTOMER,
        "Change office of NIWA",
        {
            "replies": Table(
                "workforce/pulse_survey.csv",
                {"respondent": "id", "channel": "text:Help desk|Colleague|Old hotline"},
                pulse,
                ["respondent"],
            )
        },
        {"pulse.aware_ratio": share('channel == "Help desk"'), "pulse.responses": count(unit="people")},
        personal=True,
    )


def _communications(story: Story) -> Iterator[Source]:
    cover = {"cell": "Cover!B5"}
    message = {
        "id": "id@Id",
        "due": "date@Due",
        "sent_on": "date?sent@Sent On",
        "message": "-Message",
        "audience": "-Audience",
        "channel": "-Channel",
    }
    group = {
        "group": "id@Group",
        "told": "-Told On",
        "acknowledged_on": "date?acknowledged@Acknowledged On",
        "contact": "-Contact",
    }
    yield Source(
        "communications",
        CUSTOMER,
        "Change office of NIWA",
        {
            "messages": Table(
                "workforce/comms_plan.xlsx",
                message,
                key=["id"],
                more={"sheet": "Messages", "control": {"rows": 80}},
                held=cover,
            )
        },
        {"comms.delivered_ratio": share("sent and sent_on <= due", "due <= now")},
        also={"handling": {"marking": "internal", "reason": "Contact holds offices and no person"}},
    )
    yield Source(
        "cutover-groups",
        CUSTOMER,
        "Change office of NIWA",
        {
            "groups": Table(
                "workforce/comms_plan.xlsx",
                group,
                key=["group"],
                more={"sheet": "Cutover Groups", "control": {"rows": 14}},
                held=cover,
            )
        },
        {"cutover_comms.reached_ratio": share("acknowledged")},
        also={"handling": {"marking": "internal", "reason": "Contact holds offices and no person"}},
    )
    told, vendors = story.counts("cutover_comms.vendors_notified_ratio")
    notified = [(f"V-{n:04d}", yes(n <= told), story.ago(4)) for n in range(1, vendors + 1)]
    feedback = [(f"FB-{n:02d}", "Open" if n == 1 else "Answered", story.ago(4)) for n in range(1, 20)]
    yield Source(
        "vendor-notices",
        CUSTOMER,
        "Change office of NIWA",
        {
            "vendors": Table(
                "workforce/vendor_notices.csv", {"vendor": "id", "notified": "boolean"}, notified, ["vendor"]
            ),
            "feedback": Table(
                "workforce/feedback.csv", {"entry": "id", "state": "text:Open|Answered"}, feedback, ["entry"]
            ),
        },
        {
            "cutover_comms.vendors_notified_ratio": share("notified", table="vendors"),
            "comms.feedback_received": count(unit="items", table="feedback"),
            "comms.feedback_open": count('state == "Open"', unit="items", table="feedback"),
        },
    )


def _rosters(story: Story) -> Source:
    sure, slots = story.counts("sme.confirmed_ratio")
    backed = story.part("sme.backup_ratio")
    shifts = [
        (f"Slot {n:02d}", yes(n <= sure), yes(n <= backed), yes(False), yes(True), story.ago(6))
        for n in range(1, slots + 1)
    ]
    shift = {
        "slot": "id",
        "confirmed": "boolean",
        "backup": "boolean",
        "on_leave": "boolean",
        "backup_rehearsed": "boolean",
    }
    staff = []
    for side, prefix in (("Customer", "customer_om"), ("Provider", "provider_staff")):
        placed, whole = story.counts(f"{prefix}.onboard_ratio")
        trained = story.part(f"{prefix}.trained_ratio")
        staff += [
            (f"{side[0]}-{n:02d}", side, yes(n <= placed), yes(n <= trained), story.ago(4)) for n in range(1, whole + 1)
        ]
    post = {"post": "id", "side": "text:Customer|Provider", "in_place": "boolean", "trained": "boolean"}
    released, whole = story.counts("superusers.released_ratio")
    helpers = [
        (hashed("superuser", n), SITES[n % 9], yes(n < released), 1462 // 64 + (n < 10), story.ago(9))
        for n in range(whole)
    ]
    helper = {"superuser": "id", "site": "text", "released": "boolean", "users": "integer"}
    return Source(
        "rosters",
        CUSTOMER,
        "Change office of NIWA",
        {
            "shifts": Table("workforce/rosters.csv", shift, shifts, ["slot"]),
            "staff": Table("workforce/staffing.csv", post, staff, ["post"]),
            "superusers": Table("workforce/superusers.csv", helper, helpers, ["superuser"]),
            "sites": Table(
                "workforce/sites.csv",
                {"site": "id", "users": "integer"},
                [(site, 163 if n < 4 else 162, story.ago(9)) for n, site in enumerate(SITES)],
                ["site"],
            ),
        },
        {
            "sme.confirmed_ratio": share("confirmed", table="shifts"),
            "sme.backup_ratio": share("backup", table="shifts"),
            "sme.leave_conflicts": count("on_leave", unit="conflicts", table="shifts"),
            "sme.conflicts_uncovered": count(
                "on_leave and (not backup or not backup_rehearsed)", unit="slots", table="shifts"
            ),
            "customer_om.onboard_ratio": share("in_place", 'side == "Customer"', table="staff"),
            "customer_om.trained_ratio": share("trained", 'side == "Customer"', table="staff"),
            "provider_staff.onboard_ratio": share("in_place", 'side == "Provider"', table="staff"),
            "provider_staff.trained_ratio": share("trained", 'side == "Provider"', table="staff"),
            "superusers.released_ratio": share("released", table="superusers"),
            "superusers.ratio_users": query(
                "SELECT CAST(CAST((SELECT sum(users) FROM sites) AS DECIMAL(12, 3)) / count(*) AS DECIMAL(6, 1)) "
                "FROM superusers",
                "sites",
                "superusers",
                type="decimal",
                unit="people",
            ),
            "superusers.sites_uncovered": query(
                "SELECT count(*) FROM sites WHERE site NOT IN (SELECT site FROM superusers)",
                "sites",
                "superusers",
                type="integer",
                unit="sites",
            ),
        },
        personal=True,
    )


def _workload(story: Story) -> Source:
    today = round(100 * float(story.values["backlog.days_of_work"]))
    peak = round(100 * float(story.values["backlog.modelled_peak_days"]))
    days = [
        (
            f"Day {n:02d}",
            today if n == 0 else min(peak, today + n * max(1, (peak - today) // 12)) if n < 13 else peak - 3 * (n - 12),
            100,
            story.ago(7),
        )
        for n in range(40)
    ]
    secured, whole = story.counts("backlog.surge_fte_secured_ratio")
    surge = [(f"Surge {n:02d}", yes(n <= secured), story.ago(7)) for n in range(1, whole + 1)]
    did, forecast = story.counts("backlog.measured_throughput_ratio")
    rehearsed = [("Payments", did, forecast, story.ago(7))]
    day = {"day": "id", "backlog": "integer", "done_a_day": "integer"}
    cast = "SELECT CAST(CAST({} AS DECIMAL(12, 3)) AS DECIMAL(8, 1)) FROM days {}"
    return Source(
        "workload-model",
        PROVIDER,
        "Training and staffing of CFSC",
        {
            "days": Table("workforce/workload_model.csv", day, days, ["day"]),
            "surge": Table("workforce/surge_staff.csv", {"post": "id", "secured": "boolean"}, surge, ["post"]),
            "measured": Table(
                "workforce/throughput.csv",
                {"work": "id", "done": "integer", "forecast": "integer"},
                rehearsed,
                ["work"],
            ),
        },
        {
            "backlog.days_of_work": query(
                cast.format("CAST(backlog AS DECIMAL(12, 3)) / done_a_day", "WHERE day = 'Day 00'"),
                "days",
                type="decimal",
                unit="working days",
            ),
            "backlog.modelled_peak_days": query(
                cast.format("max(CAST(backlog AS DECIMAL(12, 3)) / done_a_day)", ""),
                "days",
                type="decimal",
                unit="working days",
            ),
            "backlog.surge_fte_secured_ratio": share("secured", table="surge"),
            "backlog.measured_throughput_ratio": query(
                "SELECT sum(done) AS part, sum(forecast) AS whole FROM measured", "measured", type="ratio"
            ),
        },
    )
