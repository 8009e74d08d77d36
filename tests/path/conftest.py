"""Small gates made of a few words: criteria over a few facts, judged and decided by the real rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import strategies as st

from gonogo.core.compile import compile_scope
from gonogo.core.decide import decide
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe
from gonogo.core.register_facts import NOTHING
from gonogo.core.scope import scope_of
from gonogo.core.waive import WaiverStanding
from gonogo.engine import reference
from gonogo.language.expression import parse_literal, parse_requirement
from gonogo.model.decision import Decision
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.parameter import Parameter, Rung
from gonogo.model.people import PeopleRegister, Tenure
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Domain, Ruleset, Severity
from gonogo.model.waiver import ActionPlan, Approval, Waiver
from gonogo.path.bench import At, Bench
from gonogo.path.dials import DialMaker
from gonogo.path.gate_model import GateModel, asked_of

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
SEATS = ("customer.business_owner", "provider.business_owner")
IDENTITY = ProgramIdentity(id="p", customer="c", provider="v", time_zone="America/New_York")
RELEASE = Release(id="r", go_live=NOW + timedelta(days=14))
PEOPLE = PeopleRegister(
    tenures=(
        Tenure(role=SEATS[0], person="ada.kirsch", name="Ada Kirsch"),
        Tenure(role=SEATS[1], person="bo.lind", name="Bo Lind"),
    )
)
UNITS = {FactType.INTEGER: "items", FactType.DECIMAL: "x", FactType.MONEY: "USD"}


@dataclass(frozen=True)
class Asks:
    """One criterion, in few words."""

    id: str
    require: str
    severity: Severity = Severity.MANDATORY
    waivable: bool = False
    max_age_d: int = 30
    more: Mapping[str, Any] = field(default_factory=dict)

    def criterion(self, parameters: Mapping[str, Any]) -> Criterion:
        words = "Words."
        return Criterion(
            id=self.id, title=self.id, statement=words, why=words, severity=self.severity, remedy=words,
            require=parse_requirement(self.require), max_age_s=self.max_age_d * 86400, owner=SEATS[0], attest=SEATS,
            source=("S1",), waivable_by=SEATS if self.waivable else (),
            parameters=tuple(_parameter(name, value) for name, value in parameters.items() if name in self.require),
            **self.more,
        )  # fmt: skip


def _parameter(name: str, value: Any) -> Parameter:
    if isinstance(value, dict):
        rungs = tuple(Rung(milestone=rung, value=parse_literal(text)) for rung, text in value.items())
        return Parameter(name=name, ladder=rungs)
    return Parameter(name=name, constant=parse_literal(value))


BASE = tuple(Asks(f"{domain}.base.ready", "base.ready") for domain in Domain)
"""Something mandatory that is met in each domain."""


POLICY = DecisionPolicy(milestones=("T-30", "T-7", "T-0"))


@dataclass(frozen=True)
class SmallGate:
    """A gate with its evidence.

    Attributes:
        asks: Its criteria, beside those of :data:`BASE`.
        facts: Declarations by name.
        entries: What is recorded; a fact that is not there is a gap.
        policy: Caps, or M3's rule.
        parameters: Constants as text, ladders as dictionaries.
        plans: Criteria with a complete plan.
        base: What is met in each domain, beside what it asks.
    """

    asks: Sequence[Asks]
    facts: Mapping[str, FactDeclaration]
    entries: Mapping[str, Evidence | Gap]
    policy: DecisionPolicy = POLICY
    parameters: Mapping[str, Any] = field(default_factory=dict)
    plans: tuple[str, ...] = ()
    base: Sequence[Asks] = BASE

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(facts=(*self.facts.values(), declared("base.ready", FactType.BOOLEAN)))

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(each.criterion(self.parameters) for each in (*self.base, *self.asks))

    @property
    def evidence(self) -> EvidenceSet:
        known = {"base.ready": said(declared("base.ready", FactType.BOOLEAN), True), **self.entries}
        gaps = [gap(name) for name in self.facts if name not in known]
        entries = sorted([*known.values(), *gaps], key=lambda each: each.fact)
        return EvidenceSet(
            evidence=tuple(each for each in entries if isinstance(each, Evidence)),
            gaps=tuple(each for each in entries if isinstance(each, Gap)),
        )

    def trial(self) -> Trial:
        """Judge it by the independent evaluator."""
        ruleset = Ruleset(
            name="small",
            version="1",
            title="Small",
            criteria=self.criteria,
            policy=self.policy,
            material_sha256="0" * 64,
        )
        scope = scope_of(ruleset, IDENTITY, release=RELEASE, now=NOW)
        compiled = compile_scope(scope)
        evidence = self.evidence
        seen = observe(compiled, scope, evidence, self.vocabulary)
        return Trial(scope, compiled, seen, reference.judge(scope, evidence), evidence)

    def with_entries(self, like: Trial, entries: Mapping[str, Evidence | Gap]) -> Trial:
        """Judge it again with other evidence."""
        evidence = replace(self, entries=entries).evidence
        seen = observe(like.compiled, like.scope, evidence, self.vocabulary)
        return Trial(like.scope, like.compiled, seen, reference.judge(like.scope, evidence), evidence)

    def decided(
        self, trial: Trial | None = None, *, plans: Sequence[str] = (), waivers: Sequence[str] = ()
    ) -> Decision:
        """Decide on it by the decision's own rules, with more papers."""
        trial = trial or self.trial()
        waivable = {each.criterion.id: each.criterion.waivable_by for each in trial.scope.cases}
        return decide(
            find(trial),
            policy=self.policy,
            standing=WaiverStanding(IDENTITY, RELEASE, NOW, PEOPLE, waivable),
            plans=[plan(each) for each in (*plans, *self.plans)],
            waivers=[waiver(each) for each in waivers],
        )

    def model(self) -> GateModel:
        """Lay dials over everything that it reads."""
        trial = self.trial()
        maker = DialMaker(trial, self.vocabulary, NOTHING, trial.scope.asked, trial.compiled.leaves)
        bench = Bench(trial, maker.dials(tuple(self.facts)))
        return GateModel(bench, asked_of(bench, self.decided(trial), self.plans))

    def moved(self, model: GateModel, at: At) -> SmallGate:
        """Return it with dials elsewhere."""
        entries = dict(self.entries)
        for number, there in at.items():
            entries |= model.bench.dials[number].positions[there].entries
        return replace(self, entries=entries)


