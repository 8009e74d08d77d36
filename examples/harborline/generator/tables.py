"""Everything that people keep as a table, domain by domain."""

from __future__ import annotations

from pathlib import Path

from . import operations_tables, program_tables, quality_tables, system_tables, workforce_tables
from .figures import Figures


def write(target: Path, figures: Figures) -> None:
    """Write the tables of a program."""
    for domain in (program_tables, workforce_tables, system_tables, quality_tables, operations_tables):
        domain.write(target / "evidence", figures)
