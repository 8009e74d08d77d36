"""The independent evaluator's values and exact arithmetic, shared with nothing that the rule engine is shown."""

from __future__ import annotations

from enum import Enum, auto
from fractions import Fraction
from typing import Any, Final

from gonogo.language.requirement import Arithmetic, Binary


class ValueKind(Enum):
    """What a value is."""

    NUMBER = auto()
    INSTANT = auto()  # seconds since 1970, UTC
    DURATION = auto()  # seconds
    TEXT = auto()
    TRUTH = auto()


Value = tuple[ValueKind, Any] | tuple[ValueKind, Any, int, int]
"""The second is a Fraction, for a text the text, for a truth the truth; part and whole follow where it has them."""

_N, _I, _D = ValueKind.NUMBER, ValueKind.INSTANT, ValueKind.DURATION
_RESULT: Final[dict[Arithmetic, dict[tuple[ValueKind, ValueKind], ValueKind]]] = {
    Arithmetic.ADD: {(_N, _N): _N, (_D, _D): _D, (_I, _D): _I, (_D, _I): _I},
    Arithmetic.SUBTRACT: {(_N, _N): _N, (_D, _D): _D, (_I, _D): _I, (_I, _I): _D},
    Arithmetic.MULTIPLY: {(_N, _N): _N, (_N, _D): _D, (_D, _N): _D},
    Arithmetic.DIVIDE: {(_N, _N): _N, (_D, _N): _D, (_D, _D): _N},
}


def calculated(node: Binary, left: Value, right: Value) -> Value | None:
    """Calculate two values; None where that has no meaning, or divides by zero."""
    kind = _RESULT[node.operator].get((left[0], right[0]))
    if kind is None:
        return None
    one: Fraction = left[1]
    other: Fraction = right[1]
    if node.operator is Arithmetic.ADD:
        return kind, one + other
    if node.operator is Arithmetic.SUBTRACT:
        return kind, one - other
    if node.operator is Arithmetic.MULTIPLY:
        return kind, one * other
    return (kind, one / other) if other else None


def proves(good: int, size: int, share: Fraction, sure: Fraction, *, strict: bool) -> bool:
    """Whether a sample proves a share: by the lower tail, that fewer good ones would have been found.

    Args:
        good: Good ones in the sample.
        size: Of so many.
        share: What is to be proved: at least this, or more than this (``strict``).
        sure: How probable fewer good ones must be, were the share just ``share``.
        strict: Whether a share of just ``share`` is not enough.
    """
    odds, one_of = share.as_integer_ratio()
    if not 0 < odds < one_of:
        return odds < 0 or (odds == 0 and (good > 0 or not strict))
    sure_of, one_of_sure = sure.as_integer_ratio()
    fewer, term = 0, 1
    for number in range(good):  # Horner, in the odds of a bad one
        fewer = fewer * (one_of - odds) + term
        term = term * (size - number) * odds // (number + 1)
    fewer *= int((one_of - odds) ** (size - good + 1))
    enough = fewer * one_of_sure - sure_of * int(one_of**size)
    return enough > 0 if strict else enough >= 0
