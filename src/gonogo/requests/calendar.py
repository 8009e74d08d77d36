"""Requests as iCalendar (RFC 5545): for each person the days in which evidence may be dated, for decision and go-live.

An entry is an all-day event that blocks nobody's time: it opens on the first day that serves and ends with the day of
the decision, or of go-live. Entries of a later run replace those of an earlier one in a calendar that follows the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from gonogo.errors import UsageError
from gonogo.model.canonical import digest
from gonogo.report.escape import visible
from gonogo.requests import items
from gonogo.requests.addressee import Addressee, Requests
from gonogo.requests.outstanding import OutstandingFact
from gonogo.version import VERSION

if TYPE_CHECKING:
    from icalendar import Event

REMIND: Final = timedelta(hours=-39)
"""Before the end: at nine in the morning of the day before the last."""


@dataclass(slots=True)
class _Entry:
    occasion: str
    first: date
    start: date
    end: date
    lines: list[str] = field(default_factory=list)


def render(requests: Requests) -> bytes:
    """Return the calendar.

    Raises:
        UsageError: icalendar is not installed.
    """
    try:
        from icalendar import Calendar
    except ImportError as error:
        raise UsageError(
            "icalendar is not installed, so no calendar can be written.", hint="pip install 'gonogo[office]'"
        ) from error
    calendar = Calendar()
    calendar.add("prodid", f"-//gonogo//{VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", visible(f"Owed: {items.subject_words(requests)}"))
    if requests.program.marking:
        calendar.add("x-wr-caldesc", visible(requests.program.marking))
    for one in requests.addressees:
        for entry in _entries(one, requests):
            calendar.add_component(_event(one, entry, requests))
    return bytes(calendar.to_ical())


def _entries(one: Addressee, requests: Requests) -> Iterator[_Entry]:
    """Yield an entry for each first day, of the decision and then of go-live."""
    program = requests.program
    today, decided = program.local_date(requests.now), program.local_date(requests.decision)
    switched = program.local_date(requests.release.go_live)
    found: dict[tuple[str, date], _Entry] = {}

    def note(occasion: str, first: date, end: date, line: str) -> None:
        entry = _Entry(occasion, first, min(max(first, today), end), end)
        found.setdefault((occasion, first), entry).lines.append(line)

    for needed in one.facts:
        decision, go_live = items.for_decision(needed, requests), items.for_go_live(needed, requests)
        if needed.for_decision:
            first = program.local_date(decision.exact) if decision.day is None else decision.day
            note(
                items.occasion_words(requests), first, decided, _line(needed, items.deadline_words(decision, requests))
            )
        if go_live.exact > requests.decision or not needed.for_decision:
            first = program.local_date(go_live.exact) if go_live.day is None else go_live.day
            note(f"go-live on {switched}", first, switched, _line(needed, items.deadline_words(go_live, requests)))
    for paper in one.papers:
        note(items.occasion_words(requests), decided, decided, f"{items.paper_words(paper)}: {paper.why}")
    for work in one.works:
        line = f"{items.work_words(work)}: {work.criterion.remedy}"
        note(items.occasion_words(requests), today, decided, line)
    yield from found.values()


def _line(needed: OutstandingFact, dated: str) -> str:
    return f"{items.task((needed,))}: {needed.fact}, dated {dated}; {items.criterion_words(needed.criteria[0])}"


def _event(one: Addressee, entry: _Entry, requests: Requests) -> Event:
    from icalendar import Alarm, Event

    marking = visible(requests.program.marking)
    count = f"{len(entry.lines)} thing{'s' if len(entry.lines) != 1 else ''}"
    summary = f"{one.name}: {count} owed for {entry.occasion}, {items.subject_words(requests)}"
    lines = [f"To: {items.person_words(one)}", *(f"- {line}" for line in entry.lines)]
    event = Event()
    event.add("uid", _uid(one, entry, requests))
    event.add("dtstamp", requests.now)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end + timedelta(days=1))
    event.add("summary", visible(f"{marking} {summary}"))
    event.add("description", "\n".join(filter(None, [marking, *map(visible, lines), marking])))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", visible(summary))
    alarm.add("trigger", REMIND, parameters={"RELATED": "END"})
    event.add_component(alarm)
    return event


def _uid(one: Addressee, entry: _Entry, requests: Requests) -> str:
    named = [requests.program.id, requests.release.id, one.key, entry.occasion, entry.first.isoformat()]
    return f"{digest(named)[:32]}@gonogo"
