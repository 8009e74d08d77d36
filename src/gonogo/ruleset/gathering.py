"""What is gathered while the files of a ruleset are read, mistakes included, so that all are reported together."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gonogo.documents.files import read_file, shown
from gonogo.documents.shape import CheckedDocument, D, read_sheet
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.change import RuleChange
from gonogo.model.fact import FactDeclaration
from gonogo.model.people import M3_ROLES
from gonogo.model.position import Position
from gonogo.model.ruleset import Criterion
from gonogo.ruleset.floors import Floors


@dataclass(slots=True)
class Gathering:
    """What is gathered while a ruleset is read."""

    problems: list[Problem] = field(default_factory=list)
    facts: list[FactDeclaration] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    criteria: dict[str, Criterion] = field(default_factory=dict)
    holds: list[Criterion] = field(default_factory=list)
    places: dict[str, Position] = field(default_factory=dict)
    seats: list[str] = field(default_factory=lambda: list(M3_ROLES))
    sources: dict[str, str] = field(default_factory=dict)
    changes: list[RuleChange] = field(default_factory=list)
    set_at: dict[tuple[str, str], tuple[RuleChange, Position]] = field(default_factory=dict)
    floors: Floors = field(default_factory=Floors)
    unread: dict[str, bool] = field(default_factory=lambda: {"facts": False, "criteria": False})

    def open(self, path: Path, model: type[D], *, hint: str = "") -> CheckedDocument[D] | None:
        """Read one file; None, and its mistakes noted, where it cannot be read."""
        try:
            sheet = read_sheet(read_file(path, hint=hint), shown(path), model)
        except ConfigurationError as error:
            self.problems += error.problems
            return None
        self.problems += sheet.problems
        return sheet
