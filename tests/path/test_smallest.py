"""The smallest set of changes: it leads to the verdict, and no smaller one does, by trying all of them."""

from __future__ import annotations

import os
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.path.conftest import MOST, gates

from gonogo.errors import UsageError
from gonogo.model.fact import FactType
from gonogo.model.ruleset import DecisionPolicy, Severity
from gonogo.model.verdict import Verdict
from gonogo.path.effort import CountedAlike, StatedEffort
from gonogo.path.smallest import smallest_sets

EXAMPLES = 400 if "GONOGO_FUZZ" in os.environ else 10
"""`make fuzz` looks at more gates."""
ALIKE = CountedAlike()


def first(model, verdict, *, papers=False, cost=ALIKE):
    return next(smallest_sets(model, verdict, papers=papers, cost=cost), None)


def subsets(names):
    return chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))


def least(gate, make, verdict, *, papers):
    """The least cost by which the decision's own rules come to a verdict: everything that is possible is tried."""
    found, recorded = None, gate.trial()
    choices = []
    for name, fact in gate.facts.items():
        values = [True, False] if fact.type is FactType.BOOLEAN else range(MOST + 1)
        choices.append([(name, None), *((name, value) for value in values)])
    open_to = [each.id for each in gate.asks if each.waivable] if papers else []
    for values in product(*choices):
        moved = {name: make.said(gate.facts[name], value) for name, value in values if value is not None}
        cost = len(moved)
        if found is not None and cost >= found:
            continue
        trial = gate.with_entries(recorded, {**gate.entries, **moved})
        for plans in subsets([each.id for each in gate.asks]):
            for waivers in subsets(open_to):
                whole = cost + len(plans) + len(waivers)
                if found is not None and whole >= found:
                    continue
                if gate.decided(trial, plans=plans, waivers=waivers).verdict.rank >= verdict.rank:
                    found = whole
    return found


@pytest.mark.fuzz
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_no_smaller_set_leads_to_the_verdict(data, make):
    """A set with one change too many sends people to work for nothing; one that does not flip the verdict misleads."""
    gate = data.draw(gates(make))
    model = gate.model()
    assert model.verdict({}) is gate.decided().verdict
    for verdict, papers in [(Verdict.CONDITIONAL_GO, False), (Verdict.CONDITIONAL_GO, True), (Verdict.GO, False)]:
        found = first(model, verdict, papers=papers)
        expected = least(gate, make, verdict, papers=papers)

        assert (None if found is None else found.cost) == expected, (verdict, papers)
        if found is not None:
            reached = gate.moved(model, found.at).decided(plans=found.plans, waivers=found.waivers).verdict
            assert reached.rank >= verdict.rank
            assert model.verdict(found.at, found.plans, found.waivers) is reached


@pytest.fixture
def opposed(make):
    """One criterion wants few items, another one many, and a third reads something else."""
    fact = make.declared("f.items", FactType.INTEGER, min=0)
    other = make.declared("f.done", FactType.BOOLEAN)
    asks = (
        make.asks("system.few.items", "f.items <= 3"),
        make.asks("system.many.items", "f.items >= 3"),
        make.asks("system.work.done", "f.done"),
    )
    return make.gate(asks, {"f.items": fact, "f.done": other}, {"f.items": make.said(fact, 9)})


def test_a_fact_that_two_criteria_pull_at_has_the_one_value_that_suits_both(opposed):
    """Advice that meets one criterion must not break another one."""
    model = opposed.model()

    found = first(model, Verdict.GO)

    assert (found.cost, found.size) == (2, 2)
    assert [model.bench.dials[number].positions[there].at for number, there in found.at.items()] == [3, None]


def test_what_cannot_be_reached_has_no_set(make):
    """Two criteria that exclude each other are a fault of the rules, and no work of people mends it."""
    fact = make.declared("f.items", FactType.INTEGER, min=0)
    asks = (make.asks("system.few.items", "f.items <= 3"), make.asks("system.many.items", "f.items >= 4"))

    assert first(make.gate(asks, {"f.items": fact}, {}).model(), Verdict.CONDITIONAL_GO) is None


def test_what_costs_less_is_taken(make):
    """Two facts of a day each are less work than one of a month."""
    facts = {name: make.declared(name, FactType.BOOLEAN) for name in ("f.long", "f.one", "f.two")}
    gate = make.gate((make.asks("system.either.way", "f.long or (f.one and f.two)"),), facts, {})
    model = gate.model()

    cheap = first(model, Verdict.GO, cost=StatedEffort({"f.long": 20, "f.one": 1, "f.two": 1}))
    few = first(model, Verdict.GO)

    assert [model.bench.dials[number].name for number in cheap.at] == ["f.one", "f.two"]
    assert [model.bench.dials[number].name for number in few.at] == ["f.long"]
    assert cheap.cost == 2


