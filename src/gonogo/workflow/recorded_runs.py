"""What the log says of earlier runs of the release, for facts about the record and for trends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from pydantic import ValidationError

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.core.record_facts import WINDOW, Dated, PastRun, with_record_facts
from gonogo.core.trend_facts import with_trends
from gonogo.errors import DocumentError, IntegrityError, UsageError
from gonogo.model.canonical import read_instant
from gonogo.model.computed_facts import RECORD_FACTS, RECORD_OPEN, RECORD_REDATED, RECORD_REOPENED
from gonogo.model.event import EventType
from gonogo.model.evidence import Evidence, EvidenceSet
from gonogo.model.finding import Status
from gonogo.model.ruleset import Severity
from gonogo.model.trend import Trend
from gonogo.workflow.loaded import LoadedProgram, ReadOnce

_OPEN = (Status.NOT_MET.value, Status.UNKNOWN.value)


def with_record(
    evidence: EvidenceSet, loaded: LoadedProgram, now: datetime, history: History | None = None
) -> EvidenceSet:
    """Return the evidence with what the record says of the release up to ``now``; the log is read only if asked for.

    Args:
        evidence: What came.
        loaded: The program.
        now: The moment of the assessment.
        history: The log as it stood; by default the program's own.

    Raises:
        IntegrityError: The log is broken, or a record does not have its shape.
    """
    facts = {entry.fact for entry in evidence if entry.fact in loaded.vocabulary}
    if _span(loaded, facts) is None:
        return evidence
    identity, found = loaded.program.identity, list(past_runs(loaded, now, facts, history))
    runs, first = [run for run, _ in found], found[0][1] if found else None
    evidence = with_record_facts(evidence, runs, loaded.vocabulary, identity=identity, now=now, first=first)
    return with_trends(evidence, runs, loaded.vocabulary, identity=identity, now=now)


def past_runs(
    loaded: LoadedProgram, now: datetime, facts: Collection[str], history: History | None = None
) -> Iterator[tuple[PastRun, datetime]]:
    """Yield the runs up to ``now`` that some facts are about, oldest first, each with the moment of the very first run.

    Args:
        loaded: The program.
        now: The moment of the assessment.
        facts: All facts that are asked for.
        history: The log as it stood; by default the program's own, of which each run is read once.

    Raises:
        IntegrityError: The log is broken, or a record does not have its shape.
    """
    asked, span = RECORD_FACTS.intersection(facts), _span(loaded, facts)
    if span is None:
        return
    kept = loaded.kept if history is None else ReadOnce()
    if history is None:
        try:
            history = open_history(loaded.root / loaded.program.log)
        except UsageError:  # there is no log yet
            return
    compared = frozenset(trend.of for trend in _trends(loaded, facts))
    known = history.finished(loaded.program.identity.id, loaded.release.id)
    finished = sorted((run for run in known if run.now is not None and run.now <= now), key=_at)
    start = now - span
    for run in [run for run in finished if _at(run) <= start][-1:] + [run for run in finished if _at(run) > start]:
        read = partial(_past, history, run, asked, compared)
        yield kept.get(("past", history.folder, repr(run), asked, compared), read), _at(finished[0])


def _trends(loaded: LoadedProgram, facts: Iterable[str]) -> list[Trend]:
    declared = (loaded.vocabulary.get(name) for name in facts)
    return [each.trend for each in declared if each is not None and each.trend is not None]


def _span(loaded: LoadedProgram, facts: Collection[str]) -> timedelta | None:
    """Return how far the facts look back; None where none of them does."""
    spans = [2 * timedelta(seconds=trend.over_s) for trend in _trends(loaded, facts)]
    return max([*spans, *([WINDOW] if RECORD_FACTS.intersection(facts) else [])], default=None)


def _at(run: Run) -> datetime:
    assert run.now is not None
    return run.now


def _past(history: History, run: Run, asked: Collection[str], compared: Collection[str]) -> PastRun:
    """Return what one run recorded of what is asked for: a record has thousands of lines, and days have runs."""
    kinds = (EventType.CRITERION_JUDGED, EventType.EVIDENCE_ADMITTED)
    assert run.verdict is not None
    try:
        records = history.documents(run, kinds)
        findings = _of(records, EventType.CRITERION_JUDGED) if {RECORD_OPEN, RECORD_REOPENED} & set(asked) else []
        admitted = _of(records, EventType.EVIDENCE_ADMITTED)
        weighty = [each for each in findings if each["severity"] != Severity.ADVISORY.value and "shadow" not in each]
        return PastRun(
            now=_at(run),
            verdict=run.verdict,
            open=frozenset(each["criterion"] for each in weighty if each["status"] in _OPEN),
            met=frozenset(each["criterion"] for each in findings if each["status"] == Status.MET.value),
            evidence={each["fact"]: Evidence.from_document(each) for each in admitted if each["fact"] in compared},
            dated={each["fact"]: frozenset(_dated(each)) for each in admitted} if RECORD_REDATED in asked else {},
        )
    except (DocumentError, ValidationError, KeyError, TypeError, ValueError) as error:
        raise IntegrityError(f"a record of the run {run.run} in the audit log does not have its shape") from error


def _of(records: Sequence[tuple[EventType, dict[str, Any]]], kind: EventType) -> list[Mapping[str, Any]]:
    return [data for each, data in records if each is kind]


def _dated(entry: Mapping[str, Any]) -> list[Dated]:
    values = (entry, *entry.get("agreeing", ()))
    return [
        (each["source"]["binding"], tuple(each["source"].get("sha256", ())), read_instant(each["as_of"]))
        for each in values
    ]
