"""Random rulesets and evidence: the rule engine, the independent evaluator and a naive oracle must judge alike.

The oracle (``conftest.py``) reads requirements with Python's own parser and knows nothing of gonogo's trees. The engine
judges 25 rulesets in each child.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import pytest

from gonogo.core.compile import compile_scope
from gonogo.core.observe import observe
from gonogo.engine.agreement import agree
from gonogo.engine.durable import DurableRules, judgement_of, request_of
from gonogo.engine.reference import judge
from gonogo.engine.rule_form import RuleProgram
from gonogo.engine.rules import build
from gonogo.language.expression import parse_literal, parse_requirement
from gonogo.language.requirement import LowerBound
from gonogo.model.evidence import Attested, Basis, Evidence, EvidenceSet, Gap, GapReason, Source, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Case, Compiled, Judgement, Past, Scope
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict

pytestmark = pytest.mark.fuzz
BATCHES, BATCH, ONE_BY_ONE = 21 if "GONOGO_FUZZ" in os.environ else 3, 100, 12
"""`make fuzz` looks at 2,100 rulesets a round, `make test` at 300."""
SEEDS = 1_000_000 * int(os.environ.get("GONOGO_FUZZ", "0"))
"""Where the seeds begin: `make fuzz` counts its rounds in GONOGO_FUZZ."""
NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
GO_LIVE = NOW + timedelta(days=5, hours=3)
MAX_AGE = timedelta(days=7)
MOMENTS = {"true": True, "false": False, "now": Fraction(int(NOW.timestamp()))}
MOMENTS["go_live"] = Fraction(int(GO_LIVE.timestamp()))
ROLE = "customer.functional_lead"
WORDS = ["signed", "draft", "rejected", "é", "x" * 40]
LITERALS = "0 1 3 0.95 95% 100% 0.1 0.3 999999999999999 0.000000001 922337203685477.5807".split()  # noqa: SIM905
SHARES = "0 1 50% 0.8 90% 95% 98% p0".split()  # noqa: SIM905
DECIMALS = "0 1 3 -2 0.95 0.1 0.3 9007199254740993 922337203685477580.7 0.000000000000000001".split()  # noqa: SIM905
DECIMALS += ["999999999999999999.999999999999999999", "-999999999999999999"]


class Made(NamedTuple):
    """One random assessment, and what the oracle says of it."""

    scope: Scope
    evidence: EvidenceSet
    vocabulary: Vocabulary
    refused: frozenset[tuple[str, str]]
    expected: Judgement


def quoted(word: str) -> str:
    return f'"{word}"'


class Maker:
    """Makes assessments from one seed: facts first, then requirements over them, then a mood that decides the mix."""

    def __init__(self, seed: int, oracle: Any) -> None:
        self.oracle = oracle
        self.random = Random(seed)
        self.values: dict[str, Any] = {}
        self.stale: set[str] = set()
        self.by_type: dict[FactType, list[str]] = {kind: [] for kind in FactType}
        self.entries: list[Evidence | Gap] = []
        self.samples: list[str] = []
        for position in range(self.random.randrange(10, 22)):
            self._fact(f"f.x{position}", self.random.choice(list(FactType)))
        for position, kind in enumerate(FactType):
            self._fact(f"g.y{position}", kind)
        for position in range(3):
            self._sample(f"s.z{position}")

    def _fact(self, name: str, kind: FactType) -> None:
        self.by_type[kind].append(name)
        chance = self.random.random()
        if chance < 0.12:
            if chance < 0.10:
                self.entries.append(
                    Gap(fact=name, reason=self.random.choice(list(GapReason)), detail="It is not there.")
                )
            self.values[name] = None
            return
        age = self.random.choice([timedelta(0), timedelta(days=2), MAX_AGE - timedelta(microseconds=1)])
        if chance < 0.20:
            age = self.random.choice([MAX_AGE, MAX_AGE + timedelta(days=30)])
            self.stale.add(name)
        entry, self.values[name] = self._evidence(name, kind, age)
        if kind.numeric and self.random.random() < 0.3:
            others = [self._evidence(name, kind, timedelta(0)) for _ in range(self.random.choice([1, 1, 2]))]
            entry = entry.model_copy(update={"agreeing": tuple(other for other, _exact in others)})
            self.values[name] = [self.values[name], *(exact for _other, exact in others)]
        self.entries.append(entry)

    def _sample(self, name: str) -> None:
        """A sample, which is read by what it proves and by nothing else; sometimes two that agree, or none."""
        sizes = [self.random.choice([1, 7, 20, 29, 50, 50, 59, 2_001]) for _ in range(self.random.choice([1, 1, 1, 2]))]
        counts = [(max(0, size - self.random.choice([0, 0, 1, 3, 9])), size) for size in sizes]
        self.samples.append(name)
        self.values[name] = counts[0] if len(counts) == 1 else counts
        made = [
            Evidence(
                fact=name, type=FactType.RATIO, value=Decimal(quotient_text(*each)), as_of=NOW, basis=Basis.MEASURED,
                source=Source(binding="b", locator="a.csv"), part=each[0], whole=each[1],
            )
            for each in counts
        ]  # fmt: skip
        self.entries.append(made[0].model_copy(update={"agreeing": tuple(made[1:]) or None}))

    def _evidence(self, name: str, kind: FactType, age: timedelta) -> tuple[Evidence, Any]:
        wire, exact, counts = self._value(kind)
        source = Source(binding="b", locator="a.csv, row 1")
        said = (Attested(person="ada", role=ROLE, on=NOW.date()),)
        unit = "people" if kind.has_unit else ""
        return Evidence(
            fact=name, type=kind, unit=unit, value=wire, as_of=NOW - age, basis=Basis.STATED, source=source,
            attested=said, **counts
        ), exact  # fmt: skip

    def _value(self, kind: FactType) -> tuple[Any, Any, dict[str, int]]:
        pick = self.random.choice
        if kind is FactType.BOOLEAN:
            return (truth := pick([True, False])), truth, {}
        if kind is FactType.TEXT:
            return (word := pick(WORDS)), word, {}
        if kind is FactType.INSTANT:
            moment = NOW + timedelta(seconds=pick([-86400 * 30, -86400, -1, 0, 86400 * 3]))
            return moment, Fraction(int(moment.timestamp())), {}
        if kind is FactType.INTEGER:
            return (whole := pick([0, 1, 3, -2, 2**53 - 1, 1 - 2**53])), Fraction(whole), {}
        if kind is FactType.RATIO and pick([True, False]):
            whole = pick([1, 3, 7, 20, 2**53 - 1])
            part = pick([0, 1, whole - 1, whole])
            value = (Decimal(part) / Decimal(whole)).quantize(Decimal("1e-18"))
            return value, Fraction(part, whole), {"part": part, "whole": whole}
        return (decimal := Decimal(pick(DECIMALS))), Fraction(decimal), {}

    def calculated(self, depth: int) -> str:
        pick = self.random.choice
        kinds = [kind for kind in FactType if kind.numeric]
        if depth == 0 or self.random.random() < 0.5:
            return pick(
                [pick(self.by_type[pick(kinds)]), pick(self.by_type[pick(kinds)]), pick(LITERALS), pick(["p0", "p1"])]
            )
        if self.random.random() < 0.15:
            return f"-({self.calculated(depth - 1)})"
        return f"({self.calculated(depth - 1)} {pick('+-*/')} {self.calculated(depth - 1)})"

    def comparison(self) -> str:
        pick, chance = self.random.choice, self.random.random()
        operator = pick(["<", "<=", ">", ">=", "==", "!="])
        same = pick(["==", "!="])
        texts, moments, truths = (
            self.by_type[FactType.TEXT],
            self.by_type[FactType.INSTANT],
            self.by_type[FactType.BOOLEAN],
        )
        if chance < 0.10:
            return pick([pick(truths), f"{pick(truths)} {same} {pick(['true', 'false', pick(truths)])}"])
        if chance < 0.20:
            return f"{pick(texts)} {same} {pick([pick(texts), 'p2', quoted(pick(WORDS))])}"
        if chance < 0.30:
            choices = [quoted(word) for word in self.random.sample(WORDS, 2)] + [pick(texts)]
            return f"{pick(texts)} {pick(['in', 'not in'])} [{', '.join(choices)}]"
        if chance < 0.35:
            return f"{self.calculated(1)} {pick(['in', 'not in'])} [{self.calculated(0)}, {pick(LITERALS)}, 3]"
        if chance < 0.45:
            return f"now - {pick(moments)} {operator} {pick(['1d', '30d', '12h * 2', 'p3'])}"
        if chance < 0.50:
            return f"{pick(moments)} + 3d {operator} {pick(['go_live', 'now', pick(moments)])}"
        if chance < 0.58:
            bound, share = f"lower({pick(self.samples)}, {pick(['50%', '90%', '95%', '99%'])})", pick(SHARES)
            return pick([f"{bound} {pick(['>=', '>'])} {share}", f"{share} {pick(['<=', '<'])} {bound}"])
        return f"{self.calculated(2)} {operator} {self.calculated(1)}"

    def condition(self, depth: int) -> str:
        chance = self.random.random()
        if depth == 0 or chance < 0.4:
            return self.comparison()
        if chance < 0.5:
            return f"not ({self.condition(depth - 1)})"
        word = self.random.choice([" and ", " or "])
        return "(" + word.join(self.condition(depth - 1) for _ in range(self.random.choice([2, 2, 3, 5]))) + ")"

    def assessment(self) -> Made:
        pick = self.random.choice
        texts = {"p0": pick(LITERALS), "p1": pick(LITERALS), "p2": quoted(pick(WORDS)), "p3": pick(["7d", "36h"])}
        good = self.random.random() < 0.7
        denied: set[tuple[str, str]] = set()
        cases: list[Case] = []
        found: dict[str, tuple[Domain, Severity, Outcome | None]] = {}
        domains = list(Domain) + [pick(list(Domain)) for _ in range(self.random.randrange(0, 7))]
        for position, domain in enumerate(domains):
            identity = f"{domain.value}.random.c{position}"
            severity = Severity.MANDATORY if good and position < 4 else pick(list(Severity))
            criterion, outcome, record = self._criterion(
                identity, severity, self._wishes(good, position, severity), texts, denied
            )
            cases.append(Case(criterion, {name: parse_literal(text) for name, text in texts.items()}, record=record))
            found[identity] = (domain, severity, outcome)
        caps = {"cap_domain": pick([0, 1, 3, 3]), "cap_total": pick([1, 2, 8, 8])}
        policy = DecisionPolicy(milestones=("T-0",), rule=pick(list(ApprovalRule)), **caps)
        told = self.oracle.verdicts(list(found.values()), policy)
        outcomes = {identity: outcome for identity, (_domain, _severity, outcome) in found.items()}
        return Made(
            Scope(NOW, GO_LIVE, "T-5", policy, tuple(cases)),
            EvidenceSet(
                evidence=tuple(entry for entry in self.entries if isinstance(entry, Evidence)),
                gaps=tuple(entry for entry in self.entries if isinstance(entry, Gap)),
            ),
            Vocabulary(
                facts=(
                    *(declared(name, kind) for kind, names in self.by_type.items() for name in names),
                    *(declared(name, FactType.RATIO) for name in self.samples),
                )
            ),
            frozenset(denied),
            Judgement(outcomes, {domain: told[domain] for domain in Domain}, told["all"]),
        )

    def _wishes(self, good: bool, position: int, severity: Severity) -> list[Outcome | None] | None:
        """What a good program's criterion must come out as, so that a GO is not one in a million; None for anything."""
        if not good or severity is Severity.ADVISORY or self.random.random() < 0.01:
            return None
        if severity is Severity.CONDITIONAL and self.random.random() < 0.4:
            return [Outcome.NOT_MET, Outcome.UNKNOWN]
        return [Outcome.MET] if position < 4 else [Outcome.MET, None]

    def _criterion(
        self,
        identity: str,
        severity: Severity,
        wishes: list[Outcome | None] | None,
        texts: dict[str, str],
        denied: set[tuple[str, str]],
    ) -> tuple[Criterion, Outcome | None, tuple[Past, ...]]:
        while True:
            require, exempt = self.condition(2), self.condition(1) if self.random.random() < 0.3 else ""
            unusable = self.stale | {fact for fact in self.values if self.random.random() < 0.04}
            facts = MOMENTS | {name: None if name in unusable else value for name, value in self.values.items()}
            answer = self.oracle.holds(require, facts, texts)
            if answer is False and wishes and Outcome.MET in wishes:
                require = f"not ({require})"
                answer = self.oracle.holds(require, facts, texts)
            span, runs = self._record(severity)
            if span is not None:
                stood = self.oracle.held(runs, span, int(MAX_AGE.total_seconds()))
                answer = False if False in (answer, stood) else None if None in (answer, stood) else True
            outcome = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}[answer]
            judged = None if exempt and self.oracle.holds(exempt, facts, texts) is True else outcome
            if wishes is None or judged in wishes:
                break
        denied |= {(identity, fact) for fact in unusable - self.stale}
        return Criterion(
            id=identity, title="T", statement="S.", why="W.", severity=severity, require=parse_requirement(require),
            not_applicable_when=parse_requirement(exempt) if exempt else None, max_age_s=int(MAX_AGE.total_seconds()),
            owner=ROLE, attest=(ROLE,), remedy="R.", source=("M3",), held_s=span,
            open_for_s=self.random.choice([None, 86400]) if severity is Severity.CONDITIONAL else None,
        ), judged, tuple(Past(NOW - timedelta(seconds=age), *how) for age, *how in runs)  # fmt: skip

    def _record(self, severity: Severity) -> tuple[int | None, list[tuple[int, Outcome | None, bool]]]:
        """For how long a criterion must have been met, and how earlier runs found it; mostly met, or no GO could be."""
        if self.random.random() < (0.85 if severity is Severity.MANDATORY else 0.6):
            return None, []
        day, pick = 86_400, self.random.choice
        ages = [
            pick([15, 14, 14, 13]) * day + pick([-1, 0, 0, 1]),
            8 * day,
            3 * day + pick([-1, 0, 1]),
            pick([-day, day]),
        ]
        ways = [(Outcome.MET, False)] * 12 + [(Outcome.MET, True), (Outcome.NOT_MET, False), (Outcome.UNKNOWN, False)]
        runs = [(age, *pick([*ways, (None, False)])) for age in ages if self.random.random() < 0.95]
        self.random.shuffle(runs)
        return 14 * day, runs


