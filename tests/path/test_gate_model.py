"""The gate's rules over what people can change: the same verdict as the decision's, for each rule of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gonogo.core.find import find
from gonogo.language.expression import parse_requirement
from gonogo.model.fact import FactType
from gonogo.model.promise import PromiseReview, PromiseState
from gonogo.model.ruleset import ApprovalRule, DecisionPolicy, Severity
from gonogo.model.verdict import Verdict
from gonogo.path.effort import CountedAlike
from gonogo.path.gate_model import unasked_promises
from gonogo.path.smallest import smallest_sets

M3 = DecisionPolicy(milestones=("T-0",), rule=ApprovalRule.M3)


def gate_of(make, severity, policy=M3, require="f.done", **more):
    fact = make.declared("f.done", FactType.BOOLEAN)
    asks = (make.asks("system.work.done", require, severity, **more),)
    return make.gate(asks, {"f.done": fact}, {"f.done": make.said(fact, False)}, policy)


def cheapest(model, verdict, *, papers=False):
    found = next(smallest_sets(model, verdict, papers=papers, cost=CountedAlike()), None)
    return None if found is None else (len(found.at), found.plans, found.waivers)


@pytest.mark.parametrize(
    ("severity", "rule", "needs"),
    [
        (Severity.MANDATORY, ApprovalRule.M3, (1, (), ())),
        (Severity.CONDITIONAL, ApprovalRule.M3, (1, (), ())),
        (Severity.ADVISORY, ApprovalRule.M3, (1, (), ())),
        (Severity.CONDITIONAL, ApprovalRule.CAPS, (1, (), ())),
        (Severity.ADVISORY, ApprovalRule.CAPS, None),
    ],
)
def test_what_blocks_is_what_the_decision_says(make, severity, rule, needs):
    """Under M3's rule a Low criterion without a plan blocks too; under caps it never does."""
    gate = gate_of(make, severity, DecisionPolicy(milestones=("T-0",), rule=rule))
    model = gate.model()

    assert model.verdict({}) is gate.decided().verdict
    assert (None if model.verdict({}) is Verdict.GO else cheapest(model, Verdict.CONDITIONAL_GO)) == needs


def promised(model, state):
    asked = tuple(replace(one, promise=state) if one.id == "system.work.done" else one for one in model.asked)
    return replace(model, asked=asked)


@pytest.mark.parametrize(
    ("state", "conditional"),
    [
        (PromiseState.OPEN, (0, ("system.work.done",), ())),
        (PromiseState.OVERDUE, (2, (), ())),
        (PromiseState.CLOSED, (0, ("system.work.done",), ())),
    ],
)
def test_what_was_promised_for_a_day_that_is_over_needs_the_thing_itself(make, state, conditional):
    """A newer plan does not move a day that was signed."""
    gate = gate_of(make, Severity.CONDITIONAL, require="f.done and f.other")
    gate = replace(gate, facts={**gate.facts, "f.other": make.declared("f.other", FactType.BOOLEAN)})
    model = promised(gate.model(), state)

    assert cheapest(model, Verdict.CONDITIONAL_GO) == conditional
    assert cheapest(model, Verdict.GO) == (2, (), ())
    planned = model.verdict({}, plans=["system.work.done"])
    assert planned is (Verdict.NO_GO if state is PromiseState.OVERDUE else Verdict.CONDITIONAL_GO)


def test_a_domain_in_which_everything_is_exempt_is_no_way_out(make):
    """A domain without anything mandatory stops the go-live, so exempting its last criterion is no advice."""
    names = ("f.done", "f.other", "f.small")
    facts = {name: make.declared(name, FactType.BOOLEAN) for name in names}
    exempt = {"not_applicable_when": parse_requirement("f.small")}
    asks = (make.asks("workforce.work.done", "f.done and f.other", more=exempt),)
    entries = {name: make.said(facts[name], False) for name in ("f.done", "f.other")}
    base = [each for each in make.base if not each.id.startswith("workforce")]
    gate = make.gate(asks, facts, entries, M3, base=base)
    model = gate.model()
    small = [dial.name for dial in model.bench.dials].index("f.small")

    assert model.verdict({small: 1}) is gate.moved(model, {small: 1}).decided().verdict is Verdict.NO_GO
    found = next(smallest_sets(model, Verdict.GO, papers=False, cost=CountedAlike()))
    assert sorted(model.bench.dials[number].name for number in found.at) == ["f.done", "f.other"]


def test_nobody_waives_what_no_seat_may_waive(make):
    """A waiver is proposed only where the criterion names seats for it."""
    for waivable, found in [(False, (2, (), ())), (True, (0, (), ("system.work.done",)))]:
        gate = gate_of(make, Severity.MANDATORY, require="f.done and f.other", waivable=waivable)
        fact = make.declared("f.other", FactType.BOOLEAN)
        both = replace(gate, facts={**gate.facts, "f.other": fact})
        assert cheapest(both.model(), Verdict.CONDITIONAL_GO, papers=True) == found


