"""What two rulesets ask differently at each milestone: stricter, looser, new, gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gonogo.model.change import Effect
from gonogo.model.ruleset import Criterion, Parameter, Ruleset, days_before
from gonogo.ruleset.criterion_fields import FIELDS
from gonogo.ruleset.policy_fields import policy_changes

WORDS = {
    Effect.TIGHTENS: "stricter",
    Effect.LOOSENS: "looser",
    Effect.MAY_LOOSEN: "may be looser",
    Effect.NEITHER: "other",
}


@dataclass(frozen=True, slots=True)
class AtMilestone:
    """What differs at one milestone.

    Attributes:
        milestone: Its name; empty for what does not depend on one.
        differences: Pairs of a word (stricter, looser, may be looser, new, gone, other) and a sentence.
    """

    milestone: str
    differences: tuple[tuple[str, str], ...]


def differences(old: Ruleset, new: Ruleset) -> tuple[AtMilestone, ...]:
    """Return what differs in general, then what differs at each milestone of either, earliest first."""
    names = {*old.policy.rungs, *new.policy.rungs}
    found = [AtMilestone("", tuple(_general(old, new)))]
    for name in sorted(names, key=days_before, reverse=True):
        found.append(AtMilestone(name, tuple(_at(days_before(name), old, new))))
    return tuple(found)


def _general(old: Ruleset, new: Ruleset) -> Iterator[tuple[str, str]]:
    for part, was, now, effect in policy_changes(old.policy, new.policy):
        yield WORDS[effect], f"{part}: was {was}, becomes {now}"
    was_held, held = ({hold.id: hold for hold in each.holds} for each in (old, new))
    for name, hold in was_held.items():
        if name not in held:
            yield "gone", f"the standing hold {name}: {hold.title}"
    for name, hold in held.items():
        if name not in was_held:
            yield "new", f"the standing hold {name}: {hold.title}"
        else:
            yield from _changed(was_held[name], hold, f"the standing hold {name}")


def _at(days: int, old: Ruleset, new: Ruleset) -> Iterator[tuple[str, str]]:
    for criterion in old.criteria:
        was, became = _frozen(criterion, days), new.get(criterion.id)
        now = _frozen(became, days) if became is not None else None
        if was is not None and now is None:
            yield "gone", f"{_named(criterion)}: {_why_gone(became)}"
        elif was is not None and now is not None:
            yield from _changed(was, now, criterion.id)
    for criterion in new.criteria:
        before = old.get(criterion.id)
        was = _frozen(before, days) if before is not None else None
        if was is None and _frozen(criterion, days) is not None:
            yield "new", f"{_named(criterion)}: {criterion.title}"


def _changed(old: Criterion, new: Criterion, name: str) -> Iterator[tuple[str, str]]:
    for field in FIELDS:
        for part, was, now, effect in field.changes(old, new):
            yield WORDS[effect], f"{name}: {part} was {was}, becomes {now}"


def _frozen(criterion: Criterion, days: int) -> Criterion | None:
    """Return a criterion as it is asked so many days before go-live; None where it is not asked then."""
    if criterion.not_applicable is not None:
        return None
    if criterion.due_from is not None and days > days_before(criterion.due_from):
        return None
    parameters = tuple(
        Parameter(name=each.name, constant=each.at(days), floor=each.floor) for each in criterion.parameters
    )
    start = criterion.enforce_from
    begun = start is not None and start.startswith("T-") and days <= days_before(start)
    update = {"parameters": parameters, "due_from": None, "enforce_from": None if begun else start}
    return criterion.model_copy(update=update)


def _named(criterion: Criterion) -> str:
    return f"{criterion.id} ({criterion.severity})"


def _why_gone(became: Criterion | None) -> str:
    if became is None:
        return "it is not there any more"
    if became.not_applicable is not None:
        exempt = became.not_applicable
        return f"it is not applicable: {exempt.reason} (approved by {exempt.approved_by})"
    return f"it is due from {became.due_from} only"
