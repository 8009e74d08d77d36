"""A register's share and counts are believed only where its words and its open items allow them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from gonogo.core.register_values import believed_registers, too_good, unnamed
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.people import Side
from gonogo.model.program import Binding
from gonogo.model.register import Register

REGISTER = Register(
    id="interfaces",
    item="one interface",
    fact="ifs.passed_ratio",
    same_items=("ifs.open",),
    closed=("passed",),
    accept=("customer.functional_lead",),
    open_unaccepted="ifs.unaccepted",
)
NAMES = ("ifs.passed_ratio", "ifs.open", "ifs.failed", "ifs.other", "ifs.unaccepted")
VOCABULARY = Vocabulary(
    facts=tuple(FactDeclaration(name=name, type=FactType.RATIO, meaning="m", question="q?") for name in NAMES),
    registers=(REGISTER,),
)


def said(fact: str, part: int, whole: int, keys: tuple[str, ...] | None = (), *, binding: str = "list") -> Evidence:
    return Evidence(
        fact=fact,
        type=FactType.RATIO,
        value=Decimal(quotient_text(part, whole)),
        part=part,
        whole=whole,
        as_of=datetime(2027, 4, 18, tzinfo=UTC),
        basis=Basis.MEASURED,
        source=Source(binding=binding, locator="ifs.csv, 10 rows"),
        open_items=keys,
    )


def bound(where: str, name: str = "list") -> Binding:
    facts = {
        "passed_ratio": {"share": {"where": where}},
        "failed": {"count": {"where": 'state == "failed"'}},
        "other": {"count": {"where": 'site == "north"'}},
        "open": {"count": {"where": 'state != "passed"'}},
    }
    tables = {"list": {"columns": {"state": {"type": "text", "allowed": ["passed", "failed", "waived"]}, "site": {}}}}
    return Binding(
        id=name,
        plugin="table",
        prefix="ifs",
        side=Side.CUSTOMER,
        producer="x",
        settings={"tables": tables, "facts": facts},
    )


def gaps(*evidence: Evidence, bindings: tuple[Binding, ...]) -> dict[str, str]:
    found = believed_registers(EvidenceSet(evidence=evidence), VOCABULARY, {each.id: each for each in bindings})
    assert {entry.fact for entry in found} == {entry.fact for entry in evidence}
    assert all(gap.reason is GapReason.COUNTED_DIFFERENTLY for gap in found.gaps)
    return {gap.fact: gap.detail for gap in found.gaps}


@pytest.mark.parametrize(
    ("where", "spoilt"),
    [
        ('state == "passed"', False),
        ('state in ["passed", "waived"]', True),
        ('state != "failed"', True),
    ],
)
def test_another_word_takes_the_share_away_too(where: str, spoilt: bool):
    """Nine of ten rows *failed* are 100% for a binding that asks for *not open*."""
    found = gaps(said("ifs.passed_ratio", 10, 10), said("ifs.failed", 1, 2), bindings=(bound(where),))

    assert sorted(found) == (["ifs.failed", "ifs.passed_ratio"] if spoilt else [])


def test_what_other_columns_and_other_bindings_count_stays():
    """The words of one column say nothing about another."""
    known = [
        said("ifs.passed_ratio", 10, 10),
        said("ifs.other", 1, 2),
        said("ifs.failed", 1, 2, binding="else"),
    ]

    assert list(gaps(*known, bindings=(bound('state != "failed"'), bound("x", "else")))) == ["ifs.passed_ratio"]


def test_every_source_of_a_fact_must_count_by_the_words():
    """A second source that agrees is judged as well."""
    second = said("ifs.passed_ratio", 10, 10, binding="else")
    both = said("ifs.passed_ratio", 10, 10).model_copy(update={"agreeing": (second,)})

    found = gaps(both, bindings=(bound('state == "passed"'), bound('state != "failed"', "else")))

    assert list(found) == ["ifs.passed_ratio"]


def test_facts_that_name_the_same_items_are_held_to_the_same_words():
    """``same_items`` count the register's rows as well."""
    assert list(gaps(said("ifs.open", 0, 1), bindings=(bound('state == "passed"'),))) == ["ifs.open"]


