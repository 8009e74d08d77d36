"""The rule engine behind its port: exact at the ends of 64 bits, and never an answer that was not given."""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from operator import eq, ge, gt, le, lt, ne

import pytest
from tests.figures import figure

from gonogo.engine.durable import DurableRules, judgement_of, request_of
from gonogo.engine.rules import build
from gonogo.errors import EngineFault
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Comparison, Operator
from gonogo.model.finding import Outcome
from gonogo.model.judgement import INT64_MAX, Compiled, CompiledCriterion, Gate, Leaf, Observation
from gonogo.model.ruleset import ApprovalRule, DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict

MET, NOT_MET, UNKNOWN = Outcome
EACH = figure("mixtures of three criteria in two domains: one in", small=4, large=1)
"""Four and nine states have no divisor in common, so that each state is seen."""
SEEN = {MET: (True, 2, 1), NOT_MET: (True, 1, 2), UNKNOWN: (False, 0, 0)}
COMPARISON = parse_requirement("a.x > 1").tree
assert isinstance(COMPARISON, Comparison)


def policy(rule: ApprovalRule = ApprovalRule.CAPS, cap_domain: int = 3, cap_total: int = 8) -> DecisionPolicy:
    return DecisionPolicy(milestones=("T-0",), rule=rule, cap_domain=cap_domain, cap_total=cap_total)


def leaf(name: str, operator: Operator = Operator.GT) -> Leaf:
    return Leaf(id=name, criterion=0, operator=operator, comparison=COMPARISON)


def seen(name: str, outcome: Outcome) -> Observation:
    usable, v, w = SEEN[outcome]
    return Observation(leaf=name, usable=usable, v=v, w=w)


def criterion(name: str, root: str, severity: Severity = Severity.MANDATORY, exemption: str | None = None):
    domain = Domain(name.partition(".")[0])
    return CompiledCriterion(id=name, domain=domain, severity=severity, requirement=root, exemption=exemption)


class TestNumbers:
    def test_every_operator_is_exact_to_the_ends_of_64_bits(self):
        """The engine itself decides the threshold, so no pair of integers may go through a double."""
        ends = [
            0,
            1,
            -1,
            2**53,
            2**53 + 1,
            -(2**53) - 1,
            2**62,
            2**62 + 1,
            INT64_MAX,
            INT64_MAX - 1,
            -INT64_MAX,
            1 - INT64_MAX,
        ]
        functions = dict(zip(Operator, (lt, le, gt, ge, eq, ne), strict=True))
        rows = list(product(Operator, ends, ends))
        leaves = tuple(leaf(f"n{number}", operator) for number, (operator, _v, _w) in enumerate(rows))
        observations = [Observation(f"n{number}", usable=True, v=v, w=w) for number, (_, v, w) in enumerate(rows)]

        judged = DurableRules().judge(Compiled((), leaves, (), policy()), observations)

        for number, (operator, v, w) in enumerate(rows):
            assert judged.leaves[f"n{number}"] is (MET if functions[operator](v, w) else NOT_MET), (v, operator, w)

    @pytest.mark.parametrize("v", [2**63, -(2**63)])
    def test_a_number_beyond_64_bits_never_reaches_the_engine(self, v):
        """There 2**63 would equal 2**64."""
        with pytest.raises(EngineFault, match="beyond 64 bits"):
            build(Compiled((), (leaf("n"),), (), policy()), [Observation("n", usable=True, v=v, w=0)])


class TestGates:
    def test_every_count_of_every_mixture(self, drive_all):
        """At least k of n, three-valued, with and without negation, for n up to 5: 1,326 gates, exhaustively."""
        leaves: list[Leaf] = []
        observations: list[Observation] = []
        gates: list[Gate] = []
        expected: dict[str, Outcome] = {}
        for n in range(1, 6):
            for mixture in combinations_with_replacement(Outcome, n):
                names = [f"l{len(leaves) + offset}" for offset in range(n)]
                leaves += [leaf(name) for name in names]
                observations += [seen(name, outcome) for name, outcome in zip(names, mixture, strict=True)]
                for k, negate in product(range(1, n + 1), (False, True)):
                    gates.append(Gate(f"g{len(gates)}", tuple(names), k, negate))
                    yes, no = mixture.count(MET) >= k, mixture.count(NOT_MET) >= n - k + 1
                    expected[gates[-1].id] = UNKNOWN if yes == no else MET if yes != negate else NOT_MET
        compiled = Compiled((), tuple(leaves), tuple(gates), policy())

        [found] = drive_all([request_of(build(compiled, observations))])

        assert {name: found[f"node {name}"] for name in expected} == expected


class TestVerdicts:
    @pytest.mark.parametrize("homes", [("system",) * 3, ("system", "system", "workforce")], ids=["one domain", "two"])
    @pytest.mark.parametrize(
        "rule", [policy(ApprovalRule.M3), policy(cap_domain=1, cap_total=2), policy(cap_domain=2, cap_total=1)],
        ids=["m3", "caps 1 and 2", "caps 2 and 1"],
    )  # fmt: skip
    @pytest.mark.torture
    def test_three_criteria_in_every_state(self, rule, homes, oracle, drive_all):
        """Every mixture of severity and outcome, beside one mandatory criterion that is met in each other domain."""
        leaves = (leaf("met"), leaf("not"), leaf("unknown"))
        observations = [seen("met", MET), seen("not", NOT_MET), seen("unknown", UNKNOWN)]
        roots = {MET: "met", NOT_MET: "not", UNKNOWN: "unknown", None: "unknown"}
        full = [f"{domain.value}.base.met" for domain in Domain if domain.value not in homes[:1]]
        states = [
            state for state in product(Severity, (MET, NOT_MET, UNKNOWN, None)) if state[0] is not Severity.ADVISORY
        ]
        states.append((Severity.ADVISORY, NOT_MET))
        mixtures = list(combinations_with_replacement(states, 3))
        if len(set(homes)) > 1:
            mixtures = [(*pair, last) for pair in combinations_with_replacement(states, 2) for last in states][::EACH]
        cases = []
        for mixture in mixtures:
            criteria = [criterion(name, "met") for name in full]
            for number, (home, (severity, outcome)) in enumerate(zip(homes, mixture, strict=True)):
                exemption = "met" if outcome is None else "not" if number == 1 else None
                criteria.append(criterion(f"{home}.state.c{number}", roots[outcome], severity, exemption))
            cases.append(Compiled(tuple(criteria), leaves, (), rule))
        programs = [build(compiled, observations) for compiled in cases]

        found = drive_all([request_of(program) for program in programs])

        for mixture, compiled, program, answer in zip(mixtures, cases, programs, found, strict=True):
            told = oracle.verdicts(
                [(Domain(name.partition(".")[0]), Severity.MANDATORY, MET) for name in full]
                + [(Domain(home), *state) for home, state in zip(homes, mixture, strict=True)],
                rule,
            )
            judged = judgement_of(compiled, program, answer)
            assert judged.overall is told["all"], mixture
            assert judged.domains == {domain: told[domain] for domain in Domain}, mixture

    def test_nothing_asked_is_no_go_everywhere(self):
        """An empty scope must never be an empty yes."""
        judged = DurableRules().judge(Compiled((), (), (), policy()), [])

        assert set(judged.domains.values()) == {Verdict.NO_GO}
        assert judged.overall is Verdict.NO_GO
