"""Rows that are older than a criterion lets evidence be, where the newest row dates all of them: page one says so.

Only of shares and of yes or no: each row answers the same question there. In a count the rows of a register are old by
nature: an issue that was closed last year is no doubt.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from gonogo.core.sentence import rows_words
from gonogo.core.wording import duration_text, listing
from gonogo.model.fact import FactType
from gonogo.model.finding import FactReading
from gonogo.report.page import Short
from gonogo.report.view import RunView


def old_rows(view: RunView) -> tuple[str, ...]:
    """Return a sentence for each criterion that rests on rows older than it lets evidence be."""
    each_row = {entry.fact for entry in view.evidence if entry.type in (FactType.RATIO, FactType.BOOLEAN)}
    found = []
    for finding in view.findings:
        old = [reading for reading in finding.facts if reading.fact in each_row and _is_old(reading, view)]
        if old:
            first = min(old, key=lambda reading: reading.rows_from or view.started.now)
            facts, verb = listing([reading.fact for reading in old], most=3), "rests" if len(old) == 1 else "rest"
            words = f"{facts} {verb} on {rows_words(first, view.started.program.zone).removeprefix(', ')}"
            found.append(f"{finding.title} ({finding.criterion}): {words}; the limit is {_limit_words(first)}.")
    return tuple(found)


def _is_old(reading: FactReading, view: RunView) -> bool:
    limit = _limit(reading)
    return limit is not None and reading.rows_from is not None and view.started.now - reading.rows_from >= limit


def _limit_words(reading: FactReading) -> str:
    limit = _limit(reading)
    return duration_text(Fraction(round(limit.total_seconds()))) if limit is not None else "not known"


def _limit(reading: FactReading) -> timedelta | None:
    """Return how old the criterion lets evidence be; the reading itself is the oldest source."""
    return None if reading.stale_at is None or reading.as_of is None else reading.stale_at - reading.as_of


def old_rows_short(view: RunView) -> Short | None:
    """Return the same as a part of page one; None where there is nothing to say."""
    sentences = old_rows(view)
    return (
        Short("old_rows", f"Rows older than the limit, dated by a newer one ({len(sentences)})", sentences)
        if sentences
        else None
    )
