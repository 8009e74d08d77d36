"""A register moves as one: how many items must be closed, which facts move along, and what an acceptance could do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gonogo.core.accept import Accepted
from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial
from gonogo.core.observe import observe
from gonogo.core.register_facts import NOTHING, with_registers
from gonogo.core.register_items import all_items
from gonogo.engine import reference
from gonogo.model.acceptance import Acceptance
from gonogo.model.evidence import EvidenceSet
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.finding import Outcome
from gonogo.model.register import Register
from gonogo.model.verdict import Verdict
from gonogo.path.bench import Bench
from gonogo.path.dial import Dial
from gonogo.path.dials import DialMaker
from gonogo.path.effort import CountedAlike
from gonogo.path.gate_model import Asked, GateModel
from gonogo.path.needed_words import now_words
from gonogo.path.reasons import Reasons
from gonogo.path.register_dial import RegisterDials
from gonogo.path.smallest import smallest_sets

SHARE, FAILED, LEFT, TOUCHED = "ifs.passed_ratio", "ifs.failed", "ifs.unaccepted", "ifs.exposure"
LEAD = "customer.functional_lead"
REGISTER = Register(
    id="interfaces", item="one interface", fact=SHARE, same_items=(FAILED,), accept=(LEAD,), open_unaccepted=LEFT,
    open_exposure=TOUCHED,
)  # fmt: skip


@pytest.fixture
def judged(make):
    """Judge one criterion over a register of twenty items, some of them open and some of those accepted."""

    def tried(require, keys, accepted=(), *, days=0):
        kinds = {SHARE: FactType.RATIO, FAILED: FactType.INTEGER, LEFT: FactType.INTEGER, TOUCHED: FactType.RATIO}
        facts = {name: make.declared(name, kind, min=0) for name, kind in kinds.items()}
        share = make.said(facts[SHARE], None, counts=(20 - len(keys), 20), days=days)
        count = make.said(facts[FAILED], len(keys), days=days)
        named = [each.model_copy(update={"open_items": tuple(keys)}) for each in (share, count)]
        gate = make.gate((make.asks("system.interfaces.tested", require),), facts, {each.fact: each for each in named})
        vocabulary = Vocabulary(facts=gate.vocabulary.facts, registers=(REGISTER,))
        ones = tuple(
            Acceptance(id=f"A-{key}", register_id="interfaces", item=key, on=date(2027, 4, 14),
                       users=Decimal("0.04"), volume=Decimal("0.03"), money=Decimal("0.01"))
            for key in accepted
        )  # fmt: skip
        given = Accepted(counted={(one.register_id, one.item): (one,) for one in ones})
        scope = gate.trial().scope
        items = all_items(vocabulary, gate.evidence)
        full = with_registers(gate.evidence, items, given, vocabulary)
        bare = with_registers(gate.evidence, items, NOTHING, vocabulary) if accepted else None
        behind = {"system.interfaces.tested": tuple(one.id for one in ones)} if accepted else {}
        compiled = compile_scope(scope, behind)
        judgement = reference.judge(scope, full, bare=bare, accepting=tuple(behind))
        seen = observe(compiled, scope, full, vocabulary, bare=bare)
        return Trial(scope, compiled, seen, judgement, full, bare=bare, accepted=behind), vocabulary, given

    return tried


def dial_of(trial, vocabulary, given):
    maker = DialMaker(trial, vocabulary, given, trial.scope.asked, trial.compiled.leaves)
    return maker.dials((SHARE,))[0]


def path_of(make, trial, vocabulary, given):
    pairs = zip(trial.scope.asked, trial.compiled.criteria, strict=True)
    (one,) = [Asked(case, compiled) for case, compiled in pairs if compiled.id == "system.interfaces.tested"]
    return Reasons(trial, vocabulary, given, make.identity, make.release).path(one, "Why.", blocks=True)


@pytest.mark.parametrize(
    ("require", "needed"),
    [
        ("ifs.passed_ratio >= 90%", "at least 1 open item closed, so that at most 2 are open"),
        ("ifs.passed_ratio >= 95%", "at least 2 open items closed, so that at most 1 is open"),
        ("ifs.passed_ratio > 95%", "all 3 open items closed (a, b and c)"),
        ("ifs.failed <= 1", "at least 2 open items closed, so that at most 1 is open"),
        ("ifs.failed < 2", "at least 2 open items closed, so that at most 1 is open"),
        ("ifs.unaccepted <= 0", "all 3 open items closed (a, b and c)"),
    ],
)
def test_so_many_items_must_be_closed(make, judged, require, needed):
    """People close items: a share says it for none of them, and one closed too few changes nothing."""
    [[change]] = path_of(make, *judged(require, "abc")).ways

    assert (change.fact, change.register, change.needed) == ("interfaces", True, needed)
    assert change.now == "85% (17 of 20), 3 items are open"


def test_all_facts_of_a_register_move_together(judged):
    """A share of 100% beside a count of three open items would be a contradiction, and so a gap."""
    trial, vocabulary, given = judged("ifs.passed_ratio >= 95% and ifs.failed <= 0", "abc")

    dial = dial_of(trial, vocabulary, given)

    closed = next(each for each in dial.positions if each.at == 0 and each.entries)
    assert {fact: entry.value for fact, entry in closed.entries.items()} == {
        SHARE: Decimal(1), FAILED: 0, LEFT: 0, TOUCHED: Decimal(0),
    }  # fmt: skip
    assert Bench(trial, (dial,)).node(trial.compiled.criteria[-1].requirement, {0: dial.positions.index(closed)}) is (
        Outcome.MET
    )


def test_items_that_nobody_accepted_are_closed_first(judged):
    """An accepted item does no harm today; to close it first would leave the other one open."""
    trial, vocabulary, given = judged("ifs.unaccepted <= 0", "abc", accepted="a")

    dial = dial_of(trial, vocabulary, given)

    one_left = next(each for each in dial.positions if each.at == 1)
    assert one_left.entries[SHARE].open_items == ("a",)
    assert (one_left.entries[LEFT].value, one_left.bare[LEFT].value) == (0, 1)


@pytest.mark.parametrize(("most", "closed", "left"), [(0, 3, 2), (1, 2, 3), (2, 1, 4)])
def test_what_is_accepted_may_stay_open_beside_what_may_be_open(make, judged, most, closed, left):
    """Two of five are accepted: nobody has to close those for a limit on the others."""
    [[change]] = path_of(make, *judged(f"ifs.unaccepted <= {most}", "abcde", accepted="ab")).ways

    items = "1 open item" if closed == 1 else f"{closed} open items"
    assert change.needed == f"at least {items} closed, so that at most {left} are open"


def test_a_register_that_nobody_showed_is_said_to_be_missing(make, judged):
    """*No item is open* of a register that nobody read would be the worst of all answers."""
    trial, *_ = judged("ifs.passed_ratio >= 95%", "abc")
    gone = [make.gap(entry.fact) for entry in trial.evidence]
    trial = replace(trial, evidence=EvidenceSet(gaps=tuple(gone)))

    assert now_words(Bench(trial, ()), Dial("interfaces", (SHARE,), (), register=True), None) == (
        "it is missing: Nobody said"
    )


def test_what_rests_on_an_acceptance_is_settled_by_closing_the_item(make, judged):
    """A GO needs the thing itself: the acceptance is what the verdict is conditional for."""
    trial, vocabulary, given = judged("ifs.unaccepted <= 0", "a", accepted="a")
    assert trial.judgement.resting == {"system.interfaces.tested"}

    path = path_of(make, trial, vocabulary, given)

    assert [[change.needed for change in way] for way in path.ways] == [["the open item closed (a)"]]


@pytest.mark.parametrize(
    ("require", "offered"),
    [
        ("ifs.passed_ratio >= 95% or ifs.unaccepted <= 0", True),
        ("ifs.passed_ratio >= 95% or ifs.unaccepted <= 0 and ifs.exposure <= 5%", True),
        ("ifs.passed_ratio >= 95% and ifs.unaccepted <= 0", False),
    ],
)
def test_an_acceptance_is_named_only_where_it_would_be_enough(make, judged, require, offered):
    """Who bears the consequence must not be asked for a signature that changes nothing."""
    papers = path_of(make, *judged(require, "abc")).papers

    text = "an acceptance of a, b and c by the customer's functional lead, item by item (then at best CONDITIONAL GO)"
    assert (text in papers) is offered


def test_an_old_register_needs_a_new_date_though_nothing_is_open(make, judged):
    """Nothing to close, and still something to do: the export of last month proves nothing today."""
    [[change]] = path_of(make, *judged("ifs.unaccepted <= 0", "", days=40)).ways

    assert (change.needed, str(change.dated)) == ("evidence that no item is open", "2027-03-21")


def test_nothing_is_open_and_fresh_has_no_dial(judged):
    """There is nothing to close."""
    trial, vocabulary, given = judged("ifs.unaccepted <= 0", "")

    assert DialMaker(trial, vocabulary, given, trial.scope.asked, trial.compiled.leaves).dials((SHARE,)) == ()


def model_of(trial, vocabulary, given):
    maker = DialMaker(trial, vocabulary, given, trial.scope.asked, trial.compiled.leaves)
    pairs = zip(trial.scope.asked, trial.compiled.criteria, strict=True)
    return GateModel(Bench(trial, maker.dials((SHARE,))), tuple(Asked(case, compiled) for case, compiled in pairs))


def test_a_go_needs_the_item_closed_that_an_acceptance_answers_today(judged):
    """What rests on an acceptance is conditional at best: the search must not take it for a GO."""
    model = model_of(*judged("ifs.unaccepted <= 0", "a", accepted="a"))
    assert model.verdict({}) is Verdict.CONDITIONAL_GO

    found = next(smallest_sets(model, Verdict.GO, papers=False, cost=CountedAlike()))

    [(dial, there)] = found.at.items()
    assert model.bench.dials[dial].positions[there].at == 0
    assert model.verdict(found.at) is Verdict.GO


def test_a_conditional_go_may_rest_on_the_acceptance(judged):
    """Nothing has to be closed for what the acceptance carries."""
    model = model_of(*judged("ifs.unaccepted <= 0", "ab", accepted="a"))

    found = next(smallest_sets(model, Verdict.CONDITIONAL_GO, papers=False, cost=CountedAlike()))

    [(dial, there)] = found.at.items()
    assert model.bench.dials[dial].positions[there].at == 1
    assert model.verdict(found.at) is Verdict.CONDITIONAL_GO


@pytest.mark.parametrize(
    ("fact", "left", "closed", "kept", "share"),
    [
        (FAILED, 1, ("b", "c"), ("a",), (19, 20)),
        (FAILED, 0, ("b", "c", "a"), (), (20, 20)),
        (FAILED, 3, (), ("b", "c", "a"), (17, 20)),
        (SHARE, 1, ("b", "c"), ("a",), (19, 20)),
        (FAILED, 4, None, None, None),
    ],
)
def test_so_many_items_are_left_open_as_somebody_supposes(make, judged, fact, left, closed, kept, share):
    """The others move along, those first that nobody accepted; of more items than are named nobody knows which."""
    trial, vocabulary, given = judged("ifs.unaccepted <= 0", "abc", accepted="a")
    dials = RegisterDials(trial, vocabulary, given, lambda _: [], lambda _: False)
    declared = vocabulary[fact]
    entry = make.said(declared, left) if fact == FAILED else make.said(declared, None, counts=(20 - left, 20))

    found = dials.with_left(REGISTER, entry, make.now)

    if closed is None:
        assert found is None
        return
    entries, gone = found
    assert gone == closed
    assert {each.open_items for each in entries.values()} == {kept}
    assert (entries[SHARE].part, entries[SHARE].whole) == share
    assert entries[FAILED].value == left
    assert {each.as_of for each in entries.values()} == {make.now}