def test_a_standing_hold_is_settled_and_never_waived(make):
    """Nothing that is accepted lifts a hold."""
    model = gate_of(make, Severity.MANDATORY, waivable=True).model()
    held = tuple(
        replace(one, hold=True, may_waive=False) if one.id == "system.work.done" else one for one in model.asked
    )
    model = replace(model, asked=held)

    assert model.verdict({}) is Verdict.NO_GO
    assert cheapest(model, Verdict.CONDITIONAL_GO, papers=True) == (1, (), ())


@pytest.mark.parametrize("verdict", [Verdict.CONDITIONAL_GO, Verdict.GO])
def test_what_no_change_can_settle_has_no_set(make, verdict):
    """Files that are not what was locked void every decision, whatever the facts say."""
    model = replace(gate_of(make, Severity.MANDATORY).model(), fixed=("The files are not what was locked.",))

    assert model.verdict({0: 1}) is Verdict.NO_GO
    assert cheapest(model, verdict) is None


def test_a_promise_that_nobody_asks_for_leaves_a_condition(make):
    """What is no longer asked is not closed: the verdict is conditional at best."""
    model = replace(gate_of(make, Severity.MANDATORY).model(), promised=True)

    assert cheapest(model, Verdict.GO) is None
    assert cheapest(model, Verdict.CONDITIONAL_GO) == (1, (), ())


def test_an_exemption_settles_as_in_a_decision(make):
    """What is shown not to apply asks nothing, in the search as in the decision."""
    exempt = {"not_applicable_when": parse_requirement("f.small")}
    gate = gate_of(make, Severity.MANDATORY, more=exempt)
    gate = replace(gate, facts={**gate.facts, "f.small": make.declared("f.small", FactType.BOOLEAN)})
    model = gate.model()
    number = [dial.name for dial in model.bench.dials].index("f.small")

    assert model.verdict({}) is gate.decided().verdict is Verdict.NO_GO
    assert model.verdict({number: 1}) is gate.moved(model, {number: 1}).decided().verdict is Verdict.GO


@pytest.mark.parametrize(
    ("cap", "verdict"), [(0, Verdict.NO_GO), (1, Verdict.CONDITIONAL_GO), (2, Verdict.CONDITIONAL_GO)]
)
def test_caps_count_open_conditional_criteria_alone(make, cap, verdict):
    """What is met, mandatory or advisory takes no room under a cap; one that is open takes one place."""
    facts = {name: make.declared(name, FactType.BOOLEAN) for name in ("f.done", "f.met")}
    asks = (
        make.asks("system.work.done", "f.done", Severity.CONDITIONAL),
        make.asks("system.work.met", "f.met", Severity.CONDITIONAL),
        make.asks("system.work.low", "f.done", Severity.ADVISORY),
    )
    policy = DecisionPolicy(milestones=("T-0",), cap_domain=cap, cap_total=cap)
    entries = {"f.done": make.said(facts["f.done"], False), "f.met": make.said(facts["f.met"], True)}
    gate = make.gate(asks, facts, entries, policy, {}, ("system.work.done",))

    assert gate.model().verdict({}) is gate.decided().verdict is verdict


def test_a_waived_mandatory_criterion_takes_no_room_under_a_cap(make):
    """Caps are for conditional criteria, in the search as in the decision."""
    policy = DecisionPolicy(milestones=("T-0",), cap_domain=0, cap_total=0)
    gate = gate_of(make, Severity.MANDATORY, policy, require="f.done and f.other", waivable=True)
    both = replace(gate, facts={**gate.facts, "f.other": make.declared("f.other", FactType.BOOLEAN)})

    assert cheapest(both.model(), Verdict.CONDITIONAL_GO, papers=True) == (0, (), ("system.work.done",))
    assert both.model().verdict({}, waivers=["system.work.done"]) is Verdict.CONDITIONAL_GO
    assert both.decided(waivers=["system.work.done"]).verdict is Verdict.CONDITIONAL_GO


@pytest.mark.parametrize(
    ("state", "criterion", "waits"),
    [
        (PromiseState.OPEN, "system.work.done", False),
        (PromiseState.OPEN, "system.no.more", True),
        (PromiseState.UNASKED, "system.no.more", True),
        (PromiseState.CLOSED, "system.no.more", False),
    ],
)
def test_a_promise_waits_whose_criterion_is_not_asked(make, state, criterion, waits):
    """What nobody asks for any more cannot be shown to be done."""
    gate = gate_of(make, Severity.CONDITIONAL)
    review = PromiseReview(criterion=criterion, state=state, sentence="Promised: it.")
    decision = gate.decided().model_copy(update={"promises": (review,)})
    findings = {each.criterion: each for each in find(gate.trial())}

    assert unasked_promises(findings, decision) is waits
