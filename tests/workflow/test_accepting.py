"""Acceptances from the register to the verdict, judged by both evaluators: nothing rests on one unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.core.decide import decide
from gonogo.core.waive import WaiverStanding
from gonogo.language.expression import parse_requirement
from gonogo.model.acceptance import Acceptance
from gonogo.model.assessment import EngineMode
from gonogo.model.decision import Decision
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source, Subject, quotient_text
from gonogo.model.fact import FactType
from gonogo.model.finding import Outcome, Status
from gonogo.model.judgement import Past
from gonogo.model.people import PeopleRegister, Side, Tenure
from gonogo.model.program import Binding, Program, ProgramIdentity, Release
from gonogo.model.ruleset import ApprovalRule, Severity
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import Approval, Waiver
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.workflow.judging import Judged, check_judged, judged_on
from gonogo.workflow.loaded import LoadedProgram

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
HELD = datetime(2027, 4, 18, 16, tzinfo=UTC)
TESTED = "system.interfaces.tested"
LEAD, OWNER = "customer.functional_lead", "customer.business_owner"

RULESET = """\
schema: 1
name: registers
version: "1.0.0"
title: A ruleset with registers
policy:
  milestones: [T-30, T-0]
  caps: {domain: 3, total: 8}
sources: {S1: A source}
criteria:
  - {id: program.acceptances.bounded, title: Little is accepted, statement: Little is accepted., why: A sum.,
     max_age: 7d, severity: mandatory, require: acceptances.criteria_resting <= 1 and acceptances.exposure_ratio <= 10%,
     owner: customer.business_owner, remedy: Close some., source: [S1]}
  - {id: system.interfaces.tested, title: Interfaces are tested, statement: They passed., why: Data., max_age: 7d,
     severity: mandatory, owner: customer.functional_lead, remedy: Test., source: [S1],
     waivable_by: [customer.executive_sponsor, provider.executive_sponsor],
     require: ifs.passed_ratio >= 100% or ifs.passed_ratio >= 85% and ifs.open_unaccepted <= 0
       and ifs.open_exposure <= 5%}
  - {id: workforce.reports.done, title: Reports are done, statement: They are done., why: Reports., max_age: 7d,
     severity: mandatory, owner: customer.functional_lead, remedy: Do them., source: [S1],
     require: reps.open <= 0 or reps.open <= 3 and reps.open_unaccepted <= 0}
  - {id: workforce.base.ready, title: People are ready, statement: They are., why: People., max_age: 7d,
     severity: mandatory, owner: customer.functional_lead, remedy: Train., source: [S1], require: base.ready}
  - {id: operations.base.ready, title: Operations are ready, statement: They are., why: Operations., max_age: 7d,
     severity: mandatory, owner: customer.functional_lead, remedy: Prepare., source: [S1], require: base.ready}
"""
FACTS = """\
schema: 1
facts:
  - {name: base.ready, type: boolean, meaning: Ready., question: Ready?}
  - {name: ifs.passed_ratio, type: ratio, bound: build, meaning: Passed., question: What share?}
  - {name: ifs.open_unaccepted, type: integer, unit: interfaces, min: 0, meaning: Open., question: Nobody is asked.}
  - {name: ifs.open_exposure, type: ratio, meaning: Touched., question: Nobody is asked.}
  - {name: reps.open, type: integer, unit: reports, min: 0, meaning: Open., question: How many?}
  - {name: reps.open_unaccepted, type: integer, unit: reports, min: 0, meaning: Open., question: Nobody is asked.}
  - {name: acceptances.criteria_resting, type: integer, unit: criteria, min: 0, meaning: Resting., question: Nobody.}
  - {name: acceptances.exposure_ratio, type: ratio, meaning: Touched in all., question: Nobody is asked.}
registers:
  interfaces: {item: one interface, fact: ifs.passed_ratio, accept: [customer.functional_lead],
    open_unaccepted: ifs.open_unaccepted, open_exposure: ifs.open_exposure}
  reports: {item: one report, fact: reps.open, accept: [customer.business_owner], open_unaccepted: reps.open_unaccepted}
