"""What a criterion asks at each milestone, where it asks more and more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import pairwise

from gonogo.core.due import milestone_day
from gonogo.core.wording import listing
from gonogo.model.finding import Finding
from gonogo.report.view import RunView


def ladder_words(view: RunView, finding: Finding) -> tuple[str, ...]:
    """Return one sentence for each threshold that changes with the milestones: ``min_ready: 60% from T-30, 98% …``."""
    return tuple(
        f"{name}: {listing([f'{value} from {milestone}' for milestone, value in steps], most=len(steps))}"
        for name, steps in _ladders(view, finding)
    )


def rungs_ahead(view: RunView, finding: Finding) -> dict[str, date]:
    """Return the milestones at which a criterion asks for another threshold than before, with their days."""
    found = {}
    for _name, steps in _ladders(view, finding):
        for (_before, old), (milestone, new) in pairwise(steps):
            if old != new:
                with suppress(ValueError):  # a record may hold any text; what is no milestone has no day
                    found[milestone] = milestone_day(view.started.program, view.started.release, milestone)
    return found


def _ladders(view: RunView, finding: Finding) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the name and the rungs of each threshold of a criterion that has any, as the record writes them."""
    for parameter in view.about.get(finding.criterion, {}).get("parameters", ()):
        rungs = parameter.get("ladder") if isinstance(parameter, dict) else None
        steps = [step for rung in rungs or () if (step := _rung(rung)) is not None]
        if steps and len(steps) == len(rungs or ()):
            yield str(parameter.get("name")), steps


def _rung(rung: object) -> tuple[str, str] | None:
    if isinstance(rung, dict) and {"milestone", "value"} <= rung.keys():
        return str(rung["milestone"]), str(rung["value"])
    if isinstance(rung, (list, tuple)) and len(rung) == 2:
        return str(rung[0]), str(rung[1])
    return None
