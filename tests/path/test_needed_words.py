"""What would be enough, in words: the boundary is exact, and says on which side of it the value must be."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from gonogo.core.register_facts import NOTHING
from gonogo.language.expression import parse_requirement
from gonogo.model.fact import FactType
from gonogo.model.finding import Outcome
from gonogo.model.ruleset import ApprovalRule, DecisionPolicy, Severity
from gonogo.path.reasons import Reasons

RATIO, NUMBER, COUNT, MONEY = FactType.RATIO, FactType.DECIMAL, FactType.INTEGER, FactType.MONEY


@pytest.fixture
def ways(make):
    """Return what would settle one criterion over facts with these recorded values."""

    def found(require, *facts, earlier=0, blocks=True, **more):
        declared = {fact.name: fact for fact, _ in facts}
        entries = {fact.name: entry for fact, entry in facts if entry is not None}
        gate = make.gate((make.asks("system.one.thing", require, **more.pop("asks", {})),), declared, entries, **more)
        trial = gate.trial()
        (one,) = [each for each in gate.model().asked if each.id == "system.one.thing"]
        release = make.release.model_copy(update={"go_live": make.release.go_live - timedelta(days=earlier)})
        return Reasons(trial, gate.vocabulary, NOTHING, make.identity, release).path(one, "Why.", blocks=blocks)

    return found


def needs(path):
    return [[(change.fact, change.needed) for change in way] for way in path.ways]


@pytest.mark.parametrize(
    ("kind", "value", "require", "needed"),
    [
        (COUNT, 9, "f.x <= 3", "at most 3 items"),
        (COUNT, 9, "f.x < 3", "at most 2 items"),
        (COUNT, 1, "f.x >= 3", "at least 3 items"),
        (COUNT, 1, "f.x > 3", "at least 4 items"),
        (COUNT, 1, "f.x == 3", "exactly 3 items"),
        (COUNT, 3, "f.x != 3", "other than 3 items"),
        (COUNT, 9, "f.x >= 2 and f.x <= 4", "at least 2 items and at most 4 items"),
        (NUMBER, "0.5", "f.x > 1.25", "more than 1.25 x"),
        (NUMBER, "0.5", "f.x >= 1.25", "at least 1.25 x"),
        (NUMBER, "9", "f.x < 1.25", "less than 1.25 x"),
        (NUMBER, "9", "f.x <= 1.25", "at most 1.25 x"),
        (NUMBER, "9", "f.x <= 1.23456", "at most 1.23456 x"),
        (RATIO, "0.5", "f.x >= 95%", "at least 95%"),
        (RATIO, "0.5", "f.x > 95%", "more than 95%"),
        (RATIO, "0.5", "f.x >= 99.995%", "at least 99.995%"),
        (MONEY, "10.01", "f.x <= 10", "at most 10 USD"),
    ],
)
def test_a_boundary_is_said_exactly_and_on_its_side(make, ways, kind, value, require, needed):
    """*At least 3* and *more than 3* are different work, and a rounded threshold is another threshold."""
    fact = make.declared("f.x", kind)
    value = value if kind is COUNT else Decimal(value)

    assert needs(ways(require, (fact, make.said(fact, value)))) == [[("f.x", needed)]]


@pytest.mark.parametrize(("part", "enough"), [(189, False), (190, True), (191, True)])
def test_a_share_is_counted_in_what_it_is_a_share_of(make, ways, part, enough):
    """People close cases, not percents: 190 of 200 is the first number that is enough."""
    fact = make.declared("f.x", RATIO)
    path = ways("f.x >= 95%", (fact, make.said(fact, None, counts=(100, 200))))

    assert needs(path) == [[("f.x", "at least 190 of 200 (95%)")]]
    gate = make.gate(
        (make.asks("system.one.thing", "f.x >= 95%"),),
        {"f.x": fact},
        {"f.x": make.said(fact, None, counts=(part, 200))},
    )
    assert (gate.trial().judgement.criteria["system.one.thing"] is Outcome.MET) is enough


def test_of_alternatives_each_is_named_with_all_that_it_takes(make, ways):
    """Who can take one of two ways must see both, and every part of the one that they take."""
    facts = [make.declared(name, FactType.BOOLEAN) for name in ("f.a", "f.b", "f.c")]

    path = ways("f.a or (f.b and f.c)", *((fact, make.said(fact, False)) for fact in facts))

    assert needs(path) == [[("f.a", "true")], [("f.b", "true"), ("f.c", "true")]]


def test_a_sample_needs_as_many_good_ones_as_prove_the_share(make, ways):
    """47 of 50 looks like 94%, and proves less: the number that proves it is what people must find."""
    fact = make.declared("f.x", RATIO, sample=True)
    path = ways("lower(f.x, 95%) >= 90%", (fact, make.said(fact, None, counts=(80, 100))))

    assert needs(path) == [[("f.x", "at least 96 of 100 (96%)")]]
    for part, met in [(95, False), (96, True)]:
        gate = make.gate(
            (make.asks("system.one.thing", "lower(f.x, 95%) >= 90%"),),
            {"f.x": fact},
            {"f.x": make.said(fact, None, counts=(part, 100))},
        )
        assert (gate.trial().judgement.criteria["system.one.thing"] is Outcome.MET) is met


def test_old_evidence_that_is_good_enough_needs_a_new_date_only(make, ways):
    """Nobody must work on what is done: the same value, shown again, is enough. The day is the first that serves."""
    fact = make.declared("f.x", COUNT)

    path = ways("f.x <= 3", (fact, make.said(fact, 2, days=40)), asks={"max_age_d": 30})

    [[change]] = path.ways
    assert (change.needed, str(change.dated), change.source) == ("at most 3 items", "2027-03-21", "b")
    assert change.now.startswith("2 items; it is stale: It dates from 2027-03-10 and is 40 days old")


def test_a_gap_says_which_evidence_closes_it(make, ways):
    """What was never shown has no value to improve: value, date and source are what people need."""
    fact = make.declared("f.x", RATIO)

    [[change]] = ways("f.x >= 95%", (fact, None)).ways

    assert (change.now, change.needed) == ("it is missing: Nobody said", "at least 95%")
    assert (str(change.dated), change.source) == ("2027-03-21", "b")


def test_a_threshold_that_gets_stricter_is_named_with_its_day(make, ways):
    """Who works for today's threshold alone is late again in a week."""
    fact = make.declared("f.x", RATIO)

    path = ways(
        "f.x >= least", (fact, make.said(fact, Decimal("0.5"))), parameters={"least": {"T-30": "80%", "T-7": "98%"}}
    )

    assert needs(path) == [[("f.x", "at least 80%")]]
    ahead = path.stricter
    assert (ahead.rung, str(ahead.day), ahead.days, path.days) == ("T-7", "2027-04-26", 7, 14)
    assert [[change.needed for change in way] for way in ahead.ways] == [["at least 98%"]]


