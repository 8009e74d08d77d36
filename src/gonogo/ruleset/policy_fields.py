"""Every field of the decision policy, declared once: how a change names it and its values, and which way it goes.

The recorded changes of rules and what an upgrade shows are made from this. What a field means is written at
:class:`gonogo.model.ruleset.DecisionPolicy`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gonogo.core.lock_rules import DEFAULT_FREEZE_DAYS
from gonogo.model.ruleset import (
    ApprovalRule,
    DecisionPolicy,
    LockPolicy,
    MinIsolation,
    Severity,
    VotesWord,
    days_before,
)
from gonogo.ruleset.effects import LOOSER, TIGHTER, PartChange, either, in_shadow, mode_text, unsure


@dataclass(frozen=True, slots=True)
class PolicyField:
    """One field.

    Attributes:
        part: How a recorded change names it.
        effect: Which way a change goes.
        text: How a change writes a value.
        changes: What changed, if one field is several parts; it replaces the three above.
    """

    part: str = ""
    effect: Callable[[Any, Any], Any] = unsure
    text: Callable[[Any], str] = str
    changes: Callable[[Any, Any], Iterator[PartChange]] | None = None


def _more(old: int, new: int) -> Any:
    return either(new > old)


def _longer(old: int | None, new: int | None) -> Any:
    return either(old is not None and (new is None or new > old))


def _levels(old: Sequence[MinIsolation] | None, new: Sequence[MinIsolation] | None) -> Iterator[PartChange]:
    was, now = ({each.severity: each.level for each in levels or ()} for levels in (old, new))
    for severity in Severity:
        before, after = (f"{each.get(severity, 'none')}" for each in (was, now))
        effect = LOOSER if after == "none" or (before, after) == ("L2", "L1") else TIGHTER
        yield f"isolation of {severity} evidence", before, after, effect


def _lock(old: LockPolicy | None, new: LockPolicy | None) -> Iterator[PartChange]:
    was, now = old or LockPolicy(), new or LockPolicy()
    for name, part in (("approve", "seats that approve a lock"), ("review", "seats that review a looser lock")):
        before, after = getattr(was, name), getattr(now, name)
        first, then = (", ".join(seats) if seats else "by default" for seats in (before, after))
        more = name == "approve" and before is not None and after is not None and set(before) < set(after)
        yield part, first, then, TIGHTER if more else unsure(before, after)
    days = [days_before(each.freeze) if each.freeze else DEFAULT_FREEZE_DAYS for each in (was, now)]
    yield "days before go-live in which a looser lock is flagged", f"{days[0]}", f"{days[1]}", either(days[1] < days[0])


FIELDS: Final[dict[str, PolicyField]] = {
    "cap_domain": PolicyField("open conditional criteria allowed in a domain", _more),
    "cap_total": PolicyField("open conditional criteria allowed in all", _more),
    "rule": PolicyField("approval rule"),
    "milestones": PolicyField("milestones", text=", ".join),
    "min_isolation": PolicyField(changes=_levels),
    "max_waiver_days": PolicyField(
        "days after go-live that a waiver may run", _longer, lambda days: "no limit" if days is None else f"{days}"
    ),
    "mode": PolicyField("mode of the gate", in_shadow, mode_text),
    "lock": PolicyField(changes=_lock),
    "gate": PolicyField("what is decided", text=lambda gate: gate or "going live"),
    "hold_points": PolicyField("hold points", text=lambda names: ", ".join(names or ()) or "none"),
    "votes": PolicyField("votes that a decision needs", text=lambda votes: votes or VotesWord.NONE),
}
"""By its name in the policy. gonogo does not start if one is missing here."""
AS_CRITERIA: Final = ("holds",)
"""Fields that are compared criterion by criterion instead."""
if {*FIELDS, *AS_CRITERIA} != {*DecisionPolicy.model_fields}:
    raise TypeError(
        f"fields of a policy and their declarations differ: {FIELDS.keys() ^ DecisionPolicy.model_fields.keys()}"
    )


def policy_changes(old: DecisionPolicy, new: DecisionPolicy) -> Iterator[PartChange]:
    """Yield each part of a policy that is no longer what it was."""
    for name, field in FIELDS.items():
        was, now = getattr(old, name), getattr(new, name)
        if field.changes is not None:
            yield from (part for part in field.changes(was, now) if part[1] != part[2])
        elif field.text(was) != field.text(now):
            yield field.part, field.text(was), field.text(now), field.effect(was, now)


def policy_values(policy: DecisionPolicy) -> Iterator[tuple[str, str]]:
    """Yield each part of a policy that says something, as a change would name and write it."""
    for name, field in FIELDS.items():
        value = getattr(policy, name)
        if policy.rule is ApprovalRule.M3 and name in ("cap_domain", "cap_total"):
            continue  # M3's rule has no caps
        if field.changes is not None:
            yield from ((part, now) for part, was, now, _ in field.changes(None, value) if was != now)
        elif value is not None:
            yield field.part, field.text(value)
