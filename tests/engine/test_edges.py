"""The limits of the rule engine's programs and of the independent evaluator: below, on and above each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gonogo.engine.drive import drive
from gonogo.engine.reference import judge
from gonogo.engine.rule_form import MAX_COUNT, MAX_RULES, MAX_TESTS, RuleProgram
from gonogo.engine.rules import build
from gonogo.errors import EngineFault
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Comparison, Operator
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import Outcome
from gonogo.model.judgement import INT64_MAX, MAX_COMBINATIONS, Case, Compiled, Leaf, Observation, Scope
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
ROLE = "customer.pmo_lead"
YES = ("key", "yes")
POLICY = DecisionPolicy(milestones=("T-0",))


def evidence(fact: str, *values: int, ages: tuple[timedelta, ...] = ()) -> Evidence:
    made = [
        Evidence(
            fact=fact, type=FactType.INTEGER, unit="u", value=value, as_of=NOW - (ages[n] if ages else timedelta(0)),
            basis=Basis.MEASURED, source=Source(binding=f"b{n}", locator="x.csv"),
        )
        for n, value in enumerate(values)
    ]  # fmt: skip
    return made[0].model_copy(update={"agreeing": tuple(made[1:])}) if len(made) > 1 else made[0]


def case(require: str, name: str = "system.case", severity: Severity = Severity.MANDATORY) -> Case:
    made = Criterion(
        id=name, title="t", statement="s", why="w", severity=severity, require=parse_requirement(require),
        max_age_s=86400, owner=ROLE, attest=(ROLE,), remedy="r", source=("x",),
    )  # fmt: skip
    return Case(made, {})


def outcome(require: str, *known: Evidence) -> Outcome | None:
    scope = Scope(NOW, NOW + 5 * DAY, None, POLICY, (case(require),))
    return judge(scope, EvidenceSet(evidence=known)).criteria["system.case"]


def accepted(act: Any) -> bool:
    try:
        act()
    except EngineFault:
        return False
    return True


@pytest.mark.parametrize(
    ("count", "fits"),
    [(0, False), (1, True), (2, True), (MAX_COUNT - 1, True), (MAX_COUNT, True), (MAX_COUNT + 1, False)],
)
def test_a_rule_counts_within_16_bits(count, fits):
    """65,536 would be 0, and fire at the first fact."""
    assert accepted(lambda: RuleProgram().rule(("s", {"a": 1}), [{"r": 1}], YES, count=count)) is fits


@pytest.mark.parametrize(("tests", "fits"), [(MAX_TESTS - 2, True), (MAX_TESTS - 1, True), (MAX_TESTS, False)])
def test_a_rule_has_so_many_tests_with_its_address(tests, fits):
    """Beyond what the engine bears, a pattern is cut without a word."""
    assert accepted(lambda: RuleProgram().rule(("s", {"a": 1}), [{"r": 1}] * tests, YES)) is fits


@pytest.mark.parametrize(("rules", "fits"), [(MAX_RULES - 2, True), (MAX_RULES - 1, True), (MAX_RULES, False)])
def test_a_ruleset_holds_so_many_rules(rules, fits):
    """The engine's own error comes with the next one."""
    program = RuleProgram()
    for number in range(rules):
        program.rule(("s", {"a": number}), [{"r": 1}], YES)

    assert accepted(lambda: program.rule(("s", {"a": 1}), [{"r": 1}], YES)) is fits


@pytest.mark.parametrize(
    ("number", "fits"),
    [(INT64_MAX - 1, True), (INT64_MAX, True), (INT64_MAX + 1, False), (-INT64_MAX, True), (-INT64_MAX - 1, False)],
)
def test_an_observation_fits_64_bits_on_either_side(number, fits):
    """The last of them saturates in the engine."""
    comparison = parse_requirement("a.x > 1").tree
    assert isinstance(comparison, Comparison)
    compiled = Compiled((), (Leaf("n", 0, Operator.GT, comparison),), (), POLICY)
    for v, w in ((number, 0), (0, number)):
        assert accepted(lambda v=v, w=w: build(compiled, [Observation("n", usable=True, v=v, w=w)])) is fits


@pytest.mark.parametrize("require", ["a.x + a.gone > 1", "a.gone + a.x > 1", "-a.gone < a.x", "a.gone / a.x > 1"])
def test_what_is_reckoned_from_something_unknown_is_unknown(require):
    """On either side; a missing number is not none."""
    assert outcome(require, evidence("a.x", 5)) is Outcome.UNKNOWN


