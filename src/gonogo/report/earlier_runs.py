"""What earlier runs of the same release came to: a few figures of each, for lines over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gonogo.model.evidence import Evidence

SLIP: Final = "ims.forecast_slip_days"
FLOAT: Final = "ims.golive_total_float_days"
DRAWN: Final = frozenset({SLIP, FLOAT})
"""The facts that have a line over the runs."""


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """One run before the one that is reported, which was no rehearsal.

    Attributes:
        run: Its id.
        now: The moment of its assessment.
        verdict: ``GO``, ``CONDITIONAL GO`` or ``NO-GO``.
        domains: For each domain how many criteria were met and how many were due.
        blockers: How many reasons stood against going live.
        ruleset: Name and version of the rules.
        rules: Digest of the rules; another digest is another measure.
        slip: By how many calendar days the forecast of go-live was late; None where no schedule said,
            or two said different things.
        floats: How many working days of total float the go-live milestone had; None as above.
    """

    run: str
    now: datetime
    verdict: str
    domains: dict[str, tuple[int, int]]
    blockers: int
    ruleset: str
    rules: str
    slip: str | None = None
    floats: str | None = None


def one_value(evidence: Iterable[Evidence], fact: str) -> str | None:
    """Return the one value that a run had of ``fact``; None without any, or where its sources disagree."""
    values = {str(each.value) for each in evidence if each.fact == fact}
    return values.pop() if len(values) == 1 else None
