"""`Nothing changed` is said only where nothing in the records of two runs differs: every field is changed in turn."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from gonogo.comparison.compare import compare
from gonogo.comparison.snapshot import Snapshot
from gonogo.model.collected import CollectorFinished
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.finding import Finding
from gonogo.model.record import DecisionMade, RunStarted

OTHERS: tuple[Any, ...] = (
    "other", "other.name", "customer.other_seat", "b" * 64, "2027-01-02", "2027-01-02T00:00:00.000000Z", "0.25", 7,
    False, True, None, "GO", "NO-GO", "conditional", "advisory", "met", "not_met", "unknown", "stale", "measured",
    "stated", "program", "integer", ">=", "America/Chicago", "version",
)  # fmt: skip
"""Values of every kind that a field may hold instead."""
ENVELOPE = {"kind", "now", "envelope", "file_system", "digest"}
"""What is recorded about a run and says nothing of the program."""
NOT_COMPARED = {("program", "id"), ("release", "id")}
"""Runs of another program or release are never compared."""
UNRECORDED = {("program_sha256",), ("people_sha256",)}
"""What earlier versions did not record; what was not recorded is not called changed."""
NEVER_ALONE = {("type",)}
"""The type of a value changes with the value."""


def paths(document: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document, and every list as a whole."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from paths(value, (*here, key))
    elif isinstance(document, list):
        if document:
            yield here
        for number, value in enumerate(document):
            yield from paths(value, (*here, number))
    else:
        yield here


def changed(document: Any, path: tuple[Any, ...]) -> Iterator[Any]:
    """The document with another value at the path; with ``None`` the place is taken out."""
    for other in OTHERS:
        found = copy.deepcopy(document)
        holder = found
        for step in path[:-1]:
            holder = holder[step]
        if isinstance(holder[path[-1]], list):
            del holder[path[-1]][-1]
        elif other is None:
            del holder[path[-1]]
        else:
            holder[path[-1]] = other
        yield found


def variants(part: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value of the class that differs in one place. What earlier versions lack is not taken out."""
    document = part.document()
    for path in paths(document):
        if path[0] in ENVELOPE or path[:2] in NOT_COMPARED:
            continue
        for other in changed(document, path):
            try:
                built = type(part).from_document(other)
            except (ValidationError, ValueError):
                continue
            absent = path in UNRECORDED and getattr(built, path[0]) is None
            if built != part and not absent:
                yield path, built


def replaced(whole: Snapshot, part: Any, built: Any) -> Snapshot:
    """The run with one part put in another's place."""
    if isinstance(part, RunStarted):
        return replace(whole, started=built)
    if isinstance(part, DecisionMade):
        return replace(whole, made=built)
    if isinstance(part, CollectorFinished):
        return replace(whole, collectors=tuple(built if each is part else each for each in whole.collectors))
    if isinstance(part, Finding):
        return replace(whole, findings=tuple(built if each is part else each for each in whole.findings))
    assert isinstance(part, (Evidence, Gap))
    kept = [built if each is part else each for each in whole.answers.values()]
    return replace(whole, answers={each.fact: each for each in kept})


def parts(whole: Snapshot) -> list[Any]:
    return [whole.started, whole.made, *whole.collectors, *whole.findings, *whole.answers.values()]


@pytest.mark.parametrize("number", range(9))
def test_whatever_differs_in_the_records_is_told(made, number):
    """`Nothing changed` was printed when five critical defects were new."""
    whole = made.whole()
    assert len(parts(whole)) == 9
    part = parts(whole)[number]
    seen = set()
    for path, built in variants(part):
        other = replaced(whole, part, built)
        assert not compare(whole, other).nothing, f"{type(part).__name__}: {path}"
        assert not compare(other, whole).nothing, f"{type(part).__name__}: {path}"
        seen.add(path)
    wanted = {path for path in paths(part.document()) if path[0] not in ENVELOPE and path[:2] not in NOT_COMPARED}
    assert seen >= wanted - NEVER_ALONE, "each place of the record was really changed"


@pytest.mark.parametrize("number", range(9))
def test_a_part_that_is_gone_or_new_is_told(made, number):
    """A finding, a source or a fact that is not there any more."""
    whole = made.whole()
    part = parts(whole)[number]
    kept = Snapshot(
        started=whole.started,
        made=whole.made,
        collectors=tuple(each for each in whole.collectors if each is not part),
        findings=tuple(each for each in whole.findings if each is not part),
        answers={name: each for name, each in whole.answers.items() if each is not part},
    )
    gone = number > 1

    assert compare(whole, kept).nothing is not gone
    assert compare(kept, whole).nothing is not gone


def test_equal_records_are_no_change_whatever_the_envelope_says(made):
    """Another clock, another host, another release of gonogo: the program is as it was."""
    whole = made.whole()
    later = whole.started.model_copy(
        update={
            "envelope": whole.started.envelope.model_copy(update={"run": "r2", "version": "9"}),
            "file_system": "xfs",
        }
    )

    assert compare(whole, whole).nothing
    assert compare(whole, replace(whole, started=later)).nothing
