"""The values of a fact that are worth asking for: just below, at and just above each boundary, if they can be true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final

from gonogo.core.operand import EPOCH
from gonogo.model.canonical import MAX_INTEGER, fraction_text
from gonogo.model.evidence import Basis, Evidence, Source, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Value
from gonogo.path.dial import DialPosition

HYPOTHESIS: Final = "hypothesis"
"""Stands for the binding of what nobody has shown yet."""
LOCATOR: Final = "a supposition"
"""Stands for its place."""
_STEP: Final = Fraction(1, 10**6)
_CENT: Final = Fraction(1, 100)
_MINUTE: Final = 60
_FINE: Final = 10**9
"""A boundary with more digits than these has no exact decimal; what is shown lies on its safe side."""
_MOST_TEXTS: Final = 12


def supposed(
    declared: FactDeclaration, value: Value, now: datetime, *, counts: tuple[int, int] | None = None
) -> Evidence:
    """Return evidence as it would be admitted if somebody measured a value now."""
    return Evidence(
        fact=declared.name,
        type=declared.type,
        unit=declared.unit,
        value=value,
        part=counts[0] if counts else None,
        whole=counts[1] if counts else None,
        as_of=now,
        basis=Basis.MEASURED,
        source=Source(binding=HYPOTHESIS, locator=LOCATOR),
    )


def numbers(
    declared: FactDeclaration, roots: Iterable[Fraction], now: datetime, *, whole: int | None = None
) -> list[DialPosition]:
    """Return the positions around each boundary of a number, smallest first; of a share by counts, by its part."""
    found: dict[Fraction, DialPosition] = {}
    for value, just in _around(declared, list(roots), whole):
        if value not in found and (position := _number(declared, value, just, now, whole)) is not None:
            found[value] = position
    return [found[value] for value in sorted(found)]


def _around(
    declared: FactDeclaration, roots: list[Fraction], whole: int | None
) -> Iterable[tuple[Fraction, Fraction | None]]:
    ends = [Fraction(end) for end in (declared.lowest, declared.highest) if end is not None]
    if whole is not None:
        for root in [*roots, *ends]:
            parts = {floor(root * whole) - 1, floor(root * whole), ceil(root * whole), ceil(root * whole) + 1}
            yield from ((Fraction(part, whole), None) for part in sorted(parts) if part >= 0)
        return
    yield from ((end, None) for end in ends)
    for root in roots:
        if declared.type is FactType.INTEGER:
            yield from (
                (Fraction(each), None) for each in sorted({ceil(root) - 1, floor(root), ceil(root), floor(root) + 1})
            )
            continue
        step = _CENT if declared.type is FactType.MONEY else _STEP
        if (root * _FINE).denominator == 1:
            yield root, None
            yield from ((root + step, root), (root - step, root))
        else:
            low = Fraction(floor(root / step)) * step
            yield from ((low, None), (low + step, None))


def _number(
    declared: FactDeclaration, value: Fraction, just: Fraction | None, now: datetime, whole: int | None
) -> DialPosition | None:
    low, high = declared.lowest, declared.highest
    if (low is not None and value < Fraction(low)) or (high is not None and value > Fraction(high)):
        return None
    if abs(value) > MAX_INTEGER:
        return None
    if whole is not None:
        part = int(value * whole)
        entry = supposed(declared, Decimal(quotient_text(part, whole)), now, counts=(part, whole))
    elif declared.type is FactType.INTEGER:
        entry = supposed(declared, int(value), now)
    else:
        entry = supposed(declared, Decimal(fraction_text(value)), now)
    return DialPosition({declared.name: entry}, at=value, just=just)


def instants(declared: FactDeclaration, roots: Iterable[Fraction], now: datetime) -> list[DialPosition]:
    """Return the moments around each boundary, to the minute, earliest first; nothing holds after ``now``."""
    found: dict[Fraction, DialPosition] = {}
    for root in roots:
        minute = Fraction(floor(root / _MINUTE) * _MINUTE)
        for value in (minute - _MINUTE, minute, minute + _MINUTE):
            try:
                moment = (EPOCH + timedelta(seconds=int(value))).astimezone(UTC)
            except OverflowError:
                continue
            found.setdefault(value, DialPosition({declared.name: supposed(declared, moment, now)}, at=value))
    return [found[value] for value in sorted(found)]


def texts(declared: FactDeclaration, named: Iterable[str], now: datetime) -> list[DialPosition]:
    """Return the texts that a comparison names, then those that the vocabulary allows."""
    known = list(dict.fromkeys([*named, *declared.allowed[:_MOST_TEXTS]]))
    allowed = [each for each in known if not declared.allowed or each in declared.allowed]
    return [DialPosition({declared.name: supposed(declared, each, now)}) for each in allowed]


def truths(declared: FactDeclaration, now: datetime) -> list[DialPosition]:
    """Return true and false."""
    return [DialPosition({declared.name: supposed(declared, each, now)}) for each in (True, False)]
