"""When an open item is complete: owner, side, date and closure criteria; and in words why one is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gonogo.collectors.program.raid.item_log import LogItem
from gonogo.collectors.program.raid.scales import SIDES, words
from gonogo.plugin.spec import Job

_SHOWN: Final = 5


def sides_of(job: Job) -> frozenset[str]:
    """Return what an organization may be called: Customer, Provider, Shared, or the program's own two names."""
    return SIDES | ({words(job.customer), words(job.provider)} - {""})


def lacking(item: LogItem, sides: frozenset[str]) -> list[str]:
    """Return what an item lacks to be complete; nothing where it is."""
    organization = "organization" if not item.side else "organization that is not a side of the program"
    return [
        what
        for what, there in (
            ("owner", item.owner),
            (organization, item.side in sides),
            ("due date", item.due is not None),
            ("closure criteria", item.closure),
        )
        if not there
    ]


def lacking_words(items: Iterable[LogItem], sides: frozenset[str]) -> str:
    """Say what the first incomplete items lack, by kind and number; empty where all are complete."""
    counts: dict[str, int] = {}
    for item in items:
        for what in lacking(item, sides):
            counts[what] = counts.get(what, 0) + 1
    parts = [f"{what} ({count})" for what, count in counts.items()][:_SHOWN]
    return f"; not complete for: {', '.join(parts)}" if parts else ""
