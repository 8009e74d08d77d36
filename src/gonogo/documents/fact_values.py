"""Values of facts as people write them, in attestations and in the cases of a ruleset: never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Final

from gonogo.documents.yaml import ScalarKind, ScalarNode
from gonogo.model.canonical import MAX_INTEGER, read_decimal
from gonogo.model.fact import MAX_TEXT, FactType, Value

EXAMPLES: Final = {
    FactType.BOOLEAN: "true",
    FactType.INTEGER: "12",
    FactType.DECIMAL: "1.5",
    FactType.RATIO: "93.2% or 0.932",
    FactType.MONEY: "1250.00",
    FactType.TEXT: '"signed"',
    FactType.INSTANT: "2027-04-12T17:00-04:00",
}
_PERCENT: Final = re.compile(r"(-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,16})?)\s?%", re.ASCII)


def read_fact_value(
    scalar: ScalarNode, kind: FactType, read_instant: Callable[[ScalarNode], datetime | None]
) -> Value | None:
    """Return the value that a scalar states; None if it is of another type.

    ``true`` and ``false`` are booleans, unquoted digits numbers, ``93.2%`` or ``0.932`` a ratio. Text in quotes is
    text, whatever it looks like. Whether the value can be true, such as a ratio of 108%, is for admission to say.

    Args:
        scalar: What is written.
        kind: Type of the fact.
        read_instant: Reads an instant: whether local time is allowed depends on where it is written.
    """
    if kind is FactType.BOOLEAN:
        return scalar.truth
    if kind is FactType.TEXT:
        return scalar.text if scalar.kind is ScalarKind.TEXT and _is_text(scalar.text) else None
    if kind is FactType.INSTANT:
        return read_instant(scalar) if scalar.kind is ScalarKind.TEXT else None
    if kind is FactType.INTEGER:
        whole = scalar.kind is ScalarKind.INTEGER and len(scalar.text) <= 17
        return int(scalar.text) if whole and abs(int(scalar.text)) <= MAX_INTEGER else None
    percent = _PERCENT.fullmatch(scalar.text) if kind is FactType.RATIO else None
    return read_decimal(percent[1]) / 100 if percent is not None else _number(scalar)


def _is_text(text: str) -> bool:
    return bool(text.strip()) and len(text) <= MAX_TEXT


def _number(scalar: ScalarNode) -> Decimal | None:
    if scalar.kind not in (ScalarKind.INTEGER, ScalarKind.DECIMAL):
        return None
    try:
        return read_decimal(scalar.text)
    except ValueError:
        return None
