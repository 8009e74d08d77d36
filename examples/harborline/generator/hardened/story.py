"""What one program's evidence under m3-hardened must hold, and on which day it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from ..figures import Figures, read_figures

HOME = Path(__file__).resolve().parents[2]
FILE = HOME / "figures-m3-hardened.yaml"
GO_LIVE = date(2027, 5, 3)
MILESTONES = {"T-60": 60, "T-30": 30, "T-14": 14, "T-5": 5, "T-0": 0}


@dataclass(frozen=True)
class Story(Figures):
    """The figures of one program at one milestone.

    Attributes:
        base: The figures that the sources shared with the m3-baseline programs are made of.
        milestone: The rung of the gate.
    """

    base: Figures
    milestone: str = "T-14"

    @property
    def today(self) -> date:
        """The day of the assessment."""
        return GO_LIVE - timedelta(days=MILESTONES[self.milestone])

    def ago(self, days: int) -> str:
        """Return the day so many days before the assessment."""
        return (self.today - timedelta(days=days)).isoformat()

    def part(self, fact: str) -> int:
        """Return the part of a ratio."""
        return self.counts(fact)[0]

    def whole(self, fact: str) -> int:
        """Return the whole of a ratio."""
        return self.counts(fact)[1]

    def ratio(self, fact: str) -> float:
        """Return a number, or what a part and a whole make."""
        part, _, whole = self.values[fact].partition("/")
        return float(part) / float(whole or 1)

    def true(self, fact: str) -> bool:
        """Return a yes or no."""
        return self.values[fact] == "true"

    def pick(self, go: int, conditional: int, nogo: int) -> int:
        """Return the number of this scenario."""
        return {"go": go, "conditional": conditional, "nogo": nogo}[self.scenario]


def read_story(scenario: str, milestone: str = "T-14") -> Story:
    """Return the story of a program; whatever is written stays text, so that no number is rounded."""
    document = yaml.load(FILE.read_text("utf-8"), Loader=yaml.BaseLoader)  # BaseLoader makes only texts
    base = read_figures(scenario)
    own = {
        fact: entry if isinstance(entry, str) else entry.get(milestone, entry.get(scenario, entry.get("go")))
        for fact, entry in document.items()
    }
    return Story(scenario, base.values | own, base, milestone)
