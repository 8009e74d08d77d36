"""What earlier runs of the same release came to: a few figures of each, for lines over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
        slip: By how many calendar days the forecast of go-live was late; None where no schedule said.
    """

    run: str
    now: datetime
    verdict: str
    domains: dict[str, tuple[int, int]]
    blockers: int
    ruleset: str
    rules: str
    slip: str | None = None
