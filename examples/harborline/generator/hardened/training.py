"""Workforce: training and its environment. People appear under hashed ids."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..names import ROLES, hashed
from .source import Source, Table, column, count, exported, query, share, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _training(story)


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
    completed = ("Complete", "Complete via RPL")
    courses = [
        (
            hashed("person", n),
            f"U{n % 21 + 1:02d}",
            f"KF-{101 + n % 17}",
            completed[n % 50 == 7] if n in done else ("In progress", "Not yet started")[n % 2],
            learned_on(story.ago(10 + n % 40)) if n in done else "",
            "30 Apr 2027",
        )
        for n in range(people)
    ]
    headings = "Username,User's Organisation Name(s),Course Name,Completion Status,Completion Date,Due Date"
    yield Source(
        "usalearning-completions",
        CUSTOMER,
        "Change office of NIWA",
        {
            "courses": Table(
                "workforce/completion-@.csv",
                exported(headings.split(",")),
                courses,
                on=story.ago(3),
                adds={"unit": column("text@User's Organisation Name(s)")},
            )
        },
        {
            # Each person has one course, so a row is a person too.
            "training.lowest_unit_ratio": share(f"status in {list(completed)}".replace("'", '"'))
            | {"by": {"column": "unit", "take": "lowest", "min_group": 5}},
        },
        personal=True,
        profile="usalearning-completions@1 as training",
    )
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


def learned_on(day: str) -> str:
    """Return a day as Totara writes it."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%b %Y}"
