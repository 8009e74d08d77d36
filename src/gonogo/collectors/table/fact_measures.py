"""The measures of a fact: each a class that says what it asks of the rows and what is true of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from gonogo.collectors.table.facts import Fact, Over, Per, Whether
from gonogo.model.fact import FactType

_BY_KEY: Final = re.compile(r"\b(?:distinct|group\s+by)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowMeasure:
    """What is measured over the rows of one table; a subclass for each measure.

    Attributes:
        name: What the settings call it.
        makes: The type of fact that it always makes; None where that follows from its columns.
        grouped: Whether it goes with ``by``.
        adds_up: Whether its answer is another one when a row is there twice.
        divides: Whether its value is a part of a whole.
        better_by_where: Whether a row that satisfies ``where`` makes it better; for all others one that does not.
        asks_whether: Whether it goes by how many rows satisfy a condition, and not by a value of theirs.
        against: SQL of the rows that are named as counting against it; empty where none is named.
        aggregate: SQL of its value over the rows of a group, where it goes by a value of theirs.
        where: Which rows satisfy it; all by default.
        among: Which rows are asked about; all by default.
        per: What is counted instead of rows.
        weigh: The column that is added up instead of counting.
    """

    name: ClassVar[str]
    makes: ClassVar[FactType | None] = None
    grouped: ClassVar[bool] = False
    adds_up: ClassVar[bool] = False
    divides: ClassVar[bool] = False
    better_by_where: ClassVar[bool] = False
    asks_whether: ClassVar[bool] = False
    against: ClassVar[str] = ""
    aggregate: ClassVar[str] = ""

    where: str | None = None
    among: str | None = None
    per: Per | None = None
    weigh: str | None = None

    @property
    def conditions(self) -> tuple[tuple[str, str], ...]:
        """Its conditions, each with the setting that says it."""
        both = (("where", self.where), ("among", self.among))
        return tuple((setting, text) for setting, text in both if text is not None)

    @property
    def counts_rows(self) -> bool:
        """Whether a row that is there twice counts twice."""
        return self.adds_up and self.per is None


class CountOf(RowMeasure):
    """How many rows, or things, satisfy ``where``."""

    name = "count"
    makes = FactType.INTEGER
    grouped = adds_up = asks_whether = True
    against = "holds"


class ShareOf(RowMeasure):
    """How many of those in ``among`` satisfy ``where``, or how much of their weight."""

    name = "share"
    makes = FactType.RATIO
    grouped = adds_up = asks_whether = divides = better_by_where = True
    against = "NOT holds"


@dataclass(frozen=True, slots=True)
class ValueMeasure(RowMeasure):
    """What is made of a value of each row.

    Attributes:
        of: A column, or arithmetic over columns.
        absolute: Whether the sign is dropped first.
    """

    of: str = ""
    absolute: bool = False


class SumOf(ValueMeasure):
    """The sum; 0 for no row."""

    name = "sum"
    grouped = adds_up = True
    aggregate = "coalesce(sum(value) FILTER (holds), 0)"


class MeanOf(ValueMeasure):
    """The mean, as the sum and how many rows are in it."""

    name = "mean"
    grouped = adds_up = divides = True
    aggregate = "sum(value) FILTER (holds)"


class LeastOf(ValueMeasure):
    """The smallest value."""

    name = "min"
    grouped = True
    aggregate = "min(value) FILTER (holds)"


class MostOf(ValueMeasure):
    """The largest value."""

    name = "max"
    grouped = True
    aggregate = "max(value) FILTER (holds)"


class OnlyOf(ValueMeasure):
    """The one value that all rows agree on."""

    name = "only"


class TruthMeasure(RowMeasure):
    """Whether any, all or none of the rows in ``among`` satisfy ``where``."""

    makes = FactType.BOOLEAN
    asks_whether = True

    def holds(self, holding: int, members: int) -> bool:
        """Return the answer, where ``holding`` of ``members`` rows satisfy ``where``."""
        raise NotImplementedError


class AnyRow(TruthMeasure):
    """At least one does."""

    name = "any"

    def holds(self, holding: int, members: int) -> bool:  # one is enough, of however many
        """Return whether one does."""
        return holding > 0


class EveryRow(TruthMeasure):
    """All do."""

    name = "all"
    better_by_where = True
    against = "NOT holds"

    def holds(self, holding: int, members: int) -> bool:
        """Return whether all do."""
        return holding == members


class NoRow(TruthMeasure):
    """None does."""

    name = "none"
    against = "holds"

    def holds(self, holding: int, members: int) -> bool:  # none, of however many
        """Return whether none does."""
        return holding == 0


@dataclass(frozen=True, slots=True)
class Query:
    """One SELECT over the tables that it names."""

    name: ClassVar[str] = "sql"
    text: str

    @property
    def counts_rows(self) -> bool:
        """Whether a row that is there twice counts twice."""
        return not _BY_KEY.search(self.text)


Measure = RowMeasure | Query
MEASURES: Final[tuple[type[Measure], ...]] = (
    CountOf,
    ShareOf,
    SumOf,
    LeastOf,
    MostOf,
    MeanOf,
    OnlyOf,
    AnyRow,
    EveryRow,
    NoRow,
    Query,
)
"""All of them, in the order in which messages list them."""


def measures_of(fact: Fact) -> tuple[Measure, ...]:
    """Return the measures that the settings of a fact name; a sound fact has one."""
    return tuple(_given(fact))


def _given(fact: Fact) -> Iterator[Measure]:
    if (count := fact.count) is not None:
        yield CountOf(where=count.where, per=count.per)
    if (share := fact.share) is not None:
        yield ShareOf(where=share.where, among=share.among, per=share.per, weigh=share.weigh)
    values: tuple[tuple[type[ValueMeasure], Over | None], ...] = (
        (SumOf, fact.sum),
        (LeastOf, fact.min),
        (MostOf, fact.max),
        (MeanOf, fact.mean),
        (OnlyOf, fact.only),
    )
    for value, over in values:
        if over is not None:
            yield value(where=over.where, of=over.of, absolute=over.absolute)
    truths: tuple[tuple[type[TruthMeasure], Whether | None], ...] = (
        (AnyRow, fact.any),
        (EveryRow, fact.all),
        (NoRow, fact.none),
    )
    for truth, whether in truths:
        if whether is not None:
            yield truth(where=whether.where, among=whether.among)
    if fact.sql is not None:
        yield Query(fact.sql)
