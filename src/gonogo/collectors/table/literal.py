"""Numbers and durations of an expression as SQL, exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from gonogo.language.expression import ExpressionError
from gonogo.language.requirement import Duration, Number

DAY: Final = 86_400_000_000
"""Microseconds of a day."""


def micros(node: Duration) -> int:
    """Return a duration in microseconds.

    Raises:
        ExpressionError: It is not whole microseconds, or too long.
    """
    exact = node.seconds * 1_000_000
    if exact.denominator != 1 or abs(exact) > 10**17:
        raise ExpressionError(
            "a duration is whole microseconds and less than 3,000 years", node.span.start, node.span.end
        )
    return exact.numerator


def number_sql(node: Number) -> str:
    """Return a number as an exact SQL literal.

    Raises:
        ExpressionError: It has too many digits.
    """
    scale = next((n for n in range(12) if (node.value * 10**n).denominator == 1), None)
    if scale is None or abs(node.value) >= 10**15:
        raise ExpressionError(
            "a number has at most 15 digits before and 11 after the point", node.span.start, node.span.end
        )
    digits = _digits(node.value, scale)
    return f"CAST('{digits}' AS DECIMAL({15 + scale},{scale}))" if scale else f"CAST({digits} AS BIGINT)"


def _digits(value: Fraction, scale: int) -> str:
    """Return a fraction that has at most ``scale`` decimals as plain digits."""
    return format(Decimal((value * 10**scale).numerator).scaleb(-scale), "f")
