"""What a person must still fill in: every place of a program's files that says so, with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Final

from gonogo.first_week.prose import FILL_IN, plain
from gonogo.model.position import Position

_FILES: Final = (
    "gonogo.yaml",
    "people.yaml",
    "waivers.yaml",
    "plans.yaml",
    "acceptances.yaml",
    "attestations.yaml",
)
_CONTINUED: Final = re.compile(r" *#   \S")
_LEGEND: Final = f"says {FILL_IN}."


@dataclass(frozen=True, slots=True)
class Open:
    """One place that is still open.

    Attributes:
        where: File, line and column.
        sentence: What belongs there.
    """

    where: Position
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


def unfilled(root: Path) -> list[Open]:
    """Return every place that is still marked, in the order of the files. A file that cannot be read has none."""
    return [entry for name in _FILES for entry in _of(root / name, name)]


def _of(path: Path, name: str) -> Iterator[Open]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for number, line in enumerate(lines, 1):
        column = line.find(FILL_IN)
        if column >= 0 and _LEGEND not in line:
            yield Open(Position(name, number, column + 1), _sentence(line + _rest(lines[number:])))


def _rest(lines: Sequence[str]) -> str:
    """Return how a comment goes on below its first line: such lines are indented by two blanks more."""
    return "".join(f" {line.strip(' #')}" for line in takewhile(_CONTINUED.match, lines))


def _sentence(line: str) -> str:
    before, _, after = line.partition(FILL_IN)
    key = before.strip(" #-\"'").rstrip(": ").rpartition(" ")[2]
    rest = after.strip(" :\"'#")
    return plain(f"{key}: {rest}" if key and rest else rest or f"{key or 'this'} is open")
