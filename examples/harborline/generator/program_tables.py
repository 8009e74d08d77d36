"""Contracts, the parts of the contingency plan, the weekly status."""

from __future__ import annotations

from pathlib import Path

from .figures import Figures
from .files import write_csv

CONTRACTS = (
    ("NIWA-27-0114", "Change and training support", "2026-10-01", "2027-10-31", "2027-08-31", "1284611.37"),
    ("NIWA-27-0132", "Data conversion support", "2026-10-01", "2027-10-01", "2027-08-31", "2140300.10"),
    ("NIWA-27-0140", "Interface build", "2027-01-04", "2027-12-31", "2027-08-31", "1875250.20"),
    ("NIWA-27-0151", "Independent review", "2026-07-01", "2027-10-15", "2027-08-31", "990000.00"),
    ("NIWA-27-0158", "Legacy ledger operation", "2026-10-01", "2027-11-30", "2027-09-30", "1604838.33"),
    ("CFSC-ORD-1127", "Order O2609-989-988-001127 mod .2", "2026-09-30", "2027-09-29", "2027-08-31", "1787000.00"),
)
PARTS = ("Effects on systems", "Effects on data", "Effects on the workforce", "Cost", "Migration team")
QUOTED = (
    ("Weekly schedule update received", 1),
    ("Open risks and issues", 41),
    ("Open high defects without workaround", 0),
    ("Change requests undecided", 0),
)


def write(folder: Path, figures: Figures) -> None:
    """Write the tables of a program; the status quotes what its author was told."""
    header = ("contract", "purpose", "start_on", "end_on", "required_until", "obligated")
    write_csv(folder / "program" / "funding_2027-04-09.csv", header, CONTRACTS)
    rows = [(scenario, part, "Yes") for scenario in ("No-Go", "Rollback") for part in PARTS]
    write_csv(folder / "program" / "contingency_parts.csv", ("scenario", "part", "written"), rows)
    quoted = [(item, "Yellow" if figures.stopped else "Green", number) for item, number in QUOTED]
    write_csv(folder / "program" / "status_2027-04-16.csv", ("item", "color", "figure"), quoted)
