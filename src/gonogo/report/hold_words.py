"""Holds in words: standing holds, which void decisions, and hold points of a cutover, which ask to go on or go back."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from gonogo.core.wording import listing, quantity_text, shown
from gonogo.model.evidence import Basis, Evidence
from gonogo.model.fact import FactType
from gonogo.model.finding import Finding
from gonogo.report.page import Block, Entry
from gonogo.report.view import RunView
from gonogo.report.words import local, person_and_seat


def is_hold(view: RunView, finding: Finding) -> bool:
    """Whether a finding is that of a hold."""
    return finding in (view.decision.holds or ())


def hold_words(view: RunView) -> tuple[str, ...]:
    """Return the sentence for page one: that holds are on; nothing where none is."""
    return hold_forms(view)[:1]


def hold_forms(view: RunView) -> tuple[str, ...]:
    """Return that sentence, and one that only counts: what a hold does to earlier decisions is never cut."""
    on = [hold.title for hold in view.decision.holds or () if hold.status.open]
    if not on:
        return ()
    what = "A standing hold is on" if len(on) == 1 else f"{len(on)} standing holds are on"
    void = "No earlier decision on this release counts any more."
    return f"{what}: {listing(on, most=3)}. {void}", f"{what}: {listing(on, most=1)}. {void}", f"{what}. {void}"


def hold_entries(view: RunView) -> tuple[Block, ...]:
    """Return the state of each hold."""
    entries = []
    for hold in view.decision.holds or ():
        rows = (("Owner", person_and_seat(view, hold.owner)), ("Remedy", hold.remedy))
        tag, tone = ("on", "bad") if hold.status.open else ("off", "good")
        kept = tuple((label, text) for label, text in rows if text and hold.status.open)
        entries.append(Entry(f"{hold.title} ({hold.criterion})", (tag,), hold.sentence, kept, tone))
    return tuple(entries)


ROLLBACK: Final = "rollback.duration_hours"
"""The fact that says how long rolling back took when it was measured."""
_HOUR: Final = 3600


def hold_point_words(view: RunView) -> list[str]:
    """Return what page one asks at a hold point; nothing for any other run."""
    name = view.assessment.hold_point
    if name is None:
        return []
    zone, now = view.started.program.zone, view.started.now
    end, what = _end(view)
    left = Fraction((end - now) // timedelta(seconds=1))
    hours = f"{quantity_text(Fraction(int(left * 10 // _HOUR), 10), unit='hours')} are" if left > 0 else "No time is"
    return [f"Hold point {name}: go on or go back? {hours} left until {what} ({local(end, zone)}). {_back(view, left)}"]


def _end(view: RunView) -> tuple[datetime, str]:
    """Return until when there is time: the next hold point that is still to come, or go-live."""
    release, now = view.started.release, view.started.now
    if release.go_live > now:
        return release.go_live, "go-live"
    later = [each for each in release.hold_points or () if each.at > now]
    return (later[0].at, f"the hold point {later[0].id}") if later else (release.go_live, "go-live")


def _back(view: RunView, left: Fraction) -> str:
    entry = next((each for each in view.evidence if each.fact == ROLLBACK), None)
    if not isinstance(entry, Evidence) or entry.type not in (FactType.DECIMAL, FactType.INTEGER):
        return "How long rolling back takes was not measured."
    took = max(value.exact for value in entry.values) * _HOUR
    word = "took, measured," if entry.basis is Basis.MEASURED else "takes, as somebody states,"
    end = " That is longer than what is left: there is no way back." if took > left else ""
    return f"Rolling back {word} {shown(entry)}.{end}"
