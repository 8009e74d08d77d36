"""What people do about an open criterion, as a deck asks it: the waiver, acceptance or plan that counts, or none.

What the ruleset advises is not what anybody has promised, and is called a remedy.
"""

from __future__ import annotations

from gonogo.model.assessment import Purpose
from gonogo.model.finding import Finding
from gonogo.report.accepted import accepted_line
from gonogo.report.view import RunView
from gonogo.report.waived import waived_words
from gonogo.report.words import person, stopped


def answer_to(view: RunView, finding: Finding) -> str:
    """Return what is done about a criterion, who does it and by when; without a plan that counts, say so first."""
    condition = next((each for each in view.decision.conditions if each.criterion == finding.criterion), None)
    if condition is not None and condition.waiver:
        waiver = next((each for each in view.waivers if each.id == condition.waiver), None)
        return f"Waiver {waived_words(condition.waiver, waiver)}"
    if condition is not None and condition.acceptances:
        return f"Accepted by {accepted_line(view, condition.acceptances)}"
    plan = view.plan(finding.criterion)
    if plan is not None:
        who = f", by {person(view, plan.owner)}" if plan.owner else ""
        return f"{plan.action.rstrip('.')}{who}" + (f", due {plan.due}" if plan.due else "")
    idle = view.idle_plan(finding.criterion)
    none = f"No action plan counts: {stopped(idle[1])}" if idle is not None else "No action plan."
    return f"{none} Remedy: {finding.remedy}" if finding.remedy else none


def unless_decided(view: RunView) -> tuple[str, ...]:
    """Return that the run decides nothing, where it decides nothing: a slide is shown without its notes."""
    kind = view.started.kind
    return () if kind.purpose is Purpose.DECISION and not kind.shadow else (kind.sentence,)
