"""What the settings promise: one local fact for each entry of ``facts``, or every mistake at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.columns.column import NOT_NAMES
from gonogo.collectors.columns.copyable import to_copy
from gonogo.collectors.table.column_mistakes import mistakes_of
from gonogo.collectors.table.counted_words import contradicting_words
from gonogo.collectors.table.fact_measures import MEASURES, Measure, Query, RowMeasure, ValueMeasure, measures_of
from gonogo.collectors.table.fact_type import is_duration, natural_type, scope_for_checks, unit_of
from gonogo.collectors.table.facts import Fact, TableSettings
from gonogo.collectors.table.fair import unfair
from gonogo.collectors.table.headings_found import names_of
from gonogo.collectors.table.row_checks import row_mistakes
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.where import condition_sql, operand_sql
from gonogo.language.expression import ExpressionError
from gonogo.model.fact import FactType
from gonogo.plugin.spec import LocalFact, SettingsRefusal

Location = tuple[str | int, ...]
Mistake = tuple[Location, str]

_GROUPED: Final = ", ".join(sorted(each.name for each in MEASURES if issubclass(each, RowMeasure) and each.grouped))


@dataclass(frozen=True, slots=True)
class Planned:
    """One fact that the settings promise.

    Attributes:
        fact: Its settings.
        local: Its declaration.
        measure: What is measured.
        tables: Names of the tables that it is made of.
    """

    fact: Fact
    local: LocalFact
    measure: Measure
    tables: tuple[str, ...]


def plan(settings: TableSettings) -> tuple[Planned, ...]:
    """Return what they promise, in the order of the settings.

    Raises:
        SettingsRefusal: The settings contradict themselves; all mistakes together.
    """
    mistakes = [found for name, table in settings.tables.items() for found in _table(name, table)]
    planned: list[Planned] = []
    if not mistakes:
        for name, fact in settings.facts.items():
            wrong = list(_fact(name, fact, settings))
            mistakes += wrong
            if not wrong:
                planned.append(_planned(name, fact, settings))
    if mistakes:
        raise SettingsRefusal(mistakes)
    return tuple(planned)


def _table(name: str, table: Table) -> Iterator[Mistake]:
    at: Location = ("tables", name)
    if name in NOT_NAMES:
        yield at, f"{name} already has a meaning; call the table something else"
    headers = [name for key, column in table.columns.items() if not column.pick for name in names_of(key, column)]
    for header in sorted({header for header in headers if headers.count(header) > 1}):
        yield (*at, "columns"), f"two columns have the header {header!r}"
    for header in sorted(set(headers) & set(table.ignore)):
        yield (*at, "ignore"), f"{header!r} is read and ignored"
    if table.header_within is not None and table.header_row != 1:
        yield (*at, "header_within"), "header_row says which row it is; leave one of the two out"
    taken = set(table.columns)
    for key, column in table.columns.items():
        here = (*at, "columns", key)
        if key in NOT_NAMES:
            yield here, f"{key} already has a meaning; call the column something else"
        for setting, sentence in mistakes_of(column):
            yield (*here, setting), sentence
        if column.given is not None:
            if column.given in taken or column.given in NOT_NAMES:
                yield (*here, "given"), f"{column.given} is already the name of something"
            if column.blank is not None:
                yield (
                    (*here, "given"),
                    "blank says what a blank cell means, so the cell is always given; use one of them",
                )
            taken.add(column.given)
    yield from _key_and_control(at, table)
    yield from row_mistakes(at, table)


def _key_and_control(at: Location, table: Table) -> Iterator[Mistake]:
    for column in table.unique:
        if column not in table.columns:
            yield (*at, "unique"), f"{column} is not a column of this table"
        elif table.columns[column].may_be_blank:
            yield (*at, "unique"), f"{column} may be blank, so it cannot be part of a key"
    control = table.control
    totals = [("totals", column) for column in control.totals]
    for cell in control.footer or ():
        if cell.startswith("{") and cell.endswith("}") and cell != "{rows}":
            totals.append(("footer", cell[1:-1]))
    for key, column in totals:
        if column not in table.columns or not table.columns[column].type.numeric:
            yield (*at, "control", key), f"{column} is not a column of numbers of this table"
    if control.footer is not None and not any(cell for cell in control.footer):
        yield (*at, "control", "footer"), "a footer has at least one text, {rows} or {column}"
    if control.rows is not None and control.rows < control.min_rows:
        yield (*at, "control", "rows"), "fewer rows than min_rows"


def _fact(name: str, fact: Fact, settings: TableSettings) -> Iterator[Mistake]:
    at: Location = ("facts", name)
    measures = measures_of(fact)
    if len(measures) != 1:
        given = " and ".join(each.name for each in measures) or "nothing"
        yield at, f"a fact is exactly one of {', '.join(each.name for each in MEASURES)}; this one has {given}"
        return
    measure = measures[0]
    if isinstance(measure, Query):
        yield from _sql_fact(at, fact, settings)
        return
    if fact.inputs:
        yield (*at, "inputs"), "inputs is for sql; name the one table of this fact by table"
    if fact.table is None and len(settings.tables) != 1:
        yield at, f"there are {len(settings.tables)} tables; say which one: table: {next(iter(settings.tables))}"
        return
    if fact.table is not None and fact.table not in settings.tables:
        yield (*at, "table"), f"{fact.table} is not a table here; there are {', '.join(settings.tables)}"
        return
    table = settings.tables[_table_of(fact, settings)]
    wrong = list(_expressions(at, measure, table)) + list(_by(at, fact, measure, table))
    yield from wrong
    if not wrong:
        yield from _type(at, fact, measure, table)
        found = (*unfair(measure, table.columns), *contradicting_words(name, measure, table.columns))
        yield from (((*at, *setting), sentence) for setting, sentence in found)


def _sql_fact(at: Location, fact: Fact, settings: TableSettings) -> Iterator[Mistake]:
    if fact.type is None:
        yield (*at, "type"), "the fact of an sql query says its type"
    if not fact.inputs:
        yield (*at, "inputs"), "a query that names no table proves nothing; list the tables that it reads"
    for index, table in enumerate(fact.inputs):
        if table not in settings.tables:
            yield (*at, "inputs", index), f"{table} is not a table here; there are {', '.join(settings.tables)}"
    if len(set(fact.inputs)) < len(fact.inputs):
        yield (*at, "inputs"), "a table is listed twice"
    if fact.by is not None or fact.table is not None:
        yield at, "by and table are not for sql; write them into the query"
    if fact.type is not None:
        yield from _unit(at, fact.type, fact.unit)


def _expressions(at: Location, measure: RowMeasure, table: Table) -> Iterator[Mistake]:
    here: Location = (*at, measure.name)
    scope = scope_for_checks(table)
    for setting, text in measure.conditions:
        try:
            condition_sql(text, scope)
        except ExpressionError as error:
            yield (*here, setting), f"{_sentence(error, text)}; {to_copy(table.columns)}"
    if isinstance(measure, ValueMeasure):
        try:
            operand_sql(measure.of, scope)
        except ExpressionError as error:
            yield (*here, "of"), _sentence(error, measure.of, lead=1)  # it is read in brackets
    per, weigh = measure.per, measure.weigh
    if per is not None and per.column not in table.columns:
        yield (*here, "per", "column"), f"{per.column} is not a column of this table"
    if per is not None and weigh is not None:
        yield (*here, "weigh"), "things are counted (per) or rows are weighed (weigh), not both"
    if weigh is not None and (weigh not in table.columns or not table.columns[weigh].type.numeric):
        yield (*here, "weigh"), f"{weigh} is not a column of numbers of this table"


def _sentence(error: ExpressionError, text: str, *, lead: int = 0) -> str:
    whole = (error.start, error.end) == (0, len(text))
    marked = "" if whole else text[max(error.start - lead, 0) : max(error.end - lead, 0)].strip()
    return (
        error.sentence
        + (f": `{marked}`" if marked and marked != text else "")
        + (f" ({error.hint})" if error.hint else "")
    )


def _by(at: Location, fact: Fact, measure: RowMeasure, table: Table) -> Iterator[Mistake]:
    by = fact.by
    if by is None:
        return
    if not measure.grouped:
        yield (*at, "by"), f"by goes with {_GROUPED}, not with {measure.name}"
        return
    if by.column not in table.columns:
        yield (*at, "by", "column"), f"{by.column} is not a column of this table"
        return
    if by.every and table.columns[by.column].allowed in ((), "any"):
        yield (*at, "by", "every"), f"every needs the list of allowed values of {by.column}"


def _type(at: Location, fact: Fact, measure: RowMeasure, table: Table) -> Iterator[Mistake]:
    natural = natural_type(measure, table)
    if natural is None:
        yield (*at, measure.name), f"{measure.name} cannot be made of such a column"
        return
    if fact.type is not None and fact.type is not natural:
        wider = natural in (FactType.INTEGER, FactType.MONEY, FactType.DECIMAL)
        if not wider or fact.type not in (FactType.DECIMAL, FactType.MONEY):
            yield (*at, "type"), f"this is a fact of type {natural}, not {fact.type}"
            return
    yield from _unit(at, fact.type or natural, unit_of(fact, measure, table))
    if is_duration(measure, table) and fact.unit not in ("days", "hours", "calendar days"):
        yield (*at, "unit"), "a duration is given in the unit days, calendar days or hours"


def _unit(at: Location, kind: FactType, unit: str) -> Iterator[Mistake]:
    if kind.has_unit and not unit:
        yield (*at, "unit"), f"a fact of type {kind} needs a unit, such as people, defects or USD"
    if not kind.has_unit and unit:
        yield (*at, "unit"), f"a fact of type {kind} has no unit"


def _table_of(fact: Fact, settings: TableSettings) -> str:
    return fact.table or next(iter(settings.tables))


def _planned(name: str, fact: Fact, settings: TableSettings) -> Planned:
    measure = measures_of(fact)[0]
    if isinstance(measure, Query):
        assert fact.type is not None, "checked before"
        meaning = fact.meaning or f"One query over {', '.join(fact.inputs)}."
        return Planned(fact, LocalFact(name, fact.type, meaning, fact.unit), measure, fact.inputs)
    table_name = _table_of(fact, settings)
    table = settings.tables[table_name]
    kind = fact.type or natural_type(measure, table)
    assert kind is not None, "checked before"
    meaning = fact.meaning or _meaning(fact, measure, table_name)
    return Planned(fact, LocalFact(name, kind, meaning, unit_of(fact, measure, table)), measure, (table_name,))


def _meaning(fact: Fact, measure: RowMeasure, table: str) -> str:
    what = f"{measure.name} of {measure.of}" if isinstance(measure, ValueMeasure) else measure.name
    parts = [what, f"over {table}"]
    if measure.where:
        parts.append(f"where {measure.where}")
    if measure.among:
        parts.append(f"among {measure.among}")
    if fact.by is not None:
        parts.append(f"for the {fact.by.take} group by {fact.by.column}")
    return " ".join(parts) + "."
