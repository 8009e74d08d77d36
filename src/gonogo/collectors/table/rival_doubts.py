"""What is asked where a file has two columns that may say one thing: which of them counts."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.rival_columns import rivalled
from gonogo.collectors.table.row_settings import RowsWhere
from gonogo.collectors.table.shown import Doubt, Shown
from gonogo.model.evidence import GapReason


def twins_of(loaded: Shown, dated: str) -> Iterator[Doubt]:
    """Yield for each column that stands under two of its headings, with different content, what settles which counts.

    A cell of the other one that is blank contradicts nothing. A column that says which rows count, or when the content
    held (``dated``), concerns every fact.
    """
    table = loaded.table
    of_rows = {rule.column for rule in table.rows.values() if isinstance(rule, RowsWhere)}
    wide = {*table.subject, *of_rows, *([table.kind.column] if table.kind else []), dated}
    for each in loaded.source.beside.compared:
        at = loaded.first_difference(each.own, each.other)
        if at is None:
            continue
        name, own, other = each.twins.name, each.twins.own, each.twins.other
        settle = (
            f"say which counts by columns: {{{name}: {{header: {other!r}, also: []}}}}, or why the other does not "
            f"count by not_rival: {{{other!r}: reason}}"
        )
        both = f"the columns {own!r} and {other!r} are both what the settings call {name}"
        sentence = f"{loaded.source.place}: {both}, and they differ in {loaded.source.at([at])}; {settle}"
        only = frozenset() if name in wide else frozenset({name})
        yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence, only=only)


def rivals_of(loaded: Shown) -> Iterator[Doubt]:
    """Yield for each column that is read and has another beside it what settles which of the two counts."""
    table = loaded.table
    for each in loaded.seen():
        for name in [] if each.name else rivalled(table, each.heading):
            if not any(value.strip() for value, _ in loaded.values(each)):
                continue
            own = heading_of(table, name)
            sentence = (
                f"{loaded.source.place}: the columns {own!r} and {each.heading!r} may say the same in other words, "
                f"and nobody has said which counts; say it by columns: {{{name}: {{header: ...}}}}, or why the other "
                f"does not count by not_rival: {{{each.heading!r}: reason}}"
            )
            yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence, only=frozenset({name}))
