"""A schedule that was saved as a table: what it cannot prove any more, and how to save it whole."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from gonogo.first_week.prose import ascii_words

_PROJECT: Final = frozenset(
    {
        *("task mode", "outline level", "outline number", "unique id", "predecessors", "successors"),
        *("resource names", "baseline start", "baseline finish", "complete", "total slack", "wbs"),
    }
)
"""Headings of Microsoft Project, beside the name, the start and the finish of a task."""
_PRIMAVERA: Final = frozenset({"activity id", "activity name"})
_LOST: Final = (
    "reads like a schedule of {tool} that was saved as a table: its calendars, types of links and lags are not in it, "
    "so no check of the schedule can use it. Save it in {tool} as {form}, and bind that file with "
    "collector: {collector}"
)


def schedule_note(headings: Collection[str]) -> str:
    """Return what to say about a table with these headings; empty if it is not a schedule."""
    names = {" ".join(ascii_words(heading)) for heading in headings}
    short = {name.removeprefix("task ").removesuffix(" date") for name in names}
    if names >= _PRIMAVERA and {"start", "finish"} <= short:
        form = "XER (File, Export, Primavera PM - (XER))"
        return _LOST.format(tool="Primavera P6", form=form, collector="schedule:xer")
    if {"name", "start", "finish"} <= short and len(names & _PROJECT) >= 2:
        form = "XML (File, Save As, XML Format)"
        return _LOST.format(tool="Microsoft Project", form=form, collector="schedule:mspdi")
    return ""
