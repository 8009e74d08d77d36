"""Requirements, mappings, configuration, interfaces, mock conversions, cutover."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from . import requirements
from .figures import Figures
from .files import dice, write_csv, write_workbook
from .names import INTERFACES, OBJECTS, SERVICES
from .workdays import at

CODES = 260
OPEN_IN_NOGO = ("Purchase card issuer", "Lockbox", "Debt referral")
STEPS, DUE = 318, 64


def write(folder: Path, figures: Figures) -> None:
    """Write the tables of a program."""
    home = folder / "system"
    write_workbook(home / "rtm.xlsx", at("2027-04-12"), lambda book: _requirements(book, figures))
    _mapping(home, figures)
    part, whole = figures.counts("config.items_complete_ratio")
    items = [
        (f"CI-{n:03d}", SERVICES[n % 14], "Yes", "Yes" if n <= part else "No", "0.9800" if n % 5 else "1")
        for n in range(1, whole + 1)
    ]
    write_csv(home / "config_items_2027-04-14.csv", ("item", "service", "built", "tested", "coverage"), items)
    _interfaces(home, figures)
    _mock(home, figures)
    _cutover(home, figures)


def _requirements(book: Any, figures: Figures) -> None:
    _, scope = figures.counts("rtm.approved_ratio")
    changed = requirements.changed()
    rows = [
        requirements.requirement(
            n,
            "Mandatory" if n % 3 else "Optional",
            f"UAT-{n % 388 + 1:03d}" if n <= scope else "",
            inside=n <= scope,
            required=n in changed,
        )
        for n in range(1, requirements.BASELINE + 1)
    ]
    decided = [("Approved", "Closed", "Rejected", "Withdrawn")[n % 4] for n in range(requirements.REQUESTS)]
    requirements.write(book, at("2027-04-12"), rows, requirements.requests(decided))


def _mapping(home: Path, figures: Figures) -> None:
    _, maps = figures.counts("mapping.approved_ratio")
    random = dice("mapping")
    legacy = random.sample(range(1000, 9999), CODES)
    rows = [(f"MAP-{n:03d}", f"TL-{legacy[n]}", f"KF-{10_000 + n}", "Approved", "2027-03-19") for n in range(maps)]
    write_csv(home / "maps_2027-03-31.csv", ("map", "legacy_code", "target_code", "status", "approved_on"), rows)
    codes = [(f"TL-{code}", "Yes" if n < maps else "No") for n, code in enumerate(legacy)]
    random.shuffle(codes)
    write_csv(home / "legacy_codes_2027-03-31.csv", ("legacy_code", "active"), codes)


def _interfaces(home: Path, figures: Figures) -> None:
    part, whole = figures.counts("interfaces.e2e_passed_ratio")
    untested = OPEN_IN_NOGO[: whole - part]
    critical = untested[1 : 1 + figures.number("interfaces.critical_open")]
    rows = []
    for n, partner in enumerate(INTERFACES, 1):
        result = "Passed" if partner not in untested else "Failed" if partner in critical else "Not run"
        problem = "Critical" if partner in critical else ("None", "Minor")[n % 5 == 0]
        rows.append((f"IF-{n:02d}", partner, "Approved", result, problem, "2027-04-14"))
    header = ("interface", "partner", "control_document", "end_to_end", "open_problem", "status_on")
    write_csv(home / "interfaces.csv", header, rows)


def _mock(home: Path, figures: Figures) -> None:
    done = figures.number("mock.cycles_completed")
    days = ("2026-11-20", "2027-01-15", "2027-02-26", "2027-03-31")
    failed = figures.stopped
    cycles = [(n, day, "Reconciled" if n <= done else "Not run") for n, day in enumerate(days, 1)]
    write_csv(home / "mock_cycles_2027-03-31.csv", ("cycle", "planned_on", "status"), cycles)
    exits = [
        ("Objects loaded", "99.5%", "93.1" if failed else "99.68"),
        ("Trial balance pairs tied", "100%", "98.44" if failed else "100"),
        ("Control accounts tied", "100%", "81.82" if failed else "100"),
        ("Rejects explained", "100%", "62.5" if failed else "100"),
        ("Records sampled by hand", "95%", "97.2"),
    ]
    exits += [(f"{name} within tolerance", "99%", "99.7") for name in OBJECTS[:6]]
    write_csv(home / "mock_exit_2027-03-31.csv", ("criterion", "required", "measured"), exits)


def _cutover(home: Path, figures: Figures) -> None:
    done, due = figures.counts("cutover.precutover_due_done_ratio")
    rows = []
    for n in range(1, STEPS + 1):
        early = n <= due
        moment = at("2027-03-01 17:00") + timedelta(days=n % 44) if early else at("2027-04-20 09:00")
        moment += timedelta() if early else timedelta(hours=n - due)
        finished = f"{moment - timedelta(hours=3):%Y-%m-%d %H:%M}" if n <= done else ""
        checkpoint = "Prepare" if early else ("Freeze", "Extract", "Load", "Reconcile", "Return", "Open")[n * 6 // 319]
        rows.append((f"C-{n:03d}", checkpoint, ("Customer", "Provider")[n % 2], f"{moment:%Y-%m-%d %H:%M}", finished))
    write_csv(home / "cutover_plan_2027-04-16.csv", ("step", "checkpoint", "side", "due_at", "done_at"), rows)
    still = figures.number("rehearsal.critical_deviations_open")
    found = []
    for n in range(1, 27):
        severity = "Critical" if n <= 4 else ("Major", "Minor")[n % 2]
        status = "Open" if n <= still or n in (11, 17) else "Closed"
        found.append((f"D-{n:02d}", f"C-{90 + n:03d}", severity, status))
    write_csv(home / "rehearsal_deviations_2027-04-12.csv", ("deviation", "step", "severity", "status"), found)
