"""What the record holds under another name: runs of a release or program that was renamed, and criteria likewise.

A name is a line of a file that anybody can edit. It must not make what has been open for long look young. What is found
under another name therefore counts only against a criterion: for how long it has been open, never for a span that it
held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from gonogo.audit.history import History
from gonogo.audit.ledger import Run
from gonogo.errors import GonogoError
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.finding import Finding
from gonogo.model.outcome import OutcomeRecorded, ReleaseOutcome
from gonogo.model.program import Release
from gonogo.model.record import MaterialRecorded
from gonogo.model.ruleset import Criterion
from gonogo.ruleset.own_copy import pairs
from gonogo.workflow.loaded import LoadedProgram


def renamed_runs(loaded: LoadedProgram, history: History) -> Iterator[tuple[Run, str]]:
    """Yield the runs that may be of this release under another name, with that name in words.

    A release that the program file names no more was renamed, unless it is recorded as deployed. Another program of the
    same log was, if it ends before this one begins and has a release of this name or go-live.

    Args:
        loaded: The program.
        history: The log as it stood.
    """
    program, release = loaded.program.identity.id, loaded.release
    named = {each.id for each in loaded.program.releases}
    first = next((run.first for run in history.decided if run.program == program), None)
    last = {run.program: run.last for run in history.decided}
    deployed = _deployed(history)
    for run in history.decided:
        if (run.program, run.release) in deployed:
            continue
        if run.program == program and run.release not in named:
            yield run, f"the release {run.release}"
        elif run.program != program and (first is None or last[run.program] < first) and _alike(run, release, history):
            yield run, f"the program {run.program}"


def _alike(run: Run, release: Release, history: History) -> bool:
    return run.release == release.id or history.started(run.run).release.go_live == release.go_live


def _deployed(history: History) -> set[tuple[str, str]]:
    return {
        (run.program, run.release)
        for run in history.decided
        if run.outcomes
        for record in history.outcomes(run)
        if OutcomeRecorded.from_document(record.data).outcome is ReleaseOutcome.DEPLOYED
    }


class EarlierNames:
    """Which criterion of an earlier run is one of today under another id: it asks the same, or reads the same facts."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        self._criteria = criteria
        self._ids = {each.id for each in criteria}
        self._known: dict[tuple[str, ...], dict[str, str]] = {}

    def finding(
        self, criterion: str, stood: Mapping[str, Finding], records: Callable[[], Sequence[SealedRecord]]
    ) -> tuple[Finding | None, str]:
        """Return how a criterion stood in a run under another id, and that id in words; None where it has none there.

        Args:
            criterion: Its id today, which the run does not know.
            stood: The findings of the run.
            records: Returns what a report of the run is made of.
        """
        gone = tuple(name for name in stood if name not in self._ids)
        if not gone:
            return None, ""
        if gone not in self._known:
            fresh = [each for each in self._criteria if each.id not in stood]
            old = [*_criteria(records(), gone)]
            self._known[gone] = {new.id: name for name, new in pairs(old, fresh).items()}
        name = self._known[gone].get(criterion)
        return (None, "") if name is None else (stood[name], name)


def _criteria(records: Iterable[SealedRecord], wanted: Sequence[str]) -> Iterator[Criterion]:
    for record in records:
        if record.type is not EventType.MATERIAL_RECORDED or record.data.get("kind") != "ruleset":
            continue
        for entry in _entries(MaterialRecorded.from_document(record.data).content):
            if entry.get("id") in wanted:
                try:
                    yield Criterion.from_document(entry)
                except (ValidationError, GonogoError):
                    continue  # an earlier release of gonogo wrote it otherwise


def _entries(ruleset: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (entry for entry in ruleset.get("criteria", ()) if isinstance(entry, dict))