@pytest.mark.parametrize(
    ("require", "says"),
    [
        ("go_live - now >= 30d", "`go_live - now >= 30d`: it reads no fact, so only the date of go-live changes it."),
        ("record.days >= 90", "`record.days >= 90`: record.days is what gonogo's own record says of earlier runs."),
        ("f.x >= 200%", "`f.x >= 200%`: no value of f.x that the vocabulary allows is enough by itself."),
    ],
)
def test_what_cannot_be_changed_is_said(make, ways, require, says):
    """Sending people after what nobody can change costs the days that are left."""
    fact = make.declared("f.x", RATIO)
    record = make.declared("record.days", COUNT)

    path = ways(require, (fact, make.said(fact, Decimal("0.5"))), (record, make.said(record, 3)))

    assert path.ways == ()
    assert path.cannot == (says,)


def test_two_facts_of_one_comparison_are_alternatives(make, ways):
    """A difference can be closed from either side."""
    first, second = make.declared("f.x", COUNT, min=0), make.declared("f.y", COUNT, min=0)

    path = ways("f.x - f.y >= 2", (first, make.said(first, 4)), (second, make.said(second, 4)))

    assert needs(path) == [[("f.x", "at least 6 items")], [("f.y", "at most 2 items")]]


@pytest.mark.parametrize("require", ["f.late <= 10% * f.all", "f.late / f.all <= 10%"])
def test_nobody_is_sent_to_have_more_of_what_something_is_a_share_of(make, ways, require):
    """Three overdue items of ten are not mended by twenty items more."""
    late, whole = make.declared("f.late", COUNT, min=0), make.declared("f.all", COUNT, min=1)

    path = ways(require, (late, make.said(late, 3)), (whole, make.said(whole, 10)))

    assert needs(path) == [[("f.late", "at most 1 item")]]