class Talkative:
    """An engine that reports one conclusion so many times."""

    def __init__(self, firings: int) -> None:
        self.left = firings

    def create_ruleset(self, name: str, rules: str) -> int:
        return 1

    def assert_fact(self, handle: int, fact: str) -> tuple[int, int]:
        return 0, 0

    def start_action_for_state(self, handle: int, offset: int) -> tuple[str, str] | None:
        firing = self.complete_and_start_action(handle, offset)
        return ("{}", firing) if firing else None

    def complete_and_start_action(self, handle: int, offset: int) -> str | None:
        self.left -= 1
        return '{"s.0": {}}' if self.left >= 0 else None


@pytest.mark.parametrize(("over", "fits"), [(-1, True), (0, True), (1, False)])
def test_firings_end_somewhere(over, fits):
    """1,000 and eight for each rule and fact: no run that is sound comes near, and one that is not must end."""
    program = {
        "sheets": {"s": {}}, "names": [], "asserts": {}, "tables": {}, "expects": {"one": ["yes"]},
        "concludes": {"s.0": ["one", "yes"], "s.1": ["one", "yes"]}, "facts": [["s", {"a": 1}]],
    }  # fmt: skip

    assert accepted(lambda: drive(Talkative(1000 + 8 * 2 + 8 + over), program)) is fits


@pytest.mark.parametrize(
    ("age", "expected"), [(DAY - TICK, Outcome.MET), (DAY, Outcome.UNKNOWN), (DAY + TICK, Outcome.UNKNOWN)]
)
@pytest.mark.parametrize("older", [0, 1, 2])
def test_the_evaluator_finds_any_value_that_is_too_old(age, expected, older):
    """Wherever it stands among those that agree."""
    ages = tuple(age if n == older else timedelta(0) for n in range(3))

    assert outcome("a.x > 0", evidence("a.x", 1, 1, 1, ages=ages)) is expected


@pytest.mark.parametrize(
    ("operator", "met"),
    [("<", (True, False, False)), ("<=", (True, True, False)), (">", (False, False, True)), (">=", (False, True, True)),
     ("==", (False, True, False)), ("!=", (True, False, True))],
)  # fmt: skip
def test_the_evaluator_compares_at_the_edge(operator, met):
    """Below, equal, above; and with two values by the one that is worse."""
    for value, expected in zip((4, 5, 6), met, strict=True):
        assert outcome(f"a.x {operator} 5", evidence("a.x", value)) is (Outcome.MET if expected else Outcome.NOT_MET)
        for other, also in zip((4, 5, 6), met, strict=True):
            known = evidence("a.x", value, other)
            assert outcome(f"a.x {operator} 5", known) is (Outcome.MET if expected and also else Outcome.NOT_MET)
            held = outcome(f"not (a.x {operator} 5)", known)
            assert held is (Outcome.NOT_MET if expected or also else Outcome.MET)


@pytest.mark.parametrize(("number", "expected"), [(15, Outcome.MET), (16, Outcome.MET), (17, Outcome.UNKNOWN)])
def test_the_evaluator_judges_so_many_combinations(number, expected):
    """Both evaluators must give up at the same one, or a large comparison would be an engine fault."""
    values = tuple(range(1, number + 1))

    assert MAX_COMBINATIONS == 256
    assert outcome("a.x + a.y > 0", evidence("a.x", *values), evidence("a.y", *values)) is expected


@pytest.mark.parametrize(("in_domain", "in_all", "expected"), [
    (1, 0, Verdict.CONDITIONAL_GO), (2, 0, Verdict.CONDITIONAL_GO), (3, 0, Verdict.NO_GO),
    (2, 1, Verdict.CONDITIONAL_GO), (2, 2, Verdict.NO_GO), (1, 1, Verdict.CONDITIONAL_GO), (0, 0, Verdict.GO),
])  # fmt: skip
@pytest.mark.parametrize("rule", list(ApprovalRule))
def test_the_evaluator_bears_what_the_caps_say(rule, in_domain, in_all, expected):
    """Two in a domain and three in all; M3's own rule has no caps."""
    policy = DecisionPolicy(milestones=("T-0",), rule=rule, cap_domain=2, cap_total=3)
    cases = [case("a.x > 0", f"{domain}.base") for domain in Domain]
    cases += [case("a.x > 1", f"system.soft{n}", Severity.CONDITIONAL) for n in range(in_domain)]
    cases += [case("a.x > 1", f"program.soft{n}", Severity.CONDITIONAL) for n in range(in_all)]
    found = judge(Scope(NOW, NOW + 5 * DAY, None, policy, tuple(cases)), EvidenceSet(evidence=(evidence("a.x", 1),)))

    accepted = Verdict.CONDITIONAL_GO if in_domain + in_all else Verdict.GO
    assert found.overall is (expected if rule is ApprovalRule.CAPS else accepted)