def test_what_costs_less_is_taken_also_where_it_is_more_things(make):
    """What orders equal sets never outweighs a day of work, however few values each thing can have."""
    facts = {name: make.declared(name, FactType.TEXT, allowed=("done",)) for name in ("f.a", "f.b", "f.c", "f.d")}
    require = 'f.a == "done" or (f.b == "done" and f.c == "done" and f.d == "done")'
    model = make.gate((make.asks("system.either.way", require),), facts, {}).model()

    found = first(model, Verdict.GO, cost=StatedEffort({"f.a": 4, "f.b": 1, "f.c": 1, "f.d": 1}))

    assert ([model.bench.dials[number].name for number in found.at], found.cost) == (["f.b", "f.c", "f.d"], 3)


@pytest.mark.parametrize("names", [("f.a", "f.b", "f.c"), ("f.c", "f.b", "f.a")])
def test_of_what_costs_the_same_the_first_is_taken(make, names):
    """Facts come in the order of the ruleset; what is named must not hang on how a solver feels."""
    facts = {name: make.declared(name, FactType.BOOLEAN) for name in names}
    model = make.gate((make.asks("system.either.way", " or ".join(sorted(names))),), facts, {}).model()

    found = first(model, Verdict.GO)

    assert [(model.bench.dials[number].name, there) for number, there in found.at.items()] == [(names[0], 1)]


def test_the_nearest_value_of_a_fact_is_taken(make):
    """Of several values that do, the one that asks for the least."""
    fact = make.declared("f.items", FactType.INTEGER, min=0, max=9)
    model = make.gate((make.asks("system.few.items", "f.items <= 5"),), {"f.items": fact},
                      {"f.items": make.said(fact, 8)}).model()  # fmt: skip

    [(dial, there)] = first(model, Verdict.GO).at.items()

    assert model.bench.dials[dial].positions[there].at == 5


def test_a_change_of_a_fact_is_named_before_a_plan_and_a_plan_before_a_waiver(make):
    """A paper that costs the same leaves the thing itself undone."""
    fact = make.declared("f.done", FactType.BOOLEAN)
    asks = (make.asks("system.work.done", "f.done", Severity.CONDITIONAL, waivable=True),)
    gate = make.gate(asks, {"f.done": fact}, {"f.done": make.said(fact, False)})

    sets = list(smallest_sets(gate.model(), Verdict.CONDITIONAL_GO, papers=True, cost=ALIKE))

    alone = [(len(one.at), len(one.plans), len(one.waivers)) for one in sets if one.size == 1]
    assert alone == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]


def test_equal_gates_have_equal_sets(opposed):
    """A second look at one log must not send people elsewhere."""
    assert first(opposed.model(), Verdict.GO) == first(opposed.model(), Verdict.GO)


@pytest.mark.parametrize(("allowed", "closed"), [(0, 2), (1, 1), (2, 0)])
def test_caps_are_met_by_closing_no_more_than_is_needed(make, allowed, closed):
    """Two criteria are open and have plans: how many must close is what the policy says, and not one more."""
    facts = {name: make.declared(name, FactType.BOOLEAN) for name in ("f.one", "f.two")}
    asks = tuple(make.asks(f"system.{name}.done", f"f.{name}", Severity.CONDITIONAL) for name in ("one", "two"))
    policy = DecisionPolicy(milestones=("T-0",), cap_domain=allowed, cap_total=8)
    gate = make.gate(asks, facts, {}, policy, {}, tuple(each.id for each in asks))

    assert first(gate.model(), Verdict.CONDITIONAL_GO).cost == closed


@pytest.mark.parametrize(
    ("domain", "total", "closed"), [(1, 8, 0), (0, 8, 2), (2, 2, 0), (2, 1, 1), (2, 0, 2), (0, 0, 2), (1, 1, 1)]
)
def test_each_domain_has_its_own_cap_and_all_together_have_one(make, domain, total, closed):
    """One open criterion in each of two domains: a cap of one a domain is kept, and a cap of one in all is not."""
    facts = {name: make.declared(name, FactType.BOOLEAN) for name in ("f.one", "f.two")}
    asks = (
        make.asks("system.one.done", "f.one", Severity.CONDITIONAL),
        make.asks("workforce.two.done", "f.two", Severity.CONDITIONAL),
    )
    policy = DecisionPolicy(milestones=("T-0",), cap_domain=domain, cap_total=total)
    model = make.gate(asks, facts, {}, policy, {}, tuple(each.id for each in asks)).model()

    found = first(model, Verdict.CONDITIONAL_GO)

    assert found.cost == closed
    assert (model.verdict({}) is Verdict.CONDITIONAL_GO) is (closed == 0)


def test_without_the_library_the_extra_is_named(opposed, monkeypatch):
    """A person without it must read what to install, not a traceback."""
    import sys

    monkeypatch.setitem(sys.modules, "pysat.card", None)
    with pytest.raises(UsageError, match="python-sat, which is not installed") as caught:
        first(opposed.model(), Verdict.GO)
    assert caught.value.hint == "pip install 'gonogo[path]'"
