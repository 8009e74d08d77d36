"""Days on which something is said to have been done, and which lie after the evidence: nobody can have seen them.

``given:`` over a column of dates makes *signed* of *signed on*. A day after the one on which the content held is a plan
or a slip of the pen, and so is one before anybody kept such files; neither says that anything was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.document_moment import EARLIEST_YEAR
from gonogo.collectors.rows.row_subject import plain
from gonogo.collectors.table.moments import Span
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.shown import Doubt
from gonogo.model.evidence import GapReason


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_AHEAD: Final = _listed(
    """
    due plan planned planning target deadline forecast scheduled schedule expected expires expiry expiration until next
    baseline review renewal eta proposed estimated end ends valid golive milestone slot future
    """
)
"""Words of a heading, a column or its ``given`` that are about future days."""


def ahead_of(span: Span, table: Table, prepared: Prepared, as_of: datetime, time_zone: str) -> Iterator[Doubt]:
    """Yield a doubt for each column whose ``given`` would count a day after the evidence.

    Args:
        span: Gives the smallest and the largest value of a column.
        table: Its settings.
        prepared: Where it was read.
        as_of: When its content held, UTC.
        time_zone: In which days are given.
    """
    today = as_of.astimezone(ZoneInfo(time_zone)).date()
    for key, column in table.columns.items():
        if column.given is None or column.type not in (ColumnType.DATE, ColumnType.INSTANT):
            continue
        heading = heading_of(table, key)
        if column.planned or _AHEAD & set(plain(f"{heading} {key} {column.given}".replace("_", " ")).split()):
            continue
        first, last, _, _ = span(key)
        if last is None:
            continue
        late = last.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone)).date() if isinstance(last, datetime) else last
        if late > today:
            wrong, shown = f"after {today}, the day on which the evidence held", late
        elif first.year < EARLIEST_YEAR:
            wrong, shown = f"before {EARLIEST_YEAR}", first
        else:
            continue
        start = f"{prepared.place}: the column {heading!r} says when something was done, and holds a day {wrong}"
        settle = "correct the file, or say planned: true if the column holds future days"
        yield Doubt(
            GapReason.OUT_OF_RANGE,
            f"{start} ({f'{shown}'[:10]}); {settle}",
            f"{start}; {settle}",
            only=frozenset({key}),
        )