"""

PEOPLE = PeopleRegister(
    tenures=(
        Tenure(role=LEAD, person="amsel", name="Rosa Amsel"),
        Tenure(role=OWNER, person="bird", name="Jo Bird"),
        Tenure(role="customer.program_manager", person="brandvold", name="Theo Brandvold"),
        Tenure(role="customer.executive_sponsor", person="osei", name="Marguerite Osei"),
        Tenure(role="provider.executive_sponsor", person="farrant", name="Lionel Farrant"),
    )
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> LoadedRuleset:
    """The ruleset, loaded once."""
    folder = tmp_path_factory.mktemp("registers")
    (folder / "ruleset.yaml").write_text(RULESET, encoding="utf-8")
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    return load_ruleset(folder)


def counted(
    fact: str, open_items: tuple[str, ...] | None, *, of: int = 20, as_of: datetime = HELD, **more: Any
) -> Evidence:
    """Evidence of a register: a share of ``of`` items, or a count of open ones."""
    number = len(open_items or ())
    given: dict[str, Any] = {"type": FactType.INTEGER, "unit": "reports", "value": number}
    if fact.endswith("ratio"):
        part = of - number
        given = {
            "type": FactType.RATIO,
            "value": Decimal(quotient_text(part, of)),
            "part": part,
            "whole": of,
            "subject": Subject(build="b7"),
        }
    return Evidence(
        fact=fact,
        as_of=as_of,
        basis=Basis.MEASURED,
        source=Source(binding="table", locator=f"{fact.partition('.')[0]}.csv, {of} rows"),
        open_items=open_items,
        **(given | more),
    )


def evidence(*entries: Evidence | Gap) -> EvidenceSet:
    """A clean program with these entries in place of its own."""
    ready = Evidence(
        fact="base.ready",
        type=FactType.BOOLEAN,
        value=True,
        as_of=HELD,
        basis=Basis.MEASURED,
        source=Source(binding="table", locator="base.csv"),
    )
    clean = {one.fact: one for one in (ready, counted("ifs.passed_ratio", ()), counted("reps.open", ()))}
    computed = ("ifs.open_unaccepted", "ifs.open_exposure", "reps.open_unaccepted")
    asked = (*computed, "acceptances.criteria_resting", "acceptances.exposure_ratio")
    unasked = {name: Gap(fact=name, reason=GapReason.UNASKED, detail="Nobody.") for name in asked}
    found: dict[str, Evidence | Gap] = {**clean, **unasked, **{one.fact: one for one in entries}}
    return EvidenceSet(
        evidence=tuple(one for one in found.values() if isinstance(one, Evidence)),
        gaps=tuple(one for one in found.values() if isinstance(one, Gap)),
    )


def acceptance(item: str = "card issuer", **more: Any) -> Acceptance:
    """An acceptance that counts."""
    given: dict[str, Any] = {
        "id": "A-1",
        "register_id": "interfaces",
        "person": "amsel",
        "role": LEAD,
        "on": date(2027, 4, 14),
        "until": date(2027, 5, 10),
        "build": "b7",
        "workaround": "keyed by hand from the issuer's daily list",
        "tried_on": date(2027, 4, 12),
        "tried_by": "amsel",
        "users": Decimal("0.04"),
        "volume": Decimal("0.03"),
        "money": Decimal("0.01"),
    }
    return Acceptance(item=item, **(given | more))


def of_report(item: str, **more: Any) -> Acceptance:
    """An acceptance of a report that counts."""
    given = {"id": f"R-{item}", "register_id": "reports", "person": "bird", "role": OWNER, "build": ""}
    return acceptance(item, **(given | more))


def program(rules: LoadedRuleset, *acceptances: Acceptance, **more: Any) -> LoadedProgram:
    given: dict[str, Any] = {
        "program": Program(
            identity=ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York"),
            releases=(Release(id="r1", go_live=datetime(2027, 5, 3, 10, tzinfo=UTC), subjects={"commit": "b7"}),),
            bindings=(Binding(id="table", plugin="table", side=Side.CUSTOMER, producer="Interface team"),),
            ruleset="registers@1.0.0",
        ),
        "people": PEOPLE,
        "waivers": (),
        "plans": (),
        "root": rules.folder,
        "ruleset": rules.ruleset,
        "vocabulary": rules.vocabulary,
        "acceptances": acceptances,
    }
    loaded = given | more
    return LoadedProgram(release=loaded["program"].releases[0], **loaded)


def judged(
    loaded: LoadedProgram, found: EvidenceSet, *, mode: EngineMode = EngineMode.REFERENCE
) -> tuple[Decision, Judged]:
    """Judge and decide; the decision rules must come to what the evaluators came to."""
    result = judged_on(loaded, found, NOW, mode=mode)
    decision = decide(
        result.findings,
        policy=loaded.ruleset.policy,
        standing=WaiverStanding(
            identity=loaded.program.identity,
            release=loaded.release,
            now=NOW,
            people=loaded.people,
            waivable={each.id: each.waivable_by for each in loaded.ruleset.criteria},
        ),
        waivers=loaded.waivers,
        plans=loaded.plans,
        accepted=result.accepted,
    )
    check_judged(decision, result.trial)
    return decision, result


CARD = counted("ifs.passed_ratio", ("card issuer",))


class TestVerdict:
    def test_a_clean_program_without_acceptances_is_not_troubled(self, rules: LoadedRuleset):
        """It has nothing open, so nobody has anything to accept, and no fact about acceptances is missing."""
        decision, result = judged(program(rules), evidence(), mode=EngineMode.BOTH)

        assert decision.verdict is Verdict.GO
        assert decision.acceptances is None
        assert {finding.status for finding in result.findings} == {Status.MET}

    def test_one_acceptance_makes_a_conditional_go_with_the_acceptance_as_its_condition(self, rules: LoadedRuleset):
        """The worked example: the issuer of cards, at most 4% of users, keyed by hand; no plan is asked for it."""
        decision, result = judged(program(rules, acceptance()), evidence(CARD), mode=EngineMode.BOTH)

        assert decision.verdict is Verdict.CONDITIONAL_GO
        assert decision.without_waivers is Verdict.CONDITIONAL_GO
        assert [(one.criterion, one.acceptances, one.plan) for one in decision.conditions] == [
            ("system.interfaces.tested", ("A-1",), None)
        ]
        finding = next(one for one in result.findings if one.criterion == "system.interfaces.tested")
        assert finding.sentence.endswith(" It is met on acceptance alone (A-1).")
        made = {name: result.trial.evidence[name] for name in ("acceptances.criteria_resting", "ifs.open_exposure")}
        assert [getattr(one, "value", None) for one in made.values()] == [1, Decimal("0.04")]

    def test_without_the_acceptance_the_item_stops_the_release(self, rules: LoadedRuleset):
        """And the sentence says whose acceptance, of which item, would answer it."""
        decision, result = judged(program(rules), evidence(CARD))

        assert decision.verdict is Verdict.NO_GO
        finding = next(one for one in result.findings if one.criterion == "system.interfaces.tested")
        assert finding.status is Status.NOT_MET
        assert "an acceptance of card issuer by the customer's functional lead is missing" in finding.sentence.lower()

    def test_a_program_that_accepts_everything_is_stopped(self, rules: LoadedRuleset):
        """Each acceptance may be sensible, and their sum a program that does not work."""
        found = evidence(CARD, counted("reps.open", ("R1", "R2")))

        decision, _ = judged(
            program(rules, acceptance(), of_report("R1"), of_report("R2")), found, mode=EngineMode.BOTH
        )

        assert decision.verdict is Verdict.NO_GO
        assert [blocker.criterion for blocker in decision.blockers] == ["program.acceptances.bounded"]

    @pytest.mark.parametrize(
        ("shares", "verdict"),
        [(("0.03", "0.0199"), Verdict.CONDITIONAL_GO), (("0.03", "0.02"), Verdict.CONDITIONAL_GO),
         (("0.03", "0.0201"), Verdict.NO_GO)],
    )  # fmt: skip
    def test_what_open_items_touch_adds_up(self, rules: LoadedRuleset, shares: tuple[str, ...], verdict: Verdict):
        """The limit of the register is 5%: below, at and above it."""
        items = ("bank file", "card issuer")
        accepted = [
            acceptance(item, id=item.replace(" ", "-"), users=Decimal(share), volume=Decimal("0.01"))
            for item, share in zip(items, shares, strict=True)
        ]

        decision, _ = judged(program(rules, *accepted), evidence(counted("ifs.passed_ratio", items)))

        assert decision.verdict is verdict

    @pytest.mark.parametrize("milestone", [40, 20, 1, -3])
    @pytest.mark.parametrize("rule", ApprovalRule)
    def test_no_milestone_and_no_rule_makes_a_plain_go_of_an_acceptance(
        self, rules: LoadedRuleset, milestone: int, rule: ApprovalRule
    ):
        """Both of the project's verdict rules, before the first milestone and after go-live."""
        policy = rules.ruleset.policy.model_copy(update={"rule": rule})
        go_live = NOW + timedelta(days=milestone)
        release = Release(id="r1", go_live=go_live, subjects={"commit": "b7"})
        loaded = program(
            rules, acceptance(until=date(2027, 6, 30)), ruleset=rules.ruleset.model_copy(update={"policy": policy})
        )

        decision, _ = judged(replace(loaded, release=release), evidence(CARD))

        assert decision.verdict is Verdict.CONDITIONAL_GO

    @pytest.mark.parametrize(
        ("rested", "accepts", "verdict"),
        [
            (False, False, Verdict.GO),  # plainly met in every run
            (True, False, Verdict.NO_GO),  # nothing of today bears what earlier runs rested on
            (True, True, Verdict.CONDITIONAL_GO),  # today rests too, so the acceptance is the condition
            (False, True, Verdict.CONDITIONAL_GO),
        ],
    )
    def test_a_span_with_a_run_on_acceptance_never_makes_a_plain_go(
        self, rules: LoadedRuleset, rested: bool, accepts: bool, verdict: Verdict
    ):
        """An item that is closed on the last day has not been closed for a fortnight."""
        loaded, found = self.held(rules, acceptance()) if accepts else self.held(rules), evidence()
        record = {TESTED: (Past(NOW - timedelta(days=14), Outcome.MET, rested), Past(HELD, Outcome.MET))}

        result = judged_on(loaded, evidence(CARD) if accepts else found, NOW, record=record)

        assert result.trial.judgement.overall is verdict
        finding = next(one for one in result.findings if one.criterion == TESTED)
        assert (finding.rests_on == ("A-1",)) is accepts

    def test_a_span_on_acceptance_says_that_today_is_met_by_itself(self, rules: LoadedRuleset):
        """Another item of the register is still accepted, which this criterion does not need today."""
        loaded = self.held(rules, acceptance(), require="ifs.passed_ratio >= 85% or ifs.open_unaccepted <= 0")
        record = {TESTED: (Past(NOW - timedelta(days=14), Outcome.MET, True), Past(HELD, Outcome.MET))}

        result = judged_on(loaded, evidence(CARD), NOW, record=record)

        finding = next(one for one in result.findings if one.criterion == TESTED)
        assert result.trial.judgement.overall is Verdict.CONDITIONAL_GO
        assert finding.sentence.endswith(
            "It is met, in earlier runs of the span that it must have been met for, on acceptance alone (A-1)."
        )

    @staticmethod
    def held(rules: LoadedRuleset, *acceptances: Acceptance, require: str = "") -> LoadedProgram:
        """The program, whose interfaces must have been tested for 14 days."""
        longer = {"held_s": 14 * 86400, "max_age_s": 20 * 86400}
        more = {"require": parse_requirement(require)} if require else {}
        criteria = tuple(
            one.model_copy(update=longer | more) if one.id == TESTED else one for one in rules.ruleset.criteria
        )
        return program(rules, *acceptances, ruleset=rules.ruleset.model_copy(update={"criteria": criteria}))

    def test_a_criterion_that_is_met_by_itself_rests_on_nothing(self, rules: LoadedRuleset):
        """Only the criterion that needs the acceptance counts; what others touch enters no sum."""
        found = evidence(CARD, counted("reps.open", ()))

        _, result = judged(program(rules, acceptance()), found)

        assert {one.criterion for one in result.findings if one.rests_on} == {"system.interfaces.tested"}

    def test_the_verdict_ends_when_its_acceptance_does(self, rules: LoadedRuleset):
        """On the last day, or 30 days after it was given, whichever is first; here the evidence is fresh for longer."""
        young = counted("ifs.passed_ratio", ("card issuer",))
        rule = rules.ruleset
        patient = rule.model_copy(
            update={"criteria": tuple(one.model_copy(update={"max_age_s": 90 * 86400}) for one in rule.criteria)}
        )
        loaded = program(rules, acceptance(), ruleset=patient)
        identity = loaded.program.identity

        first, _ = judged(loaded, evidence(young))
        longer, _ = judged(replace(loaded, acceptances=(acceptance(until=date(2027, 6, 30)),)), evidence(young))

        assert first.valid_until == identity.day_end(date(2027, 5, 10))
        assert longer.valid_until == identity.day_end(date(2027, 5, 14))

    def test_a_waiver_and_an_acceptance_never_carry_one_criterion_together(self, rules: LoadedRuleset):
        """A waiver sets a criterion aside, an acceptance answers an item in it; both at once would hide one of them."""
        signed = tuple(
            Approval(person=person, role=f"{side}.executive_sponsor", on=date(2027, 4, 15))
            for side, person in (("customer", "osei"), ("provider", "farrant"))
        )
        waiver = Waiver(
            id="W-1",
            criterion="system.interfaces.tested",
            reason="One partner is late.",
            residual_risk="Keyed data.",
            compensating_control="A second person checks.",
            owner=LEAD,
            requested_by="brandvold",
            approved_by=signed,
            expires_on=date(2027, 5, 20),
        )

        both, _ = judged(program(rules, acceptance(), waivers=(waiver,)), evidence(CARD))
        alone, _ = judged(program(rules, waivers=(waiver,)), evidence(CARD))

        assert [(review.counted, "no criterion rests on both" in review.why) for review in both.waivers] == [
            (False, True)
        ]
        assert [review.counted for review in alone.waivers] == [True]

    def test_an_advisory_criterion_changes_nothing_where_it_can_block_nothing(self, rules: LoadedRuleset):
        """Under the caps it never decides, so no verdict rests on its acceptance; under M3's rule it can block."""
        criteria = tuple(
            one.model_copy(update={"severity": Severity.ADVISORY}) if one.id == "workforce.reports.done" else one
            for one in rules.ruleset.criteria
        )
        found = evidence(counted("reps.open", ("R1",)))
        by_caps = rules.ruleset.model_copy(update={"criteria": criteria})
        by_m3 = by_caps.model_copy(update={"policy": by_caps.policy.model_copy(update={"rule": ApprovalRule.M3})})

        caps, _ = judged(program(rules, of_report("R1"), ruleset=by_caps), found)
        m3, _ = judged(program(rules, of_report("R1"), ruleset=by_m3), found, mode=EngineMode.BOTH)

        assert (caps.verdict, m3.verdict) == (Verdict.GO, Verdict.CONDITIONAL_GO)


