"""What was promised at the decision that this one follows, and what came, in words."""

from __future__ import annotations

from collections import Counter

from gonogo.core.wording import listing
from gonogo.model.promise import PromiseState
from gonogo.report.page import Block, Entry, Words
from gonogo.report.view import RunView
from gonogo.report.words import count, local

_TONES = {
    PromiseState.CLOSED: "good",
    PromiseState.OPEN: "mixed",
    PromiseState.OVERDUE: "bad",
    PromiseState.UNASKED: "bad",
}


def promise_words(view: RunView) -> tuple[str, ...]:
    """Return the sentence for page one; nothing where the decision follows no other."""
    earlier, reviews = view.decision.follows, view.decision.promises or ()
    if earlier is None:
        return ()
    when = local(earlier.decided_at, view.started.program.zone)
    lead = f"It follows the {earlier.verdict} of {when}"
    if not reviews:
        return (f"{lead}, which promised nothing.",)
    tally = Counter(review.state for review in reviews)
    states = [f"{tally[state]} {state}" for state in PromiseState if tally[state]]
    return (f"{lead}: of {count(len(reviews), 'condition')} promised then, {listing(states)}.",)


def promise_entries(view: RunView) -> tuple[Block, ...]:
    """Return what became of each promise."""
    earlier = view.decision.follows
    if earlier is None:
        return ()
    promises = {promise.criterion: promise for promise in earlier.promises}
    entries: list[Block] = [Words(f"Signed decision of the run {earlier.run}, SHA-256 {earlier.sha256}.")]
    for review in view.decision.promises or ():
        promise = promises[review.criterion]
        rows = (("Owner", promise.owner), ("Due", f"{promise.due or ''}"), ("Waiver", promise.waiver or ""))
        kept = tuple((label, text) for label, text in rows if text)
        title = f"{promise.title} ({promise.criterion})"
        entries.append(Entry(title, (review.state.value,), review.sentence, kept, _TONES[review.state]))
    return tuple(entries)