def declared(name: str, kind: FactType) -> FactDeclaration:
    return FactDeclaration(name=name, type=kind, unit="people" if kind.has_unit else "", meaning="M.", question="Q?")


def programmed(made: Made) -> tuple[Compiled, RuleProgram]:
    compiled = compile_scope(made.scope)
    return compiled, build(compiled, observe(compiled, made.scope, made.evidence, made.vocabulary, made.refused))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_engine_reference_and_oracle_agree(batch, oracle, drive_all):
    """A defect must hit three evaluators that share no code in the same way to reach a verdict."""
    made = [Maker(SEEDS + 1000 * batch + position, oracle).assessment() for position in range(BATCH)]
    ready = [programmed(each) for each in made]
    answers = drive_all([request_of(program) for _compiled, program in ready])

    for each, (compiled, program), answer in zip(made, ready, answers, strict=True):
        engine = judgement_of(compiled, program, answer)
        reference = judge(each.scope, each.evidence, refused=each.refused)
        agree(engine, reference)
        assert engine == each.expected


def proofs(scope: Scope, found: Judgement) -> list[Outcome]:
    """Return how each comparison with what a sample proves came out."""
    compiled = compile_scope(scope)
    sides = {leaf.id: (leaf.comparison.left, leaf.comparison.right) for leaf in compiled.leaves if leaf.held is None}
    return [found.leaves[name] for name, pair in sides.items() if any(isinstance(side, LowerBound) for side in pair)]