def test_what_is_a_share_of_something_unknown_needs_both(make, ways):
    """Where nobody knows of how many, the number is asked for too."""
    late, whole = make.declared("f.late", COUNT, min=0), make.declared("f.all", COUNT, min=1)

    [way] = ways("f.late <= 10% * f.all", (late, make.said(late, 0)), (whole, None)).ways

    assert [(change.fact, change.now) for change in way] == [("f.all", "it is missing: Nobody said")]


def test_a_boundary_beside_one_that_is_only_just_so_stays_readable(make, ways):
    """The helper value just below 3.5 must not leak into what another fact needs."""
    one, other = make.declared("f.one", NUMBER), make.declared("f.other", NUMBER)

    path = ways(
        "f.one < 3.5 and f.one - f.other <= 0.75",
        (one, make.said(one, Decimal("3.7"))),
        (other, make.said(other, Decimal("1.9"))),
    )

    assert needs(path) == [
        [("f.one", "at most 2.65 x")],
        [
            ("f.one", "less than 3.5 x, and a value so that `f.one - f.other <= 0.75`"),
            ("f.other", "a value so that `f.one - f.other <= 0.75`"),
        ],
    ]


def test_two_unknown_facts_of_one_comparison_are_asked_for_by_it(make, ways):
    """A number that hangs on what somebody else will show is no boundary."""
    took, allowed = make.declared("f.took", NUMBER, min=0), make.declared("f.allowed", NUMBER, min=0)

    path = ways("f.took <= f.allowed", (took, None), (allowed, None))

    assert needs(path) == [[("f.took", "a value so that `f.took <= f.allowed`"),
                            ("f.allowed", "a value so that `f.took <= f.allowed`")]]  # fmt: skip


def test_where_any_value_does_only_the_evidence_is_asked_for(make, ways):
    """What decides nothing by its value must still be known."""
    shown, done = make.declared("f.shown", FactType.BOOLEAN), make.declared("f.done", FactType.BOOLEAN)

    path = ways("f.done and (f.shown or not f.shown)", (done, make.said(done, True)), (shown, None))

    assert needs(path) == [[("f.shown", "any value that can be true")]]


def test_a_way_names_nothing_that_it_can_do_without(make, ways):
    """Old evidence of a good load makes the second way idle: nobody need try the relief for it."""
    load, relief = make.declared("f.load", NUMBER), make.declared("f.relief", FactType.BOOLEAN)

    path = ways(
        "f.load >= 1.2 or (f.load >= 1 and f.relief)",
        (load, make.said(load, Decimal("1.25"), days=40)),
        (relief, make.said(relief, True, days=40)),
    )

    assert needs(path) == [[("f.load", "at least 1.2 x")]]


@pytest.mark.parametrize(
    ("require", "needed"),
    [
        ("f.day <= go_live", "at most 2027-05-03 16:00 UTC"),
        ("f.day < go_live", "at most 2027-05-03 15:59 UTC"),
        ("f.day >= go_live + 30d", "at least 2027-06-02 16:00 UTC"),
        ("f.day > go_live + 30d", "at least 2027-06-02 16:01 UTC"),
    ],
)
def test_a_moment_is_said_to_the_minute_on_its_safe_side(make, ways, require, needed):
    """A contract that ends a minute too early ends too early."""
    fact = make.declared("f.day", FactType.INSTANT)
    value = make.release.go_live + timedelta(days=10)

    assert needs(ways(require, (fact, make.said(fact, value)))) == [[("f.day", needed)]]


def test_a_text_that_is_needed_is_quoted(make, ways):
    """Of several texts that would do each is named."""
    fact = make.declared("f.state", FactType.TEXT, allowed=("draft", "signed", "sealed"))

    one = ways('f.state == "signed"', (fact, make.said(fact, "draft")))
    some = ways('f.state in ["signed", "sealed"]', (fact, make.said(fact, "draft")))

    assert needs(one) == [[("f.state", '"signed"')]]
    assert needs(some) == [[("f.state", 'one of "signed" and "sealed"')]]