def test_a_case_and_an_unknown_binding_are_not_asked_for_words():
    """A case of a ruleset has no binding."""
    assert gaps(said("ifs.passed_ratio", 10, 10), bindings=()) == {}


@pytest.mark.parametrize(("part", "contradicts"), [(7, False), (8, False), (9, True), (10, True)])
def test_a_share_may_not_be_better_than_its_open_items_allow(part: int, contradicts: bool):
    """Two open items of ten leave at most 80%; a worse share hides nothing."""
    found = gaps(said("ifs.passed_ratio", part, 10, ("a", "b")), bindings=())

    assert bool(found) is contradicts
    assert not contradicts or "but names 2 open: a and b" in found["ifs.passed_ratio"]


@pytest.mark.parametrize(
    ("more", "contradicts"),
    [
        ({"value": Decimal("0.99")}, False),
        ({"value": Decimal(1)}, True),
        ({"type": FactType.INTEGER, "value": 1}, True),
        ({"type": FactType.INTEGER, "value": 2}, False),
        ({"type": FactType.INTEGER, "value": 2, "open_left_out": 1}, True),
        ({"value": Decimal(1), "open_items": ()}, False),
        ({"value": Decimal(1), "open_items": None}, False),
    ],
)
def test_values_without_counts_and_counts_are_held_to_their_items_too(more: dict[str, Any], contradicts: bool):
    """100% beside an open item, and a count of 1 beside two of them."""
    parts = {"type": FactType.RATIO, "part": None, "whole": None, "open_items": ("a", "b")} | more
    value = Evidence(**(said("ifs.passed_ratio", 1, 1).model_dump() | parts))

    assert bool(too_good(value)) is contradicts


@pytest.mark.parametrize(
    ("more", "proves"),
    [
        ({"value": Decimal(1)}, False),
        ({"value": Decimal("0.99")}, True),
        ({"value": Decimal(1), "open_items": ()}, True),
        ({"value": Decimal(1), "part": 10, "whole": 10}, True),
        ({"type": FactType.INTEGER, "value": 0}, False),
        ({"type": FactType.INTEGER, "value": 1}, True),
        ({"type": FactType.INTEGER, "value": 0, "open_items": ()}, True),
    ],
)
def test_nothing_open_is_shown_by_a_source_that_counts_items(more: dict[str, Any], proves: bool):
    """A bare 100% or 0 hides what is open; open items without names are a gap of the open items already."""
    plain = REGISTER.model_copy(update={"closed": None})
    given = {"type": FactType.RATIO, "part": None, "whole": None, "open_items": None} | more
    value = Evidence(**(said("ifs.passed_ratio", 1, 1).model_dump() | given))

    found = unnamed(plain, value)

    assert (found == "") is proves
    assert proves or "its source counts no items, so nobody can tell that none is open" in found


@pytest.mark.parametrize(("known", "spoilt"), [(True, True), (False, False)])
def test_a_bare_share_of_a_source_is_a_gap_and_one_of_a_case_is_not(known: bool, spoilt: bool):
    """A case of a ruleset states what it wants; a program's source must show its items."""
    bare = said("ifs.passed_ratio", 1, 1).model_copy(update={"part": None, "whole": None, "open_items": None})
    other = bound('state == "passed"')

    assert bool(gaps(bare, bindings=(other,) if known else ())) is spoilt


def test_a_gap_stays_the_gap_that_it_was():
    """What has no value already says why."""
    gap = Gap(fact="ifs.passed_ratio", reason=GapReason.STALE, detail="Old.", binding="list")

    assert believed_registers(EvidenceSet(gaps=(gap,)), VOCABULARY, {}).gaps == (gap,)
