"""One reader of values for attestations and for the cases of a ruleset."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from gonogo.documents.fact_values import EXAMPLES, read_fact_value
from gonogo.documents.yaml import MappingNode, ScalarNode, read_yaml
from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.fact import MAX_TEXT, FactType, Value

MOMENT = datetime(2027, 4, 12, tzinfo=UTC)


def read(text: str, kind: FactType) -> Value | None:
    """Read a value as a file has it; every text is an instant here."""
    root = read_yaml(f"value: {text}\n".encode(), "f.yaml")
    assert isinstance(root, MappingNode)
    node = root.entries["value"][1]
    assert isinstance(node, ScalarNode)
    return read_fact_value(node, kind, lambda _scalar: MOMENT)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("true", FactType.BOOLEAN, True),
        ('"true"', FactType.BOOLEAN, None),
        ("1", FactType.BOOLEAN, None),
        ("12", FactType.INTEGER, 12),
        ('"12"', FactType.INTEGER, None),
        ("1.0", FactType.INTEGER, None),
        (str(MAX_INTEGER), FactType.INTEGER, MAX_INTEGER),
        (str(MAX_INTEGER + 1), FactType.INTEGER, None),
        ("1.5", FactType.DECIMAL, Decimal("1.5")),
        ('"1.5"', FactType.DECIMAL, None),
        ("93%", FactType.DECIMAL, None),
        ("93.2%", FactType.RATIO, Decimal("0.932")),
        ("93.2 %", FactType.RATIO, Decimal("0.932")),
        ("0.932", FactType.RATIO, Decimal("0.932")),
        ("108%", FactType.RATIO, Decimal("1.08")),
        ("1250.00", FactType.MONEY, Decimal(1250)),
        ("93%", FactType.MONEY, None),
        ('"12"', FactType.TEXT, "12"),
        ("12", FactType.TEXT, None),
        ('" "', FactType.TEXT, None),
        ("a" * MAX_TEXT, FactType.TEXT, "a" * MAX_TEXT),
        ("a" * (MAX_TEXT + 1), FactType.TEXT, None),
        ("2027-04-12", FactType.INSTANT, MOMENT),
        ("20270412", FactType.INSTANT, None),
    ],
)
def test_a_value_is_read_as_its_type_and_never_guessed(text, kind, value):
    """`"12"` is not a count, and 93% of dollars is nothing."""
    found = read(text, kind)

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("kind", FactType)
def test_the_example_of_each_type_is_read(kind):
    """A message that shows a form that is refused sends its reader in circles."""
    assert all(read(text, kind) is not None for text in EXAMPLES[kind].split(" or "))