def declared(name: str, kind: FactType, **more: Any) -> FactDeclaration:
    more |= {end: Decimal(more[end]) for end in ("min", "max") if end in more}
    return FactDeclaration(name=name, type=kind, unit=UNITS.get(kind, ""), meaning="Words.", question="What?", **more)


def said(fact: FactDeclaration, value: Any, *, counts: tuple[int, int] | None = None, days: int = 0) -> Evidence:
    if counts is not None:
        value = Decimal(quotient_text(*counts))
    return Evidence(
        fact=fact.name, type=fact.type, unit=fact.unit, value=value, part=counts[0] if counts else None,
        whole=counts[1] if counts else None, as_of=NOW - timedelta(days=days), basis=Basis.MEASURED,
        source=Source(binding="b", locator="file.csv"),
    )  # fmt: skip


def gap(name: str) -> Gap:
    return Gap(fact=name, reason=GapReason.MISSING, detail="Nobody said.", binding="b")


def plan(criterion: str) -> ActionPlan:
    return ActionPlan(criterion=criterion, owner="Tom Reyes", action="Do it.", due=RELEASE.go_live.date())


def waiver(criterion: str) -> Waiver:
    day = NOW.date()
    return Waiver(
        id=f"W-{criterion}", criterion=criterion, reason="It cannot be done.", residual_risk="A risk that remains.",
        compensating_control="Somebody sits beside.", owner="Tom Reyes", requested_by="tom.reyes",
        approved_by=(
            Approval(person="ada.kirsch", role=SEATS[0], on=day), Approval(person="bo.lind", role=SEATS[1], on=day)
        ),
        expires_on=RELEASE.go_live.date(),
    )  # fmt: skip


MOST = 2
"""Numbers of generated gates are from 0 to this, so that all of them can be tried."""


@st.composite
def gates(draw, make):
    """Criteria of every weight over a few facts that several of them read, also in opposite directions."""
    types = st.sampled_from([FactType.INTEGER, FactType.INTEGER, FactType.BOOLEAN])
    kinds = {f"f.x{number}": draw(types) for number in range(3)}
    facts = {
        name: make.declared(name, kind, **({"min": 0, "max": MOST} if kind is FactType.INTEGER else {}))
        for name, kind in kinds.items()
    }
    entries = {}
    for name, kind in kinds.items():
        value = draw(st.sampled_from([None, *([True, False] if kind is FactType.BOOLEAN else range(MOST + 1))]))
        if value is not None:
            entries[name] = make.said(facts[name], value)
    numbers = [name for name, kind in kinds.items() if kind is FactType.INTEGER]

    def leaf():
        name = draw(st.sampled_from(sorted(kinds)))
        if kinds[name] is FactType.BOOLEAN:
            return draw(st.sampled_from([name, f"not {name}"]))
        operator = draw(st.sampled_from(["<=", ">=", "<", ">", "==", "!="]))
        if len(numbers) > 1 and draw(st.integers(0, 3)) == 0:
            sign = draw(st.sampled_from(["+", "-"]))
            return f"{numbers[0]} {sign} {numbers[-1]} {operator} {draw(st.integers(0, MOST))}"
        return f"{name} {operator} {draw(st.integers(0, MOST))}"

    def tree():
        shape = draw(st.integers(0, 3))
        if shape == 0:
            return leaf()
        word = " and " if shape == 1 else " or "
        text = word.join(leaf() for _ in range(2))
        return f"not ({text})" if shape == 3 else text

    places = ["system.a.b", "system.c.d", "workforce.a.b"]
    asks = tuple(
        make.asks(place, tree(), draw(st.sampled_from(list(Severity))), draw(st.booleans()))
        for place in places[: draw(st.integers(2, 3))]
    )
    rule = draw(st.sampled_from(list(ApprovalRule)))
    caps = {"cap_domain": draw(st.integers(0, 1)), "cap_total": draw(st.integers(0, 2))}
    return make.gate(asks, facts, entries, DecisionPolicy(milestones=("T-0",), rule=rule, **caps))


@pytest.fixture(scope="session")
def make() -> Any:
    """What tests make gates of."""
    from types import SimpleNamespace

    return SimpleNamespace(gate=SmallGate, asks=Asks, base=BASE, declared=declared, said=said, gap=gap, now=NOW,
                           release=RELEASE, identity=IDENTITY)  # fmt: skip
