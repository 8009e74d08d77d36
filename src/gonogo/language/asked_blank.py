"""``status is blank`` and ``status is not blank``: what a condition over a table asks of a column."""

from __future__ import annotations

from gonogo.language.cursor import Cursor
from gonogo.language.requirement import GIVEN, Comparison, Condition, Not, Operand, Operator, ParameterRef, Truth
from gonogo.language.tokens import ExpressionError


def asked_blank(cursor: Cursor, column: Operand, start: int) -> Condition:
    """Return the condition; ``is`` was read, and it is a word of the language before ``blank`` and ``not blank`` alone.

    Args:
        cursor: Stands after ``is``.
        column: What stands before it.
        start: Where that begins.

    Raises:
        ExpressionError: It is no column.
    """
    negated = cursor.sees("not")
    if negated:
        cursor.take()
    cursor.take()
    if not isinstance(column, ParameterRef):
        raise ExpressionError("only a column is blank or not", column.span.start, column.span.end)
    span = cursor.span(start)
    given = Comparison(Operator.EQ, ParameterRef(column.name + GIVEN, column.span), Truth(True, span), span)
    return given if negated else Not(given, span)
