"""The one call of the language: ``lower(fact, 95%)``, what a sample proves of a share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gonogo.language.cursor import Cursor
from gonogo.language.requirement import FactRef, LowerBound, Node, Number
from gonogo.language.tokens import ExpressionError, Token

_HINT: Final = "write `lower(name.of_fact, 95%)`: a fact, and how sure the sample must make you"


def lower_bound(cursor: Cursor, name: Token, operand: Callable[[], Node]) -> LowerBound:
    """Parse what follows the name, from its parenthesis on.

    Raises:
        ExpressionError: There is no fact, or no confidence from 50% to less than 100%.
    """
    opener = cursor.take()
    fact = operand()
    if not isinstance(fact, FactRef):
        raise ExpressionError("`lower` takes the fact of a sample first", fact.span.start, fact.span.end, _HINT)
    if not cursor.sees(","):
        cursor.fail("`lower` takes a fact and a confidence", hint=_HINT)
    cursor.take()
    sure = operand()
    if not isinstance(sure, Number) or not sure.percent:
        raise ExpressionError("the confidence is a percentage", sure.span.start, sure.span.end, _HINT)
    if not 50 <= sure.value * 100 < 100:
        what = "the confidence is from 50% to less than 100%"
        raise ExpressionError(what, sure.span.start, sure.span.end, "95% is usual")
    cursor.close(opener, ")")
    return LowerBound(fact, sure, cursor.span(name.start))
