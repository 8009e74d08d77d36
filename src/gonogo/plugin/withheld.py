"""Answers that the host withholds: what a collector read is right, and is not what the fact asks about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gonogo.model.evidence import GapReason
from gonogo.model.reply import Item
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.inputs.later_turns import LaterTurns
from gonogo.plugin.replies import AcceptedReply, AskedBinding


def without_earlier_turns(
    accepted: AcceptedReply, asked: AskedBinding, request: CollectionRequest | None, turns: LaterTurns
) -> AcceptedReply:
    """Return a reply in which nothing about an earlier turn answers for the last one.

    Args:
        accepted: The reply.
        asked: The binding, with what it reads.
        request: What is collected; None where nothing is read.
        turns: What the files of the program say of later ones.
    """
    if request is None or request.vocabulary is None or not asked.inputs or not asked.entry.builtin:
        return accepted
    today = request.program.identity.local_date(request.now)
    why = turns.why_not(asked.binding, asked.inputs, request.program, request.root, today, request.vocabulary)
    return _without(accepted, why) if why else accepted


def _without(accepted: AcceptedReply, why: Mapping[str, str]) -> AcceptedReply:
    items = tuple(
        Item(fact=item.fact, gap=GapReason.CONFLICT, detail=why[item.fact])
        if item.fact in why and item.gap is None
        else item
        for item in accepted.reply.items
    )
    return replace(accepted, reply=accepted.reply.model_copy(update={"items": items}))
