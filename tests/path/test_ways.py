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
from gonogo.path.ways import chosen, ways

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
        found = ways(model.bench, one.compiled.requirement, Outcome.MET)
        positions = [chosen(model.bench, one.compiled.requirement, Outcome.MET, way) for way in found]

        assert any(at is not None for at in positions) is settled(gate, make, one.id)
        for at in filter(None, positions):
            assert gate.moved(model, at).trial().judgement.criteria[one.id] is Outcome.MET
            for dial in at:
                fewer = {other: there for other, there in at.items() if other != dial}
                assert gate.moved(model, fewer).trial().judgement.criteria[one.id] is not Outcome.MET
