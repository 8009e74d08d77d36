"""Two recorded runs of one program: what differs from the earlier to the later one, in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.comparison.compare import RunComparison, compare
from gonogo.comparison.snapshot import Snapshot
from gonogo.errors import UsageError
from gonogo.report.changed import change_lines
from gonogo.report.words import count, local
from gonogo.workflow.loaded import ReadOnce
from gonogo.workflow.outcomes_before import outcomes_between
from gonogo.workflow.previous_run import snapshot_from
from gonogo.workflow.publishing import log_folder

_THEN: Final = (("since the last run", "since the earlier run"), ("in the last run", "in the earlier run"))
"""Sentences that compare a run with the one before it; here any two runs are compared."""


@dataclass(frozen=True, slots=True)
class RunDifference:
    """What differs between two runs.

    Attributes:
        before: The earlier run, as recorded.
        after: The later one.
        comparison: The difference.
        lines: It in words: a class and a sentence each, setbacks first.
    """

    before: Snapshot
    after: Snapshot
    comparison: RunComparison
    lines: tuple[tuple[str, str], ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know before reading on: another release, other rules, rehearsals."""
        one, two = self.before.started, self.after.started
        found = []
        if one.release.id != two.release.id:
            found.append(f"The runs are about different releases: {one.release.id} and {two.release.id}.")
        if one.ruleset_sha256 != two.ruleset_sha256:
            found.append(
                f"The rules differ: {one.ruleset}, then {two.ruleset}. A criterion may stand otherwise for that."
            )
        if one.release.go_live != two.release.go_live:
            zone = two.program.zone
            found.append(
                f"Go-live moved from {local(one.release.go_live, zone)} to {local(two.release.go_live, zone)}."
            )
        if one.milestone != two.milestone:
            found.append(f"The milestone moved from {one.milestone} to {two.milestone}: more may be asked.")
        found += [
            f"The {which} run: {run.kind.sentence}"
            for which, run in (("earlier", one), ("later", two))
            if run.kind.purpose.value == "rehearsal"
        ]
        return tuple(found)

    @property
    def head(self) -> str:
        """Both runs in a sentence."""
        one, two = self.before.started, self.after.started
        first = f"{local(one.now, one.program.zone)} ({one.envelope.run}): {self.before.made.decision.verdict}"
        second = f"{local(two.now, two.program.zone)} ({two.envelope.run}): {self.after.made.decision.verdict}"
        return f"From {first} to {second}."

    @property
    def tally(self) -> str:
        """How much differs."""
        if self.comparison.nothing:
            return "Nothing that was recorded is different."
        return f"{count(len(self.lines), 'difference')}."

    @property
    def page(self) -> tuple[str, ...]:
        """Everything as lines of text."""
        return (self.head, *self.remarks, self.tally, *(f"{kind}: {sentence}" for kind, sentence in self.lines))

    def document(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "schema": 1,
            "before": _named(self.before),
            "after": _named(self.after),
            "worse": self.comparison.anything_worse,
            "remarks": list(self.remarks),
            "differences": [{"kind": kind, "sentence": sentence} for kind, sentence in self.lines],
        }


def difference(place: Path, earlier: str, later: str) -> RunDifference:
    """Compare two runs of a log: ids, their beginnings, or ``last``; whichever was recorded first is the earlier one.

    Raises:
        UsageError: There is no log or no such run, both are one run, or they are of different programs.
        IntegrityError: The log is broken.
    """
    history = open_history(log_folder(place))
    one, two = sorted((history.named(earlier), history.named(later)), key=lambda run: run.first)
    if one.run == two.run:
        raise UsageError(f"Both are the run {one.run}.", hint="`gonogo log verify` lists the runs")
    if one.program != two.program:
        raise UsageError(
            f"The runs are of different programs: {one.program} and {two.program}.", hint="compare two runs of one"
        )
    return _compared(history, one, two)


def _compared(history: History, one: Run, two: Run) -> RunDifference:
    kept = ReadOnce()
    before, after = snapshot_from(history, one, kept), snapshot_from(history, two, kept)
    found = compare(before, after, came=outcomes_between(history, two, since=one))
    return RunDifference(before, after, found, tuple((kind, _then(words)) for kind, words in change_lines(found)))


def _then(sentence: str) -> str:
    for old, new in _THEN:
        sentence = sentence.replace(old, new)
    return sentence


def _named(snapshot: Snapshot) -> dict[str, str]:
    run = snapshot.started
    return {
        "run": run.envelope.run,
        "release": run.release.id,
        "purpose": run.kind.purpose.value,
        "verdict": snapshot.made.decision.verdict.value,
        "ruleset": run.ruleset,
    }
