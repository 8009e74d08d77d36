"""What a person writes about a fact: what is counted or measured, over which rows, for whom."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from gonogo.collectors.columns.column import FactName, Name, Text
from gonogo.collectors.table.settings import Table
from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.language.requirement import GIVEN, ParameterRef, walk
from gonogo.model.fact import FactType
from gonogo.plugin.spec import Settings


class RowNeed(StrEnum):
    """How the rows of one thing speak for it."""

    EVERY = "every"
    """All its rows satisfy ``where``."""
    ANY = "any"
    """At least one does."""


class Per(Settings):
    """Count things instead of rows: people instead of their enrolments.

    Attributes:
        column: What tells the things apart.
        need: Whether every row of a thing must satisfy ``where``, or any.
    """

    column: Name
    need: RowNeed


class Count(Settings):
    """How many rows, or things, satisfy ``where``: a condition over columns, ``now``, ``go_live`` and ``held``."""

    where: Text | None = None
    per: Per | None = None


class Share(Settings):
    """How many of those in ``among`` satisfy ``where``: part and whole.

    Attributes:
        where: What is counted in the part.
        among: What is counted in the whole; every row by default. The part is always among it.
        per: Count things instead of rows.
        weigh: Add up this column instead of counting: dollars reconciled of dollars.
    """

    where: Text
    among: Text | None = None
    per: Per | None = None
    weigh: Name | None = None


class Over(Settings):
    """A column, or exact arithmetic over columns, over the rows that satisfy ``where``.

    Attributes:
        of: ``amount``, ``legacy - target``, ``now - opened_on``.
        where: Which rows; all by default.
        absolute: Drop the sign of each row's value first.
    """

    of: Text
    where: Text | None = None
    absolute: bool = False


class Whether(Settings):
    """Whether any, all or none of the rows in ``among`` satisfy ``where``."""

    where: Text
    among: Text | None = None


class Take(StrEnum):
    """Which group answers."""

    LOWEST = "lowest"
    HIGHEST = "highest"


class By(Settings):
    """Answer for the lowest or highest group instead of the whole.

    Attributes:
        column: What makes the groups.
        take: The lowest or the highest.
        min_group: Smaller groups are put together into one, so that nobody can be picked out and nobody is left out.
        every: Every value that the column allows must have a group, else the answer is a gap.
        show: Whether the answer names the group; by default only where ``min_group`` is 2 or more.
    """

    column: Name
    take: Take
    min_group: int = Field(default=1, ge=1, le=100_000)
    every: bool = False
    show: bool | None = None


class Fact(Settings):
    """One fact: exactly one of count, share, sum, min, max, mean, only, any, all, none, sql.

    Attributes:
        table: The table it is made of; the only one by default. Not for ``sql``.
        meaning: What is counted, exactly.
        type: The fact's type; follows from the measure except for ``sql`` and arithmetic.
        unit: For integer, decimal and money facts; the column's unit by default.
        by: Answer for the lowest or highest group.
        only: The one value that all rows agree on.
        sql: One SELECT that gives one row: one column, or two named ``part`` and ``whole``. A blank cell in a column
            that it reads is a gap, unless ``blank`` of the column, or ``coalesce`` or ``IS NULL`` there, says what it
            means.
        inputs: For ``sql``: every table that it names.
    """

    table: Name | None = None
    meaning: str = ""
    type: FactType | None = None
    unit: str = ""
    by: By | None = None
    count: Count | None = None
    share: Share | None = None
    sum: Over | None = None
    min: Over | None = None
    max: Over | None = None
    mean: Over | None = None
    only: Over | None = None
    any: Whether | None = None
    all: Whether | None = None
    none: Whether | None = None
    sql: Annotated[str, StringConstraints(min_length=1, max_length=20_000)] | None = None
    inputs: tuple[Name, ...] = ()


class TableSettings(Settings):
    """Tables and the facts made of them; ``facts: {}`` where nobody has chosen one yet, which answers for nothing."""

    tables: dict[Name, Table] = Field(min_length=1, max_length=20)
    facts: dict[FactName, Fact] = Field(max_length=500)

    @model_validator(mode="after")
    def _asked_blank(self) -> Self:
        """Give a column of which a condition says ``is blank`` the boolean of ``given``, with all its guards."""
        first = next(iter(self.tables))
        asked = {
            (fact.table or first, node.asked_blank)
            for fact in self.facts.values()
            for text in _conditions(fact)
            for node in _names(text)
            if node.asked_blank
        }
        tables = dict(self.tables)
        for name, column in sorted(asked):
            columns = tables[name].columns if name in tables else {}
            if column in columns and columns[column].given is None:
                named = columns[column].model_copy(update={"given": column + GIVEN})
                tables[name] = tables[name].model_copy(update={"columns": {**columns, column: named}})
        return self if tables == self.tables else self.model_copy(update={"tables": tables})


def _conditions(fact: Fact) -> Iterator[str]:
    values = fact.sum, fact.min, fact.max, fact.mean, fact.only
    for part in (fact.count, fact.share, *values, fact.any, fact.all, fact.none):
        yield from (text for name in ("where", "among") if (text := getattr(part, name, None)))


def _names(text: str) -> list[ParameterRef]:
    """Return the bare names of a condition; none where it cannot be read, which is said elsewhere."""
    try:
        return [node for node in walk(parse_requirement(text).tree) if isinstance(node, ParameterRef)]
    except ExpressionError:
        return []
