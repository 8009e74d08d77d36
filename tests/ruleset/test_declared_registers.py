"""Registers: what is declared about items that people may accept, and how a criterion may read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset

Site = Callable[[dict[str, str]], Path]
Files = dict[str, str]

FACTS = """\
  - {name: sit.passed_ratio, type: ratio, meaning: Cases passed., question: What share?, bound: build}
  - {name: sit.open_unaccepted, type: integer, unit: cases, min: 0, meaning: Open cases., question: Nobody is asked.}
  - {name: sit.open_exposure_ratio, type: ratio, meaning: What they touch., question: Nobody is asked.}
  - {name: acceptances.criteria_resting, type: integer, unit: criteria, min: 0, meaning: Resting., question: Nobody.}
"""
REGISTER = """\
registers:
  tests:
    item: one planned case
    fact: sit.passed_ratio
    same_items: [sit.executed_ratio]
    closed: [passed]
    accept: [customer.functional_lead]
    open_unaccepted: sit.open_unaccepted
    open_exposure: sit.open_exposure_ratio
"""
READS = "sit.passed_ratio >= 90% and sit.open_unaccepted <= 0 and sit.open_exposure_ratio <= 5%"
STRICT = "ims.float_days >= min_float"


def files(good: Files, *edits: tuple[str, str], require: str = f"({STRICT}) and ({READS})") -> Files:
    """The good ruleset with a register, a criterion that reads it, and edits of its vocabulary."""
    vocabulary = good["tiny/facts.yaml"] + FACTS + REGISTER
    for old, new in edits:
        assert old in vocabulary
        vocabulary = vocabulary.replace(old, new)
    rules = good["tiny/ruleset.yaml"].replace(f"require: {STRICT}", f"require: {require}")
    return {**good, "tiny/facts.yaml": vocabulary, "tiny/ruleset.yaml": rules}


def loaded(good: Files, site: Site, *edits: tuple[str, str], **more: str) -> LoadedRuleset:
    site(files(good, *edits, **more))
    return load_ruleset("tiny")


def refused(good: Files, site: Site, *edits: tuple[str, str], **more: str) -> list[str]:
    """The mistakes of a ruleset that must not load, each as code, place and sentence."""
    with pytest.raises(ConfigurationError) as caught:
        loaded(good, site, *edits, **more)
    return [f"{problem.code} {problem.where} {problem.what}" for problem in caught.value.problems]


class TestDeclared:
    def test_a_register_says_what_an_acceptance_needs(self, good: Files, site: Site):
        """The ruleset declares it, not the program: otherwise a program office would choose who accepts."""
        register = loaded(good, site).vocabulary.registers_by_id["tests"]

        assert register.document() == {
            "id": "tests",
            "item": "one planned case",
            "fact": "sit.passed_ratio",
            "same_items": ["sit.executed_ratio"],
            "closed": ["passed"],
            "accept": ["customer.functional_lead"],
            "open_unaccepted": "sit.open_unaccepted",
            "open_exposure": "sit.open_exposure_ratio",
        }

    def test_a_vocabulary_without_registers_keeps_its_recorded_form(self, good: Files, site: Site):
        """Its digest is in every log that was ever written with it."""
        site(good)

        assert "registers" not in load_ruleset("tiny").vocabulary.document()

    def test_a_register_is_part_of_the_digest(self, good: Files, site: Site):
        """Another seat that accepts is another ruleset."""
        one = loaded(good, site).ruleset.material_sha256

        other = loaded(good, site, ("[customer.functional_lead]", "[customer.business_owner]")).ruleset.material_sha256

        assert one != other

    def test_an_overlay_adds_a_register_over_facts_of_the_ruleset(self, good: Files, site: Site):
        """So that an agency can use registers with a ruleset that has none."""
        added = (
            "registers:\n  niwa_forms: {item: one form, fact: sit.executed_ratio, accept: [customer.unit_head], "
            "open_unaccepted: niwa.open}\ncriteria:"
        )
        fact = "  - {name: niwa.open, type: integer, unit: forms, meaning: Open., question: Nobody.}\n"
        overlay = good["agency.yaml"].replace("criteria:", added, 1)
        overlay = overlay.replace("facts:\n", f"facts:\n{fact}", 1)
        site({**good, "agency.yaml": overlay})

        vocabulary = load_ruleset("tiny", [Path("agency.yaml")]).vocabulary

        assert vocabulary.registers_by_fact["niwa.open"].id == "niwa_forms"
        assert vocabulary.computed("niwa.open")


WRONG = {
    "a misspelt key": (("    item: one", "    itme: one"), "G110", "itme"),
    "a fact that is not there": (("fact: sit.passed_ratio", "fact: sit.pased_ratio"), "G120", "sit.pased_ratio"),
    "a fact that names no items": (("fact: sit.passed_ratio", "fact: sit.blocked"), "G138", "names no items"),
    "an exposure that is no share": (
        ("open_exposure: sit.open_exposure_ratio", "open_exposure: ims.float_days"),
        "G138",
        "adds up shares",
    ),
    "a count that is no integer": (
        ("open_unaccepted: sit.open_unaccepted", "open_unaccepted: ims.float_days"),
        "G138",
        "counts open items",
    ),
    "a fact twice": (
        ("open_unaccepted: sit.open_unaccepted", "open_unaccepted: sit.passed_ratio"),
        "G123",
        "named twice",
    ),
    "a seat that nobody declares": (("[customer.functional_lead]", "[customer.functional_led]"), "G124", "not a seat"),
    "a seat twice": (
        ("[customer.functional_lead]", "[customer.functional_lead, customer.functional_lead]"),
        "G123",
        "appears twice",
    ),
    "the supplier": (("[customer.functional_lead]", "[provider.functional_lead]"), "G138", "the supplier does not"),
    "the program manager": (("[customer.functional_lead]", "[customer.program_manager]"), "G138", "program manager"),
    "the sponsor": (("[customer.functional_lead]", "[customer.executive_sponsor]"), "G138", "executive sponsor"),
    "nobody who accepts": (("accept: [customer.functional_lead]", "accept: []"), "G117", "it is empty"),
    "a fact that gonogo does not make": (
        ("acceptances.criteria_resting", "acceptances.criteria_restin"),
        "G138",
        "is not one of them",
    ),
    "a made fact of another type": (
        (
            "acceptances.criteria_resting, type: integer, unit: criteria, min: 0",
            "acceptances.criteria_resting, type: ratio",
        ),
        "G138",
        "has the type integer",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_register_is_refused_at_its_place(name: str, good: Files, site: Site):
    """A register that gonogo cannot judge by would stop every program that uses it, on the day of its decision."""
    edit, code, part = WRONG[name]

    found = refused(good, site, edit)

    assert any(line.startswith(f"{code} tiny/facts.yaml:") and part in line for line in found), found


def test_two_registers_do_not_compute_one_fact(good: Files, site: Site):
    """Otherwise the second one would count the items of the first as accepted."""
    second = REGISTER.replace("registers:\n", "").replace("tests:", "others:")

    found = refused(good, site, ("    closed: [passed]\n", "    closed: [passed]\n"), (REGISTER, REGISTER + second))

    assert [line for line in found if "belongs to the register 'tests' already" in line]


READ_WRONGLY = {
    "turned around": "sit.passed_ratio >= 90% and sit.open_unaccepted >= 1",
    "under not": "sit.passed_ratio >= 90% and not sit.open_unaccepted <= 3",
    "as one of several": "sit.passed_ratio >= 90% and sit.open_unaccepted == 0",
    "in arithmetic": "sit.passed_ratio >= 90% and sit.open_unaccepted + 1 <= 3",
    "beside another fact": "sit.passed_ratio >= 90% and sit.open_unaccepted <= sit.planned",
    "without the floor": "sit.open_unaccepted <= 0",
    "with what is made from it": f"{READS} and acceptances.criteria_resting <= 4",
}


@pytest.mark.parametrize("name", READ_WRONGLY)
def test_a_criterion_cannot_hide_an_acceptance_in_how_it_reads_it(name: str, good: Files, site: Site):
    """Only *at most so many* keeps the promise that what is met without acceptances is met with them."""
    found = refused(good, site, require=f"({STRICT}) and ({READ_WRONGLY[name]})")

    assert [line for line in found if line.startswith("G139 tiny/ruleset.yaml:")], found


def test_a_limit_may_stand_on_the_left(good: Files, site: Site):
    """`0 >= x` says the same as `x <= 0`."""
    assert loaded(good, site, require=f"({STRICT}) and sit.passed_ratio >= 90% and 0 >= sit.open_unaccepted")


def test_an_exemption_reads_no_acceptance(good: Files, site: Site):
    """An acceptance answers a question; it does not take it away."""
    broken = files(good)
    rules = broken["tiny/ruleset.yaml"].replace(
        "sit.planned == 0", "sit.passed_ratio >= 1 and sit.open_unaccepted <= 0"
    )
    site({**broken, "tiny/ruleset.yaml": rules})

    with pytest.raises(ConfigurationError) as caught:
        load_ruleset("tiny")

    assert "G139" in {problem.code for problem in caught.value.problems}


def test_a_standing_hold_reads_no_acceptance(good: Files, site: Site):
    """What voids a decision is not accepted away."""
    hold = (
        "  holds:\n    - {id: system.tests.hold, title: Tests pass, why: They must., max_age: 1d,\n"
        "       require: sit.passed_ratio >= 90% and sit.open_unaccepted <= 0, owner: customer.functional_lead,\n"
        "       remedy: Fix it.}\n"
    )
    broken = files(good)
    site(
        {**broken, "tiny/ruleset.yaml": broken["tiny/ruleset.yaml"].replace("  rule: caps\n", f"  rule: caps\n{hold}")}
    )

    with pytest.raises(ConfigurationError) as caught:
        load_ruleset("tiny")

    assert [problem.what for problem in caught.value.problems if problem.code == "G139"]


def test_a_register_that_changed_in_a_copy_is_a_change_of_rules(good: Files, site: Site):
    """The seat that accepts decides as much as a threshold does."""
    from gonogo.ruleset.rule_changes import Editor, ruleset_changes

    old, new = loaded(good, site), loaded(good, site, ("[customer.functional_lead]", "[customer.business_owner]"))

    changes = list(ruleset_changes(old.ruleset, new.ruleset, (old.vocabulary, new.vocabulary), Editor("a copy")))

    assert [(one.part, one.old, one.new, one.loosens) for one in changes] == [
        ("register tests: accept", "customer.functional_lead", "customer.business_owner", True)
    ]
