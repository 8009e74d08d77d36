"""Which columns a fact reads, and whether it counts rows: what a fact itself settles about its table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from gonogo.collectors.table.facts import Fact, Over, TableSettings
from gonogo.collectors.table.settings import Column, Table
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import ParameterRef, walk

_COUNTING: Final = frozenset({"count", "share", "sum", "mean", "sql"})
_BY_KEY: Final = re.compile(r"\b(?:distinct|group\s+by)\b", re.IGNORECASE)


def columns_read(fact: Fact, measure: str, columns: Mapping[str, Column]) -> frozenset[str]:
    """Return the columns of its table that a fact names, in whatever way."""
    if measure == "sql":
        words = {word.lower() for word in re.findall(r"[A-Za-z_][A-Za-z0-9_]*", fact.sql or "")}
        return frozenset(words & set(columns))
    body = getattr(fact, measure)
    texts = [text for key in ("where", "among") if (text := getattr(body, key, None)) is not None]
    if isinstance(body, Over):
        texts.append(f"({body.of}) == 0")
    given = {column.given: name for name, column in columns.items() if column.given}
    named = {
        node.name for text in texts for node in walk(parse_requirement(text).tree) if isinstance(node, ParameterRef)
    }
    found = {given.get(name, name) for name in named}
    per, weigh = getattr(body, "per", None), getattr(body, "weigh", None)
    found |= {name for name in (weigh, per.column if per else None, fact.by.column if fact.by else None) if name}
    return frozenset(found & set(columns))


def counts_rows(fact: Fact, measure: str) -> bool:
    """Return whether an answer is more when a row stands there twice: it is counted, and not by key."""
    if measure == "sql":
        return not _BY_KEY.search(fact.sql or "")
    return measure in _COUNTING and getattr(getattr(fact, measure), "per", None) is None


def columns_of_table(name: str, settings: TableSettings) -> frozenset[str]:
    """Return the columns of a table that anything reads: a fact, the key, a control, or what is said of its rows."""
    table = settings.tables[name]
    found = set(table.unique) | set(table.control.totals) | set(table.subject)
    for fact in settings.facts.values():
        if fact.sql is not None or (fact.table or next(iter(settings.tables))) == name:
            found |= columns_read(fact, fact.measures[0], table.columns)
    return frozenset(found)


def keyless(name: str, settings: TableSettings) -> list[str]:
    """Return the facts that count the rows of a table whose key the settings do not say."""
    if settings.tables[name].unique or settings.tables[name].one_row:
        return []
    return [
        fact_name
        for fact_name, fact in settings.facts.items()
        if counts_rows(fact, fact.measures[0])
        and name in (fact.inputs or ((fact.table or next(iter(settings.tables))),))
    ]


def counted_by(name: str, settings: TableSettings) -> frozenset[str]:
    """Return the columns of a table whose values are counted as things."""
    first = next(iter(settings.tables))
    bodies = [
        getattr(fact, fact.measures[0])
        for fact in settings.facts.values()
        if fact.sql is None and (fact.table or first) == name
    ]
    return frozenset(body.per.column for body in bodies if getattr(body, "per", None) is not None)


def heading_of(table: Table, column: str) -> str:
    """Return what the header says of a column."""
    return table.columns[column].header or column
