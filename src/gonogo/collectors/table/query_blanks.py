"""Cells that say nothing in columns that a query reads: what SQL makes of them is nobody's answer.

``NOT IN`` with one blank cell is true of nothing, ``FILTER`` and ``count(x)`` drop the row, an outer join misses it:
each can make a fact better. So a blank in a column that is read is a gap, unless the settings or the query say what it
means; a placeholder such as TBD likewise, unless the settings list it or the query names it. ``open`` beside ``'Open'``
is another spelling, unless the query makes texts of any spelling alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from gonogo.collectors.columns.cells import named, quoted
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.table.database import rows_of
from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.no_answer import LONGEST, is_no_answer, unanswered
from gonogo.collectors.table.query_reads import reads_of
from gonogo.collectors.table.reads import called
from gonogo.collectors.table.spoilt import refuse_spoilt
from gonogo.collectors.table.unknown_words import refuse_unknown
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

if TYPE_CHECKING:
    import duckdb

_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)
_FOLDS: Final = re.compile(
    r"(?i)'(?:lower|upper|lcase|ucase|[!~*]*i?like\w*|regexp\w*|trim|strip_accents|collate)'|COLLATE|~"
)
"""Names of functions and operators by which a query compares texts whatever their spelling."""


def refuse_blanks(
    connection: duckdb.DuckDBPyConnection, tree: Mapping[str, Any], loaded: Mapping[str, LoadedTable], fact: str
) -> None:
    """Refuse a query that reads a column in which a row says nothing.

    Raises:
        CollectorRefusal: There is such a row; rows are named, and the column.
    """
    reads = reads_of(tree, {name: frozenset(table.table.columns) for name, table in loaded.items()})
    for table in sorted(loaded):
        bad = {column for name, column in reads.bare | reads.asked if name == table}
        refuse_spoilt(connection, table, loaded[table].source.place, loaded[table].spoilt, bad, "TRUE")
    for table, column in sorted(reads.bare):
        settings = loaded[table].table.columns[column]
        if settings.may_be_blank and settings.blank is None:
            where_blank = _first_rows(connection, loaded[table], f"{named(column)} IS NULL")
            if where_blank:
                shown = called(loaded[table].table, column)
                raise StructuralFault(
                    f"{loaded[table].source.place}: the query of {fact} reads column {shown}, which is blank in "
                    f"{where_blank}; say what a blank means in the settings (blank: ...) or in the query "
                    f"(coalesce({column}, ...))",
                    GapReason.MISSING,
                )
    for table, column in sorted(reads.bare | reads.asked):
        settings = loaded[table].table.columns[column]
        if settings.known:
            refuse_unknown(connection, loaded[table], column)
        elif settings.type in _TEXTS and settings.allowed in ((), "any"):
            asked = set() if _FOLDS.search(str(tree)) else reads.words
            _refuse_placeholders(connection, loaded[table], column, reads.words, asked, fact)


def _refuse_placeholders(
    connection: duckdb.DuckDBPyConnection, loaded: LoadedTable, column: str, words: set[str], asked: set[str], fact: str
) -> None:
    cell = named(column)
    if loaded.small is not None:
        texts = sorted({text for text in loaded.small.columns[column] if text is not None and len(text) <= LONGEST})
    else:
        short = f"SELECT DISTINCT {cell} FROM {named(loaded.name)} WHERE length({cell}) <= {LONGEST} ORDER BY 1"
        texts = [text for (text,) in rows_of(connection, short)]
    found = [text for text in unanswered(texts, asked) if text not in words]
    found += [text for text in texts if text not in words and text not in found and is_no_answer(text)]
    if found:
        plain = all(map(is_no_answer, found))
        what = (
            "a placeholder such as TBD or N/A"
            if plain
            else "a word that it names, or a placeholder, in another spelling"
        )
        where_found = _first_rows(connection, loaded, f"{cell} IN ({', '.join(map(quoted, found))})")
        raise StructuralFault(
            f"{loaded.source.place}: the query of {fact} reads column {called(loaded.table, column)}, which has {what} "
            f"in {where_found}, which is not an answer; fill it in, name it in the query, or list it with the "
            "other words by allowed: [...]",
            GapReason.MISSING,
        )


def _first_rows(connection: duckdb.DuckDBPyConnection, loaded: LoadedTable, where: str) -> str:
    found = rows_of(
        connection,
        f"SELECT rowid, count(*) OVER () FROM {named(loaded.name)} WHERE {where} ORDER BY rowid LIMIT {SHOWN}",
    )
    source = loaded.source
    return f"{source.row_word} {first_few([str(source.number(row)) for row, _ in found], found[0][1])}" if found else ""
