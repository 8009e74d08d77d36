"""Collecting without judging: for people who set up a binding."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from gonogo.model.evidence import EvidenceSet
from gonogo.model.reply import Reply
from gonogo.workflow.admitting import admitted
from gonogo.workflow.loading import load
from gonogo.workflow.lock_standing import lock_standing
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import gather
from gonogo.workflow.supplied import evidence_lines


def collected(
    program: Path, *, release: str | None = None, as_of: datetime | None = None, only: Collection[str] | None = None
) -> tuple[bytes, list[str]]:
    """Return evidence lines, and one sentence on each binding.

    With ``only`` the lines hold what those bindings owe, whether or not a criterion reads it.
    """
    order = Order(program=program, release=release, as_of=as_of)
    loaded = load(order)
    now = as_of or datetime.now(UTC)
    replies = gather(order, loaded, now, only=only)
    evidence = admitted(replace(loaded, lock=lock_standing(loaded)), replies, now, every=True)
    if only is not None:
        declared = {name for reply in replies for name in reply.declared}
        evidence = EvidenceSet(
            evidence=tuple(entry for entry in evidence.evidence if entry.fact in declared),
            gaps=tuple(entry for entry in evidence.gaps if entry.fact in declared),
        )
    return evidence_lines(evidence), [reply_line(reply) for reply in replies]


def reply_line(reply: Reply) -> str:
    """Say in one sentence what a collector read and how it ended."""
    read = ", ".join(f"{entry.path} ({entry.size:,} bytes, sha256 {entry.sha256[:12]}…)" for entry in reply.inputs)
    answered = sum(item.gap is None for item in reply.items)
    how = reply.failure.detail if reply.failure else f"answered {answered} of {len(reply.declared)} facts"
    return f"{reply.binding}: {reply.collector} at {reply.level}: read {read or 'nothing'}; {how}"
