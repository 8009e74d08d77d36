"""What is text like any other and still no data: a second header, a row of totals, an identifier that Excel spoiled.

Where a column is a number or a date, the first two fail at its cells. Where all are texts they would be counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named, quoted
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.rows.outline import is_odd
from gonogo.collectors.rows.row_words import CLOSING_ROWS, LAST_ROW, TOTAL_ROW
from gonogo.collectors.rows.spoiled import IMPORT_ID, SEVERAL_KEYS, SPOILED
from gonogo.collectors.table.database import row_of, rows_of
from gonogo.collectors.table.placeholders import NOTHING
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.settings import Table
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

if TYPE_CHECKING:
    import duckdb

_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)


@dataclass(frozen=True, slots=True)
class Suspect:
    """What a suspicious row meets, in SQL, and a sentence with a place for the rows.

    Attributes:
        where: The condition.
        sentence: What to do.
        reason: Of the gap.
        shaped: Column whose other cells must be alike, or the row is not suspicious after all; empty for none.
    """

    where: str
    sentence: str
    reason: GapReason = GapReason.AMBIGUOUS_ROWS
    shaped: str = ""


def refuse_suspects(connection: duckdb.DuckDBPyConnection, name: str, table: Table, source: Prepared) -> None:
    """Refuse a loaded table with a second header, a row that adds up others, an odd key, or a spoiled identifier.

    Raises:
        CollectorRefusal: There is one; its row is named, its content is not.
    """
    suspects = list(_suspects(table, source))
    if not suspects:
        return
    counts = ", ".join(f"count(*) FILTER (WHERE {suspect.where})" for suspect in suspects)
    for suspect, count in zip(suspects, row_of(connection, f"SELECT {counts} FROM {named(name)}"), strict=True):
        if not count or (suspect.shaped and not _stands_out(connection, name, suspect.shaped, count, source.rows)):
            continue
        found = rows_of(
            connection, f"SELECT rowid FROM {named(name)} WHERE {suspect.where} ORDER BY rowid LIMIT {SHOWN}"
        )
        row = f"{source.row_word} {first_few([str(source.number(index)) for (index,) in found], count)}"
        raise StructuralFault(f"{source.place}: {suspect.sentence.format(row=row)}", suspect.reason)


def _stands_out(connection: duckdb.DuckDBPyConnection, name: str, column: str, odd: int, rows: int) -> bool:
    """Return whether so few keys are odd, and all others so much alike, that the odd ones are no keys."""
    if not is_odd(odd, rows):
        return False
    shape = f"regexp_replace(regexp_replace({named(column)}, '[0-9]+', '9', 'g'), '[A-Za-z]+', 'a', 'g')"
    (most,) = row_of(connection, f"SELECT max(n) FROM (SELECT count(*) AS n FROM {named(name)} GROUP BY {shape})")
    return bool(10 * most >= 9 * rows)


def _shown(table: Table, column: str) -> str:
    """Return a heading for a sentence in which the place of the rows is still to be put."""
    return f"{heading_of(table, column)!r}".replace("{", "{{").replace("}", "}}")


def _suspects(table: Table, source: Prepared) -> Iterator[Suspect]:
    texts = [column for column, settings in table.columns.items() if settings.type in _TEXTS]
    free = [column for column in texts if table.columns[column].allowed in ((), "any")]
    if len(texts) == len(table.columns) and NoItem.REPEATED_HEADING not in table.rows:
        headings = {column: settings.header or column for column, settings in table.columns.items()}
        again = " AND ".join(f"{named(column)} = {quoted(heading)}" for column, heading in headings.items())
        yield Suspect(
            again, "the header is repeated in {row}; delete it there, or say rows: {{repeated_heading: left_out}}"
        )
    if free:
        yield Suspect(
            " OR ".join(f"regexp_full_match({named(column)}, {quoted(IMPORT_ID)})" for column in free),
            "names of the export's fields are in {row}, below the texts of the questions: neither is an answer; "
            "delete both rows, or leave them out by rows: {{repeated_heading: {{column: ..., values: [...]}}}}",
        )
    if free and NoItem.TOTAL not in table.rows:
        yield from _totals(table, source, free)
    for column in free:
        shown = _shown(table, column)
        if table.columns[column].type is ColumnType.ID:
            yield Suspect(
                f"regexp_full_match({named(column)}, {quoted(SPOILED)})",
                f"column {shown} holds what Excel makes of identifiers, such as 1.20E+05 or 12-Mar, in {{row}}; "
                "export it again and do not save it in Excel, or say type: text if it is meant so",
                GapReason.MALFORMED,
            )


def _totals(table: Table, source: Prepared, free: list[str]) -> Iterator[Suspect]:
    first = min(free, key=lambda column: source.positions[column])
    keys = [column for column in table.unique if column in free]
    for column in dict.fromkeys([first, *keys]):
        shown, full = _shown(table, column), f"regexp_full_match({named(column)}, {quoted(LAST_ROW)})"
        closing = f"CASE WHEN rowid >= {max(0, source.rows - CLOSING_ROWS)} THEN {full} ELSE FALSE END"
        yield Suspect(
            f"regexp_full_match({named(column)}, {quoted(TOTAL_ROW)}) OR ({closing})",
            f"column {shown} says Total in {{row}}, which would be counted as data (or something else that only a "
            "row which sums up or closes a table says); say rows: {{total: left_out}}, or describe the last one by "
            "control: {{footer: …}}, or list the word under allowed if it is data",
        )
    for column in keys:
        shown = _shown(table, column)
        yield Suspect(
            f"coalesce({named(column)} IN {NOTHING}, FALSE)",
            f"the key {shown} says nothing (a placeholder such as TBD or N/A) in {{row}}, so nobody knows what the "
            "row is; fill it in, say rows: {{total: {{column: ..., values: [...]}}}} to leave it out, or "
            "{{total: counts}} if it is an item",
        )
        yield Suspect(
            f"regexp_full_match({named(column)}, {quoted(SEVERAL_KEYS)})",
            f"the key {shown} holds several keys in {{row}}, and would be counted as one item; give each a row of "
            "its own, or say rows: {{total: counts}} if it is one",
        )
        for odd in (f"contains({named(column)}, ' ')", f"NOT regexp_matches({named(column)}, '[0-9]')"):
            yield Suspect(
                odd,
                f"the key {shown} has a different shape in {{row}} than in all others, as totals and remarks do; "
                "say rows: {{total: {{column: ..., values: [...]}}}}, or {{total: counts}} if it is an item",
                shaped=column,
            )
