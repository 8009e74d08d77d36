"""Authority: the one binding that settles a fact, and what is wrong where it does not."""

from __future__ import annotations

from collections.abc import Sequence

from gonogo.core.wording import listing
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.reply import Reply


def settling(
    fact: str, authority: str, replies: Sequence[Reply], owing: Sequence[Reply], heard: Sequence[Reply]
) -> Reply | Gap:
    """Return the reply that settles a fact, or a gap with the reason why that binding cannot.

    Args:
        fact: The fact.
        authority: The binding that the program names.
        replies: All replies.
        owing: Those that should have answered for the fact.
        heard: Those of them that are about the release, or of the one whose word counts in its place.
    """
    for reply in heard:
        if reply.binding == authority:
            return reply
    named = f"The program lets {authority} settle this fact (authority)"
    others = listing([reply.binding for reply in owing if reply.binding != authority], most=3)
    mine = next((reply for reply in replies if reply.binding == authority), None)
    reason = GapReason.UNASKED
    if mine is None:
        why = f"{named}, and it was not asked."
    elif mine in owing:
        reason = GapReason.WRONG_SUBJECT
        first = listing([reply.binding for reply in heard], most=3)
        why = f"{named}, but it is about the release {mine.subject.release}; {first} goes before it."
    elif mine.failure is not None:
        reason, why = mine.failure.reason, mine.failure.detail
    else:
        why = f"{named}, but it does not answer for it" + (f"; {others} would." if others else ".")
    sources = tuple(entry.path for entry in mine.inputs) if mine else ()
    return Gap(fact=fact, reason=reason, detail=why, binding=authority, sources=sources)
