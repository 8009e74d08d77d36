"""A word in a condition that no row holds, in a column whose words nobody listed: a misspelt word counts nothing.

Where ``allowed`` is a list, the word is in it and none is none. Where it is ``any``, nobody can tell *none* from
*called otherwise*, so a fact that gets better by it is a gap: a count of rows with it, a share of rows without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named, quoted
from gonogo.collectors.columns.column import Column
from gonogo.collectors.table.database import row_of
from gonogo.collectors.table.fact_measures import RowMeasure
from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.reads import heading_of
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Membership,
    Node,
    Not,
    Operator,
    ParameterRef,
    Text,
)
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

if TYPE_CHECKING:
    import duckdb

_SHOWN: Final = 4


def refuse_absent(connection: duckdb.DuckDBPyConnection, measure: RowMeasure, loaded: LoadedTable) -> None:
    """Refuse a fact that rests on a word which no row holds.

    Raises:
        CollectorRefusal: There is such a word, and the column says ``allowed: any``.
    """
    where = measure.where
    if where is None or not loaded.rows:
        return
    for column, choices, asked in words_of(parse_requirement(where).tree, asked=True):
        if not any_word(loaded.table.columns[column]) or asked is measure.better_by_where:
            continue
        listed = ", ".join(map(quoted, choices))
        (found,) = row_of(connection, f"SELECT count(*) FROM {named(loaded.name)} WHERE {named(column)} IN ({listed})")
        if not found:
            heading = heading_of(loaded.table, column)
            shown = " or ".join(repr(choice[:60]) for choice in choices[:_SHOWN])
            raise StructuralFault(
                f"{loaded.source.place}: no row of column {heading!r} says {shown}, and its words are not listed "
                "(allowed: any), so the file may call it something else; look at the words in the file, and list them "
                "with this one by allowed: [...]",
                GapReason.NOT_PROVABLE,
            )


def any_word(column: Column) -> bool:
    """Return whether a column may call a thing by a word that nobody listed."""
    return column.allowed == "any" and not column.known


def words_of(node: Condition, *, asked: bool) -> Iterator[tuple[str, list[str], bool]]:
    """Yield each column that is compared with words, the words, and whether a row that holds one is asked for."""
    if isinstance(node, (All, AnyOf)):
        for part in node.parts:
            yield from words_of(part, asked=asked)
    elif isinstance(node, Not):
        yield from words_of(node.part, asked=not asked)
    elif isinstance(node, Membership):
        yield from _compared(node.operand, list(node.choices), asked)
    elif isinstance(node, Comparison) and node.operator in (Operator.EQ, Operator.NE):
        same = asked is (node.operator is Operator.EQ)
        yield from _compared(node.left, [node.right], same)
        yield from _compared(node.right, [node.left], same)


def _compared(column: Node, others: list[Node], asked: bool) -> Iterator[tuple[str, list[str], bool]]:
    words = [other.value for other in others if isinstance(other, Text)]
    if isinstance(column, ParameterRef) and words:
        yield column.name, words, asked
