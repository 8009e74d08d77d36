"""Keys of a loaded table that are likely one key written in two ways, as a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gonogo.collectors.table.cells import named
from gonogo.collectors.table.database import row_of, rows_of
from gonogo.collectors.table.doubles import likely_doubles, set_aside
from gonogo.collectors.table.row_settings import NoItem
from gonogo.collectors.table.settings import ColumnType
from gonogo.collectors.table.shown import Doubt, Shown
from gonogo.collectors.table.typed import SHOWN, tell
from gonogo.model.evidence import GapReason

_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)
_LONGEST: Final = 60


def doubles(loaded: Shown, key: Sequence[str], *, counting: bool) -> Iterator[Doubt]:
    """Yield a doubt where two keys look like one that is written in two ways, unless the settings say why they differ.

    Args:
        loaded: The table.
        key: Columns that tell its rows apart, or the one whose values are counted as things; none for none.
        counting: Whether it concerns the facts that count rows; else those that read the column.
    """
    table = loaded.table
    if table.distinct is not None or not any(table.columns[column].type in _TEXTS for column in key):
        return
    cells = [f"coalesce(CAST({named(column)} AS VARCHAR), '')" for column in key]
    if not _may_have_some(loaded, cells):
        return
    keys = rows_of(loaded.connection, f"SELECT {', '.join(cells)} FROM {named(loaded.name)} ORDER BY rowid")
    found = likely_doubles(keys)
    if not found:
        return
    (first, second), more = found[0], f" (and {len(found) - 1:,} more)" if len(found) > 1 else ""
    one, other = (" / ".join(keys[index])[:_LONGEST] for index in (first, second))
    word, number = loaded.source.row_word, loaded.source.number
    start = f"{loaded.source.place}: {', '.join(key)} "
    end = "; correct the file, or say why they are different items by distinct: ..."
    yield Doubt(
        GapReason.AMBIGUOUS_ROWS,
        f"{start}is {one!r} in {word} {number(first)} and {other!r} in {word} {number(second)}{more}, which look like "
        f"one key written in two ways{end}",
        f"{start}looks like one key written in two ways in {word} {number(first)} and {number(second)}{more}{end}",
        counting=counting,
        only=frozenset() if counting else frozenset(key),
    )


def aside(loaded: Shown, key: Sequence[str]) -> Iterator[Doubt]:
    """Yield a doubt where keys are marked as set aside, such as ``#IF-07``, unless struck rows count.

    Args:
        loaded: The table.
        key: Columns that tell its rows apart.
    """
    for column in key:
        if loaded.table.columns[column].type not in _TEXTS or loaded.table.rows.get(NoItem.STRUCK) == "counts":
            continue
        cell = named(column)
        (some,) = row_of(
            loaded.connection,
            f"SELECT coalesce(bool_or(regexp_matches({cell}, '^(#|//|--|~~)')), FALSE) FROM {named(loaded.name)}",
        )
        if not some:
            continue
        keys = rows_of(loaded.connection, f"SELECT coalesce({cell}, '') FROM {named(loaded.name)} ORDER BY rowid")
        found = set_aside([text for (text,) in keys])
        if found:
            rows = tell([str(loaded.source.number(index)) for index in found[:SHOWN]], len(found))
            told = (
                f"{loaded.source.place}: {column} in {loaded.source.row_word} {rows} begins with a sign by which rows "
                f"are set aside, such as # or //; take them out, or say rows: {{struck: {{column: {column}, values: "
                "[...]}}, or {struck: counts} if such rows are items"
            )
            yield Doubt(GapReason.AMBIGUOUS_ROWS, told, told)


def _may_have_some(loaded: Shown, cells: Sequence[str]) -> bool:
    """Return whether keys are worth a look one by one: beyond ASCII, or fewer once folded, as the database can fold."""
    joined = f"concat_ws(chr(31), {', '.join(cells)})"
    folded = rf"regexp_replace(lower({joined}), '[\s_-]+', '-', 'g')"
    folded = rf"regexp_replace({folded}, '(^|[^0-9.,])0+([0-9])', '\1\2', 'g')"
    plain, alike, foreign = row_of(
        loaded.connection,
        f"SELECT count(DISTINCT {joined}), count(DISTINCT {folded}), "
        rf"coalesce(bool_or(regexp_matches({joined}, '[^\x00-\x7f]')), FALSE) FROM {named(loaded.name)}",
    )
    return bool(foreign or alike < plain)
