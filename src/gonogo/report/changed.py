"""What changed since the last run, and what an upgrade of gonogo does to the last decision, in words."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from gonogo.comparison.compare import RunComparison
from gonogo.core.wording import listing
from gonogo.model.upgrade import UpgradeCompared
from gonogo.report.page import Block, Words
from gonogo.report.view import RunView
from gonogo.report.words import count, local

NO_HISTORY = "No history: this is the first recorded run of this release."
DROPPED = "no longer asked"
NOT_COMPARABLE = "not comparable"
SETBACKS = frozenset({"worse", NOT_COMPARABLE})


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
    lead = "Since the last run"
    if changes.verdict_worse:
        lead = "The verdict is worse than in the last run. Since then"
    elif changes.verdict_better:
        lead = "The verdict is better than in the last run. Since then"
    return f"{lead} ({since}): {counts or 'another verdict'}."


def change_lines(changes: RunComparison | None) -> Iterator[tuple[str, str]]:
    """Yield a word that classes each change, and its sentence."""
    if changes is None:
        return
    for change in changes.worse:
        yield "worse", f"{change.criterion}: {change.sentence}"
    for notice in changes.notices:
        if notice.worse:
            yield NOT_COMPARABLE if notice.fewer else "worse", notice.sentence
    groups = (("stale", changes.stale), (DROPPED, changes.dropped), ("newly asked", changes.opened))
    for word, group in (*groups, ("better", changes.better)):
        for change in group:
            yield word, f"{change.criterion}: {change.sentence}"
    for notice in changes.notices:
        if not notice.worse:
            yield "changed", notice.sentence


def upgrade_words(view: RunView) -> tuple[str, ...]:
    """Return one sentence if this gonogo judges the last decision run differently, or cannot; else none."""
    found = view.upgrade
    if found is None or found.same:
        return ()
    under = " The lock freezes the criteria, not gonogo." if view.decision.lock is not None else ""
    return (f"{_sentence(found)}{under}",)


def upgrade_details(view: RunView) -> tuple[Block, ...]:
    """Return each criterion of the last decision run that comes out, or reads, differently now."""
    found = view.upgrade
    if found is None or found.same:
        return ()
    version = view.started.envelope.version
    release = f"gonogo {found.version}" if found.version != version else f"another build of gonogo {version}"
    sentences = [f"The last decision run, {found.compared}, was recorded by {release}. {_sentence(found)}"]
    sentences += [f"{each.criterion}: {each.sentence}" for each in found.findings or ()]
    sentences += [f"Also different in the decision: {listing(list(found.decision), most=9)}."] if found.decision else []
    return tuple(Words(sentence) for sentence in sentences)


def _sentence(found: UpgradeCompared) -> str:
    if found.after is None:
        why = (found.why or "nothing says why").rstrip(".")
        return f"This gonogo, which is new here, could not judge the last decision run again: {why}."
    moved = [each.criterion for each in found.findings or () if each.moved]
    criteria = f"{count(len(moved), 'criterion', 'criteria')} otherwise ({listing(moved, most=3)})"
    if found.after is not found.before:
        named = f"; it judges {criteria}" if moved else ""
        return f"This gonogo, which is new here, makes the last decision {found.after}, not {found.before}{named}."
    if moved:
        return f"This gonogo, which is new here, judges {criteria} in the last decision; it stays {found.after}."
    return f"This gonogo, which is new here, words the last decision differently; it stays {found.after}."
