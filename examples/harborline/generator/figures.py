"""The figures that one program's evidence must hold, from ``figures.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

SCENARIOS = ("go", "conditional", "nogo")
FILE = Path(__file__).resolve().parent.parent / "figures.yaml"


@dataclass(frozen=True)
class Figures:
    """The figures of one program.

    Attributes:
        scenario: go, conditional or nogo.
        values: Figure by fact, as text: ``22/23``, ``0.06``, ``true``, ``gap missing``.
    """

    scenario: str
    values: dict[str, str]

    @property
    def stopped(self) -> bool:
        """Whether this is the program that must not go live."""
        return self.scenario == "nogo"

    def counts(self, fact: str) -> tuple[int, int]:
        """Return part and whole of a ratio."""
        part, whole = self.values[fact].split("/")
        return int(part), int(whole)

    def number(self, fact: str) -> int:
        """Return a whole number."""
        return int(self.values[fact])


def read_figures(scenario: str) -> Figures:
    """Return the figures of a program; whatever is written stays text, so that no number is rounded."""
    document = yaml.load(FILE.read_text("utf-8"), Loader=yaml.BaseLoader)  # BaseLoader makes only texts
    values = {fact: entry if isinstance(entry, str) else entry[scenario] for fact, entry in document.items()}
    return Figures(scenario, values)
