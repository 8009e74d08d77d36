"""The schedules: the master schedule as Microsoft Project XML, and the provider's part of it as a Primavera file."""

from __future__ import annotations

from pathlib import Path

from . import mspdi, xer
from .figures import Figures
from .files import write_text
from .plan import build

FOLDER = Path("evidence", "program")


def write(target: Path, figures: Figures) -> None:
    """Write both schedules of a program."""
    plan = build(figures)
    write_text(target / FOLDER / "ims_2027-04-15.xml", mspdi.render(plan))
    write_text(target / FOLDER / "ims_provider_2027-04-15.xer", xer.render(plan), encoding="cp1252")
