"""From criteria to domains and the whole: each mixture at the edge of a cap, by the rule engine and by counting."""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from tests.figures import figure

from gonogo.engine.drive import drive
from gonogo.engine.durable import judgement_of, request_of
from gonogo.engine.rules import build
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Comparison, Operator
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Compiled, CompiledCriterion, Leaf, Observation
from gonogo.model.ruleset import ApprovalRule, DecisionPolicy, Domain, Severity

pytestmark = pytest.mark.torture
COMPARISON = parse_requirement("a.x > 1").tree
assert isinstance(COMPARISON, Comparison)
MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
HARD, SOFT = Severity.MANDATORY, Severity.CONDITIONAL
FIRST = next(iter(Domain))

EACH = figure("mixtures at the edge of a cap: one in", small=3, large=1)
"""Each has four caps, and three has no divisor in common with four."""

Found = list[tuple[Domain, Severity, Outcome | None]]
"""None where an exemption is proved."""


def policy(domain: int, total: int, rule: ApprovalRule = ApprovalRule.CAPS) -> DecisionPolicy:
    return DecisionPolicy(milestones=("T-0",), cap_domain=domain, cap_total=total, rule=rule)


def agree(mixtures: list[tuple[Found, DecisionPolicy]], drive_all: Any, oracle: Any) -> None:
    """Drive each mixture and hold it against the count."""
    made = []
    mixtures = mixtures[::EACH]
    for found, rules in mixtures:
        criteria = tuple(
            CompiledCriterion(
                f"{domain.value}.c{number}", domain, severity, f"l{number}", f"x{number}" if outcome is None else None
            )
            for number, (domain, severity, outcome) in enumerate(found)
        )
        names = [f"l{number}" for number in range(len(found))]
        exempt = [f"x{number}" for number, (_, _, outcome) in enumerate(found) if outcome is None]
        leaves = tuple(Leaf(name, int(name[1:]), Operator.GT, COMPARISON) for name in (*names, *exempt))
        compiled = Compiled(criteria, leaves, (), rules)
        seen = [
            Observation(f"l{number}", usable=outcome is not UNKNOWN, v=2 if outcome is MET else 1, w=1)
            for number, (_, _, outcome) in enumerate(found)
        ]
        seen += [Observation(name, usable=True, v=2, w=1) for name in exempt]
        made.append((compiled, build(compiled, seen)))
    answers = drive_all([request_of(program) for _, program in made])
    for (found, rules), (compiled, program), answer in zip(mixtures, made, answers, strict=True):
        expected = oracle.verdicts(found, rules)
        judgement = judgement_of(compiled, program, answer)

        assert judgement.overall is expected.pop("all"), (found, rules)
        assert judgement.domains == expected, (found, rules)


def others(outcome: Outcome = MET) -> Found:
    return [(domain, HARD, outcome) for domain in Domain if domain is not FIRST]


def test_one_domain_below_on_and_above_its_cap(drive_all, oracle):
    """Each conditional criterion counts once, open is open, and one mandatory that is not met is the end."""
    mixtures = []
    for hard, soft in product(
        [(), (MET,), (NOT_MET,), (UNKNOWN,), (MET, NOT_MET), (MET, MET), (None,), (None, MET), (None, None)],
        [
            (),
            (MET,),
            (NOT_MET,),
            (UNKNOWN,),
            (NOT_MET, MET),
            (NOT_MET, UNKNOWN),
            (NOT_MET,) * 3,
            (None, NOT_MET),
            (None, None),
        ],
    ):
        found = [*others(), *((FIRST, HARD, each) for each in hard), *((FIRST, SOFT, each) for each in soft)]
        mixtures += [(found, policy(cap, 9)) for cap in (0, 1, 2, 3)]

    agree(mixtures, drive_all, oracle)


def test_the_whole_below_on_and_above_its_cap(drive_all, oracle):
    """Caps of domains are kept, and the sum is too many all the same."""
    base = [(domain, HARD, MET) for domain in Domain]
    mixtures = []
    for opened in combinations_with_replacement(list(Domain), 3):
        for closed in (0, 2):
            found = [*base, *((domain, SOFT, NOT_MET) for domain in opened), *[(FIRST, SOFT, MET)] * closed]
            mixtures += [(found, policy(3, cap)) for cap in (0, 2, 3, 4)]

    agree(mixtures, drive_all, oracle)


def test_one_bad_domain_is_no_go_for_the_whole(drive_all, oracle):
    mixtures = [
        ([*others(outcome), (FIRST, HARD, MET), *[(FIRST, SOFT, soft)] * 2], policy(2, 2, rule))
        for outcome in Outcome
        for soft in Outcome
        for rule in ApprovalRule
    ]

    agree(mixtures, drive_all, oracle)


class Once:
    """An engine that fires one rule for the first fact, and takes down what it is told afterwards."""

    def __init__(self) -> None:
        self.facts: list[str] = []

    def create_ruleset(self, name: str, rules: str) -> int:
        return 1

    def assert_fact(self, handle: int, fact: str) -> tuple[int, int]:
        self.facts.append(fact)
        return 0, 0

    def start_action_for_state(self, handle: int, offset: int) -> tuple[str, str] | None:
        return ("{}", '{"s.0": {}}') if len(self.facts) == 1 else None

    def complete_and_start_action(self, handle: int, offset: int) -> str | None:
        return None


def test_what_was_concluded_is_told_to_the_rules_that_wait_for_it():
    """Without it, every verdict would be missing; with the wrong one, every verdict would be wrong."""
    engine = Once()
    program = {
        "sheets": {"s": {}}, "names": [], "expects": {"one": ["yes"]}, "concludes": {"s.0": ["one", "yes"]},
        "asserts": {"one": [["s", {"a": 2}, "known"], ["s", {"a": 3}, "other"]]},
        "tables": {"known": {"yes": {"q": 1}}, "other": {"no": {"q": 9}}}, "facts": [["s", {"a": 1}]],
    }  # fmt: skip

    assert drive(engine, program) == {"one": "yes"}
    assert engine.facts == ['{"id":"f1","a":1}', '{"id":"f2","a":2,"q":1}']
