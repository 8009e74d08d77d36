"""How much of the logs an answer is made of, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gonogo.collectors.program.raid.item_log import Log, LogItem
from gonogo.collectors.program.raid.m3_layout import RISKS
from gonogo.collectors.rows.no_item import left_out_words

NAMED: Final = 5
"""Rows or problems that a sentence names before it says how many more there are."""


def words_on_logs(logs: Sequence[Log], risks: Sequence[LogItem], issues: Sequence[LogItem]) -> str:
    """Return the rows that count against a fact, and what each log holds."""
    parts = []
    for log in logs:
        rows = [str(item.row) for item in (risks if log.layout is RISKS else issues)]
        more = ", …" if len(rows) > NAMED else ""
        named = f"row{'s' if len(rows) > 1 else ''} {', '.join(rows[:NAMED])}{more} of " if rows else ""
        hidden = f", {log.hidden} open in hidden rows" if log.hidden else ""
        left_out = f", {log.left_out} of other releases left out" if log.left_out else ""
        left_out += left_out_words(log.no_items) + log.beside
        parts.append(f"sheet {log.layout.sheet}, {named}{log.rows} entries, {len(log.items)} open{hidden}{left_out}")
    return "; ".join(parts)
