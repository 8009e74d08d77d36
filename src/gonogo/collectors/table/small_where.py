"""Conditions and values of the settings over the rows of a small table: what :mod:`.where` says in SQL.

A row is known by its number. A blank cell is unknown (Kleene), never false. What is not listed here raises, and the
database answers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from gonogo.collectors.columns.column import Column, ColumnType, given_names
from gonogo.collectors.table.literal import micros
from gonogo.collectors.table.small_table import NotSmallError, SmallTable
from gonogo.collectors.table.where import operand_of
from gonogo.collectors.table.where_scope import HELD, KIND_OF, OperandKind
from gonogo.collectors.table.zone import local_days, micros_of
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import (
    All,
    AnyOf,
    Arithmetic,
    Binary,
    Condition,
    Duration,
    Membership,
    Moment,
    MomentRef,
    Node,
    Not,
    Number,
    Operator,
    ParameterRef,
    Text,
    Truth,
)

Holds = Callable[[int], bool | None]
"""Whether a row, by its number, satisfies a condition; None where nobody can tell."""
Reads = Callable[[int], Any]
"""The value of a row; None where it is unknown."""

_COMPARE: Final[Mapping[Operator, Callable[[Any, Any], bool]]] = {
    Operator.LT: operator.lt,
    Operator.LE: operator.le,
    Operator.GT: operator.gt,
    Operator.GE: operator.ge,
    Operator.EQ: operator.eq,
    Operator.NE: operator.ne,
}
_SUMS: Final = {Arithmetic.ADD: operator.add, Arithmetic.SUBTRACT: operator.sub}


@dataclass(frozen=True, slots=True)
class _Part:
    kind: OperandKind
    reads: Reads
    column: str = ""


@dataclass(frozen=True, slots=True)
class SmallScope:
    """What the names of an expression mean.

    Attributes:
        columns: Settings of the columns.
        small: Their values.
        nothing: Texts that say nothing.
        now: The moment of the assessment.
        go_live: When the release is switched on.
        held: When the content of the table held.
        time_zone: In which days begin.
    """

    columns: Mapping[str, Column]
    small: SmallTable
    nothing: frozenset[str]
    now: datetime
    go_live: datetime
    held: datetime
    time_zone: str

    def condition(self, text: str | None) -> Holds:
        """Return a condition over rows; without a text every row satisfies it.

        Raises:
            NotSmallError: The database has to say.
        """
        return self._condition(parse_requirement(text).tree) if text else lambda row: True

    def value(self, of: str) -> Reads:
        """Return the number of each row: a column of numbers, or a sum or difference of two of them.

        Raises:
            NotSmallError: It is anything else.
        """
        node = operand_of(of)
        if isinstance(node, Binary) and node.operator in _SUMS:
            left, right, added = self._number_of(node.left), self._number_of(node.right), _SUMS[node.operator]

            def both(row: int) -> Any:
                first, second = left(row), right(row)
                return None if first is None or second is None else added(first, second)

            return both
        return self._number_of(node)

    def _number_of(self, node: Node) -> Reads:
        part = self._part(node)
        if part.kind is not OperandKind.NUMBER or not part.column:
            raise NotSmallError
        return part.reads

    def _condition(self, node: Condition) -> Holds:
        if isinstance(node, (All, AnyOf)):
            decides = isinstance(node, AnyOf)
            return _joined([self._condition(part) for part in node.parts], decides)
        if isinstance(node, Not):
            inner = self._condition(node.part)

            def other(row: int) -> bool | None:
                holds = inner(row)
                return None if holds is None else not holds

            return other
        if isinstance(node, Membership):
            return _joined([self._comparison(Operator.EQ, node.operand, each) for each in node.choices], True)
        return self._comparison(node.operator, node.left, node.right)

    def _comparison(self, sign: Operator, left: Node, right: Node) -> Holds:
        first, second = self._part(left), self._part(right)
        kinds = {first.kind, second.kind}
        if kinds == {OperandKind.DATE, OperandKind.TEXT}:
            first, second = _as_date(first, left), _as_date(second, right)
        elif kinds == {OperandKind.DATE, OperandKind.INSTANT}:
            first, second = self._as_instant(first), self._as_instant(second)
        if first.kind is not second.kind or not (first.column or second.column):
            raise NotSmallError
        compare, one, other = _COMPARE[sign], first.reads, second.reads

        def holds(row: int) -> bool | None:
            value, against = one(row), other(row)
            return None if value is None or against is None else compare(value, against)

        return holds

    def _part(self, node: Node) -> _Part:
        if (moment := self._moment(node)) is not None:
            return _constant(OperandKind.INSTANT, moment)
        if isinstance(node, ParameterRef):
            return self._column(node.name)
        if isinstance(node, Number):
            return _constant(OperandKind.NUMBER, _exact(node))
        if isinstance(node, Text):
            return _constant(OperandKind.TEXT, node.value)
        if isinstance(node, Truth):
            return _constant(OperandKind.TRUTH, node.value)
        if isinstance(node, Binary) and node.operator in _SUMS:
            moment, apart = self._moment(node.left), node.right
            if moment is not None and isinstance(apart, Duration):
                return _constant(OperandKind.INSTANT, _SUMS[node.operator](moment, micros(apart)))
        raise NotSmallError

    def _moment(self, node: Node) -> int | None:
        if isinstance(node, MomentRef):
            return micros_of(self.now if node.moment is Moment.NOW else self.go_live)
        if isinstance(node, ParameterRef) and node.name == HELD:
            named = {*self.columns, *given_names(self.columns)}
            return None if HELD in named else micros_of(self.held)
        return None

    def _column(self, name: str) -> _Part:
        column = self.columns.get(name)
        if column is not None:
            return _Part(KIND_OF[column.type], self.small.columns[name].__getitem__, name)
        given = given_names(self.columns).get(name)
        if given is None:
            raise NotSmallError
        values = self.small.columns[given]
        nothing = self.nothing if self.columns[given].type in (ColumnType.TEXT, ColumnType.ID) else frozenset()
        return _Part(OperandKind.TRUTH, lambda row: values[row] is not None and values[row] not in nothing, given)

    def _as_instant(self, part: _Part) -> _Part:
        if part.kind is OperandKind.INSTANT:
            return part
        first, last, _, _ = self.small.span(part.column)
        if first is None:
            return _Part(OperandKind.INSTANT, lambda row: None, part.column)
        begins, values = local_days(first, last, self.time_zone), self.small.columns[part.column]
        moments = {value: begins(value) for value in set(values) if value is not None}
        return _Part(OperandKind.INSTANT, lambda row: moments.get(values[row]), part.column)


def _joined(parts: list[Holds], decides: bool) -> Holds:
    """Return whether any holds, or with ``decides`` False whether all do: one that decides is enough."""

    def holds(row: int) -> bool | None:
        unknown = False
        for part in parts:
            found = part(row)
            if found is decides:
                return decides
            unknown = unknown or found is None
        return None if unknown else not decides

    return holds


def _constant(kind: OperandKind, value: object) -> _Part:
    return _Part(kind, lambda row: value)


def _exact(node: Number) -> int | Decimal:
    scale = next((n for n in range(12) if (node.value * 10**n).denominator == 1), None)
    if scale is None or abs(node.value) >= 10**15:
        raise NotSmallError
    whole = (node.value * 10**scale).numerator
    return Decimal(whole).scaleb(-scale) if scale else whole


def _as_date(part: _Part, node: Node) -> _Part:
    if part.kind is OperandKind.DATE:
        return part
    if not isinstance(node, Text):
        raise NotSmallError
    try:
        return _constant(OperandKind.DATE, date.fromisoformat(node.value))
    except ValueError as error:
        raise NotSmallError from error
