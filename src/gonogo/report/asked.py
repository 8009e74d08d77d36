"""What the page is for, and what is asked of its reader."""

from __future__ import annotations

from gonogo.model.assessment import Purpose
from gonogo.model.verdict import Verdict
from gonogo.report.not_due_yet import due_only, not_due_yet, this_assessment
from gonogo.report.short_of_go_live import ahead_of
from gonogo.report.view import RunView
from gonogo.report.words import count


def purpose_words(view: RunView) -> str:
    """Return what is decided on this page, or that nothing is."""
    run = view.started
    what = what_is_decided(view)
    if run.kind.purpose is Purpose.PROGRESS:
        return f"A progress page: it decides nothing about {what}."
    if run.kind.purpose is Purpose.REHEARSAL:
        return f"A rehearsal: it decides nothing about {what}."
    if run.kind.shadow:
        return f"A ruleset is tried out: this page decides nothing about {what}."
    return f"It is for the decision on {what}."


def asked_words(view: RunView) -> str:
    """Return what the reader is asked to do about the verdict; nothing is to be approved where nothing is decided."""
    decides = view.started.kind.purpose is Purpose.DECISION and not view.started.kind.shadow
    decision, what = view.decision, what_is_decided(view)
    if not decides:
        return "You are asked to approve nothing; act on what is named below."
    if decision.verdict is Verdict.NO_GO:
        return f"You are asked not to approve {what}, and to see that what blocks is settled."
    if decision.verdict is Verdict.CONDITIONAL_GO:
        many = count(len(decision.conditions), "condition")
        return f"You are asked to approve {what} on the {many} below, each with a person, or to refuse."
    return f"You are asked to approve or refuse {what}: nothing {due_only(view)}blocks."


def what_is_decided(view: RunView) -> str:
    """Return what the run is a verdict on; before go-live's own criteria and thresholds count, it is to go on."""
    if view.assessment.hold_point is not None:
        return f"going on at the hold point {view.assessment.hold_point}"
    if view.decision.verdict is not Verdict.NO_GO and goes_on(view):
        return f"going on after {this_assessment(view)}"
    return f"going live with release {view.started.release.id}" if view.gate is None else view.gate


def goes_on(view: RunView) -> bool:
    """Whether go-live, or the gate, asks for more than this assessment did."""
    return bool(not_due_yet(view) or ahead_of(view))
