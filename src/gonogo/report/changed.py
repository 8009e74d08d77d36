"""What changed since the last run, in words: one summary, and one line for each change, the setbacks first."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from gonogo.comparison.compare import RunComparison
from gonogo.core.wording import listing
from gonogo.report.words import local

NO_HISTORY = "No history: this is the first recorded run of this release."
DROPPED = "no longer asked"


def summary(changes: RunComparison | None, zone: ZoneInfo) -> str:
    """Say in one sentence whether anything changed, and how much; times in ``zone``."""
    if changes is None:
        return NO_HISTORY
    since = local(changes.since, zone) if changes.since is not None else "the last one"
    if changes.nothing:
        return f"Nothing has changed since the last run ({since})."
    tally: dict[str, int] = {}
    for word, _ in change_lines(changes):
        tally[word] = tally.get(word, 0) + 1
    counts = listing([f"{number} {word}" for word, number in tally.items()], most=len(tally))
    verdict = ""
    if changes.verdict_worse:
        verdict = " The verdict is worse than in the last run."
    elif changes.verdict_better:
        verdict = " The verdict is better than in the last run."
    return f"Since the last run ({since}): {counts or 'another verdict'}.{verdict}"


def change_lines(changes: RunComparison | None) -> Iterator[tuple[str, str]]:
    """Yield a word that classes each change, and its sentence."""
    if changes is None:
        return
    for change in changes.worse:
        yield "worse", f"{change.criterion}: {change.sentence}"
    for notice in changes.notices:
        if notice.worse:
            yield "worse", notice.sentence
    groups = (("stale", changes.stale), (DROPPED, changes.dropped), ("newly asked", changes.opened))
    for word, group in (*groups, ("better", changes.better)):
        for change in group:
            yield word, f"{change.criterion}: {change.sentence}"
    for notice in changes.notices:
        if not notice.worse:
            yield "changed", notice.sentence
