"""Values as people write them in an attestation, turned into a fact's type and never guessed."""

from __future__ import annotations

from dataclasses import dataclass

from gonogo.collectors.document_moment import read_moment
from gonogo.documents.fact_values import EXAMPLES, read_fact_value
from gonogo.documents.yaml import Node, ScalarKind, ScalarNode
from gonogo.model.fact import FactType, Value


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
        raise ValueError(f"{first[:40]!r} is not a type; the types are {', '.join(FactType)}")
    kind = FactType(first)
    if kind.has_unit and not unit:
        raise ValueError(f"{kind} needs a unit after it: `{kind} {'USD' if kind is FactType.MONEY else 'people'}`")
    if unit and not kind.has_unit:
        raise ValueError(f"{kind} has no unit, but {unit[:40]!r} follows it")
    return StatedType(kind, unit)


def read_stated(node: Node, kind: FactType, time_zone: str) -> Value:
    """Return the value that a YAML scalar states; a date is its first moment in the program's time zone.

    Raises:
        ValueError: It is of another type; the sentence says what is expected.
    """
    if not isinstance(node, ScalarNode):
        raise ValueError(f"{kind.named} is expected, not a list or mapping")
    value = read_fact_value(node, kind, lambda scalar: read_moment(scalar.text, time_zone))
    if value is None:
        raise ValueError(f"{kind.named} is expected, such as {EXAMPLES[kind]}, not {_shown(node)}")
    return value


def _shown(node: ScalarNode) -> str:
    if node.kind is ScalarKind.NULL:
        return "nothing"
    text = node.text if len(node.text) <= 60 else node.text[:57] + "..."
    return f'the text "{text}"' if node.kind is ScalarKind.TEXT else text
