"""One load test, whichever tool ran it: how many requests, how many failed, how slow they were, how long it held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction


@dataclass(slots=True)
class Minute:
    """What happened in one whole minute of the clock.

    Attributes:
        requests: Requests that began in it.
        users: The most users at once; 0 where the tool does not say.
    """

    requests: int = 0
    users: int = 0


@dataclass(slots=True)
class LoadTest:
    """A load test.

    Attributes:
        requests: Requests in all.
        failed: Those that failed.
        worst: Failed and all requests of the key transaction that fails most often, or failed and all checks of k6,
            where that is more than in the whole test; None where the tool tells neither.
        p95_ms: 95th percentile of the response time, in milliseconds; None where the tool does not say.
        no_p95: Why there is none.
        rate: Requests a second over the whole test, ramp-up too; None where the minutes say more.
        minutes: By minute since 1970, in UTC; empty where the tool only sums up.
        ended: When it ended; None where the tool does not say.
        trouble: What the tool says against the test and no figure counts; empty for nothing.
    """

    requests: int = 0
    failed: int = 0
    worst: tuple[int, int] | None = None
    p95_ms: Fraction | None = None
    no_p95: str = ""
    rate: Fraction | None = None
    minutes: dict[int, Minute] = field(default_factory=dict)
    ended: datetime | None = None
    trouble: str = ""


def percentile_95(times: Counter[int]) -> int | None:
    """Return the smallest time that at least 95 of 100 requests did not exceed; None without a request."""
    count = sum(times.values())
    need, seen = -(-count * 95 // 100), 0
    for time in sorted(times):
        seen += times[time]
        if seen >= need:
            return time
    return None


def held(minutes: dict[int, Minute], measure: str, at_least: int) -> int:
    """Return the most load that every minute of some run of consecutive whole minutes had.

    The first and the last minute of the test are not whole, so they do not count.

    Args:
        minutes: By minute.
        measure: ``requests`` or ``users``.
        at_least: Length of the run, in minutes.
    """
    counts = _whole_minutes(minutes, measure)
    runs = (counts[start : start + at_least] for start in range(len(counts) - at_least + 1))
    return max((min(run) for run in runs), default=0)


def longest_at(minutes: dict[int, Minute], measure: str, least: Fraction) -> int:
    """Return how many consecutive whole minutes had at least that load each."""
    longest = now = 0
    for count in _whole_minutes(minutes, measure):
        now = now + 1 if count >= least else 0
        longest = max(longest, now)
    return longest


def _whole_minutes(minutes: dict[int, Minute], measure: str) -> list[int]:
    if not minutes:
        return []
    nothing = Minute()
    return [getattr(minutes.get(minute, nothing), measure) for minute in range(min(minutes) + 1, max(minutes))]
