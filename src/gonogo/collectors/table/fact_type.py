"""Which type and unit of fact a measure makes, from the types of the columns that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.table.fact_measures import (
    LeastOf,
    MeanOf,
    MostOf,
    OnlyOf,
    RowMeasure,
    SumOf,
    ValueMeasure,
)
from gonogo.collectors.table.facts import Fact
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.where import operand_of, operand_sql
from gonogo.collectors.table.where_scope import OperandKind, WhereScope
from gonogo.language.requirement import Arithmetic, Binary, Number, ParameterRef, walk
from gonogo.model.fact import FactType


def scope_for_checks(table: Table) -> WhereScope:
    """Return a scope in which expressions can be checked before anything is read."""
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    return WhereScope(table.columns, moment, moment, moment, lambda name: "0")


def is_duration(measure: RowMeasure, table: Table) -> bool:
    """Whether the measure is over durations."""
    if not isinstance(measure, ValueMeasure):
        return False
    return operand_sql(measure.of, scope_for_checks(table)).kind is OperandKind.DURATION


def natural_type(measure: RowMeasure, table: Table) -> FactType | None:
    """Return the type of fact that a measure makes; None where it makes none."""
    if not isinstance(measure, ValueMeasure):
        return measure.makes
    kind = operand_sql(measure.of, scope_for_checks(table)).kind
    if kind is OperandKind.DURATION:
        return FactType.DECIMAL if not isinstance(measure, OnlyOf) else None
    if measure.absolute and kind is not OperandKind.NUMBER:
        return None
    if kind is OperandKind.NUMBER:
        return _numeric_type(measure, table.columns)
    if isinstance(measure, OnlyOf):
        return {OperandKind.TEXT: FactType.TEXT, OperandKind.TRUTH: FactType.BOOLEAN}.get(kind, FactType.INSTANT)
    extreme = isinstance(measure, (LeastOf, MostOf))
    return FactType.INSTANT if extreme and kind in (OperandKind.DATE, OperandKind.INSTANT) else None


def _numeric_type(measure: ValueMeasure, columns: Mapping[str, Column]) -> FactType | None:
    tree = operand_of(measure.of)
    used = {columns[node.name].type for node in walk(tree) if isinstance(node, ParameterRef)}
    products = any(isinstance(node, Binary) and node.operator is Arithmetic.MULTIPLY for node in walk(tree))
    fractions = any(isinstance(node, Number) and node.value.denominator != 1 for node in walk(tree))
    if used == {ColumnType.PERCENT} and isinstance(tree, ParameterRef):
        return None if isinstance(measure, SumOf) else FactType.RATIO
    if used == {ColumnType.INTEGER} and not fractions:
        return FactType.DECIMAL if isinstance(measure, MeanOf) else FactType.INTEGER
    if ColumnType.MONEY in used and (used == {ColumnType.MONEY}) != products:
        return FactType.MONEY
    return FactType.DECIMAL


def unit_of(fact: Fact, measure: RowMeasure, table: Table) -> str:
    """Return the unit of a fact: its own, or the one that its columns share; empty for none."""
    if fact.unit or not isinstance(measure, ValueMeasure):
        return fact.unit
    names = [node.name for node in walk(operand_of(measure.of)) if isinstance(node, ParameterRef)]
    units = {table.columns[name].unit for name in names if name in table.columns}
    return units.pop() if len(units) == 1 else ""
