"""Ten conditions to copy where a requirement cannot be read: each is one, over the fact that stands there."""

from __future__ import annotations

import re

import pytest

from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.ruleset.copyable_requirements import to_copy
from gonogo.ruleset.typecheck import KindCheck

UNITS = {FactType.INTEGER: "items", FactType.DECIMAL: "days", FactType.MONEY: "USD"}


def fact(kind: FactType, allowed: tuple[str, ...] = ()) -> FactDeclaration:
    """Return a fact of a type."""
    asked = {"meaning": "What it counts.", "question": "How many?"}
    return FactDeclaration(name=f"pilot.{kind}", type=kind, unit=UNITS.get(kind, ""), allowed=allowed, **asked)


def parts(said: str) -> tuple[list[str], list[str]]:
    """Return the conditions that can be pasted, and those with words in capitals."""
    ready, _, forms = said.partition("to copy, with a fact of yours: ")
    return re.findall("`([^`]+)`", ready), re.findall("`([^`]+)`", forms)


@pytest.mark.parametrize("kind", FactType)
def test_each_of_the_ten_is_a_condition_over_the_fact_or_is_refused(kind: FactType) -> None:
    """What is copied either asks what it says or asks nothing; it never means something else."""
    vocabulary = Vocabulary(facts=(fact(kind, ("open", "closed") if kind is FactType.TEXT else ()),))
    ready, forms = parts(to_copy(f"pilot.{kind} = no", vocabulary))

    assert len(ready) + len(forms) == 10 == len({*ready, *forms})
    assert bool(ready) is (kind is not FactType.MONEY)
    for condition in ready:
        assert KindCheck(parse_requirement(condition), vocabulary, {}).run() == []
        assert f"pilot.{kind}" in condition
    for condition in forms:
        with pytest.raises(ExpressionError):
            parse_requirement(condition)


def test_a_name_that_the_ruleset_does_not_have_gets_the_ten_forms() -> None:
    """Whose name it should have been, nobody guesses here."""
    assert parts(to_copy("foo = 3 and bar.baz is low", Vocabulary(facts=(fact(FactType.RATIO),))))[0] == []


def test_of_two_facts_the_first_one_is_shown() -> None:
    """Ten conditions are a help, and twenty are a page."""
    both = Vocabulary(facts=(fact(FactType.RATIO), fact(FactType.INTEGER)))
    ready, forms = parts(to_copy("pilot.integer low, pilot.ratio high", both))

    assert (len(ready), forms) == (10, [])
    assert all("pilot.integer" in each for each in ready)


def test_a_word_that_cannot_be_quoted_is_not_quoted() -> None:
    """Half of a word would be another one."""
    vocabulary = Vocabulary(facts=(fact(FactType.TEXT, ('a "b"', "c")),))

    assert parts(to_copy("pilot.text low", vocabulary))[0] == []