class TestRegister:
    @pytest.mark.parametrize(
        ("entry", "part"),
        [
            (counted("ifs.passed_ratio", None, part=19, value=Decimal("0.95")), "does not name its open items"),
            (counted("ifs.passed_ratio", ("a", "a")), "more than once"),
            (counted("ifs.passed_ratio", ("(blank)",)), "without a key"),
            (counted("ifs.passed_ratio", ("x" * 199 + "…",)), "too long"),
            (counted("ifs.passed_ratio", ("a",), open_left_out=3, part=16, value=Decimal("0.8")), "a list may hold"),
            (counted("ifs.passed_ratio", ("a",), part=17, value=Decimal("0.85")), "leaves 3 open"),
            (Gap(fact="ifs.passed_ratio", reason=GapReason.MALFORMED, detail="The file is cut."), "The file is cut"),
        ],
    )
    def test_what_a_register_cannot_say_of_its_open_items_is_a_gap(
        self, rules: LoadedRuleset, entry: Evidence | Gap, part: str
    ):
        """Otherwise a list that is cut, or names nothing, would look like one without open items."""
        decision, result = judged(program(rules, acceptance("a")), evidence(entry))

        gap = result.trial.evidence["ifs.open_unaccepted"]
        assert isinstance(gap, Gap)
        assert part in gap.detail
        assert decision.verdict is Verdict.NO_GO
        assert part in decision.acceptances[0].why if decision.acceptances else False

    def test_two_sources_that_name_other_items_are_in_conflict(self, rules: LoadedRuleset):
        """One of them is about something else, and nobody knows which item is open."""
        other = counted("ifs.passed_ratio", ("bank file",))
        both = CARD.model_copy(update={"agreeing": (other,)})

        _, result = judged(program(rules, acceptance()), evidence(both))

        gap = result.trial.evidence["ifs.open_unaccepted"]
        assert isinstance(gap, Gap)
        assert gap.reason is GapReason.CONFLICT
        assert "bank file and card issuer" in gap.detail

    def test_nothing_open_needs_no_names(self, rules: LoadedRuleset):
        """A share of 20 of 20 leaves nothing open, whatever the collector names."""
        decision, _ = judged(program(rules), evidence(counted("ifs.passed_ratio", None)))

        assert decision.verdict is Verdict.GO

    def test_a_stale_register_stays_stale_in_what_is_computed_from_it(self, rules: LoadedRuleset):
        """An acceptance does not freshen the evidence that it answers."""
        old = counted("ifs.passed_ratio", ("card issuer",), as_of=NOW - timedelta(days=7))

        decision, result = judged(program(rules, acceptance(on=date(2027, 4, 11))), evidence(old))

        assert decision.verdict is Verdict.NO_GO
        assert (
            next(one for one in result.findings if one.criterion == "system.interfaces.tested").status is Status.UNKNOWN
        )


