"""What was made of the dates, constraints and lags of a schedule on its way to a simulation, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gonogo.collectors.program.schedule.work_ahead import HoldKind

_HOLDS: Final = {
    HoldKind.START_NOT_BEFORE: "kept as an earliest date",
    HoldKind.FINISH_NOT_BEFORE: "kept as an earliest date",
    HoldKind.START_ON: "kept as an earliest date only, because work that is late does not begin on time by decree",
    HoldKind.FINISH_ON: "kept as an earliest date only, because work that is late does not end on time by decree",
    HoldKind.BY_HAND: "kept as an earliest date, and links may move it later",
    HoldKind.START_NOT_AFTER: "left out, because a latest date makes no work faster",
    HoldKind.FINISH_NOT_AFTER: "left out, because a latest date makes no work faster",
    HoldKind.LATE: "left out, because each activity begins as soon as it can",
}
_OTHERS: Final = (
    ("level of effort", "row", "level of effort", "left out, because it follows other work"),
    ("share lags", "lag", "percentage of a duration", "taken of the duration that the file gives"),
    ("shared estimates", "activity", "begun, with an estimate", "the same share of each of its three points remains"),
    ("by dates", "activity", "begun, without a remaining duration", "what remains lasts until the finish in the file"),
    (
        "by percent",
        "activity",
        "begun, without a remaining duration or a finish ahead",
        "its percentage tells what remains",
    ),
    (
        "nothing left",
        "activity",
        "begun, not finished, nothing remains",
        "ends as soon as all that it waits for allows",
    ),
    ("first", "activity", "no predecessor", "begins at the status date"),
)


def notes_of(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield a sentence for each kind that occurs: how many, of what kind, and what was made of them."""
    for kind, made in _HOLDS.items():
        if number := counts.get(kind.value, 0):
            yield f"{_number(number, 'activity')} ({kind.value}): {made}."
    for name, what, kind_words, made in _OTHERS:
        if number := counts.get(name, 0):
            yield f"{_number(number, what)} ({kind_words}): {made}."


def _number(number: int, what: str) -> str:
    plural = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{number} {what if number == 1 else plural}"
