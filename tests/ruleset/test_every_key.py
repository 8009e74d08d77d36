"""No key of a ruleset that can make a verdict better is forgotten by what tells two rulesets apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gonogo.first_week.difference import difference
from gonogo.model.derivation import Derivation
from gonogo.model.fact import Vocabulary
from gonogo.model.register import Register
from gonogo.model.ruleset import Criterion, DecisionPolicy, Ruleset
from gonogo.ruleset.criterion_fields import FIELDS
from gonogo.ruleset.loader import LoadedRuleset, ruleset_by_name
from gonogo.ruleset.rule_changes import Editor, ruleset_changes
from gonogo.workflow.named_rules import difference_lines

TEXTS = {"id", "title", "statement", "why", "remedy", "source", "m3_ref"}
"""Words of a criterion that decide nothing."""
NAMES = {"name", "version", "title", "overlays", "sources", "changes", "material_sha256"}
"""What a ruleset is called, where it was read, and what is made of the rest."""
REGISTER = Register(
    id="defects", item="one defect", fact="a.b", closed=("done",), accept=("customer.x",), open_unaccepted="a.c"
)
OTHER: dict[str, Any] = {
    "item": "one flaw",
    "fact": "a.z",
    "closed": ("done", "waived"),
    "accept": ("customer.x", "provider.x"),
    "open_unaccepted": "a.d",
    "same_items": ("a.e",),
}


@pytest.fixture(scope="module")
def rules() -> LoadedRuleset:
    return ruleset_by_name("m3-baseline")


def shown(old: LoadedRuleset, new: LoadedRuleset) -> list[list[str]]:
    """Return what `ruleset diff` and an upgrade say."""
    return [list(difference_lines(old, new)), list(difference(old, new).changed)]


def told(old: LoadedRuleset, new: LoadedRuleset) -> list[list[str]]:
    """Return what each of the three that compare rulesets says."""
    changes = ruleset_changes(old.ruleset, new.ruleset, (old.vocabulary, new.vocabulary), Editor("x"))
    return [[f"{each.part} {each.new}" for each in changes], *shown(old, new)]


def test_only_words_of_a_criterion_decide_nothing() -> None:
    """Who makes the evidence may not attest it, so that is no mere word."""
    assert {field.attribute for field in FIELDS if field.words} == TEXTS
    assert set(Criterion.model_fields) > TEXTS


def test_every_other_part_of_a_ruleset_is_compared() -> None:
    """A part that is added later is compared, or is a name."""
    assert set(Ruleset.model_fields) - NAMES == {"criteria", "policy", "offices"}
    assert set(Vocabulary.model_fields) == {"facts", "registers", "derivation"}
    assert set(Derivation.model_fields) == {"collector", "settings"}
    assert set(Register.model_fields) == {"id", "open_exposure", *OTHER}
    assert "holds" in DecisionPolicy.model_fields


@pytest.mark.parametrize(("was", "now"), [("", "The vendor"), ("The vendor", ""), ("The vendor", "The agency")])
def test_another_producer_of_evidence_is_told(rules: LoadedRuleset, was: str, now: str) -> None:
    """Somebody who was not allowed to attest now may."""
    old, new = (produced(rules, name) for name in (was, now))

    for lines in told(old, new):
        assert any("evidence producer" in line and (now or "nobody named") in line for line in lines)
    (word,) = {line.strip().partition(":")[0] for line in difference_lines(old, new) if "evidence producer" in line}
    assert word == {"": "stricter", "The vendor": "looser" if not now else "may be looser"}[was]


def produced(rules: LoadedRuleset, name: str) -> LoadedRuleset:
    first, *others = rules.ruleset.criteria
    criteria = (first.model_copy(update={"evidence_producer": name}), *others)
    return replace(rules, ruleset=alone(rules, criteria=criteria))


def alone(rules: LoadedRuleset, **update: Any) -> Ruleset:
    return rules.ruleset.model_copy(update={"material_sha256": "0" * 64, **update})


def test_another_seat_is_told(rules: LoadedRuleset) -> None:
    """Who sits there may speak for a criterion."""
    new = replace(rules, ruleset=alone(rules, offices=(*rules.ruleset.offices, "customer.zookeeper")))

    for lines in (*shown(rules, new), *shown(new, rules)):
        assert any("seat customer.zookeeper" in line for line in lines)


@pytest.mark.parametrize("field", [name for name in Register.model_fields if name != "id"])
def test_each_field_of_a_register_is_told(rules: LoadedRuleset, field: str) -> None:
    """A word that closes an item closes it for every program."""
    value = OTHER.get(field, "a.other")
    old, new = (with_registers(rules, each) for each in (REGISTER, REGISTER.model_copy(update={field: value})))

    for lines in told(old, new):
        assert any(f"register defects: {field}" in line for line in lines)


def with_registers(rules: LoadedRuleset, *registers: Register) -> LoadedRuleset:
    vocabulary = rules.vocabulary.model_copy(update={"registers": registers or None})
    vocabulary.__dict__.pop("registers_by_id", None)
    return replace(rules, vocabulary=vocabulary)


def test_a_register_that_is_new_or_gone_is_told(rules: LoadedRuleset) -> None:
    """Its items can be accepted one by one, or no longer."""
    old, new = with_registers(rules), with_registers(rules, REGISTER)

    for lines in (*shown(old, new), *shown(new, old)):
        assert any("register defects" in line for line in lines)


def test_a_setting_that_is_pinned_otherwise_is_told(rules: LoadedRuleset) -> None:
    """It decides what a fact means."""
    pinned = (Derivation(collector="raid", settings={"high_score": 25}),)
    new = replace(rules, vocabulary=rules.vocabulary.model_copy(update={"derivation": pinned}))

    for lines in told(rules, new):
        assert any("derivation raid high_score" in line for line in lines)


def test_every_field_of_a_fact_is_told(rules: LoadedRuleset) -> None:
    """A wider range lets a value in that was refused before."""
    first, *others = rules.vocabulary.facts
    changed = first.model_copy(update={"meaning": "something else"})
    vocabulary = rules.vocabulary.model_copy(update={"facts": (changed, *others)})
    vocabulary.__dict__.pop("_by_name", None)

    for lines in told(rules, replace(rules, vocabulary=vocabulary)):
        assert any(f"fact {first.name}: meaning" in line for line in lines)
