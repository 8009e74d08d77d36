"""Seats with the names of who holds them, as the decision recorded them."""

from __future__ import annotations

from gonogo.report.view import RunView
from gonogo.report.words import seat


def person(view: RunView, who: str) -> str:
    """Return whom a seat or id means: ``Joan Pruett``; the seat where no name is recorded, or nobody holds it."""
    if not who:
        return ""
    names = (view.decision.people or {}).get(who)
    if names is None:
        return seat(who)
    return " or ".join(names) if names else f"nobody, as {seat(who)}"


def person_and_seat(view: RunView, who: str) -> str:
    """Return name and seat: ``Joan Pruett, the customer's risk manager``; a vacant seat is said to be vacant."""
    names = (view.decision.people or {}).get(who)
    if names is None or names == (who,):
        return seat(who)
    office = seat(who)
    if not names:
        return f"{office}, a seat that nobody holds"
    told = " or ".join(names)
    return told if office == who else f"{told}, {office}"
