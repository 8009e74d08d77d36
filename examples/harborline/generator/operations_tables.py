"""Service levels, procedures, the help desk's test calls and articles."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from .figures import Figures
from .files import write_csv
from .names import SERVICES
from .workdays import at


def write(folder: Path, figures: Figures) -> None:
    """Write the tables of a program."""
    home = folder / "operations"
    signed, _ = figures.counts("sla.signed_ratio")
    rows = [
        (service, "2027-03-02", "2027-03-04" if n <= signed else "", "2027-03-29")
        for n, service in enumerate(SERVICES, 1)
    ]
    header = ("service", "customer_signed_on", "provider_signed_on", "reviewed_on")
    write_csv(home / "sla_catalogue.csv", header, rows)
    approved, whole = figures.counts("sop.approved_ratio")
    procedures = [
        (
            f"SOP-{n:02d}",
            SERVICES[n % 14],
            ("Customer", "Provider")[n % 2],
            "Approved" if n <= approved else "In review",
        )
        for n in range(1, whole + 1)
    ]
    write_csv(home / "sop_register_2027-04-12.csv", ("procedure", "service", "side", "status"), procedures)
    _helpdesk(home, figures)


def _helpdesk(home: Path, figures: Figures) -> None:
    """Write calls with UTC stamps, as the ticket system exports them: the last was at 23:41 in Washington."""
    right, whole = figures.counts("helpdesk.test_success_ratio")
    first = at("2027-04-14 13:01")
    calls = []
    for n in range(whole):
        moment = first + timedelta(minutes=n * 14) if n < whole - 1 else at("2027-04-15 03:41")
        routed = "Yes" if n < right + 1 else "No"
        words = routed, "Yes" if n < right else "No"
        calls.append((f"TC-{n + 1:02d}", f"{moment:%Y-%m-%d %H:%M:%S}", SERVICES[n % 14], *words))
    header = ("call", "called_at_utc", "reason", "routed", "answered")
    write_csv(home / "helpdesk_test_calls.csv", header, calls)
    covered, reasons = figures.counts("helpdesk.kb_coverage_ratio")
    articles = [
        (f"Reason {n:02d}", SERVICES[n % 14], 400 - 7 * n, f"KB{n:05d}" if n <= covered else "")
        for n in range(1, reasons + 1)
    ]
    write_csv(home / "helpdesk_reasons_2027-04-13.csv", ("reason", "service", "calls_a_month", "article"), articles)
