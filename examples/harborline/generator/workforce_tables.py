"""Training, processes, communications, staff of both sides, the pulse survey. People appear under hashed ids."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from . import communications
from .figures import Figures
from .files import dice, write_csv, write_sheet, write_workbook
from .names import GROUPS, ROLES, SERVICES, SITES, UNITS, hashed
from .workdays import at

LEARNERS, REMOVED, SEATS = 1462, 96, 1579
HELD = at("2027-04-16")


def write(folder: Path, figures: Figures) -> None:
    """Write the tables of a program."""
    home = folder / "workforce"
    _training(home, figures)
    _processes(home, figures)
    write_workbook(home / "comms_plan.xlsx", HELD, lambda book: _communications(book, figures))
    _staff(home, figures)
    aware, asked = figures.counts("pulse.aware_ratio")
    answers = [
        (hashed("pulse", n), UNITS[n % 21], "Help desk" if n < aware else ("Colleague", "Old hotline")[n % 2])
        for n in range(asked)
    ]
    dice("pulse").shuffle(answers)
    write_csv(home / "pulse_survey_2027-04-12.csv", ("respondent", "unit", "channel_named"), answers)


def _training(home: Path, figures: Figures) -> None:
    courses = [(role, f"KF-{number:03d}", "Yes") for number, role in enumerate(ROLES, 101)]
    write_csv(home / "role_courses.csv", ("role", "course", "approved"), courses)
    sizes = [24] * (SEATS // 24) + [SEATS % 24]
    sessions = [
        (f"S-{n:03d}", courses[n % 17][1], SITES[n % 9], (at("2027-03-08") + timedelta(days=n % 50)).date(), seats)
        for n, seats in enumerate(sizes, 1)
    ]
    write_csv(home / "sessions_2027-04-14.csv", ("session", "course", "site", "held_on", "seats"), sessions)
    random = dice("roster")
    roster = [
        (hashed("person", n), UNITS[n % 21], SITES[n % 9], random.choice(ROLES), "Yes" if n % 37 else "No")
        for n in range(LEARNERS)
    ]
    if figures.stopped:  # people who failed were taken off the list; every row that is left looks right
        roster = [row for place, row in enumerate(roster) if place % 15 or place // 15 >= REMOVED]
    write_csv(home / "roster_2027-04-16.csv", ("person", "unit", "site", "role", "supervisor_named"), roster)


def _processes(home: Path, figures: Figures) -> None:
    done, whole = figures.counts("process.documented_ratio")
    processes = [
        (f"P-{n:02d}", f"{SERVICES[n % 14]}, process {n // 14 + 1}", "Approved" if n <= done else "Draft")
        for n in range(1, whole + 1)
    ]
    write_csv(home / "processes_2027-03-31.csv", ("process", "title", "document"), processes)
    mapped, whole = figures.counts("process.mapped_to_position_ratio")
    steps = [
        (f"P-{n % 46 + 1:02d}", n // 46 + 1, f"Position {n % 58 + 1:02d}" if n < mapped else "") for n in range(whole)
    ]
    write_csv(home / "process_steps_2027-03-31.csv", ("process", "step", "position"), steps)


def _communications(book: Any, figures: Figures) -> None:
    cover = book.add_worksheet("Cover")
    cover.write_string("B3", "Harborline communications plan")
    cover.write_datetime("B5", HELD, book.add_format({"num_format": "mmmm d, yyyy"}))
    sent, due = figures.counts("comms.delivered_ratio")
    messages = []
    for n in range(due + 22):
        day = at("2026-12-01") + timedelta(days=2 * n) if n < due else at("2027-04-20") + timedelta(days=n - due)
        late = n in range(10, 10 + due - sent)
        went = (day + timedelta(days=6) if late else day) if n < due else None
        messages.append(communications.message(n, day, went))
    communications.write(book, messages)
    reached, groups = figures.counts("cutover_comms.reached_ratio")
    silent = range(1, 1 + groups - reached)
    rows = [
        (group, at("2027-04-09"), None if n in silent else at("2027-04-13"), "Regional finance lead")
        for n, group in enumerate(GROUPS)
    ]
    write_sheet(book, "Cutover Groups", ("Group", "Told On", "Acknowledged On", "Contact"), rows)


def _staff(home: Path, figures: Figures) -> None:
    rows: list[tuple[object, ...]] = []
    for side, prefix in (("Customer", "customer_om"), ("Provider", "provider_staff")):
        placed, whole = figures.counts(f"{prefix}.onboard_ratio")
        trained, _ = figures.counts(f"{prefix}.trained_ratio")
        for n in range(whole):
            holder = hashed(f"staff/{side}", n) if n < placed else ""
            words = "Yes" if n < placed else "No", "Yes" if n < trained else "No"
            rows.append((f"{side[0]}-{n + 1:02d}", side, SERVICES[n % 14], holder, *words))
    header = ("position", "side", "service", "holder", "in_place", "trained")
    write_csv(home / "staffing_2027-04-15.csv", header, rows)
