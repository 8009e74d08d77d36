"""What a criterion asks at each milestone, where it asks more and more."""

from __future__ import annotations

from gonogo.core.wording import listing
from gonogo.model.finding import Finding
from gonogo.report.view import RunView


def ladder_words(view: RunView, finding: Finding) -> tuple[str, ...]:
    """Return one sentence for each threshold that changes with the milestones: ``min_ready: 60% from T-30, 98% …``."""
    found = []
    for parameter in view.about.get(finding.criterion, {}).get("parameters", ()):
        rungs = parameter.get("ladder") if isinstance(parameter, dict) else None
        steps = [_rung(rung) for rung in rungs or ()]
        if steps and all(steps):
            found.append(f"{parameter.get('name')}: {listing(steps, most=len(steps))}")
    return tuple(found)


def _rung(rung: object) -> str:
    if isinstance(rung, dict) and {"milestone", "value"} <= rung.keys():
        return f"{rung['value']} from {rung['milestone']}"
    if isinstance(rung, (list, tuple)) and len(rung) == 2:
        return f"{rung[1]} from {rung[0]}"
    return ""
