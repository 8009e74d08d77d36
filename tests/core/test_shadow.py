"""Criteria in shadow: judged by both evaluators, shown as what would block, and deciding nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gonogo.core.compile import compile_scope
from gonogo.core.decide import decide
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe
from gonogo.core.scope import scope_of, shadow_of
from gonogo.core.waive import WaiverStanding, changes_nothing
from gonogo.engine import reference
from gonogo.engine.agreement import agree
from gonogo.engine.durable import DurableRules
from gonogo.language.expression import parse_requirement
from gonogo.model.decision import Decision
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Finding, Status
from gonogo.model.people import PeopleRegister
from gonogo.model.program import HoldPoint, ProgramIdentity, Release
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Domain, GateMode, Ruleset, Severity
from gonogo.model.verdict import Verdict

IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
GO_LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
RELEASE = Release(id="R1", go_live=GO_LIVE)
FACTS = ("good.one", "bad.one")
VOCABULARY = Vocabulary(
    facts=tuple(FactDeclaration(name=name, type=FactType.BOOLEAN, meaning="m", question="q?") for name in FACTS)
)


def criterion(name: str, require: str, severity: Severity = Severity.MANDATORY, **more: object) -> Criterion:
    made = {
        "id": name,
        "title": name,
        "statement": "s",
        "why": "w",
        "severity": severity,
        "require": parse_requirement(require),
        "max_age_s": 7 * 86400,
        "owner": "customer.pmo_lead",
        "attest": ("customer.pmo_lead",),
        "remedy": "r",
        "source": ("x",),
    }
    return Criterion(**(made | more))


def decided(
    *extra: Criterion, now: datetime, rule: ApprovalRule = ApprovalRule.CAPS, durable: bool = False
) -> tuple[Decision, dict[str, Finding]]:
    """Judge one good mandatory criterion in each domain and some more, by both evaluators where asked."""
    criteria = (*(criterion(f"{domain}.good", "good.one") for domain in Domain), *extra)
    policy = DecisionPolicy(milestones=("T-60", "T-30", "T-14", "T-0"), rule=rule)
    ruleset = Ruleset(name="r", version="1", title="t", criteria=criteria, policy=policy, material_sha256="0" * 64)
    scope = scope_of(ruleset, IDENTITY, release=RELEASE, now=now)
    known = EvidenceSet(
        evidence=tuple(
            Evidence(
                fact=name,
                type=FactType.BOOLEAN,
                unit="",
                value=name.startswith("good"),
                as_of=now - timedelta(hours=1),
                basis=Basis.MEASURED,
                source=Source(binding="b", locator="x.csv"),
            )
            for name in FACTS
        )
    )
    compiled = compile_scope(scope)
    observations = observe(compiled, scope, known, VOCABULARY)
    judgement = reference.judge(scope, known)
    if durable:
        agree(DurableRules().judge(compiled, observations), judgement)
    findings = find(Trial(scope, compiled, observations, judgement, known))
    standing = WaiverStanding(identity=IDENTITY, release=RELEASE, now=now, people=PeopleRegister(), waivable={})
    decision = decide(findings, policy=policy, standing=standing)
    assert decision.judged is judgement.overall
    return decision, {finding.criterion: finding for finding in findings}


DAY = timedelta(days=1)
BEFORE = datetime(2027, 4, 19, 3, 59, tzinfo=UTC)  # the last minute of 18 April in New York; T-14 is the 19th
NAME = "system.bad"


@pytest.mark.parametrize("said", ["T-14", "2027-04-19"])
@pytest.mark.parametrize(
    ("now", "blocks"),
    [(BEFORE, False), (BEFORE + timedelta(minutes=1), True), (BEFORE + DAY, True), (GO_LIVE + 30 * DAY, True)],
)
def test_it_blocks_from_the_first_moment_of_its_day_and_not_before(said, now, blocks):
    """A minute earlier it is shown as what would block; a minute later it blocks."""
    decision, findings = decided(criterion(NAME, "bad.one", enforce_from=said), now=now)

    finding = findings[NAME]
    assert finding.status is Status.NOT_MET
    assert (decision.verdict is Verdict.NO_GO) is blocks
    assert finding.would_block is not blocks
    assert (finding.severity is Severity.MANDATORY) is blocks
    if not blocks:
        assert finding.shadow.severity is Severity.MANDATORY
        assert finding.shadow.words == f"not enforced before {said}"
        assert decision.valid_until == BEFORE + timedelta(minutes=1)


def test_a_date_after_go_live_enforces_from_the_day_of_go_live():
    """Whatever a file says, nothing is in shadow when the release is switched on."""
    later = criterion(NAME, "bad.one", enforce_from="2027-06-01")

    assert decided(later, now=GO_LIVE - DAY)[0].verdict is Verdict.GO
    assert decided(later, now=datetime(2027, 5, 3, 4, tzinfo=UTC))[0].verdict is Verdict.NO_GO


@pytest.mark.parametrize(("ahead", "shadow"), [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_nothing_is_in_shadow_from_the_first_hold_point_of_the_cutover_on(ahead, shadow):
    """On Friday night the cutover begins, although T-0 is on Monday."""
    friday = GO_LIVE - timedelta(hours=56)
    release = RELEASE.model_copy(update={"hold_points": (HoldPoint(id="freeze", at=friday),)})

    found = shadow_of(criterion(NAME, "bad.one", enforce_from="T-0"), IDENTITY, release, friday - ahead)

    assert (found is not None) is shadow
    assert found is None or found.enforced_at == friday


@pytest.mark.parametrize("rule", list(ApprovalRule))
@pytest.mark.parametrize("severity", [Severity.CONDITIONAL, Severity.ADVISORY])
def test_what_is_never_enforced_asks_for_no_plan_and_takes_no_place_under_the_caps(rule, severity):
    """M3's rule wants a plan for whatever is open, but not for what is only tried out."""
    tried = [criterion(f"system.tried{number}", "bad.one", severity, mode=GateMode.SHADOW) for number in range(5)]

    decision, findings = decided(*tried, now=BEFORE, rule=rule)

    assert (decision.verdict, decision.conditions) == (Verdict.GO, ())
    assert findings["system.tried0"].would_block is (severity is Severity.CONDITIONAL)


def test_both_evaluators_leave_it_out():
    """If only one of them did, there would be no decision at all."""
    decision, _ = decided(criterion(NAME, "bad.one", enforce_from="T-14"), now=BEFORE, durable=True)

    assert decision.verdict is Verdict.GO


def test_a_domain_whose_only_mandatory_criterion_is_in_shadow_proves_nothing():
    """Shadow takes a question away for a while; it never answers it."""
    policy = DecisionPolicy(milestones=("T-0",))
    asked = [criterion(f"{domain}.good", "good.one") for domain in Domain if domain is not Domain.SYSTEM]
    asked.append(criterion("system.good", "good.one", enforce_from="T-0"))
    ruleset = Ruleset(name="r", version="1", title="t", criteria=tuple(asked), policy=policy, material_sha256="0" * 64)

    scope = scope_of(ruleset, IDENTITY, release=RELEASE, now=BEFORE)

    assert reference.judge(scope, EvidenceSet(evidence=())).domains[Domain.SYSTEM] is Verdict.NO_GO


def test_a_waiver_of_it_changes_nothing_yet():
    """A waiver that sponsors sign for nothing is worth a sentence."""
    _, findings = decided(criterion(NAME, "bad.one", enforce_from="T-14"), now=BEFORE)

    why = changes_nothing(findings[NAME], DecisionPolicy(milestones=("T-0",)))

    assert why == "It changes nothing: the criterion is not enforced before T-14."
