"""Facts about a small table, answered without the database.

Only what is plain is answered here: every row can be judged, every word that is asked for is there, and no cell holds a
placeholder instead of a word. Everything else is left to the database, which says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from gonogo.collectors.table.absent import any_word, words_of
from gonogo.collectors.table.fact_measures import (
    LeastOf,
    MeanOf,
    MostOf,
    RowMeasure,
    SumOf,
    ValueMeasure,
)
from gonogo.collectors.table.facts import RowNeed
from gonogo.collectors.table.group import Group
from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.measure import answer_asked
from gonogo.collectors.table.moments import to_instant
from gonogo.collectors.table.no_answer import LONGEST, names_nothing, unanswered
from gonogo.collectors.table.promised_facts import Planned
from gonogo.collectors.table.small_table import NotSmallError
from gonogo.collectors.table.small_where import SmallScope
from gonogo.collectors.table.unknown_words import unknown_in
from gonogo.language.expression import parse_requirement
from gonogo.model.open_items import MAX_KEYS
from gonogo.plugin.spec import Answer, CollectorRefusal, Job


def _sum(values: Sequence[Any]) -> Fraction:
    return sum(map(Fraction, values), Fraction(0))  # decimals would be rounded to so many digits


_AGGREGATES: Final[Mapping[type[RowMeasure], Callable[[Sequence[Any]], Any]]] = {
    SumOf: _sum,
    MeanOf: lambda values: _sum(values) if values else None,
    LeastOf: lambda values: min(values, default=None),
    MostOf: lambda values: max(values, default=None),
}


def small_answer(planned: Planned, measure: RowMeasure, loaded: LoadedTable, job: Job) -> Answer | None:
    """Return the answer for one declarative fact, or None where the database has to say."""
    try:
        rows = _asked(planned, measure, loaded, job)
        return replace(answer_asked(rows, planned, measure, loaded, job), rows_from=rows.oldest(loaded, job))
    except (NotSmallError, CollectorRefusal):
        return None


@dataclass(frozen=True, slots=True)
class _SmallRows:
    """The rows that a fact asks about: whether each satisfies ``where``, its value, its thing and its key.

    Attributes:
        numbers: Of the rows, in the order of the source.
        holds: Whether each satisfies ``where``.
        values: Value of each; empty where none is asked for.
        things: What each speaks for; empty where rows are counted.
        keys: What each is called; None where rows have no key.
        by_value: Whether it goes by a value of the rows.
    """

    numbers: Sequence[int]
    holds: Sequence[bool]
    values: Sequence[Any]
    things: Sequence[str]
    keys: Sequence[str] | None
    by_value: bool

    def groups(self, measure: RowMeasure, *, grouped: bool) -> list[Group]:
        """Return what all rows add up to."""
        if grouped:
            raise NotSmallError
        if measure.asks_whether:
            holds = [holds for _, holds in self._things(measure)]
            return [Group(None, len(holds), sum(holds), len(holds))]
        values = [value for value, holds in zip(self.values, self.holds, strict=True) if holds]
        return [Group(None, len(self.holds), _AGGREGATES[type(measure)](values), len(values))]

    def tally(self) -> tuple[int, int]:
        """Return how many rows are asked about, and how many of them satisfy ``where``."""
        return len(self.holds), sum(self.holds)

    def only(self) -> list[Any]:
        """Return the different values of the rows that satisfy ``where``, at most two."""
        found = dict.fromkeys(value for value, holds in zip(self.values, self.holds, strict=True) if holds)
        return list(found)[:2]

    def against(self, measure: RowMeasure, group: object | None) -> tuple[tuple[str, ...], int] | None:
        """Return the first keys of what counts against the fact and how many more there are; None without keys."""
        if self.keys is None and measure.per is None:
            return None
        wanted = measure.against == "holds"
        found = [key for key, holds in self._things(measure) if holds is wanted]
        return tuple(found[:MAX_KEYS]), max(0, len(found) - MAX_KEYS)

    def oldest(self, loaded: LoadedTable, job: Job) -> Any:
        """Return when the oldest row held that is asked about; None where it is as new as the table."""
        if not loaded.dated_by:
            return None
        assert loaded.small is not None
        days = loaded.small.columns[loaded.dated_by]
        asked = zip(self.numbers, self.holds, strict=True)
        found = [days[row] for row, holds in asked if holds or not self.by_value]
        first = min((day for day in found if day is not None), default=None)
        moment = None if first is None else to_instant(first, job.time_zone)
        return moment if moment is not None and moment < loaded.as_of else None

    def _things(self, measure: RowMeasure) -> list[tuple[str, bool]]:
        """Return the rows, or the things that they speak for, each with its key and whether it holds."""
        if measure.per is None:
            return list(zip(self.keys or [""] * len(self.holds), self.holds, strict=True))
        every = measure.per.need is RowNeed.EVERY
        found: dict[str, bool] = {}
        for thing, holds in zip(self.things, self.holds, strict=True):
            known = found.setdefault(thing, holds)
            found[thing] = (known and holds) if every else (known or holds)
        return list(found.items())


def _asked(planned: Planned, measure: RowMeasure, loaded: LoadedTable, job: Job) -> _SmallRows:
    small = loaded.small
    if small is None or planned.fact.by is not None or measure.weigh is not None:
        raise NotSmallError
    _check_words(measure, loaded)
    moments = job.now, job.go_live, loaded.as_of
    scope = SmallScope(loaded.table.columns, small, loaded.nothing, *moments, job.time_zone)
    among, where = scope.condition(measure.among), scope.condition(measure.where)
    asked = [(row, among(row)) for row in range(loaded.rows)]
    rows = [row for row, inside in asked if inside]
    holds = [where(row) for row in rows]
    if None in holds or any(inside is None for _, inside in asked):
        raise NotSmallError
    by_value = isinstance(measure, ValueMeasure)
    values = _values(measure, scope, rows, holds) if isinstance(measure, ValueMeasure) else []
    things = [small.texts(measure.per.column)[row] for row in rows] if measure.per is not None else []
    if None in things or (measure.per and names_nothing(map(str, things), loaded, measure.per.column)):
        raise NotSmallError
    columns = [small.texts(name) for name in loaded.key]
    keys = [_key([column[row] for column in columns]) for row in rows] if columns else None
    return _SmallRows(rows, [bool(each) for each in holds], values, [str(thing) for thing in things], keys, by_value)


def _key(cells: Sequence[str | None]) -> str:
    return " / ".join(cell for cell in cells if cell is not None)


def _values(measure: ValueMeasure, scope: SmallScope, rows: Sequence[int], holds: Sequence[bool | None]) -> list[Any]:
    read = scope.value(measure.of)
    values = [read(row) for row in rows]
    if any(value is None for value, holds in zip(values, holds, strict=True) if holds):
        raise NotSmallError
    return [abs(value) if measure.absolute and value is not None else value for value in values]


def _check_words(measure: RowMeasure, loaded: LoadedTable) -> None:
    """Leave it to the database where a word that is asked for may be missing, or a cell may be no answer."""
    assert loaded.small is not None
    asked: dict[str, set[str]] = {}
    for text in (measure.among, measure.where):
        for column, words, wanted in words_of(parse_requirement(text).tree, asked=True) if text else ():
            cells = set(loaded.small.columns[column])
            if unknown_in(cells, loaded.table.columns[column]):
                raise NotSmallError
            if not any_word(loaded.table.columns[column]):
                continue
            if text is measure.where and wanted is not measure.better_by_where and cells.isdisjoint(words):
                raise NotSmallError
            asked.setdefault(column, set()).update(words)
    for column, named in asked.items():
        short = {text for text in loaded.small.columns[column] if text is not None and len(text) <= LONGEST}
        if unanswered(short, named):
            raise NotSmallError
