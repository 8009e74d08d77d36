"""Which columns a fact reads, and whether it counts rows: what a fact itself settles about its table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gonogo.collectors.columns.column import Column, given_names
from gonogo.collectors.table.fact_measures import Measure, Query, RowMeasure, ValueMeasure, measures_of
from gonogo.collectors.table.facts import Fact, TableSettings
from gonogo.collectors.table.settings import Table
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import ParameterRef, walk


def columns_read(fact: Fact, measure: Measure, columns: Mapping[str, Column]) -> frozenset[str]:
    """Return the columns of its table that a fact names, in whatever way."""
    if isinstance(measure, Query):
        words = {word.lower() for word in re.findall(r"[A-Za-z_][A-Za-z0-9_]*", measure.text)}
        return frozenset(words & set(columns))
    texts = [text for _, text in measure.conditions]
    if isinstance(measure, ValueMeasure):
        texts.append(f"({measure.of}) == 0")
    given = given_names(columns)
    named = {
        node.name for text in texts for node in walk(parse_requirement(text).tree) if isinstance(node, ParameterRef)
    }
    found = {given.get(name, name) for name in named}
    per, by = measure.per, fact.by
    found |= {name for name in (measure.weigh, per.column if per else None, by.column if by else None) if name}
    return frozenset(found & set(columns))


def columns_of_table(name: str, settings: TableSettings) -> frozenset[str]:
    """Return the columns of a table that anything reads: a fact, the key, a control, or a rule about its rows."""
    table = settings.tables[name]
    found = set(table.unique) | set(table.control.totals) | set(table.subject)
    for fact in settings.facts.values():
        if fact.sql is not None or (fact.table or next(iter(settings.tables))) == name:
            found |= columns_read(fact, measures_of(fact)[0], table.columns)
    return frozenset(found)


def keyless(name: str, settings: TableSettings) -> list[str]:
    """Return the facts that count the rows of a table whose key the settings do not say."""
    if settings.tables[name].unique or settings.tables[name].one_row:
        return []
    return [
        fact_name
        for fact_name, fact in settings.facts.items()
        if measures_of(fact)[0].counts_rows and name in (fact.inputs or ((fact.table or next(iter(settings.tables))),))
    ]


def counted_by(name: str, settings: TableSettings) -> frozenset[str]:
    """Return the columns of a table whose values are counted as things."""
    first = next(iter(settings.tables))
    measures = [measures_of(fact)[0] for fact in settings.facts.values() if (fact.table or first) == name]
    return frozenset(each.per.column for each in measures if isinstance(each, RowMeasure) and each.per is not None)


def called(table: Table, column: str) -> str:
    """Return the heading of a column, and beside it what queries call it where that is something else."""
    heading = heading_of(table, column)
    return f"{heading!r}" + ("" if heading == column else f" ({column})")


def heading_of(table: Table, column: str) -> str:
    """Return what the header says of a column."""
    return table.columns[column].header or column
