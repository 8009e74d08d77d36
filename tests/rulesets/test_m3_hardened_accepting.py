"""What m3-hardened decides as a whole: clean, with a few accepted items, and with everything accepted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from gonogo.core.decide import decide
from gonogo.core.waive import WaiverStanding
from gonogo.model.acceptance import Acceptance
from gonogo.model.assessment import EngineMode
from gonogo.model.decision import Decision
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source, Subject, quotient_text
from gonogo.model.fact import Value
from gonogo.model.finding import Status
from gonogo.model.people import PeopleRegister, Tenure
from gonogo.model.program import Program, ProgramIdentity, Release
from gonogo.model.verdict import Verdict
from gonogo.ruleset.case_files import load_cases
from gonogo.ruleset.loader import load_ruleset
from gonogo.workflow.judging import Judged, check_judged, judged_on
from gonogo.workflow.loaded import LoadedProgram

RULES: Final = load_ruleset(Path(__file__).resolve().parents[2] / "rulesets" / "m3-hardened")
GO_LIVE: Final = datetime(2027, 5, 3, 10, tzinfo=UTC)
NOW: Final = GO_LIVE - timedelta(days=14)
LEAD, OWNER, RISK = "customer.functional_lead", "customer.business_owner", "customer.risk_manager"
PEOPLE: Final = PeopleRegister(
    tenures=(
        Tenure(role=LEAD, person="amsel", name="Ruth Amsel"),
        Tenure(role=OWNER, person="quintanar", name="Dolores Quintanar"),
        Tenure(role=RISK, person="pruett", name="Joan Pruett"),
        Tenure(role="customer.program_manager", person="brandvold", name="Theo Brandvold"),
    )
)
WHO: Final = {LEAD: "amsel", OWNER: "quintanar", RISK: "pruett", "customer.program_manager": "brandvold"}
ITEMS: Final = {
    "interfaces": ("interfaces.e2e_passed_ratio", 23, LEAD),
    "reports": ("reports.critical_validated_ratio", 31, LEAD),
    "configuration": ("config.items_complete_ratio", 120, LEAD),
    "contingency": ("contingency.elements_complete_ratio", 20, RISK),
    "conditions": ("gates.own_conditions_met_ratio", 18, OWNER),
}
"""Registers of the tests: the fact that names the open items, how many items there are, and who accepts them."""


def example() -> dict[str, Value]:
    """The facts of the first example of each criterion: a program that is ready at T-14."""
    facts: dict[str, Value] = {}
    for case in load_cases(RULES):
        if case.name == "Ready, with room to spare":
            facts |= case.facts
    return facts


READY: Final = example()


def evidence(opened: tuple[str, ...] = (), **facts: Value) -> EvidenceSet:
    """The example, with one open item in each register that is named."""
    entries = {name: of_fact(name, value) for name, value in (READY | facts).items()}
    for register in opened:
        fact, whole, _ = ITEMS[register]
        share = {"part": whole - 1, "whole": whole, "open_items": (f"{register} 7",)}
        entries[fact] = of_fact(fact, Decimal(quotient_text(whole - 1, whole)), **share)
    gaps = [
        Gap(fact=name, reason=GapReason.UNASKED, detail="Nobody.")
        for name in RULES.ruleset.facts
        if name not in entries or name.startswith("acceptances.")
    ]
    kept = [entries[name] for name in entries if not name.startswith("acceptances.")]
    return EvidenceSet(evidence=tuple(kept), gaps=tuple(gaps))


def of_fact(name: str, value: Value, **more: Any) -> Evidence:
    declared = RULES.vocabulary[name]
    return Evidence(
        fact=name,
        type=declared.type,
        unit=declared.unit,
        value=value,
        as_of=NOW - timedelta(hours=1),
        basis=Basis.MEASURED,
        source=Source(binding="table", locator=f"{name}.csv"),
        subject=Subject(build="b7"),
        **more,
    )


def acceptance(register: str, *, share: str = "0.01", role: str = "") -> Acceptance:
    """An acceptance of the one open item of a register, by the seat that suffers from it unless another is named."""
    seat = role or ITEMS[register][2]
    return Acceptance(
        id=f"A-{register}",
        register_id=register,
        item=f"{register} 7",
        person=WHO[seat],
        role=seat,
        on=date(2027, 4, 14),
        until=date(2027, 5, 10),
        workaround="done by hand from a daily list",
        tried_on=date(2027, 4, 12),
        tried_by=WHO[seat],
        users=Decimal(share),
        volume=Decimal("0.01"),
        money=Decimal("0.01"),
    )


def decided(found: EvidenceSet, *acceptances: Acceptance) -> tuple[Decision, Judged]:
    """Judge by the independent evaluator, and decide without plans and waivers."""
    identity = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
    release = Release(id="r1", go_live=GO_LIVE, subjects={"commit": "b7"})
    loaded = LoadedProgram(
        program=Program(identity=identity, releases=(release,), bindings=(), ruleset="m3-hardened"),
        release=release,
        people=PEOPLE,
        waivers=(),
        plans=(),
        root=RULES.folder,
        ruleset=RULES.ruleset,
        vocabulary=RULES.vocabulary,
        acceptances=acceptances,
    )
    judged = judged_on(loaded, found, NOW, mode=EngineMode.REFERENCE)
    standing = WaiverStanding(identity=identity, release=release, now=NOW, people=PEOPLE, waivable={})
    decision = decide(judged.findings, policy=RULES.ruleset.policy, standing=standing, accepted=judged.accepted)
    check_judged(decision, judged.trial)
    return decision, judged


def test_a_clean_program_is_not_troubled():
    """Nobody has to accept anything, and no fact about acceptances is missing."""
    decision, judged = decided(evidence())

    assert decision.verdict is Verdict.GO
    assert {finding.status for finding in judged.findings} <= {Status.MET, Status.NOT_DUE}


def test_one_accepted_item_is_a_condition_and_asks_for_no_plan():
    """The card issuer is late, and the people who use it key by hand: no plain GO, and no NO-GO either."""
    decision, _ = decided(evidence(("interfaces",)), acceptance("interfaces"))

    assert decision.verdict is Verdict.CONDITIONAL_GO
    assert [(one.criterion, one.plan) for one in decision.conditions] == [("system.interfaces.tested", None)]


@pytest.mark.parametrize("register", ITEMS)
def test_one_open_item_that_nobody_accepted_stops_it_and_says_who_could(register: str):
    """A manager who reads the NO-GO knows whom to ask."""
    decision, _ = decided(evidence((register,)))

    assert decision.verdict is Verdict.NO_GO
    assert len(decision.blockers) == 1
    assert f"{register} 7" in decision.blockers[0].why or register in decision.blockers[0].why


def test_the_program_manager_accepts_nothing():
    """Who wants the date does not bear the consequence."""
    manager = acceptance("interfaces", role="customer.program_manager")

    assert decided(evidence(("interfaces",)), manager)[0].verdict is Verdict.NO_GO


@pytest.mark.parametrize(
    ("many", "verdict"), [(3, Verdict.CONDITIONAL_GO), (4, Verdict.CONDITIONAL_GO), (5, Verdict.NO_GO)]
)
def test_a_program_that_accepts_everything_is_stopped(many: int, verdict: Verdict):
    """Each acceptance is sensible, and their sum is a program that does not work."""
    registers = tuple(ITEMS)[:many]
    decision, _ = decided(evidence(registers), *(acceptance(each) for each in registers))

    assert decision.verdict is verdict
    if verdict is Verdict.NO_GO:
        assert [one.criterion for one in decision.blockers] == ["program.acceptances.bounded"]


@pytest.mark.parametrize(
    ("shares", "verdict"),
    [(("0.05", "0.05"), Verdict.CONDITIONAL_GO), (("0.05", "0.05", "0.01"), Verdict.NO_GO), (("0.06",), Verdict.NO_GO)],
)
def test_what_is_accepted_touches_little(shares: tuple[str, ...], verdict: Verdict):
    """At most 5% in a register, at most 10% in all: two registers of 5% are at the limit."""
    registers = tuple(ITEMS)[: len(shares)]
    accepted = (acceptance(each, share=share) for each, share in zip(registers, shares, strict=True))

    assert decided(evidence(registers), *accepted)[0].verdict is verdict


def test_people_without_the_hours_stop_it():
    """Each workaround may be small, and nobody has the time for all of them."""
    found = evidence(**{"defects.workaround_load_ratio": Decimal("0.51")})

    assert [one.criterion for one in decided(found)[0].blockers] == ["program.acceptances.bounded"]


def test_what_is_only_covered_needs_a_plan():
    """A vacant critical position with a stand-in is no acceptance: it takes an owner, an action and a date."""
    found = evidence(**{"retained.critical_vacant": 1, "retained.critical_uncovered": 0})

    assert [one.criterion for one in decided(found)[0].blockers] == ["program.acceptances.none"]
