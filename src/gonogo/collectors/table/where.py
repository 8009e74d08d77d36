"""Expressions over columns, in the grammar of requirements, turned into SQL that means exactly the same.

A bare lower-case name is a column of the table, or ``held``. Numbers stay decimal; instants and durations are
microseconds; dates are days, and their first local moment where they meet an instant. A blank cell is unknown
(Kleene), never false.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from gonogo.collectors.columns.cells import named, quoted
from gonogo.collectors.columns.column import Column, ColumnType, given_names
from gonogo.collectors.table.literal import DAY, micros, number_sql
from gonogo.collectors.table.placeholders import NOTHING
from gonogo.collectors.table.spoilt import bad_cell
from gonogo.collectors.table.where_scope import HELD, KIND_OF, OperandKind, SqlPart, WhereScope
from gonogo.collectors.table.zone import micros_of
from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.language.requirement import (
    All,
    AnyOf,
    Arithmetic,
    Binary,
    Comparison,
    Condition,
    Duration,
    FactRef,
    Membership,
    Moment,
    MomentRef,
    Negative,
    Node,
    Not,
    Number,
    Operator,
    ParameterRef,
    Text,
    Truth,
    walk,
)

_SQL: Final = {Operator.EQ: "=", Operator.NE: "<>"}


def columns_of(text: str, columns: Mapping[str, Column]) -> tuple[str, ...]:
    """Return the columns whose blank cells can make an expression unknown; a ``given`` name cannot."""
    names = [node.name for node in walk(parse_requirement(text).tree) if isinstance(node, ParameterRef)]
    return tuple(dict.fromkeys(name for name in names if name in columns))


def condition_sql(text: str, scope: WhereScope) -> str:
    """Return the SQL of a condition.

    Raises:
        ExpressionError: It is no condition, names what is no column, or compares what cannot be compared.
    """
    tree = parse_requirement(text).tree
    if not scope.differs(tree):
        raise ExpressionError("it names no column, so it is the same for every row", 0, len(text))
    return _condition(tree, scope)


def operand_sql(text: str, scope: WhereScope) -> SqlPart:
    """Return the SQL of a value: a column, or arithmetic over columns.

    Raises:
        ExpressionError: It is something else.
    """
    node = operand_of(text)
    if not scope.differs(node):
        raise ExpressionError("it names no column, so it is the same for every row", 0, len(text))
    return _part(node, scope)


def operand_of(text: str) -> Node:
    """Return the tree of a value.

    Raises:
        ExpressionError: It is a condition, or cannot be read.
    """
    tree = parse_requirement(f"({text}) == 0").tree
    if not isinstance(tree, Comparison) or tree.operator is not Operator.EQ:
        raise ExpressionError("a column or arithmetic over columns is expected", 0, len(text))
    return tree.left


def _condition(node: Condition, scope: WhereScope) -> str:
    if isinstance(node, (All, AnyOf)):
        word = " AND " if isinstance(node, All) else " OR "
        return "(" + word.join(_condition(part, scope) for part in node.parts) + ")"
    if isinstance(node, Not):
        return f"(NOT {_condition(node.part, scope)})"
    if isinstance(node, Membership):
        choices = [_comparison(Operator.EQ, node.operand, choice, node, scope) for choice in node.choices]
        return "(" + " OR ".join(choices) + ")"
    return _comparison(node.operator, node.left, node.right, node, scope)


def _comparison(operator: Operator, left: Node, right: Node, whole: Node, scope: WhereScope) -> str:
    if not (scope.differs(left) or scope.differs(right)):
        raise ExpressionError("a comparison without a column is the same for every row", *_span(whole))
    for side, other in ((left, right), (right, left)):
        _check_literal(side, other, scope)
    first, second = _part(left, scope), _part(right, scope)
    if {first.kind, second.kind} == {OperandKind.DATE, OperandKind.TEXT}:
        first, second = (_as_date(part, node) for part, node in ((first, left), (second, right)))
    if {first.kind, second.kind} == {OperandKind.DATE, OperandKind.INSTANT}:
        first, second = _as_instant(first, left, scope), _as_instant(second, right, scope)
    if first.kind is not second.kind:
        raise ExpressionError(f"{first.kind} cannot be compared with {second.kind}", *_span(whole))
    if first.kind in (OperandKind.TEXT, OperandKind.TRUTH) and operator not in _SQL:
        raise ExpressionError(f"{first.kind} has no order; compare it by == or !=", *_span(whole))
    return f"({first.sql} {_SQL.get(operator, operator.value)} {second.sql})"


def _check_literal(column: Node, literal: Node, scope: WhereScope) -> None:
    """Refuse a literal that no cell of the column can ever equal: a misspelt word would count nothing, for ever."""
    settings = scope.columns.get(column.name) if isinstance(column, ParameterRef) else None
    if settings is None:
        return
    if isinstance(literal, Text) and KIND_OF[settings.type] is OperandKind.TEXT:
        if not settings.allowed:
            raise ExpressionError(
                "a text column that is compared with a text needs its list of allowed values",
                *_span(literal),
                "add `allowed: [...]` to the column, or `allowed: any` if no list can be given",
            )
        if settings.allowed != "any" and literal.value not in settings.allowed:
            raise ExpressionError("this is not one of the column's allowed values", *_span(literal))
    if (
        isinstance(literal, Number)
        and settings.type is ColumnType.PERCENT
        and literal.value > (1 if settings.highest is None else settings.highest)
        and not literal.percent
    ):
        raise ExpressionError("a percent column holds ratios", *_span(literal), "write 80% or 0.8")


def _part(node: Node, scope: WhereScope) -> SqlPart:
    if isinstance(node, ParameterRef):
        return _column(node, scope)
    if isinstance(node, Number):
        return SqlPart(OperandKind.NUMBER, number_sql(node))
    if isinstance(node, Text):
        return SqlPart(OperandKind.TEXT, quoted(node.value))
    if isinstance(node, Truth):
        return SqlPart(OperandKind.TRUTH, "TRUE" if node.value else "FALSE")
    if isinstance(node, Duration):
        return SqlPart(OperandKind.DURATION, str(micros(node)))
    if isinstance(node, MomentRef):
        return SqlPart(OperandKind.INSTANT, str(micros_of(scope.now if node.moment is Moment.NOW else scope.go_live)))
    if isinstance(node, Negative):
        inner = _part(node.operand, scope)
        if inner.kind not in (OperandKind.NUMBER, OperandKind.DURATION):
            raise ExpressionError(f"{inner.kind} has no sign", *_span(node))
        return SqlPart(inner.kind, f"(-{inner.sql})")
    if isinstance(node, Binary):
        return _binary(node, scope)
    if isinstance(node, FactRef):
        raise ExpressionError("a column is a bare name; facts are not known here", *_span(node))
    raise ExpressionError("a value is expected here", *_span(node))


def _column(node: ParameterRef, scope: WhereScope) -> SqlPart:
    column = scope.columns.get(node.name)
    if column is not None:
        kind, sql = KIND_OF[column.type], named(node.name)
        if node.name in scope.no_answers:
            sql = f"CASE WHEN {sql} NOT IN ({', '.join(map(quoted, scope.no_answers[node.name]))}) THEN {sql} END"
        return SqlPart(kind, f"epoch_us({sql})" if kind is OperandKind.INSTANT else sql)
    given = given_names(scope.columns).get(node.name)
    if given is not None:
        there = f"{named(given)} IS NOT NULL"
        if KIND_OF[scope.columns[given].type] is OperandKind.TEXT:
            there += f" AND {named(given)} NOT IN {NOTHING}"
        if given in scope.spoilt:
            there = f"CASE WHEN {named(bad_cell(given))} IS NULL THEN {there} END"
        return SqlPart(OperandKind.TRUTH, f"({there})")
    if node.name == HELD:
        return SqlPart(OperandKind.INSTANT, str(micros_of(scope.held)))
    names = ", ".join(scope.columns)
    raise ExpressionError(f"{node.name} is not a column of this table", *_span(node), f"its columns: {names}")


def _binary(node: Binary, scope: WhereScope) -> SqlPart:
    left, right = _part(node.left, scope), _part(node.right, scope)
    operator = node.operator
    if operator is Arithmetic.DIVIDE:
        raise ExpressionError(
            "a quotient is not exact here",
            *_span(node),
            "compare `a >= 2 * b` rather than `a / b >= 2`; of `min` and `max`, bind a column that holds the quotient",
        )
    kinds = (left.kind, right.kind)
    if operator is Arithmetic.MULTIPLY:
        if kinds != (OperandKind.NUMBER, OperandKind.NUMBER):
            raise ExpressionError("only numbers are multiplied", *_span(node))
        return SqlPart(OperandKind.NUMBER, f"({left.sql} * {right.sql})")
    if kinds in ((OperandKind.NUMBER, OperandKind.NUMBER), (OperandKind.DURATION, OperandKind.DURATION)):
        return SqlPart(left.kind, f"({left.sql} {operator.value} {right.sql})")
    if kinds == (OperandKind.DATE, OperandKind.DATE) and operator is Arithmetic.SUBTRACT:
        return SqlPart(OperandKind.DURATION, f"(CAST({left.sql} - {right.sql} AS BIGINT) * {DAY})")
    if (
        kinds == (OperandKind.DATE, OperandKind.DURATION)
        and isinstance(node.right, Duration)
        and micros(node.right) % DAY == 0
    ):
        return SqlPart(OperandKind.DATE, f"({left.sql} {operator.value} {micros(node.right) // DAY})")
    left = _as_instant(left, node.left, scope) if left.kind is OperandKind.DATE else left
    right = _as_instant(right, node.right, scope) if right.kind is OperandKind.DATE else right
    kinds = (left.kind, right.kind)
    if kinds == (OperandKind.INSTANT, OperandKind.INSTANT) and operator is Arithmetic.SUBTRACT:
        return SqlPart(OperandKind.DURATION, f"({left.sql} - {right.sql})")
    if kinds == (OperandKind.INSTANT, OperandKind.DURATION):
        return SqlPart(OperandKind.INSTANT, f"({left.sql} {operator.value} {right.sql})")
    words = {Arithmetic.ADD: "added to", Arithmetic.SUBTRACT: "subtracted from"}[operator]
    raise ExpressionError(f"{right.kind} cannot be {words} {left.kind}", *_span(node))


def _as_date(part: SqlPart, node: Node) -> SqlPart:
    if part.kind is OperandKind.DATE:
        return part
    if not isinstance(node, Text) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.value, re.ASCII):
        raise ExpressionError('a date is written "2027-04-19"', *_span(node))
    try:
        day = date.fromisoformat(node.value)
    except ValueError:
        raise ExpressionError("there is no such day", *_span(node)) from None
    return SqlPart(OperandKind.DATE, f"DATE '{day.isoformat()}'")


def _as_instant(part: SqlPart, node: Node, scope: WhereScope) -> SqlPart:
    if part.kind is OperandKind.INSTANT:
        return part
    if not isinstance(node, ParameterRef):
        raise ExpressionError(
            "a calculated date cannot be compared with an instant", *_span(node), "put the duration on the other side"
        )
    return SqlPart(OperandKind.INSTANT, scope.start_of(node.name))


def _span(node: Node) -> tuple[int, int]:
    return node.span.start, node.span.end