def test_the_mix_is_not_trivial(oracle):
    """Agreement on rulesets that are all NO-GO would prove nothing: each outcome has at least 5% of its kind."""
    mix: Counter[str] = Counter()
    for seed in (1000 * batch + position for batch in range(BATCHES) for position in range(0, BATCH, 2)):
        made = Maker(SEEDS + seed, oracle).assessment()
        found = judge(made.scope, made.evidence, refused=made.refused)
        mix.update("not applicable" if outcome is None else outcome.value for outcome in found.criteria.values())
        mix.update([f"verdict {found.overall.value}", "rulesets"])
        mix.update(f"leaf {outcome.value}" for outcome in found.leaves.values())
        mix.update(f"held {outcome.value}" for name, outcome in found.leaves.items() if name.endswith(".h"))
        mix.update(f"proof {outcome.value}" for outcome in proofs(made.scope, found))
    groups = [
        ["met", "not_met", "unknown", "not applicable"],
        [f"verdict {verdict.value}" for verdict in Verdict],
        [f"leaf {outcome.value}" for outcome in Outcome],
        [f"held {outcome.value}" for outcome in Outcome],
        [f"proof {outcome.value}" for outcome in Outcome],
    ]

    for group in groups:
        total = sum(mix[name] for name in group)
        assert all(mix[name] >= 0.05 * total for name in group), {name: mix[name] for name in group}
    assert mix["rulesets"] >= 150


def test_through_the_port_it_is_the_same(oracle):
    """The batch above calls the driver; the port adds a child of its own, limits and the reading of the answer."""
    for seed in range(ONE_BY_ONE):
        made = Maker(SEEDS + 777_000 + seed, oracle).assessment()
        compiled = compile_scope(made.scope)
        observations = observe(compiled, made.scope, made.evidence, made.vocabulary, made.refused)

        assert DurableRules().judge(compiled, observations) == made.expected
