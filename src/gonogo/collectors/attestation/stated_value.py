"""Values as people write them in an attestation, turned into a fact's type and never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from gonogo.collectors.document_moment import read_moment
from gonogo.documents.yaml import Node, ScalarKind, ScalarNode
from gonogo.model.canonical import MAX_INTEGER, read_decimal
from gonogo.model.fact import MAX_TEXT, FactType, Value

_PERCENT: Final = re.compile(r"(-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,16})?)\s?%", re.ASCII)


@dataclass(frozen=True, slots=True)
class StatedType:
    """Type and unit of a fact.

    Attributes:
        type: Type.
        unit: Unit of an integer, decimal or money fact; else empty.
    """

    type: FactType
    unit: str = ""


def read_kind(text: str) -> StatedType:
    """Read a type and its unit: ``boolean``, ``integer people``, ``money USD``, ``decimal working days``.

    Raises:
        ValueError: No such type, a unit is missing, or one too many; the sentence is fit for a reader.
    """
    first, _, unit = text.strip().partition(" ")
    unit = " ".join(unit.split())
    if first not in [entry.value for entry in FactType]:
        raise ValueError(f"{first[:40]!r} is no type; the types are {', '.join(FactType)}")
    kind = FactType(first)
    if kind.has_unit and not unit:
        raise ValueError(f"{kind} needs a unit after it: `{kind} {'USD' if kind is FactType.MONEY else 'people'}`")
    if unit and not kind.has_unit:
        raise ValueError(f"{kind} has no unit, but {unit[:40]!r} follows it")
    return StatedType(kind, unit)


def read_stated(node: Node, kind: FactType, time_zone: str) -> Value:
    """Return the value that a YAML scalar states.

    ``true`` and ``false`` are booleans, unquoted digits numbers, ``93.2%`` or ``0.932`` a ratio, a date its first
    moment. Text in quotes is text, whatever it looks like. Whether the value can be true, such as a ratio of 108%, is
    for the vocabulary to say when the statement is admitted.

    Raises:
        ValueError: It is of another type; the sentence says what is expected.
    """
    if not isinstance(node, ScalarNode):
        raise ValueError(f"a {kind} is expected, not a list or mapping")
    value = _read(node, kind, time_zone)
    if value is None:
        raise ValueError(f"a {kind} is expected, such as {_EXAMPLES[kind]}, not {_shown(node)}")
    return value


_EXAMPLES: Final = {
    FactType.BOOLEAN: "true",
    FactType.INTEGER: "12",
    FactType.DECIMAL: "1.5",
    FactType.RATIO: "93.2% or 0.932",
    FactType.MONEY: "1250.00",
    FactType.TEXT: '"signed"',
    FactType.INSTANT: "2027-04-12T17:00-04:00",
}


def _read(node: ScalarNode, kind: FactType, time_zone: str) -> Value | None:
    text = node.text
    if kind is FactType.BOOLEAN:
        return node.truth
    if kind is FactType.TEXT:
        return text if node.kind is ScalarKind.TEXT and text.strip() and len(text) <= MAX_TEXT else None
    if kind is FactType.INSTANT:
        return read_moment(text, time_zone) if node.kind is ScalarKind.TEXT else None
    if kind is FactType.RATIO:
        percent = _PERCENT.fullmatch(text)
        if percent is not None:
            return read_decimal(percent[1]) / 100
        return _number(node)
    if kind is FactType.INTEGER:
        whole = node.kind is ScalarKind.INTEGER and len(text) <= 17
        return int(text) if whole and abs(int(text)) <= MAX_INTEGER else None
    return _number(node)


def _number(node: ScalarNode) -> Decimal | None:
    if node.kind not in (ScalarKind.INTEGER, ScalarKind.DECIMAL):
        return None
    try:
        return read_decimal(node.text)
    except ValueError:
        return None


def _shown(node: ScalarNode) -> str:
    if node.kind is ScalarKind.NULL:
        return "nothing"
    text = node.text if len(node.text) <= 60 else node.text[:57] + "..."
    return f'the text "{text}"' if node.kind is ScalarKind.TEXT else text
