"""What the formats for machines write alike: the name of the report, its title, JSON, places of files, stable ids."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from gonogo.model.assessment import Purpose, RunKind
from gonogo.model.evidence import Evidence
from gonogo.report.escape import escape
from gonogo.report.machine.machine_standing import Account
from gonogo.report.page import Page
from gonogo.report.view import RunView

PROGRAM_FILE: Final = "gonogo.yaml"
"""Where a finding is shown that rests on no file."""
_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2999, 12, 30, tzinfo=UTC)
"""OSCAL knows no earlier and no later year; ``until 9999-12-31`` is written as the last moment that it knows."""
_MARKUP: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""A page that shows the document inside of a script must not end there."""
_NAMESPACE: Final = uuid.UUID("6f1b2a54-3c0e-5d7a-9b47-0d5c6a7e9f10")
_PREFIX: Final = {Purpose.DECISION: "", Purpose.PROGRESS: "PROGRESS, no decision: ", Purpose.REHEARSAL: "REHEARSAL: "}


def name_of(view: RunView, name: str) -> str:
    """Return what a report calls itself, so that `gonogo report --check` finds its run again."""
    return f"urn:gonogo:report:{name}:{escape(view.started.envelope.run)}"


def title_of(view: RunView, page: Page) -> str:
    """Return page one's title with the verdict before it; of a rehearsal or a progress run also that it is one."""
    return escape(f"{before_verdict(view.started.kind)}{page.verdict}: {page.title}")


def before_verdict(kind: RunKind) -> str:
    """Return what stands before a verdict in one line, so that nobody takes it for a decision; empty for a decision."""
    return f"{_PREFIX[kind.purpose]}{'IN SHADOW: ' if kind.shadow else ''}"


def sentences(page: Page) -> Iterator[str]:
    """Yield what page one says first: the kind of run, the marking, and what the verdict means."""
    yield escape(page.kind)
    if page.marking:
        yield escape(page.marking)
    yield from map(escape, page.meaning)


def reasons(view: RunView) -> tuple[str, ...]:
    """Return every reason for NO-GO, the known failures first."""
    found = []
    for blocker in view.decision.ranked:
        finding = view.finding(blocker.criterion) if blocker.criterion else None
        name = f"{finding.title} ({blocker.criterion}): " if finding is not None else ""
        found.append(escape(f"{name}{blocker.why}"))
    return tuple(found)


def dumped(document: Any) -> bytes:
    """Return JSON in ASCII, an entry a line; what is markup to a browser or a command to a runner as its escapes."""
    text = json.dumps(document, ensure_ascii=True, allow_nan=False, indent=1)
    return text.replace("##", "\\u0023\\u0023").translate(_MARKUP).encode("ascii") + b"\n"


def identity(*parts: str) -> str:
    """Return a UUID of version 5 that is the same for the same parts."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps(parts)))


def subject_identity(view: RunView, *parts: str) -> str:
    """Return an id that stays the same from run to run of one release."""
    return identity(view.started.program.id, view.started.release.id, *parts)


def run_identity(view: RunView, *parts: str) -> str:
    """Return an id that is this run's own."""
    return identity(view.log, view.started.envelope.run, view.finished.assessment, *parts)


def fingerprint(view: RunView, *parts: str) -> str:
    """Return 64 hexadecimal digits that stay the same from run to run of one release."""
    whole = json.dumps([view.started.program.id, view.started.release.id, *parts])
    return hashlib.sha256(whole.encode()).hexdigest()


def evidence_of(view: RunView, account: Account) -> tuple[Evidence, ...]:
    """Return the evidence of a criterion, one entry for each source."""
    facts = [reading.fact for reading in account.finding.facts]
    by_fact = {entry.fact: entry for entry in view.evidence}
    return tuple(value for fact in dict.fromkeys(facts) if fact in by_fact for value in by_fact[fact].values)


def place_of(view: RunView, account: Account) -> str:
    """Return the file that a criterion rests on first, else the program file; relative to the program."""
    bindings = [entry.source.binding for entry in evidence_of(view, account)]
    bindings += [gap.binding for gap in account.finding.gaps if gap.binding is not None]
    for binding in bindings:
        for reply in view.collectors:
            if reply.binding == binding and reply.inputs:
                return reply.inputs[0].path
    return PROGRAM_FILE


def link(path: str) -> str:
    """Return a path as a relative URI reference; one that could mean another host or scheme is named below here."""
    shown = quote(escape(path), safe="/")
    return shown.lstrip("/") or PROGRAM_FILE


def moment(when: datetime) -> str:
    """Return a moment in UTC, to the second."""
    return f"{max(_EARLIEST, min(when.astimezone(UTC), _LATEST)):%Y-%m-%dT%H:%M:%SZ}"


def last_second(view: RunView, day: date) -> datetime:
    """Return the last second of a local day of the program."""
    return min(view.started.program.day_end(day).astimezone(UTC), _LATEST) - timedelta(seconds=1)
