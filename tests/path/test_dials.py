"""What can be changed, and to which positions: no more than some comparison turns at, and the nearest first."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gonogo.core.register_facts import NOTHING
from gonogo.model.fact import FactType, Vocabulary
from gonogo.path.dials import DialMaker

COUNT, NUMBER = FactType.INTEGER, FactType.DECIMAL


@pytest.fixture
def dials(make):
    """Return the dials of a criterion over facts with these recorded values."""

    def made(require, *facts, asked=None, max_age_d=30):
        declared = {fact.name: fact for fact, _ in facts}
        entries = {fact.name: entry for fact, entry in facts if entry is not None}
        gate = make.gate((make.asks("system.one.thing", require, max_age_d=max_age_d),), declared, entries)
        trial = gate.trial()
        maker = DialMaker(trial, gate.vocabulary, NOTHING, trial.scope.asked, trial.compiled.leaves)
        return {dial.name: dial for dial in maker.dials(asked or tuple(declared))}

    return made


def at(dial):
    return [each.at for each in dial.positions[1:]]


def test_one_fact_stands_where_its_own_comparison_turns_and_nowhere_else(make, dials):
    """Every further position is work for the search, and may be named as a boundary that is none."""
    fact = make.declared("f.x", COUNT)

    assert at(dials("f.x <= 4", (fact, make.said(fact, 9)))["f.x"]) == [5, 4, 3]


def test_the_nearest_position_comes_first(make, dials):
    """Of several that do, people are asked for the least."""
    fact = make.declared("f.x", COUNT, min=0, max=9)

    found = at(dials("f.x == 2 or f.x == 7", (fact, make.said(fact, 5)))["f.x"])
    assert found == sorted(found, key=lambda each: (abs(each - 5), each))
    assert set(found) == {0, 1, 2, 3, 6, 7, 8, 9}


def test_two_facts_that_nobody_knows_can_stand_together(make, dials):
    """No boundary of one of them is known before the other is: nought and one let both hold."""
    facts = [make.declared(name, NUMBER) for name in ("f.x", "f.y")]

    found = dials("f.x >= f.y", *((fact, None) for fact in facts))

    assert {name: {0, 1} <= set(at(dial)) for name, dial in found.items()} == {"f.x": True, "f.y": True}


@pytest.mark.parametrize(("days", "again"), [(29, False), (31, True)])
def test_what_is_too_old_can_be_shown_again_as_it_is(make, dials, days, again):
    """The same value with a new date is the least that people can do; of fresh evidence it changes nothing."""
    fact = make.declared("f.x", COUNT)

    found = dials("f.x <= 4", (fact, make.said(fact, 2, days=days)))["f.x"]

    assert (2 in at(found)) is again
    if again:
        assert found.positions[1].entries["f.x"].as_of == make.now


def test_a_share_that_is_shown_again_keeps_its_counts(make, dials):
    """190 of 200 is not 95 of 100."""
    fact = make.declared("f.x", FactType.RATIO)

    found = dials("f.x >= 50%", (fact, make.said(fact, None, counts=(150, 200), days=40)))["f.x"]

    again = next(each for each in found.positions[1:] if each.at == Fraction(3, 4))
    assert (again.entries["f.x"].part, again.entries["f.x"].whole) == (150, 200)


@pytest.mark.parametrize(
    ("late", "offered"), [(3, False), (0, True)], ids=["it fails by the overdue items", "the number itself is too old"]
)
def test_a_base_is_asked_for_only_where_its_own_evidence_cannot_be_used(make, dials, late, offered):
    """Nobody mends three overdue items by having more of them; old evidence of how many there are must be renewed."""
    facts = {name: make.declared(name, COUNT, min=0) for name in ("f.late", "f.all")}
    entries = (
        (facts["f.late"], make.said(facts["f.late"], late)),
        (facts["f.all"], make.said(facts["f.all"], 10, days=40 if offered else 0)),
    )

    assert ("f.all" in dials("f.late <= 10% * f.all", *entries)) is offered


def test_a_fact_that_nobody_declares_or_states_has_no_dial(make):
    """What gonogo computes itself follows from something else, and an unknown name has no values."""
    fact = make.declared("f.x", COUNT)
    gate = make.gate((make.asks("system.one.thing", "f.x <= 4"),), {"f.x": fact}, {"f.x": make.said(fact, 9)})
    trial = gate.trial()
    nothing = Vocabulary(facts=())

    assert DialMaker(trial, nothing, NOTHING, trial.scope.asked, trial.compiled.leaves).dials(("f.x",)) == ()


@pytest.mark.parametrize(("whole", "proved"), [(100, [95, 96]), (20, [19, 20])])
def test_a_sample_is_tried_at_the_least_number_that_proves_it_and_one_below(make, dials, whole, proved):
    """The first number that proves the share is found for each size of a sample, also where only all of it does."""
    fact = make.declared("f.x", FactType.RATIO, sample=True)
    require = "lower(f.x, 95%) >= 90%" if whole == 100 else "lower(f.x, 95%) >= 85%"

    found = dials(require, (fact, make.said(fact, None, counts=(whole // 2, whole))))["f.x"]

    parts = {each.entries["f.x"].part for each in found.positions[1:]}
    assert set(proved) <= parts


def test_a_value_that_no_comparison_reads_by_number_keeps_its_order(make, dials):
    """Texts and truths have no distance."""
    fact = make.declared("f.done", FactType.BOOLEAN)

    found = dials("f.done", (fact, make.said(fact, False)))["f.done"]

    assert [each.entries["f.done"].value for each in found.positions[1:]] == [True, False]
