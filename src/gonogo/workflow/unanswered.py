"""What a source owes and did not answer: recorded by name, so that page one can say it whatever rests on it."""

from __future__ import annotations

from gonogo.model.evidence import GapReason
from gonogo.model.fact import Vocabulary
from gonogo.model.record import Unanswered
from gonogo.model.reply import Reply


def unanswered_by(reply: Reply, vocabulary: Vocabulary) -> tuple[Unanswered, ...] | None:
    """Return the facts that a reply gives no value for, by reason; None where it answers all.

    A collector that could not even be loaded owes every fact of the vocabulary below its prefix.
    """
    if reply.failure is not None:
        below = f"{reply.prefix}." if reply.prefix else ""
        facts = reply.declared or tuple(fact.name for fact in vocabulary.facts if below and fact.name.startswith(below))
        return (Unanswered(facts=facts, reason=reply.failure.reason, detail=reply.failure.detail),)
    groups: dict[tuple[GapReason, str], list[str]] = {}
    answered = set()
    for item in reply.items:
        answered.add(item.fact)
        if item.gap is not None:
            groups.setdefault((item.gap, item.detail or "The collector gave no reason."), []).append(item.fact)
    silent = [fact for fact in reply.declared if fact not in answered]
    if silent:
        groups[GapReason.COLLECTOR_FAILED, "The collector did not answer for them."] = silent
    found = tuple(Unanswered(facts=tuple(f), reason=reason, detail=why) for (reason, why), f in groups.items())
    return found or None
