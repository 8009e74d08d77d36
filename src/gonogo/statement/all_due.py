"""Whether a decision is a word on all that decides at go-live, and what a deploy job reads where it is not. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from gonogo.model.ruleset import Severity
from gonogo.model.verdict import Verdict
from gonogo.statement.answer import DeployAnswer, refused
from gonogo.statement.predicate import DecisionPredicate, NotDueSaid
from gonogo.text import listed

_SHOWN: Final = 3
_SILENT: Final = "The statement does not say whether every criterion that decides was due: an earlier release of gonogo"
_NO_THRESHOLDS: Final = "The statement does not say whether what holds would hold by the thresholds of go-live"
_DECIDE: Final = "decide again with this release of gonogo, and make a statement of that run"
_ANEW: Final = "make the statement again with this release of gonogo: `gonogo statement RUN`"


def deploy_before(decision: DecisionPredicate, max_age: timedelta) -> str:
    """Return until when the decision can be deployed on, and how that compares with go-live."""
    old = decision.decided_at + max_age
    ends = old if decision.valid_until is None else min(old, decision.valid_until)
    until = f"before {ends:%Y-%m-%d %H:%M} UTC"
    if decision.go_live is None:
        return until
    live = f"go-live is on {decision.go_live:%Y-%m-%d %H:%M} UTC"
    return f"{until} ({live}{', later than that: or decide again nearer to it' if decision.go_live >= ends else ''})"


def other_gate(decision: DecisionPredicate) -> DeployAnswer | None:
    """Return that a decision is not on going live at all; None where it is."""
    if decision.gate is None:
        return None
    why = f"The decision is on {decision.gate}, and is no permission to go live."
    return refused(why, "decide by a ruleset that is about going live, and state that decision")


def too_early(decision: DecisionPredicate) -> DeployAnswer | None:
    """Return that a decision comes too early to deploy on; None for a NO-GO, or if it is a word on going live.

    It is one if all that decides was due, and what holds would hold by the thresholds of go-live. A statement that does
    not say so is no word on it either.
    """
    if decision.verdict is Verdict.NO_GO or not decision.comes_early:
        return None
    if decision.not_due is None:
        return refused(f"{_SILENT} made it.", _ANEW)
    if decision.not_due:
        return _not_due(decision, decision.not_due)
    return _by_other_thresholds(decision) if decision.short else refused(f"{_NO_THRESHOLDS}.", _DECIDE)


def _by_other_thresholds(decision: DecisionPredicate) -> DeployAnswer:
    """Return what holds by the thresholds of the milestone, and would not by those of go-live."""
    short = sorted(decision.short or (), key=lambda each: each.severity is not Severity.MANDATORY)
    many = f"{len(short)} criteria that hold then do" if len(short) > 1 else "1 criterion that holds then does"
    by = f"the thresholds of {decision.milestone}" if decision.milestone else "thresholds of before the first milestone"
    owners = Counter(each.owner for each in short if each.owner)
    which = "; ".join(f"{each.title} ({each.criterion}): {each.why.rstrip('.')}" for each in short[:_SHOWN])
    more = f"; and {len(short) - _SHOWN} more" if len(short) > _SHOWN else ""
    return refused(
        f"The {decision.verdict} is by {by}, and {many} not hold by those of go-live: {which}{more}.",
        "reach what go-live asks for, then decide again: `gonogo assess`, and a statement of that run",
        owner="; ".join(owner for owner, _ in owners.most_common(_SHOWN)),
    )


def _not_due(decision: DecisionPredicate, not_due: Sequence[NotDueSaid]) -> DeployAnswer:
    waiting = sorted(not_due, key=lambda each: (each.severity is not Severity.MANDATORY, each.due or date.max))
    many = len(waiting)
    mandatory = sum(each.severity is Severity.MANDATORY for each in waiting)
    names = [f"{each.criterion} ({_state(each)})" if _state(each) else each.criterion for each in waiting]
    lacks = _lacking(waiting)
    kinds = f"{many} criteria that decide at go-live were {lacks}, {mandatory} of them mandatory"
    if many == 1:
        kinds = f"1 criterion that decides at go-live was {lacks}, a {waiting[0].severity.value} one"
    at = f"of {decision.milestone}" if decision.milestone else "before the first milestone"
    owners = Counter(each.owner for each in waiting if each.owner)
    last = max((each.due for each in waiting if each.due is not None), default=None)
    when = f", from {last} on" if last is not None else ""
    go_live = f"; go-live is on {decision.go_live:%Y-%m-%d %H:%M} UTC" if decision.go_live is not None else ""
    return refused(
        f"The {decision.verdict} is for the assessment {at}, and {kinds}: {listed(names, most=_SHOWN)}.",
        f"decide again when every criterion that decides is {_decided(waiting)}{when}{go_live}",
        owner="; ".join(owner for owner, _ in owners.most_common(_SHOWN)),
    )


def _lacking(waiting: Sequence[NotDueSaid]) -> str:
    """Return why the verdict is no word on them: not due, or open and not enforced yet."""
    early = any(each.judged is None for each in waiting)
    shadowed = any(each.judged is not None for each in waiting)
    return " or ".join(["not due"] * early + ["open and not enforced yet"] * shadowed)


def _decided(waiting: Sequence[NotDueSaid]) -> str:
    return "due and enforced" if any(each.judged is not None for each in waiting) else "due"


def _state(said: NotDueSaid) -> str:
    """Return how a criterion stands and from when it decides: ``not met, enforced from 2027-05-03``."""
    if said.judged is None:
        return f"from {said.due}" if said.due else ""
    return f"{said.judged.value.replace('_', ' ')}{f', enforced from {said.due}' if said.due else ''}"
