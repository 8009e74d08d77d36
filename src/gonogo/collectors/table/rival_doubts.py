"""What is asked where a file has two columns that may say one thing: which of them counts."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.rival_columns import rivalled
from gonogo.collectors.table.shown import Doubt, Shown
from gonogo.model.evidence import GapReason


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
