"""How each figure of a report was counted, as the recorded program file says it: no reader opens that file.

Page one has it only of mandatory criteria, where it was changed since the run before or counts what failed or is
unfinished.
"""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.comparison.notice import NoticeKind
from gonogo.core.counting_words import counting_words, query_of
from gonogo.core.wording import listing
from gonogo.model.counted_too import counted_too
from gonogo.model.evidence import Evidence
from gonogo.model.finding import FactReading, Finding
from gonogo.model.ruleset import Severity
from gonogo.report.view import RunView

_MOST = 2
"""Facts of each kind that page one names."""


def counted_rows(view: RunView, finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield how each fact of a finding was counted, where its source counts by what the program says."""
    known = {entry.fact: entry for entry in view.evidence}
    for reading in finding.facts:
        for words in _of_fact(view, reading, known.get(reading.fact)):
            yield "Counted", f"{reading.fact} {words}"


def counted_by(view: RunView, value: Evidence) -> Iterator[tuple[str, str]]:
    """Yield how one value was counted, for the way of a criterion; a query is written out there alone."""
    binding = view.bindings.get(value.source.binding, {})
    words, query = counting_words(binding, value.fact), query_of(binding, value.fact)
    if words:
        yield "Counted", words
    if query:
        yield "Query", query


def judge_by_condition(view: RunView) -> list[str]:
    """Return what a reader of page one must judge about the conditions of mandatory criteria; mostly nothing."""
    read = {
        reading.fact
        for finding in view.findings
        if finding.severity is Severity.MANDATORY and finding.status.judged
        for reading in finding.facts
    }
    too = [
        f"{entry.fact} {words}"
        for entry in view.evidence
        if entry.fact in read
        for value in entry.values
        if (words := counted_too(value.source.locator))
    ]
    notices = view.since.notices if view.since is not None else ()
    changed = sorted({each.subject for each in notices if each.kind is NoticeKind.COUNTING and each.subject in read})
    found = []
    if changed:
        verb = "is" if len(changed) == 1 else "are"
        found.append(
            f"Check how {listing(changed, most=_MOST)} {verb} counted: that was changed since the last run, and a "
            "mandatory criterion rests on it."
        )
    if too:
        found.append(f"Check what a mandatory criterion rests on: {listing(too, most=_MOST)}.")
    return found


def _of_fact(view: RunView, reading: FactReading, entry: Evidence | None) -> list[str]:
    """Return each way in which a fact was counted; of a gap that of the binding that was asked."""
    if entry is None:
        bindings = [reading.gap.binding] if reading.gap is not None and reading.gap.binding else []
    else:
        bindings = [value.source.binding for value in entry.values]
    said = [counting_words(view.bindings.get(name, {}), reading.fact) for name in bindings]
    return list(dict.fromkeys(filter(None, said)))
