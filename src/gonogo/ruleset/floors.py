"""Floors: what no overlay may loosen, and which change would.

A change is compared with the criterion as it was when the floor was declared. So a layer may take back part of what a
layer below it tightened, but never go below the floor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.model.ruleset import Criterion
from gonogo.ruleset.criterion_fields import FIELDS, ChangeDocument, CriterionField
from gonogo.ruleset.effects import LOOSER, UNSURE, PartChange


@dataclass(slots=True)
class Floors:
    """The floors that are declared so far.

    Attributes:
        criteria: Each criterion with a floor, as it was when that was declared.
        parameters: The same by (criterion, parameter).
    """

    criteria: dict[str, Criterion] = field(default_factory=dict)
    parameters: dict[tuple[str, str], Criterion] = field(default_factory=dict)

    def learn(self, criterion: Criterion, old: Criterion | None = None) -> None:
        """Note what floors a criterion declares; those that ``old`` had already stay where they are."""
        if criterion.floor and not (old is not None and old.floor):
            self.criteria[criterion.id] = criterion
        for each in criterion.parameters:
            had = old.parameter.get(each.name) if old is not None else None
            if each.floor and not (had is not None and had.floor):
                self.parameters[criterion.id, each.name] = criterion

    def crossed(
        self, sheet: CheckedDocument[Document], place: Loc, change: ChangeDocument, changed: Criterion
    ) -> list[Problem]:
        """Return a mistake for everything that goes below a floor."""
        problems = []
        for whose, (key, (part, was, now, effect)) in self._loosened(changed):
            written = (*place, key.key)
            if part.startswith("parameter ") and part[10:] in change.parameters:
                written = (*place, "parameters", part[10:])
            elif key.name not in change.model_fields_set:
                written = place
            does = "loosens it" if effect is LOOSER else "may loosen it"
            what = f"{changed.id}: {whose} a floor, and this {does}: {part} was {was}, is {now} here"
            hint = "a tighter value is fine; to ease it, change the layer that declares the floor"
            problems.append(sheet.key_problem(written, "G161", what, hint))
        return problems

    def _loosened(self, changed: Criterion) -> Iterator[tuple[str, tuple[CriterionField, PartChange]]]:
        base = self.criteria.get(changed.id)
        if base is not None:
            yield from (("the criterion has", each) for each in _looser(base, changed))
            return
        seen = set()
        for (criterion, name), low in self.parameters.items():
            if criterion != changed.id:
                continue
            for key, each in _looser(low, changed):
                mine = each[0] == f"parameter {name}" or key.name == "require"
                if mine and each[0] not in seen:
                    seen.add(each[0])
                    yield f"the parameter '{name}' has", (key, each)


def _looser(old: Criterion, new: Criterion) -> Iterator[tuple[CriterionField, PartChange]]:
    for key in FIELDS:
        yield from ((key, part) for part in key.changes(old, new) if part[3] in (LOOSER, UNSURE))
