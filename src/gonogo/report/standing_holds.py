"""Standing holds in words: one that is on voids this decision and every earlier one of the release."""

from __future__ import annotations

from gonogo.core.wording import listing
from gonogo.model.finding import Finding
from gonogo.report.page import Block, Entry
from gonogo.report.view import RunView
from gonogo.report.words import person_and_seat


def is_hold(view: RunView, finding: Finding) -> bool:
    """Whether a finding is that of a hold."""
    return finding in (view.decision.holds or ())


def hold_words(view: RunView) -> tuple[str, ...]:
    """Return the sentence for page one: that holds are on; nothing where none is."""
    on = [hold.title for hold in view.decision.holds or () if hold.status.open]
    if not on:
        return ()
    what = "A standing hold is on" if len(on) == 1 else f"{len(on)} standing holds are on"
    return (f"{what}: {listing(on, most=3)}. No earlier decision on this release counts any more.",)


def hold_entries(view: RunView) -> tuple[Block, ...]:
    """Return how each hold stands."""
    entries = []
    for hold in view.decision.holds or ():
        rows = (("Owner", person_and_seat(view, hold.owner)), ("Remedy", hold.remedy))
        tag, tone = ("on", "bad") if hold.status.open else ("off", "good")
        kept = tuple((label, text) for label, text in rows if text and hold.status.open)
        entries.append(Entry(f"{hold.title} ({hold.criterion})", (tag,), hold.sentence, kept, tone))
    return tuple(entries)