def test_an_exemption_that_nobody_knows_may_be_shown(make, ways):
    """If two facts decide whether it applies, the comparison of the exemption is named, not that of the requirement."""
    facts = [make.declared(name, COUNT, min=0) for name in ("f.one", "f.other")]
    done = make.declared("f.done", FactType.BOOLEAN)
    exempt = {"more": {"not_applicable_when": parse_requirement("f.one <= f.other")}}

    path = ways("f.done", (done, make.said(done, False)), *((fact, None) for fact in facts), asks=exempt)

    both = "a value so that `f.one <= f.other`"
    assert needs(path) == [[("f.done", "true")], [("f.one", both), ("f.other", both)]]


@pytest.mark.parametrize(
    ("severity", "waivable", "papers"),
    [
        (Severity.MANDATORY, False, ()),
        (Severity.MANDATORY, True, ("a waiver by",)),
        (Severity.CONDITIONAL, False, ("a complete action plan",)),
        (Severity.CONDITIONAL, True, ("a complete action plan", "a waiver by")),
    ],
)
def test_papers_are_named_where_they_carry_the_reason(make, ways, severity, waivable, papers):
    """A plan carries nothing mandatory, and a waiver nothing that no seat may waive."""
    fact = make.declared("f.done", FactType.BOOLEAN)

    found = ways("f.done", (fact, make.said(fact, False)), asks={"severity": severity, "waivable": waivable}).papers

    assert len(found) == len(papers)
    assert all(text.startswith(start) for text, start in zip(found, papers, strict=True))
    assert all(text.endswith("(then at best CONDITIONAL GO)") for text in found)


def test_a_sample_that_is_compared_twice_meets_both(make, ways):
    """The share itself and what it proves are two thresholds: the number that is named is enough for both."""
    fact = make.declared("f.x", RATIO, sample=True)

    path = ways("lower(f.x, 95%) >= 90% and f.x >= 98%", (fact, make.said(fact, None, counts=(80, 100))))

    assert needs(path) == [[("f.x", "at least 98 of 100 (98%)")]]
    path = ways("lower(f.x, 95%) >= 90% and f.x >= 50%", (fact, make.said(fact, None, counts=(80, 100))))
    assert needs(path) == [[("f.x", "at least 96 of 100 (96%)")]]


@pytest.mark.parametrize(("names", "shown"), [("abcd", 4), ("abcde", 4)])
def test_so_many_ways_are_shown(make, ways, names, shown):
    """A list of every combination is read by nobody."""
    facts = [make.declared(f"f.{name}", FactType.BOOLEAN) for name in names]

    path = ways(" or ".join(fact.name for fact in facts), *((fact, make.said(fact, False)) for fact in facts))

    assert [way[0][0] for way in needs(path)] == [f"f.{name}" for name in names[:shown]]


M3, CAPS = ApprovalRule.M3, ApprovalRule.CAPS


@pytest.mark.parametrize(
    ("rule", "earlier", "most", "papers"),
    [
        (M3, 13, None, 2),
        (M3, 14, None, 2),
        (M3, 15, None, 1),
        (CAPS, 15, None, 2),
        (M3, 14, 0, 2),
        (M3, 15, 0, 0),
        (M3, 16, 2, 1),
        (M3, 17, 2, 0),
    ],
)
def test_after_go_live_no_paper_is_named_that_cannot_count(make, ways, rule, earlier, most, papers):
    """A plan that is due before go-live cannot be due in the past; a waiver lives so many days after it."""
    fact = make.declared("f.done", FactType.BOOLEAN)
    policy = DecisionPolicy(milestones=("T-0",), rule=rule, max_waiver_days=most)

    found = ways("f.done", (fact, make.said(fact, False)), earlier=earlier, policy=policy,
                 asks={"severity": Severity.CONDITIONAL, "waivable": True})  # fmt: skip

    assert (found.days, len(found.papers)) == (14 - earlier, papers)


def test_papers_are_named_only_for_what_blocks(make, ways):
    """What is a condition already is not improved by another paper."""
    fact = make.declared("f.done", FactType.BOOLEAN)
    asks = {"severity": Severity.CONDITIONAL, "waivable": True}

    assert ways("f.done", (fact, make.said(fact, False)), asks=asks, blocks=False).papers == ()
