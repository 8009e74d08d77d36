"""Facts about support, read from the ticket export of a help desk."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from gonogo.model.fact import FactType
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import (
    Answer,
    Collector,
    CollectorRefusal,
    Input,
    Job,
    LocalFact,
    Settings,
    hookimpl,
)

HEADER: Final = ["id", "opened", "closed", "severity"]

OPEN_HIGH = LocalFact(
    name="open_high", type=FactType.INTEGER, unit="tickets", meaning="High-severity tickets that are open."
)
OLDEST = LocalFact(
    name="oldest_open_high_days",
    type=FactType.INTEGER,
    unit="days",
    meaning="Whole days since the oldest open high-severity ticket was opened; 0 if none is open.",
)
CLOSED = LocalFact(name="closed_ratio", type=FactType.RATIO, meaning="Closed tickets, out of all listed.")
LISTED = LocalFact(name="listed", type=FactType.INTEGER, unit="tickets", meaning="Tickets in the export.")


class HelpdeskSettings(Settings):
    """Settings of the binding.

    Attributes:
        high: Severities that count as high.
        known: Every severity that the help desk uses; another one is an error of the export.
    """

    high: tuple[str, ...] = ("high", "critical")
    known: tuple[str, ...] = ("low", "medium", "high", "critical")


@dataclass(frozen=True, slots=True)
class Ticket:
    """One row. Dates are local dates of the program; ``closed`` is None while the ticket is open."""

    row: int
    opened: date
    closed: date | None
    severity: str


class HelpdeskCollector:
    """Reads one CSV export: id, opened, closed (empty while open), severity. Calls nothing."""

    name = "helpdesk"
    facts: Sequence[LocalFact] = (OPEN_HIGH, OLDEST, CLOSED, LISTED)
    settings: type[Settings] = HelpdeskSettings
    network: Sequence[str] = ()
    recognizes = (Recognizes(what="help-desk tickets", headings=tuple(HEADER), prefix="helpdesk", dated=False),)

    def declare(self, settings: HelpdeskSettings) -> Sequence[LocalFact]:
        """Return its four facts; settings do not change them."""
        return self.facts

    def collect(self, job: Job, settings: HelpdeskSettings) -> Iterable[Answer]:
        """Answer for all four from the rows; an export without a row proves nothing."""
        source = job.input()
        held = source.held(None)
        tickets = read_tickets(source, settings.known)
        day = held.astimezone(ZoneInfo(job.time_zone)).date()
        if any(ticket.opened > day or (ticket.closed or day) > day for ticket in tickets):
            raise CollectorRefusal(f"{source.file_name} holds tickets dated after {day}, when it is said to hold")
        high = [ticket for ticket in tickets if ticket.closed is None and ticket.severity in settings.high]
        where = f"{len(tickets)} rows"
        yield OPEN_HIGH.value(len(high), as_of=held, where=where)
        yield OLDEST.value(max(((day - ticket.opened).days for ticket in high), default=0), as_of=held, where=where)
        yield CLOSED.counted(
            part=sum(ticket.closed is not None for ticket in tickets), whole=len(tickets), as_of=held, where=where
        )
        yield LISTED.value(len(tickets), as_of=held, where=where)


def read_tickets(source: Input, known: Sequence[str]) -> list[Ticket]:
    """Return the rows of the export.

    Raises:
        CollectorRefusal: The header, a row's length, an id, a date or a severity is not as it must be, or there is no
            row.
    """
    with source.text() as stream:
        rows = csv.reader(stream, strict=True)
        if next(rows, None) != HEADER:
            raise CollectorRefusal(f"the first row of {source.file_name} is not {','.join(HEADER)}")
        tickets: list[Ticket] = []
        seen: set[str] = set()
        for number, row in enumerate(rows, start=2):
            if len(row) != len(HEADER) or "\0" in "".join(row):
                raise CollectorRefusal(f"row {number} of {source.file_name} does not have {len(HEADER)} cells")
            key, opened, closed, severity = row
            if not key or key in seen:
                raise CollectorRefusal(f"row {number} of {source.file_name} has no ticket id of its own")
            if severity not in known:
                raise CollectorRefusal(f"row {number} of {source.file_name} has an unknown severity")
            seen.add(key)
            ticket = Ticket(number, _day(opened, number), _day(closed, number) if closed else None, severity)
            if ticket.closed is not None and ticket.closed < ticket.opened:
                raise CollectorRefusal(f"row {number} of {source.file_name} is closed before it was opened")
            tickets.append(ticket)
    if not tickets:
        raise CollectorRefusal(f"{source.file_name} lists no ticket at all")
    return tickets


def _day(text: str, row: int) -> date:
    if len(text) != 10 or not text.isascii():
        raise CollectorRefusal(f"row {row} has a date that is not YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CollectorRefusal(f"row {row} has a date that is not YYYY-MM-DD") from error


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register the collector; called in the child that will run it."""
    register(HelpdeskCollector())
