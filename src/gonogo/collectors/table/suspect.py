"""What is text like any other and still no data: a second header, a row of totals, an identifier that Excel spoiled.

Where a column is a number or a date, the first two fail at its cells. Where all are texts they would be counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from gonogo.collectors.table.cells import MONTHS, named, quoted
from gonogo.collectors.table.database import row_of, rows_of
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.settings import ColumnType, Table
from gonogo.collectors.table.typed import SHOWN, tell
from gonogo.plugin.spec import CollectorRefusal

if TYPE_CHECKING:
    import duckdb

_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)
TOTAL: Final = "(?i)(?:grand |sub-?)?totals?:?"
"""What the first text of a row of totals says, and nothing else."""
SPOILED: Final = (
    rf"[0-9](?:\.[0-9]+)?E\+[0-9]{{2,3}}|[0-9]{{1,2}}-(?:{MONTHS})(?:-[0-9]{{2,4}})?|(?:{MONTHS})-[0-9]{{2}}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
)
"""What Excel leaves of ``120000`` and ``3-12`` when it saves a CSV: ``1.20E+05``, ``12-Mar``, ``3/12/2027``."""


def refuse_suspects(connection: duckdb.DuckDBPyConnection, name: str, table: Table, source: Prepared) -> None:
    """Refuse a loaded table with a second header, a row whose first text is *Total*, or a spoiled identifier.

    Raises:
        CollectorRefusal: There is one; its row is named, its content is not.
    """
    suspects = list(_suspects(table, source))
    if not suspects:
        return
    counts = ", ".join(f"count(*) FILTER (WHERE {where})" for where, _ in suspects)
    for (where, sentence), count in zip(
        suspects, row_of(connection, f"SELECT {counts} FROM {named(name)}"), strict=True
    ):
        if count:
            found = rows_of(connection, f"SELECT rowid FROM {named(name)} WHERE {where} ORDER BY rowid LIMIT {SHOWN}")
            row = f"{source.row_word} {tell([str(source.number(index)) for (index,) in found], count)}"
            raise CollectorRefusal(f"{source.place}: {sentence.format(row=row)}")


def _suspects(table: Table, source: Prepared) -> Iterator[tuple[str, str]]:
    """Yield what a suspicious row meets, in SQL, and a sentence with a place for the rows."""
    texts = [column for column, settings in table.columns.items() if settings.type in _TEXTS]
    if len(texts) == len(table.columns):
        headings = {column: settings.header or column for column, settings in table.columns.items()}
        again = " AND ".join(f"{named(column)} = {quoted(heading)}" for column, heading in headings.items())
        yield again, "the header stands again in {row}; delete it there"
    free = [column for column in texts if not table.columns[column].allowed]
    if free:
        first = min(free, key=lambda column: source.positions[column])
        yield (
            f"regexp_full_match({named(first)}, {quoted(TOTAL)})",
            f"column {first!r} says Total in {{row}}, which would be counted as data; delete that row, or describe the "
            "last one by control: {{footer: …}}, or list the word under allowed if it is data",
        )
    for column in free:
        if table.columns[column].type is ColumnType.ID:
            yield (
                f"regexp_full_match({named(column)}, {quoted(SPOILED)})",
                f"column {column!r} holds what Excel makes of identifiers, such as 1.20E+05 or 12-Mar, in {{row}}; "
                "export it again and do not save it in Excel, or say type: text if it is meant so",
            )
