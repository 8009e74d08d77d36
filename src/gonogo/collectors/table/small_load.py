"""A small table, checked as the database checks one, without it; whatever is not plain is left to the database."""

from __future__ import annotations

from gonogo.collectors.document_moment import check_past
from gonogo.collectors.table.control import is_cut_off
from gonogo.collectors.table.doubts import Looked, doubts_of
from gonogo.collectors.table.given_days import ahead_of
from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.moments import dated_by, held
from gonogo.collectors.table.other_kinds import has_other_kinds
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.shown_small import ShownSmall
from gonogo.collectors.table.small_suspects import no_suspects, nothings
from gonogo.collectors.table.small_table import NotSmallError, SmallTable, read_small
from gonogo.plugin.spec import CollectorRefusal, Input, Job


def small_loaded(
    name: str, table: Table, prepared: Prepared, read: frozenset[str], looked: Looked, source: Input, job: Job
) -> LoadedTable | None:
    """Return a table with nothing wrong and nothing in doubt, or None where the database has to look.

    Args:
        name: Of the table.
        table: Its settings.
        prepared: Where it was prepared.
        read: Columns that anything reads.
        looked: What it is looked at for.
        source: The file.
        job: What the collector was handed.
    """
    try:
        small = read_small(table, prepared, read)
        nothing = nothings(table, small)
        if (
            not _as_large_as_known(table, prepared)
            or is_cut_off(table, prepared)
            or not no_suspects(table, prepared, small, nothing)
            or _has_other_kinds(table, small)
        ):
            return None
        doubts, key = doubts_of(ShownSmall(name, table, prepared, prepared.rows, (), small), looked)
        as_of = held(small.span, table, source, prepared, job.time_zone)
        check_past(as_of, job.now, prepared.place)
        if doubts or any(ahead_of(small.span, table, prepared, as_of, job.time_zone)):
            return None
    except (NotSmallError, CollectorRefusal):
        return None
    dated = dated_by(table, source)
    return LoadedTable(name, table, prepared, prepared.rows, as_of, (), key, None, dated, small, nothing)


def _has_other_kinds(table: Table, small: SmallTable) -> bool:
    kind = table.kind
    return kind is not None and kind.column in small.columns and has_other_kinds(kind, small.columns[kind.column])


def _as_large_as_known(table: Table, prepared: Prepared) -> bool:
    """Return whether only its number of rows is known beforehand, and is that."""
    control, rows = table.control, prepared.rows
    stated = {control.rows, prepared.stated_rows} - {None}
    more = control.totals or prepared.footer is not None or prepared.outside
    return not more and stated <= {rows} and rows >= control.min_rows
