"""What is owed for a decision: every gap that matters, what will be too old, and papers that would not count."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.core.due import last_moment
from gonogo.core.scope import scope_of
from gonogo.core.usable import usable
from gonogo.core.waive import Lapse, WaiverStanding, plan_fault
from gonogo.engine import reference
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import Finding, Status
from gonogo.model.people import Delegation, PeopleRegister, Side, Tenure
from gonogo.model.program import Binding, ProgramIdentity, Release
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Ruleset, Severity
from gonogo.model.waiver import ActionPlan, Approval, Waiver
from gonogo.requests.addressee import addressees
from gonogo.requests.outstanding import OutstandingFact, RequestBasis, outstanding_facts
from gonogo.requests.outstanding_papers import APPROVAL, outstanding_papers, outstanding_work

NOW = datetime(2027, 4, 12, 16, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=datetime(2027, 5, 3, 10, tzinfo=UTC))
DECISION = last_moment(IDENTITY, RELEASE, date(2027, 4, 19))
SPONSORS = ("customer.executive_sponsor", "provider.executive_sponsor")
PEOPLE = PeopleRegister(
    tenures=(
        Tenure(role="customer.pmo_lead", person="kirsch", name="Ada Kirsch"),
        Tenure(role="provider.pmo_lead", person="halvorsen", name="Petra Halvorsen"),
        Tenure(role="customer.risk_manager", person="lind", name="Bo Lind", end=date(2027, 4, 1)),
        Tenure(role=SPONSORS[0], person="osei", name="Marguerite Osei"),
        Tenure(role=SPONSORS[1], person="farrant", name="Lionel Farrant"),
    )
)


def criterion(name: str = "system.case", require: str = "a.count == 0", **more: object) -> Criterion:
    made = {
        "id": name,
        "title": f"Title of {name}",
        "statement": "s",
        "why": "w",
        "severity": Severity.MANDATORY,
        "require": parse_requirement(require),
        "max_age_s": 7 * 86400,
        "owner": "customer.pmo_lead",
        "attest": ("customer.pmo_lead", "provider.pmo_lead"),
        "remedy": "r",
        "source": ("x",),
    }
    return Criterion(**(made | more))


def value(fact: str, number: int, *, age: timedelta = DAY, binding: str = "b1") -> Evidence:
    return Evidence(
        fact=fact,
        type=FactType.INTEGER,
        unit="items",
        value=number,
        as_of=NOW - age,
        basis=Basis.MEASURED,
        source=Source(binding=binding, locator="x"),
    )


def gap(fact: str, reason: GapReason = GapReason.MISSING, binding: str | None = "b1") -> Gap:
    return Gap(fact=fact, reason=reason, detail="It does not say.", binding=binding)


def binding(**more: object) -> Binding:
    made = {"id": "b1", "plugin": "table", "side": Side.CUSTOMER, "producer": "Test office"}
    return Binding(**(made | more))


def basis(
    *answers: Evidence | Gap,
    criteria: tuple[Criterion, ...] = (criterion(),),
    rule: ApprovalRule = ApprovalRule.CAPS,
    adopt: tuple[str, ...] | None = None,
    decision: datetime = DECISION,
) -> RequestBasis:
    rules = Ruleset(
        name="r",
        version="1",
        title="t",
        criteria=criteria,
        policy=DecisionPolicy(milestones=("T-60", "T-30", "T-14", "T-5", "T-0"), rule=rule),
        material_sha256="0" * 64,
    )
    evidence = EvidenceSet(
        evidence=tuple(entry for entry in answers if isinstance(entry, Evidence)),
        gaps=tuple(entry for entry in answers if isinstance(entry, Gap)),
    )
    standing = WaiverStanding(
        identity=IDENTITY,
        release=RELEASE,
        now=NOW,
        people=PEOPLE,
        waivable={each.id: each.waivable_by for each in criteria},
    )
    scope = replace(scope_of(rules, IDENTITY, release=RELEASE, now=decision, adopt=adopt), now=NOW)
    outcomes = reference.judge(scope, evidence).criteria
    findings = {
        case.criterion.id: Finding(
            criterion=case.criterion.id,
            title=case.criterion.title,
            domain=case.criterion.domain,
            severity=case.criterion.severity,
            status=Status(outcomes[case.criterion.id] or Status.NOT_APPLICABLE),
            sentence="It stands so.",
            owner=case.criterion.owner,
        )
        for case in scope.asked
    }
    return RequestBasis(scope, standing, decision, evidence, frozenset(), outcomes, findings)


def owed(*answers: Evidence | Gap, **more: object) -> tuple[OutstandingFact, ...]:
    return outstanding_facts(basis(*answers, **more), [binding()])


class TestFacts:
    def test_a_gap_of_a_criterion_that_is_due_is_owed_for_the_decision(self):
        """With its reason, its source and the criteria that wait."""
        (found,) = owed(gap("a.count"))

        assert (found.fact, found.for_decision, found.stale_at) == ("a.count", True, None)
        assert found.gap is not None
        assert found.gap.reason is GapReason.MISSING
        assert found.binding == binding()
        assert [each.id for each in found.criteria] == ["system.case"]

    def test_a_fact_that_nobody_was_asked_for_has_no_source(self):
        """Unasked and missing are told apart: here the next step is to name somebody."""
        (found,) = owed()

        assert found.gap is not None
        assert found.gap.reason is GapReason.UNASKED
        assert found.binding is None
        assert found.asks == ("customer.pmo_lead",)

    def test_evidence_that_stays_fresh_is_not_owed(self):
        """Nobody is asked for what is there."""
        young = criterion(max_age_s=60 * 86400)

        assert owed(value("a.count", 0), criteria=(young,)) == ()

    @pytest.mark.parametrize(
        ("max_age", "for_decision"),
        [
            (DECISION - (NOW - DAY), True),
            (DECISION - (NOW - DAY) + SECOND, False),
            (RELEASE.go_live - (NOW - DAY), False),
        ],
    )
    def test_what_turns_stale_before_the_decision_or_go_live_is_owed(self, max_age, for_decision):
        """To the second: as old as allowed at the meeting is too old for it."""
        case = criterion(max_age_s=int(max_age.total_seconds()))

        (found,) = owed(value("a.count", 0), criteria=(case,))

        assert found.gap is None
        assert found.for_decision is for_decision
        assert found.stale_at == NOW - DAY + max_age

    def test_one_second_more_than_until_go_live_is_not_owed(self):
        """The last boundary."""
        case = criterion(max_age_s=int((RELEASE.go_live - (NOW - DAY)).total_seconds()) + 1)

        assert owed(value("a.count", 0), criteria=(case,)) == ()

    def test_a_criterion_that_falls_due_by_the_decision_asks_already(self):
        """It is asked at the meeting, so people must hear of it before."""
        case = criterion(due_from="T-14")

        assert [found.fact for found in owed(gap("a.count"), criteria=(case,))] == ["a.count"]

    @pytest.mark.parametrize("more", [{"criteria": (criterion(due_from="T-5"),)}, {"adopt": ("system.other",)}])
    def test_what_is_not_asked_at_the_decision_is_not_owed(self, more):
        """Not due and not yet adopted."""
        assert owed(gap("a.count"), **more) == ()

    def test_a_criterion_that_is_met_in_spite_of_a_gap_does_not_ask_for_it(self):
        """Either of two proofs was enough."""
        case = criterion(require="a.count == 0 or a.other == 0", max_age_s=60 * 86400)

        assert owed(value("a.count", 0), gap("a.other"), criteria=(case,)) == ()

    def test_a_criterion_that_does_not_apply_asks_only_that_this_stays_proved(self):
        """An exemption that turns stale brings the criterion back."""
        case = criterion(not_applicable_when=parse_requirement("a.none == 0"))

        found = owed(value("a.none", 0), gap("a.count"), criteria=(case,))

        assert [each.fact for each in found] == ["a.none"]

    def test_the_strictest_criterion_dates_the_fact_and_the_weightiest_owns_it(self):
        """One date serves all; at go-live also those that are not due at the decision count."""
        criteria = (
            criterion("system.soft", severity=Severity.ADVISORY, max_age_s=2 * 86400, owner="provider.pmo_lead"),
            criterion("system.hard", attest=("customer.pmo_lead",)),
            criterion("system.late", due_from="T-5", max_age_s=86400),
        )

        (found,) = owed(gap("a.count"), criteria=criteria)

        assert [each.id for each in found.criteria] == ["system.hard", "system.soft"]
        assert found.decision_from == DECISION - 2 * DAY + SECOND
        assert found.go_live_from == RELEASE.go_live - DAY + SECOND
        assert found.attest == ("customer.pmo_lead",)

    def test_what_is_owed_for_the_decision_and_is_mandatory_comes_first(self):
        """A person reads from the top."""
        criteria = (
            criterion("system.soft", "a.soft == 0", severity=Severity.ADVISORY),
            criterion("system.later", "a.later == 0", max_age_s=10 * 86400),
            criterion("system.hard", "a.hard == 0"),
        )

        found = owed(gap("a.soft"), value("a.later", 0), gap("a.hard"), criteria=criteria)

        assert [each.fact for each in found] == ["a.hard", "a.soft", "a.later"]

    @settings(deadline=None)
    @given(
        ages=st.lists(st.integers(min_value=3600, max_value=90 * 86400), min_size=1, max_size=3),
        ahead=st.integers(min_value=1, max_value=20 * 86400),
    )
    def test_evidence_dated_as_told_is_fresh_and_a_second_older_is_not(self, ages, ahead):
        """The promise of the whole page, through the code that judges."""
        decision = NOW + timedelta(seconds=ahead)
        criteria = tuple(criterion(f"system.c{number}", max_age_s=age) for number, age in enumerate(ages))
        measure = basis(gap("a.count"), criteria=criteria, decision=decision)
        (found,) = outstanding_facts(measure, [])

        def fresh(as_of: datetime, at: datetime) -> bool:
            evidence = EvidenceSet(evidence=(value("a.count", 0, age=NOW - as_of),))
            scope = replace(measure.scope, now=at)
            return all(isinstance(usable(c, "a.count", evidence, scope, frozenset()), Evidence) for c in scope.asked)

        for told, at in ((found.decision_from, decision), (found.go_live_from, RELEASE.go_live)):
            assert fresh(told, at)
            assert not fresh(told - SECOND, at)


def plan(**more: object) -> ActionPlan:
    made = {"criterion": "system.case", "owner": "customer.pmo_lead", "action": "Do it.", "due": date(2027, 4, 30)}
    return ActionPlan(**(made | more))


def waiver(**more: object) -> Waiver:
    made = {
        "id": "W-1",
        "criterion": "system.case",
        "reason": "Late.",
        "residual_risk": "Low.",
        "compensating_control": "By hand.",
        "owner": "customer.pmo_lead",
        "requested_by": "kirsch",
        "approved_by": (
            Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 10)),
            Approval(person="farrant", role=SPONSORS[1], on=date(2027, 4, 10)),
        ),
        "expires_on": date(2027, 6, 1),
    }
    return Waiver(**(made | more))


SOFT = criterion(severity=Severity.CONDITIONAL)
UNCOVERED = "before go-live on 2027-05-03, so nothing would cover go-live."
WAIVABLE = criterion(waivable_by=SPONSORS)


class TestPapers:
    def test_a_complete_plan_of_an_open_criterion_is_not_asked_for(self):
        """It is there."""
        assert outstanding_papers(basis(value("a.count", 3), criteria=(SOFT,)), [plan()], []) == ()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [({"owner": ""}, "owner"), ({"due": None}, "due date"), ({"due": date(2027, 4, 1)}, "still open")],
    )
    def test_a_plan_that_would_not_count_is_owed_with_the_reason(self, changes, words):
        """No owner, no date, or a date that has passed."""
        (found,) = outstanding_papers(basis(value("a.count", 3), criteria=(SOFT,)), [plan(**changes)], [])

        assert found.kind == "action plan"
        assert words in found.why

    def test_a_criterion_that_failed_without_a_plan_owes_one(self):
        """It blocks without; a mandatory one blocks anyway."""
        assert len(outstanding_papers(basis(value("a.count", 3), criteria=(SOFT,)), [], [])) == 1
        assert outstanding_papers(basis(value("a.count", 3)), [], []) == ()

    def test_a_criterion_of_which_nothing_is_known_owes_evidence_first(self):
        """Nobody plans against what nobody has looked at; a broken plan is still told."""
        measure = basis(gap("a.count"), criteria=(SOFT,))

        assert outstanding_papers(measure, [], []) == ()
        assert len(outstanding_papers(measure, [plan(owner="")], [])) == 1

    def test_what_is_wrong_with_a_plan_is_one_sentence(self):
        """With a capital and a full stop, and no letter lost between."""
        [paper] = outstanding_papers(basis(value("a.count", 3), criteria=(SOFT,)), [plan(owner="")], [])

        assert re.fullmatch(r"[A-Z][a-z]+ .*[^.]\.", paper.why)
        assert paper.why[1:-1] in plan_fault(plan(owner=""), basis(value("a.count", 3)).standing, ApprovalRule.CAPS)

    def test_under_m3s_rule_an_advisory_one_needs_a_plan_too(self):
        """Every unmet Medium and Low has one."""
        low = criterion(severity=Severity.ADVISORY)

        assert len(outstanding_papers(basis(value("a.count", 3), criteria=(low,), rule=ApprovalRule.M3), [], [])) == 1
        assert outstanding_papers(basis(value("a.count", 3), criteria=(low,)), [], []) == ()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"residual_risk": ""}, "residual risk"),
            ({"approved_by": ()}, "approval"),
            (
                {"expires_on": date(2027, 4, 18)},
                f"It ends on 2027-04-18, {UNCOVERED}",
            ),
            (
                {"expires_on": date(2027, 4, 30)},
                f"It ends on 2027-04-30, {UNCOVERED}",
            ),
        ],
    )
    def test_a_waiver_that_would_not_count_is_owed_by_who_asked_for_it(self, changes, words):
        """Now, at the decision or at go-live."""
        (found,) = outstanding_papers(basis(value("a.count", 3), criteria=(WAIVABLE,)), [], [waiver(**changes)])

        assert (found.kind, found.name, found.asks[0]) == ("waiver", "W-1", "kirsch")
        assert words in found.why

    @pytest.mark.parametrize("answers", [value("a.count", 0), value("a.count", 3)])
    def test_a_waiver_that_counts_or_is_not_needed_is_not_asked_for(self, answers):
        """A complete one, and one for a criterion that is met."""
        assert outstanding_papers(basis(answers, criteria=(WAIVABLE,)), [], [waiver()]) == ()

    def test_a_lapsed_approval_is_asked_for_again_seat_by_seat_and_the_work_too(self):
        """Who counts on a waiver that no longer counts is told so by the gate on the day, and never before."""
        mine = waiver()
        bare = basis(value("a.count", 3), criteria=(WAIVABLE,))
        lapsed = {"W-1": tuple(Lapse(approval, "it is worse") for approval in mine.approved_by)}
        measure = replace(bare, standing=replace(bare.standing, lapsed=lapsed))

        found = outstanding_papers(measure, [], [mine])

        assert [(one.kind, one.name, one.asks[0]) for one in found] == [(APPROVAL, "W-1", seat) for seat in SPONSORS]
        assert all("has lapsed: it is worse." in one.why for one in found)
        assert outstanding_work(bare, [], [mine]) == ()
        assert [work.criterion.id for work in outstanding_work(measure, [], [mine])] == [WAIVABLE.id]

    def test_only_who_signed_what_got_worse_is_asked_again(self):
        """The other approval stands: it was given for the worse state."""
        mine = waiver()
        bare = basis(value("a.count", 3), criteria=(WAIVABLE,))
        lapsed = {"W-1": (Lapse(mine.approved_by[1], "it is worse"),)}

        found = outstanding_papers(replace(bare, standing=replace(bare.standing, lapsed=lapsed)), [], [mine])

        assert [one.asks[0] for one in found] == [SPONSORS[1]]

    @pytest.mark.parametrize(("rule", "papers"), [(ApprovalRule.CAPS, 0), (ApprovalRule.M3, 1)])
    def test_a_waiver_that_cannot_change_anything_is_not_asked_for(self, rule, papers):
        """An advisory criterion never blocks, except under M3's rule: signatures for nothing are a stop for nothing."""
        soft = criterion(severity=Severity.ADVISORY, waivable_by=SPONSORS)
        found = outstanding_papers(basis(value("a.count", 3), criteria=(soft,), rule=rule), [], [waiver(reason="")])

        assert len([paper for paper in found if paper.kind == "waiver"]) == papers

    @pytest.mark.parametrize("order", [1, -1])
    def test_where_one_waiver_counts_no_other_and_no_plan_is_asked_for(self, order):
        """A draft that nobody deleted sent its author after signatures that change nothing."""
        soft = criterion(severity=Severity.CONDITIONAL, waivable_by=SPONSORS)
        both = [waiver(), waiver(id="W-2", reason="")][::order]

        assert outstanding_papers(basis(value("a.count", 3), criteria=(WAIVABLE,)), [], both) == ()
        assert outstanding_papers(basis(value("a.count", 3), criteria=(soft,)), [plan(owner="")], both) == ()
        assert len(outstanding_papers(basis(value("a.count", 3), criteria=(soft,)), [plan(owner="")], both[:0])) == 1

    @pytest.mark.parametrize("order", [1, -1])
    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            ({"approved_by": waiver().approved_by[:1]}, {"reason": ""}),
            ({"approved_by": waiver().approved_by[:1]}, {"expires_on": date(2027, 4, 1)}),
            ("lapsed", {"approved_by": waiver().approved_by[:1]}),
            ("lapsed", {"reason": ""}),
        ],
    )
    def test_of_several_that_do_not_count_the_one_that_lacks_least_is_asked_for(self, better, worse, order):
        """One waiver is enough, and the person nearest to it is asked."""
        best = waiver() if better == "lapsed" else waiver(**better)
        bare = basis(value("a.count", 3), criteria=(WAIVABLE,))
        lapsed = {"W-1": (Lapse(best.approved_by[0], "it is worse"),)} if better == "lapsed" else {}
        measure = replace(bare, standing=replace(bare.standing, lapsed=lapsed))

        (found,) = outstanding_papers(measure, [], [best, waiver(id="W-2", **worse)][::order])

        assert found.name == "W-1"

    def test_a_waiver_that_counts_today_and_not_at_the_decision_is_nearer_than_one_that_never_did(self):
        """It runs out between the two."""
        ends = waiver(expires_on=date(2027, 5, 3))
        draft = waiver(id="W-2", approved_by=())
        measure = basis(value("a.count", 3), criteria=(WAIVABLE,), decision=RELEASE.go_live + DAY)

        (found,) = outstanding_papers(measure, [], [draft, ends])

        assert (found.name, found.why) == ("W-1", "At the decision: It expired on 2027-05-03.")

    def test_a_waiver_of_another_release_is_nobodys_business_here(self):
        """Each release is asked for its own."""
        measure = basis(value("a.count", 3), criteria=(WAIVABLE,))

        assert outstanding_papers(measure, [], [waiver(release="R2", reason="")]) == ()


