"""Values of facts as people write them in YAML, by the fact's type."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pydantic_core import PydanticCustomError

from gonogo.documents.quantities import read_moment
from gonogo.documents.scalars import decimal_of, mistake, text_of
from gonogo.documents.yaml import ScalarKind, ScalarNode
from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.fact import FactDeclaration, FactType, Value

_EXAMPLES: Final = {
    FactType.BOOLEAN: "`true` or `false`",
    FactType.INTEGER: "a whole number such as `3`",
    FactType.DECIMAL: "a number such as `3.5`",
    FactType.RATIO: "a share such as `93.2%` or `0.932`",
    FactType.MONEY: "an amount such as `1250.00`",
    FactType.TEXT: 'a text such as `"signed"`',
    FactType.INSTANT: "an instant with its offset such as `2027-04-12T10:00-04:00`",
}


def value_of(fact: FactDeclaration, scalar: ScalarNode) -> Value:
    """Return the value that a scalar states of a fact. Range and allowed values are admission's affair.

    Raises:
        PydanticCustomError: The scalar is of another type; its context has code, what and hint.
    """
    wrong = mistake("G136", f"'{fact.name}' is of type {fact.type}, not `{scalar.text[:40]}`", _EXAMPLES[fact.type])
    if fact.type is FactType.BOOLEAN:
        if scalar.truth is None:
            raise wrong
        return scalar.truth
    if fact.type is FactType.INTEGER:
        if scalar.kind is not ScalarKind.INTEGER or len(scalar.text) > 17 or abs(int(scalar.text)) > MAX_INTEGER:
            raise wrong
        return int(scalar.text)
    if fact.type is FactType.TEXT:
        return text_of(scalar)
    if fact.type is FactType.INSTANT:
        return _instant(scalar, wrong)
    if scalar.quoted or (scalar.text.endswith("%") and fact.type is not FactType.RATIO):
        raise wrong
    return decimal_of(scalar)


def _instant(scalar: ScalarNode, wrong: Exception) -> datetime:
    try:
        moment = read_moment(scalar)
    except PydanticCustomError:
        raise wrong from None
    if moment.tzinfo is None:
        raise wrong
    return moment
