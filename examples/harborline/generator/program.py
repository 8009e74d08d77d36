"""The program file itself: one text for all three, so that only the evidence decides."""

from __future__ import annotations

from pathlib import Path

from .figures import Figures
from .files import write_text
from .junit import BUILD
from .people import TEMPLATES


def write(target: Path, figures: Figures) -> None:
    """Write gonogo.yaml of a program."""
    text = (TEMPLATES / "gonogo.yaml").read_text("utf-8")
    write_text(target / "gonogo.yaml", text.replace("@BUILD@", BUILD))