class TestPeople:
    def asked(
        self, *bindings: Binding, people: PeopleRegister = PEOPLE, **more: object
    ) -> list[tuple[str | None, str]]:
        facts = outstanding_facts(basis(gap("a.count"), criteria=(criterion(**more),)), bindings)
        return [(one.person, one.name) for one in addressees(facts, (), people, date(2027, 4, 12))]

    def test_who_holds_the_seat_of_the_owner_is_asked(self):
        """The organization that makes the evidence has no mailbox here."""
        assert self.asked(binding()) == [("kirsch", "Ada Kirsch")]

    def test_who_makes_the_evidence_is_asked_where_the_binding_names_a_person(self):
        """Nearest to the file."""
        assert self.asked(binding(producer="farrant")) == [("farrant", "Lionel Farrant")]

    def test_evidence_of_the_other_side_is_asked_of_the_same_office_there(self):
        """The customer's lead cannot renew the provider's report."""
        assert self.asked(binding(side=Side.PROVIDER)) == [("halvorsen", "Petra Halvorsen")]

    def test_a_seat_that_nobody_holds_today_is_named(self):
        """Bo Lind left on the first; an empty seat must not swallow the request."""
        assert self.asked(owner="customer.risk_manager") == [(None, "the customer's risk manager")]

    def test_while_nobody_holds_it_who_may_act_for_it_is_asked(self):
        """Bo Lind's delegate still has the power that was lent."""
        lent = Delegation(
            role="customer.risk_manager",
            by="lind",
            to="reyes",
            name="Tom Reyes",
            purpose="leave",
            start=date(2027, 3, 20),
            end=date(2027, 4, 30),
        )
        people = PeopleRegister(tenures=PEOPLE.tenures, delegations=(lent,))

        assert self.asked(owner="customer.risk_manager", people=people) == [("reyes", "Tom Reyes")]

    def test_two_holders_are_both_asked(self):
        """Better twice than never."""
        both = (*PEOPLE.tenures, Tenure(role="customer.pmo_lead", person="amsel", name="Ruth Amsel"))

        assert sorted(self.asked(people=PeopleRegister(tenures=both))) == [
            ("amsel", "Ruth Amsel"),
            ("kirsch", "Ada Kirsch"),
        ]

    def test_everything_of_one_person_stands_together_who_holds_back_most_first(self):
        """One message a person, whatever seats they hold."""
        criteria = (
            criterion("system.one", "a.one == 0", severity=Severity.ADVISORY, owner="provider.pmo_lead"),
            criterion("system.two", "a.two == 0"),
            criterion("system.three", "a.three == 0", owner=SPONSORS[0]),
        )
        sponsor = Tenure(role=SPONSORS[0], person="kirsch", name="Ada Kirsch")
        people = PeopleRegister(tenures=(sponsor, *(t for t in PEOPLE.tenures if t.role != SPONSORS[0])))
        facts = outstanding_facts(basis(criteria=criteria), [])

        first, second = addressees(facts, (), people, date(2027, 4, 12))

        assert (first.person, first.mandatory, len(first.facts)) == ("kirsch", 2, 2)
        assert set(first.seats) == {"customer.pmo_lead", SPONSORS[0]}
        assert (second.person, second.mandatory) == ("halvorsen", 0)
