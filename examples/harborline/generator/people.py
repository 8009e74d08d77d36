"""Who holds which seat, and what they signed: people, waivers, action plans."""

from __future__ import annotations

import shutil
from pathlib import Path

from .figures import Figures

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def write(target: Path, figures: Figures) -> None:
    """Write the side files of a program: one register for all three, waivers and plans of its own."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(TEMPLATES / "people.yaml", target / "people.yaml")
    for name in ("waivers", "plans"):
        shutil.copyfile(TEMPLATES / f"{name}-{figures.scenario}.yaml", target / f"{name}.yaml")
