"""What was promised at an earlier decision, what became of it, and what became of the release: recorded, and shown."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from gonogo.core.wording import listing, recorder
from gonogo.model.assessment import Purpose
from gonogo.model.canonical import instant_text
from gonogo.model.outcome import DecisionWithOutcomes, OutcomeRecorded, ReleaseOutcome
from gonogo.model.promise import PromiseState
from gonogo.model.verdict import Verdict
from gonogo.report.page import Block, Entry, PageTable, Words
from gonogo.report.view import RunView
from gonogo.report.words import count, local, stopped


def set_back_words(view: RunView) -> tuple[str, ...]:
    """Return how the release was held or rolled back before the run and not deployed since, one sentence each."""
    zone = view.started.program.zone
    kind = "decision" if view.started.kind.purpose is Purpose.DECISION else "run"
    told = []
    for each in view.set_back:  # reason first, the run last: a screen cuts the end
        by = f", {who}" if (who := recorder(each.who)) else ""
        why = stopped(each.reason) if each.reason is not None else "Nobody said why."
        told.append(
            f"This {kind} comes after a {_STOPS[each.outcome]} ({local(each.at, zone)}{by}): {why} Run {each.run}."
        )
    return tuple(told)


def outcome_words(view: RunView) -> tuple[str, ...]:
    """Return one sentence for each outcome that is recorded, oldest first."""
    zone = view.started.program.zone
    return tuple(
        f"Recorded {f'by {who}, ' if (who := recorder(each.who)) else ''}{local(at, zone)}: "
        f"the release was {_outcome(each)}"
        for at, each in view.outcomes
    )


def outcome_documents(view: RunView) -> list[dict[str, Any]]:
    """Return each outcome with the time of its record."""
    return [{"at": instant_text(at), **each.document()} for at, each in view.outcomes]


_STOPS: Final = {ReleaseOutcome.HELD: "hold", ReleaseOutcome.ROLLED_BACK: "rollback"}
_SHOWN: Final = 12
"""So many decisions are read one by one; more are for a program, which reads the JSON document."""


def decision_blocks(view: RunView) -> tuple[Block, ...]:
    """Return the decisions before the run and what became of each; nothing where there was none."""
    if not view.decisions:
        return ()
    zone = view.started.program.zone
    rows = tuple(
        (local(each.now, zone), each.release, each.verdict.value, _became(view, each))
        for each in view.decisions[:_SHOWN]
    )
    header = ("Judged at", "Release", "Verdict", "What came")
    left = len(view.decisions) + view.older - len(rows)
    more = f"{count(left, 'older decision')}: `gonogo log verify` lists every run, `-o json` the last ones."
    table = PageTable("Decisions of this program before this run, newest first", header, rows)
    return (Words(_compared(view)), table, *([Words(more)] if left else []))


def decision_documents(view: RunView) -> dict[str, Any]:
    """Return the decisions before the run as a document."""
    return {"decisions": [each.document() for each in view.decisions], "older": view.older}


def _compared(view: RunView) -> str:
    """Compare verdicts with what came, by the last outcome of each decision."""
    known = [each for each in view.decisions if each.outcomes]
    total = count(len(view.decisions), "listed decision")
    if not known:
        return f"Of {total}, none has a recorded outcome: `gonogo outcome` records what became of a release."
    parts = []
    for verdict in Verdict:
        came = Counter(_came(each.outcomes[-1]) for each in known if each.verdict is verdict)
        if came:
            parts.append(f"{verdict}: {listing([f'{number} {word}' for word, number in came.items()], most=9)}")
    return f"Of {total}, {len(known)} {'has' if len(known) == 1 else 'have'} a recorded outcome. {'; '.join(parts)}."


def _became(view: RunView, decision: DecisionWithOutcomes) -> str:
    zone = view.started.program.zone
    sentences = [f"{local(each.at, zone)}: {_outcome(each)}" for each in decision.outcomes]
    return " ".join(sentences) or "not recorded"


def _came(outcome: OutcomeRecorded) -> str:
    return f"{outcome.outcome.words}{' against the recommendation' if outcome.against else ''}"


def _outcome(outcome: OutcomeRecorded) -> str:
    against = ", against the recommendation" if outcome.against else ""
    why = f": {outcome.reason}" if outcome.reason is not None else "."
    return stopped(f"{outcome.outcome.words}{against}{why}")


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
