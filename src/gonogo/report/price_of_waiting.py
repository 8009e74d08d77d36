"""The price of waiting and the next window, as the program states them: a NO-GO has a price too."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from gonogo.core.wording import shown
from gonogo.model.evidence import Evidence
from gonogo.model.fact import FactType
from gonogo.report.coming_days import day_words
from gonogo.report.view import RunView
from gonogo.report.words import stopped

DAYS: Final = "waiting.days_to_next_window"
"""The fact that says how many calendar days after the planned go-live the next possible one is."""
STATED: Final = "waiting.price_stated"
"""The fact that says whether the decision paper states what a postponement costs."""


def next_window(view: RunView) -> str:
    """Return the next window as the program file or the evidence says it; empty where neither does."""
    waiting = view.started.release.waiting
    if waiting is not None and waiting.next_window:
        return waiting.next_window
    entry = _evidence(view, DAYS)
    if entry is None or entry.type is not FactType.INTEGER:
        return ""
    days = max(value.exact for value in entry.values)
    go_live = view.started.program.local_date(view.started.release.go_live)
    if not 0 <= days <= (date.max - go_live).days:
        return ""
    first = go_live + timedelta(days=int(days))
    return f"{day_words(first)}, {shown(entry)} after go-live ({entry.source.binding})"


def waiting_words(view: RunView) -> tuple[str, ...]:
    """Return what waiting costs, when the next window is, and who says so; nothing where nobody says anything."""
    waiting, window = view.started.release.waiting, next_window(view)
    words = []
    if waiting is not None:
        words += [f"Waiting costs: {stopped(waiting.price)}"]
    elif (paper := _evidence(view, STATED)) is not None:
        says = "states" if shown(paper) in ("true", "yes") else "does not state"
        words += [f"The decision paper {says} what waiting costs ({paper.source.binding})."]
    words += [f"Next window: {stopped(window)}"] if window else []
    words += [f"The program file states it, after {waiting.source.rstrip('.')}; nobody checked it."] if waiting else []
    return tuple(words)


def _evidence(view: RunView, fact: str) -> Evidence | None:
    return next((each for each in view.evidence if each.fact == fact), None)
