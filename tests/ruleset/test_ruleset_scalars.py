"""Values of rulesets that look right and are not: a dash that is no hyphen, a value with its comparison."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from gonogo.documents.yaml import MappingNode, read_yaml
from gonogo.ruleset.ruleset_scalars import EnforceLeaf, LiteralLeaf, RungLeaf


def hint_of(leaf: Any, text: str) -> str:
    """Return the hint for a scalar; empty where it is right."""
    root = read_yaml(f"k: {text}\n".encode(), "x")
    assert isinstance(root, MappingNode)
    try:
        TypeAdapter(leaf).validate_python(root.get("k"))
    except ValidationError as error:
        return str(error.errors()[0]["ctx"]["hint"])
    return ""


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("T-14", ""),
        ("T\u201314", "write it with a hyphen: `T-14`"),
        ("T\u221214", "write it with a hyphen: `T-14`"),
        ("T\u20131400", "for example `T-30`"),
        ("T14", "for example `T-30`"),
    ],
)
def test_a_dash_that_is_no_hyphen_is_named(text: str, hint: str) -> None:
    """Nobody sees what a word processor has made of it."""
    assert hint_of(RungLeaf, text) == hint
    assert hint_of(EnforceLeaf, text).startswith(hint if "hyphen" in hint or not hint else "write `T-14`, or a date")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("3%", ""),
        ("\u22643%", "write the value alone, `3%`; how it is compared is written in `require:`"),
        ("<= 3%", "write the value alone, `3%`; how it is compared is written in `require:`"),
        ("3 %", "write `3%` without a blank"),
    ],
)
def test_a_value_with_its_comparison_is_told_where_that_belongs(text: str, hint: str) -> None:
    """*Write <=* sends people to the next error."""
    found = hint_of(LiteralLeaf, text)

    assert found.startswith(hint)
    assert bool(found) is bool(hint)