@settings(max_examples=12)
@given(data=st.data())
def test_both_evaluators_and_the_decision_rules_agree_on_any_mix(rules: LoadedRuleset, data: st.DataObject):
    """Random open items, good and bad acceptances, both rules: no plain GO with something open, and no disagreement."""
    opened = data.draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True))
    late = data.draw(st.lists(st.sampled_from(["R1", "R2", "R3", "R4"]), unique=True))
    shares = st.sampled_from([None, Decimal(0), Decimal("0.01"), Decimal("0.05"), Decimal("0.5"), Decimal(1)])
    accepted = [
        acceptance(item, id=f"A-{item}", users=data.draw(shares), build=data.draw(st.sampled_from(["b7", "b8"])))
        for item in data.draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True))
    ] + [
        of_report(item, users=data.draw(shares))
        for item in data.draw(st.lists(st.sampled_from(["R1", "R2"]), unique=True))
    ]
    rule = data.draw(st.sampled_from(list(ApprovalRule)))
    ruleset = rules.ruleset.model_copy(update={"policy": rules.ruleset.policy.model_copy(update={"rule": rule})})
    found = evidence(counted("ifs.passed_ratio", tuple(opened)), counted("reps.open", tuple(late)))

    with_them, result = judged(program(rules, *accepted, ruleset=ruleset), found, mode=EngineMode.BOTH)
    without, _ = judged(program(rules, ruleset=ruleset), found)

    assert with_them.verdict is not Verdict.GO or not (opened or late)
    assert without.verdict is not Verdict.CONDITIONAL_GO
    assert without.verdict.rank <= with_them.verdict.rank
    resting = {one.criterion for one in result.findings if one.rests_on is not None}
    assert resting == result.trial.judgement.resting
    bare_met = {
        one.criterion for one in judged(program(rules, ruleset=ruleset), found)[1].findings if one.status is Status.MET
    }
    assert not resting & bare_met


def test_a_register_without_a_share_says_whose_acceptance_is_missing(rules: LoadedRuleset):
    """The sentence of the finding alone tells a manager which item it is, and whom to ask."""
    _, result = judged(program(rules), evidence(counted("reps.open", ("R1", "R2"))))

    finding = next(one for one in result.findings if one.criterion == "workforce.reports.done")
    assert finding.sentence.endswith(
        " Acceptances of R1 and R2 by the customer's business owner are missing in the register reports."
    )


def test_words_that_the_ruleset_does_not_let_close_an_item_close_the_register(rules: LoadedRuleset):
    """A binding that counts *waived* as passed would have nothing open."""
    registers = tuple(one.model_copy(update={"closed": ("passed",)}) for one in rules.vocabulary.registers or ())
    strict = rules.vocabulary.model_copy(update={"registers": registers})

    decision, result = judged(program(rules, acceptance(), vocabulary=strict), evidence(CARD))

    gap = result.trial.evidence["ifs.open_unaccepted"]
    assert isinstance(gap, Gap)
    assert "shows which words close an item" in gap.detail
    assert decision.verdict is Verdict.NO_GO
