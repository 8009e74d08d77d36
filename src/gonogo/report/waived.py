"""Waivers on page one: the waiver behind a condition, and how each waiver counts."""

from __future__ import annotations

from gonogo.core.wording import listing
from gonogo.model.waiver import Waiver
from gonogo.report.page import Block, Entry
from gonogo.report.view import RunView
from gonogo.report.words import seat


def waived_words(name: str, waiver: Waiver | None) -> str:
    """Say what is done instead about an open criterion, who answers for it, and until when."""
    if waiver is None:
        return name
    parts = [
        f"{name}: {waiver.compensating_control.rstrip('.') or 'no compensating control'}",
        *([f"by {seat(waiver.owner)}"] if waiver.owner else []),
        *([f"until the end of {waiver.expires_on}"] if waiver.expires_on else []),
    ]
    return ", ".join(parts)


def waiver_entries(view: RunView) -> tuple[Block, ...]:
    """Return an entry for each waiver, with its approvals and whether it counts."""
    known = {waiver.id: waiver for waiver in view.waivers}
    entries: list[Block] = []
    for review in view.decision.waivers:
        tag = "counts" if review.counted else "does not count"
        waiver = known.get(review.id)
        rows = _waiver_rows(waiver) if waiver else ()
        tone = "mixed" if review.counted else "none"
        entries.append(Entry(f"{review.id} for {review.criterion}", (tag,), review.why, rows, tone))
    return tuple(entries)


def _waiver_rows(waiver: Waiver) -> tuple[tuple[str, str], ...]:
    approvals = [f"{each.person} as {seat(each.role)} on {each.on}" for each in waiver.approved_by]
    rows = (
        ("Reason", waiver.reason),
        ("Risk", waiver.residual_risk),
        ("Instead", waiver.compensating_control),
        ("Owner", seat(waiver.owner) if waiver.owner else ""),
        ("Asked by", waiver.requested_by),
        ("Approved", listing(approvals, most=20)),
        ("Expires", f"end of {waiver.expires_on}" if waiver.expires_on else ""),
    )
    return tuple((label, value) for label, value in rows if value)
