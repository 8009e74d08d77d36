"""The result of a drill as one table for people, or as one document."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from gonogo.drill.defect import Defect
from gonogo.model.drill import DrillOutcome, DrillResult, DrillRow

_WORDS = {
    DrillOutcome.STOPPED: "stopped",
    DrillOutcome.TOLD: "told",
    DrillOutcome.BETTER: "BETTER",
    DrillOutcome.UNNOTICED: "NOT NOTICED",
    DrillOutcome.NOT_PLANTED: "not planted",
}
_WIDTH = 100


def table_lines(result: DrillResult) -> list[str]:
    """Return the whole result: what failed first, then every class, then the sum."""
    width = max((len(row.id) for row in result.rows), default=0)
    failed = [row for row in result.rows if row.outcome.failed]
    lines = [
        f"Drill of {result.program}, release {result.release}, judged as of {result.now:%Y-%m-%dT%H:%M}Z",
        f"As it stands: {result.verdict}. Rules: {result.ruleset}. Every run was a rehearsal of a copy.",
        "",
    ]
    for row in [*failed, *(row for row in result.rows if row not in failed)]:
        lines += row_lines(row, width)
    return [*lines, "", sum_line(result), _meaning(result)]


def row_lines(row: DrillRow, width: int) -> list[str]:
    """Return one class: what it is and what became of it, and below that where it was and what the run said."""
    by = f" by {row.by}" if row.by and row.outcome is DrillOutcome.STOPPED else ""
    head = f"{_WORDS[row.outcome]:<11}  {row.id:<{width}}  {row.title}"
    where = f"{row.where}{by}: " if row.where else ""
    wrapped = textwrap.wrap(f"{where}{row.sentence}", _WIDTH - 15, break_long_words=False, break_on_hyphens=False)
    return [head, *(f"{'':13}  {line}" for line in wrapped)]


def sum_line(result: DrillResult) -> str:
    """Return how many classes ended how."""
    counts = [(DrillOutcome.STOPPED, "stopped"), (DrillOutcome.TOLD, "told"), (DrillOutcome.BETTER, "better")]
    counts += [(DrillOutcome.UNNOTICED, "not noticed")]
    parts = ", ".join(f"{result.count(outcome)} {words}" for outcome, words in counts)
    left = result.count(DrillOutcome.NOT_PLANTED)
    return f"{result.planted} of {len(result.rows)} classes planted: {parts}. Not planted: {left}."


def _meaning(result: DrillResult) -> str:
    if not result.planted:
        return "Nothing was planted, so nothing is proved."
    if result.passed:
        return "No planted defect got a better verdict, and each was noticed."
    return "At least one planted defect got a better verdict, or was not noticed: see the rows at the top."


def document_of(result: DrillResult) -> dict[str, Any]:
    """Return the result as one document, with the sums beside the rows."""
    counts = {outcome.value.replace(" ", "_"): result.count(outcome) for outcome in DrillOutcome}
    return {"schema": 1, **result.document(), "counts": counts}


def list_lines(defects: Sequence[Defect]) -> list[str]:
    """Return every class with what it needs, a line each."""
    width = max((len(defect.id) for defect in defects), default=0)
    return [f"{defect.id:<{width}}  {defect.title} (needs {defect.needs})" for defect in defects]
