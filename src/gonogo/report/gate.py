"""What a verdict decides, where that is not going live: a GO for another gate is no permission to go live."""

from __future__ import annotations

from gonogo.report.view import RunView


def gate_title(view: RunView, what: str) -> str:
    """Return the title of page one: ``Go-live readiness of Harborline, release R1``, or what else is decided."""
    return f"Go-live readiness of {what}" if view.gate is None else f"Readiness of {what}, for {view.gate}"


def gate_words(view: RunView) -> list[str]:
    """Return the sentence that says what is decided; nothing where going live is."""
    if view.gate is None:
        return []
    return [f"This gate decides on {view.gate}. A GO here is no permission to go live."]


def what_depends(view: RunView) -> str:
    """Return what a CONDITIONAL GO makes depend on conditions."""
    return "the go-live" if view.gate is None else "the decision"


def against(view: RunView) -> str:
    """Return what blockers are reasons against."""
    return "going live" if view.gate is None else "a GO"
