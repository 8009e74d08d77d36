"""What would settle one criterion: each way does, nothing in it is idle, and where any change does there is a way."""

from __future__ import annotations

import os
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.path.conftest import MOST, gates

from gonogo.model.fact import FactType
from gonogo.model.finding import Outcome
from gonogo.path.ways import settling

EXAMPLES = 1000 if "GONOGO_FUZZ" in os.environ else 25
"""`make fuzz` looks at more gates."""


def settled(gate, make, criterion):
    """Whether any values at all settle a criterion: everything that is possible is tried."""
    recorded = gate.trial()
    choices = []
    for fact in gate.facts.values():
        values = [True, False] if fact.type is FactType.BOOLEAN else range(MOST + 1)
        choices.append([None, *(make.said(fact, value) for value in values)])
    for values in product(*choices):
        moved = {each.fact: each for each in values if each is not None}
        trial = gate.with_entries(recorded, {**gate.entries, **moved})
        if trial.judgement.criteria[criterion] is Outcome.MET:
            return True
    return False


@pytest.mark.fuzz
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_each_way_settles_the_criterion_and_there_is_one_where_any_change_does(data, make):
    """A way that does not settle it wastes the days that are left, and one that is missing hides what could be done."""
    gate = data.draw(gates(make))
    model = gate.model()
    for one in model.asked[4:]:
        found = settling(model.bench, one.compiled.requirement, Outcome.MET)
        met = gate.trial().judgement.criteria[one.id] is Outcome.MET

        assert (met or bool(found)) is settled(gate, make, one.id)
        assert not (met and found)
        for at in found:
            assert gate.moved(model, at).trial().judgement.criteria[one.id] is Outcome.MET
            for dial in at:
                fewer = {other: there for other, there in at.items() if other != dial}
                assert gate.moved(model, fewer).trial().judgement.criteria[one.id] is not Outcome.MET


def test_a_fact_that_is_pulled_at_from_two_sides_moves_another_one(make):
    """One comparison leaves one value to a fact, and the next one excludes it: then the other fact must move."""
    facts = {name: make.declared(name, FactType.INTEGER, min=0, max=2) for name in ("f.one", "f.other")}
    asks = (make.asks("system.one.thing", "f.one >= 2 and f.one - f.other != 0"),)
    gate = make.gate(asks, facts, {"f.other": make.said(facts["f.other"], 2)})
    model = gate.model()

    [at] = settling(model.bench, model.asked[-1].compiled.requirement, Outcome.MET)

    assert len(at) == 2
    assert gate.moved(model, at).trial().judgement.criteria["system.one.thing"] is Outcome.MET
