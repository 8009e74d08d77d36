"""Rows that are another kind of thing than the facts are about: a list of problems is no list of incidents.

Lists of one tool have nearly the same columns. What tells them apart is in the rows: the beginning of each key, or a
word for what each row is. A list of something else holds no critical incident, and that proves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named, quoted
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.table.database import row_of, rows_of
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.quotable import may_quote, shortened
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.row_settings import KindOfRows
from gonogo.collectors.table.settings import Table
from gonogo.model.evidence import GapReason
from gonogo.model.key_beginning import beginning_pattern, begins_with
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal
from gonogo.text import any_of

if TYPE_CHECKING:
    import duckdb

_LISTED: Final = 4
_LOOKED_AT: Final = 1000
"""Strange keys that are looked at for what they are."""


def has_other_kinds(kind: KindOfRows, cells: Sequence[str | None]) -> bool:
    """Return whether a table is not, or not only, about things of its kind."""
    if kind.words:
        return bool(cells) and not any(cell in kind.words for cell in cells)
    return not all(cell is not None and begins_with(cell, kind.begins) for cell in cells)


def refuse_other_kinds(
    connection: duckdb.DuckDBPyConnection, name: str, table: Table, source: Prepared, spoilt: Collection[str] = ()
) -> None:
    """Refuse a table of which a row is another kind of thing, or of which none is what it is to be about.

    A row whose cell for it is bad may be of the kind; the facts that read the column are gaps then.

    Raises:
        CollectorRefusal: It is so; rows are named, and what such rows are.
    """
    kind = table.kind
    if kind is None or kind.column not in table.columns or (kind.words and kind.column in spoilt):
        return
    cell = f"CAST({named(kind.column)} AS VARCHAR)"
    if kind.words:
        ours = f"SELECT 1 FROM {named(name)} WHERE list_contains($words, {cell}) LIMIT 1"
        if not rows_of(connection, ours, {"words": list(kind.words)}):
            _refuse_words(connection, kind, table, name, source)
        return
    wanted = f"regexp_matches({cell}, {quoted(beginning_pattern(kind.begins))})"
    strange = f"SELECT rowid, {cell} FROM {named(name)} WHERE NOT coalesce({wanted}, FALSE) ORDER BY rowid"
    found = rows_of(connection, f"{strange} LIMIT {_LOOKED_AT}")
    if not found:
        return
    others = [(index, begins_with(str(text), kind.others)) for index, text in found]
    known = next((other for _, other in others if other), "")
    rows = [index for index, other in others if other == known]
    more = len(rows) if known else row_of(connection, f"SELECT count(*) FROM ({strange})")[0]
    shown = first_few([str(source.number(index)) for index in rows[:SHOWN]], more)
    start = f"{source.place}: column {heading_of(table, kind.column)!r}"
    if known:
        raise StructuralFault(
            f"{start} shows {kind.others[known]}, and not {kind.what}, in {source.row_word} {shown}: keys of "
            f"such things begin with {known}; export the list of that kind apart",
            GapReason.WRONG_SUBJECT,
        )
    raise StructuralFault(
        f"{start} does not begin with {any_of(kind.begins)} in {source.row_word} {shown}, as the key of {kind.what} "
        "does; export that list alone, or say under answers: of the profile what your keys begin with",
        GapReason.WRONG_SUBJECT,
    )


def _refuse_words(
    connection: duckdb.DuckDBPyConnection, kind: KindOfRows, table: Table, name: str, source: Prepared
) -> None:
    start, heading = f"{source.place}: no row is {kind.what}", heading_of(table, kind.column)
    settle = "a list of something else does not prove that there is none; export the list that has them all"
    cell = named(kind.column)
    found = rows_of(
        connection,
        f"SELECT CAST({cell} AS VARCHAR) AS v, min(rowid) AS n FROM {named(name)} WHERE {cell} IS NOT NULL "
        f"GROUP BY v ORDER BY n LIMIT {_LISTED}",
    )
    said = [str(text) for text, _ in found]
    told = f"{start} by column {heading!r}; {settle}"
    if not said or not all(may_quote(text, table) for text in said):
        raise StructuralFault(told, GapReason.WRONG_SUBJECT)
    listed = ", ".join(map(shortened, said))
    raise CollectorRefusal(f"{start}: column {heading!r} says {listed}; {settle}", GapReason.WRONG_SUBJECT, told)
