"""The decision rules, each as one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.core.accept import Accepted
from gonogo.core.decide import decide
from gonogo.core.waive import WaiverStanding
from gonogo.model.acceptance import AcceptanceReview
from gonogo.model.evidence import Basis, Gap, GapReason
from gonogo.model.finding import FactReading, Finding, Shadow, Status
from gonogo.model.people import Delegation, PeopleRegister, Tenure
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import ApprovalRule, DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan, Approval, Waiver

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
GO_LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
MILESTONES = ("T-90", "T-60", "T-30", "T-14", "T-5", "T-0")
CAPS = DecisionPolicy(milestones=MILESTONES)
M3 = DecisionPolicy(milestones=MILESTONES, rule=ApprovalRule.M3)
SPONSORS = ("customer.executive_sponsor", "provider.executive_sponsor")
PEOPLE = PeopleRegister(
    tenures=(
        Tenure(role=SPONSORS[0], person="osei", name="Marguerite Osei"),
        Tenure(role=SPONSORS[1], person="farrant", name="Lionel Farrant"),
        Tenure(role="customer.program_manager", person="brandvold", name="Theo Brandvold"),
        # Two of the sponsors have a second id, as after a change of account.
        Tenure(role=SPONSORS[1], person="m.osei", name="MARGUERITE  Osei"),
        Tenure(role="customer.pmo_team", person="l.farrant", name="Lionel Farrant"),
    )
)


def finding(criterion: str, status: Status, severity: Severity = Severity.MANDATORY) -> Finding:
    return Finding(
        criterion=criterion,
        title=criterion,
        domain=Domain(criterion.partition(".")[0]),
        severity=severity,
        status=status,
        sentence=f"{criterion} is {status}.",
        owner="customer.pmo_lead",
    )


def four_met() -> list[Finding]:
    return [finding(f"{domain}.base", Status.MET) for domain in Domain]


def standing(**waivable: tuple[str, ...]) -> WaiverStanding:
    return WaiverStanding(
        identity=ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York"),
        release=Release(id="R1", go_live=GO_LIVE),
        now=NOW,
        people=PEOPLE,
        waivable={name.replace("__", "."): seats for name, seats in waivable.items()},
    )


def waiver(**changes: object) -> Waiver:
    made = {
        "id": "W-1",
        "criterion": "system.ato",
        "reason": "window moved",
        "residual_risk": "medium",
        "compensating_control": "manual keying",
        "owner": "customer.technical_lead",
        "requested_by": "brandvold",
        "approved_by": (
            Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 12)),
            Approval(person="farrant", role=SPONSORS[1], on=date(2027, 4, 12)),
        ),
        "expires_on": date(2027, 6, 2),
    }
    return Waiver(**(made | changes))


def plan(criterion: str, due: date = date(2027, 4, 27), **changes: object) -> ActionPlan:
    return ActionPlan(
        **({"criterion": criterion, "owner": "provider.pmo_lead", "action": "phone", "due": due} | changes)
    )


class TestMandatory:
    def test_all_met_in_four_domains_is_go(self):
        """The only way to a GO is positive proof in each domain."""
        decision = decide(four_met(), policy=CAPS, standing=standing())

        assert decision.verdict is Verdict.GO
        assert decision.blockers == ()

    @pytest.mark.parametrize("status", [Status.NOT_MET, Status.UNKNOWN])
    def test_unknown_blocks_like_not_met(self, status):
        """A mandatory criterion without evidence stops the go-live."""
        decision = decide([*four_met(), finding("system.ato", status)], policy=CAPS, standing=standing())

        assert decision.verdict is Verdict.NO_GO
        assert [blocker.criterion for blocker in decision.blockers] == ["system.ato"]
        assert decision.only_evidence_missing is (status is Status.UNKNOWN)

    @pytest.mark.parametrize("status", [Status.NOT_DUE, Status.NOT_APPLICABLE, Status.NOT_ADOPTED])
    def test_a_domain_without_anything_mandatory_judged_blocks(self, status):
        """Silence in one domain is not readiness of that domain."""
        findings = [finding(f"{domain}.base", Status.MET) for domain in Domain if domain is not Domain.WORKFORCE]

        decision = decide([*findings, finding("workforce.base", status)], policy=CAPS, standing=standing())

        assert decision.verdict is Verdict.NO_GO
        assert decision.blockers[0].domain is Domain.WORKFORCE

    def test_no_findings_at_all_is_no_go(self):
        """An empty ruleset proves nothing."""
        assert decide([], policy=M3, standing=standing()).verdict is Verdict.NO_GO


class TestConditional:
    def test_an_open_conditional_with_a_plan_makes_a_condition(self):
        """A soft criterion softens the verdict, whether it is not met or unknown."""
        soft = finding("system.batch", Status.UNKNOWN, Severity.CONDITIONAL)

        decision = decide([*four_met(), soft], policy=CAPS, standing=standing(), plans=[plan("system.batch")])

        assert decision.verdict is Verdict.CONDITIONAL_GO
        assert decision.conditions[0].plan == plan("system.batch")

    @pytest.mark.parametrize(
        ("plans", "told"),
        [
            ([], "no action plan"),
            ([plan("system.batch", owner="")], "no owner"),
            ([plan("system.batch", action="")], "no action"),
            ([plan("system.batch", due=None)], "no due date"),
            ([plan("system.batch", due=date(2027, 4, 18))], "was due on 2027-04-18"),
            ([plan("system.batch", due=date(2027, 8, 2))], "more than 90 days"),
            ([plan("system.other")], "no action plan"),
        ],
    )
    def test_without_a_complete_plan_it_blocks(self, plans, told):
        """A promise without an owner, an action and a day is not a plan."""
        soft = finding("system.batch", Status.NOT_MET, Severity.CONDITIONAL)

        decision = decide([*four_met(), soft], policy=CAPS, standing=standing(), plans=plans)

        assert decision.verdict is Verdict.NO_GO
        assert told in decision.blockers[0].why

    def test_m3_wants_the_plan_done_by_deployment(self):
        """M3 asks for resolution by deployment; a plan for the day after go-live does not count."""
        soft = finding("system.batch", Status.NOT_MET, Severity.CONDITIONAL)

        late = decide(
            [*four_met(), soft], policy=M3, standing=standing(), plans=[plan("system.batch", date(2027, 5, 4))]
        )
        last = decide(
            [*four_met(), soft], policy=M3, standing=standing(), plans=[plan("system.batch", date(2027, 5, 3))]
        )

        assert (late.verdict, last.verdict) == (Verdict.NO_GO, Verdict.CONDITIONAL_GO)

    @pytest.mark.parametrize(("count", "verdict"), [(3, Verdict.CONDITIONAL_GO), (4, Verdict.NO_GO)])
    def test_the_domain_cap_is_three(self, count, verdict):
        """Accumulation counts: many small promises are one large risk."""
        soft = [finding(f"system.s{number}", Status.NOT_MET, Severity.CONDITIONAL) for number in range(count)]
        plans = [plan(entry.criterion) for entry in soft]

        assert decide([*four_met(), *soft], policy=CAPS, standing=standing(), plans=plans).verdict is verdict

    def test_a_cap_of_none_is_told_of_one_criterion(self):
        """The sentence stands on page one."""
        soft = finding("system.batch", Status.NOT_MET, Severity.CONDITIONAL)
        strict = CAPS.model_copy(update={"cap_domain": 0, "cap_total": 0})

        decision = decide([*four_met(), soft], policy=strict, standing=standing(), plans=[plan("system.batch")])

        assert [blocker.why for blocker in decision.blockers] == [
            "1 conditional criterion is open in system; the policy allows 0.",
            "1 conditional criterion is open in all; the policy allows 0.",
        ]

    def test_an_advisory_criterion_never_decides_under_caps(self):
        """Advice is printed, not obeyed."""
        advice = finding("system.trend", Status.NOT_MET, Severity.ADVISORY)

        assert decide([*four_met(), advice], policy=CAPS, standing=standing()).verdict is Verdict.GO

    def test_m3_wants_a_plan_for_low_criticality_too(self):
        """M3: any medium and low tasks that are not met carry an action plan."""
        advice = finding("system.trend", Status.NOT_MET, Severity.ADVISORY)

        bare = decide([*four_met(), advice], policy=M3, standing=standing())
        planned = decide([*four_met(), advice], policy=M3, standing=standing(), plans=[plan("system.trend")])

        assert (bare.verdict, planned.verdict) == (Verdict.NO_GO, Verdict.GO)


class TestWaivers:
    OPEN = (*[finding(f"{domain}.base", Status.MET) for domain in Domain], finding("system.ato", Status.NOT_MET))

    def test_a_waiver_makes_a_condition_and_never_met(self):
        """What was accepted stays visible, and the verdict without it stands beside."""
        decision = decide(self.OPEN, policy=CAPS, standing=standing(system__ato=SPONSORS), waivers=[waiver()])

        assert decision.verdict is Verdict.CONDITIONAL_GO
        assert decision.without_waivers is Verdict.NO_GO
        assert decision.conditions[0].waiver == "W-1"

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"reason": ""}, "reason"),
            ({"residual_risk": ""}, "residual risk"),
            ({"compensating_control": ""}, "compensating control"),
            ({"owner": ""}, "owner"),
            ({"expires_on": None}, "expiry date"),
            ({"approved_by": ()}, "approval"),
            ({"reason": "TBD"}, "reason"),
            ({"residual_risk": " to  be determined "}, "residual risk"),
            ({"compensating_control": "n/a"}, "compensating control"),
            ({"owner": "?"}, "owner"),
            ({"requested_by": "l.farrant"}, "requested it also approved"),
            (
                {
                    "approved_by": (
                        Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 12)),
                        Approval(person="m.osei", role=SPONSORS[1], on=date(2027, 4, 12)),
                    )
                },
                "One person approved it twice",
            ),
            ({"expires_on": date(2027, 4, 18)}, "expired"),
            ({"release": "R2"}, "release R2"),
            ({"requested_by": "osei"}, "requested it also approved"),
            ({"criterion": "system.other"}, "nobody waive"),
            ({"approved_by": (Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 12)),)}, "provider.executive"),
            (
                {"approved_by": (Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 12)),) * 2},
                "One person approved it twice",
            ),
            (
                {
                    "approved_by": (
                        Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 12)),
                        Approval(person="osei2", role=SPONSORS[1], on=date(2027, 4, 12)),
                    )
                },
                "not in the people register",
            ),
            (
                {
                    "approved_by": (
                        Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 20)),
                        Approval(person="farrant", role=SPONSORS[1], on=date(2027, 4, 12)),
                    )
                },
                "after the assessment",
            ),
        ],
    )
    def test_a_waiver_with_any_flaw_changes_nothing(self, changes, told):
        """A doubt about a waiver never helps."""
        decision = decide(self.OPEN, policy=CAPS, standing=standing(system__ato=SPONSORS), waivers=[waiver(**changes)])

        assert decision.verdict is Verdict.NO_GO
        assert told in decision.waivers[0].why

    def test_it_holds_through_its_last_local_day(self):
        """A date-only expiry is that day's end in the program's zone."""
        rules = {"policy": CAPS, "standing": standing(system__ato=SPONSORS)}

        decision = decide(self.OPEN, waivers=[waiver(expires_on=date(2027, 5, 3))], **rules)
        after = replace(standing(system__ato=SPONSORS), now=datetime(2027, 5, 4, 4, tzinfo=UTC))

        assert decision.verdict is Verdict.CONDITIONAL_GO
        assert decision.valid_until == datetime(2027, 5, 4, 4, tzinfo=UTC)
        assert (
            "expired"
            in decide(self.OPEN, policy=CAPS, standing=after, waivers=[waiver(expires_on=date(2027, 5, 3))])
            .waivers[0]
            .why
        )

    @pytest.mark.parametrize(("day", "counts"), [(2, False), (3, True), (4, True)])
    def test_one_that_ends_before_go_live_covers_nothing(self, day, counts):
        """The release would be switched on with a risk that nobody bears."""
        rules = {"policy": CAPS, "standing": standing(system__ato=SPONSORS)}

        decision = decide(self.OPEN, waivers=[waiver(expires_on=date(2027, 5, day))], **rules)

        assert decision.waivers[0].counted is counts
        assert ("before go-live on 2027-05-03" in decision.waivers[0].why) is not counts

    @pytest.mark.parametrize(
        ("days", "most", "counts"), [(29, 30, True), (30, 30, True), (31, 30, False), (900, None, True), (1, 0, False)]
    )
    def test_the_policy_bounds_how_long_one_may_run(self, days, most, counts):
        """A waiver of three years is a criterion that nobody will ever meet."""
        stands = replace(standing(system__ato=SPONSORS), max_waiver_days=most)
        ends = date(2027, 5, 3) + timedelta(days=days)

        [review] = decide(self.OPEN, policy=CAPS, standing=stands, waivers=[waiver(expires_on=ends)]).waivers

        assert review.counted is counts
        if not counts:
            told = f"{days} day{'s' if days > 1 else ''} after go-live"
            assert review.why == f"It ends on {ends}, {told}; the policy allows {most}."

    @pytest.mark.parametrize("number", [0, 1])
    def test_an_office_signs_no_waiver(self, number):
        """Two people sign; who the PMO is on a day nobody can say afterwards."""
        tenures = list(PEOPLE.tenures)
        tenures[number] = tenures[number].model_copy(update={"name": "Change Control Board"})
        stands = replace(standing(system__ato=SPONSORS), people=PeopleRegister(tenures=tuple(tenures[:3])))

        [review] = decide(self.OPEN, policy=CAPS, standing=stands, waivers=[waiver()]).waivers

        assert not review.counted
        who = ("osei", "farrant")[number]
        assert review.why == (
            f"Change Control Board ({who}) reads like an office, a mailbox or a service, but people sign waivers."
        )

    def test_a_seat_that_the_criterion_does_not_name_signs_for_nothing(self):
        """Somebody of the provider's PMO team is not the provider's consent."""
        extra = Approval(person="farrant", role=SPONSORS[1], on=date(2027, 4, 12))
        both = (Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 12)), extra)

        decision = decide(
            self.OPEN, policy=CAPS, standing=standing(system__ato=SPONSORS[:1]), waivers=[waiver(approved_by=both)]
        )

        assert (
            decision.waivers[0].why
            == "At least two people must sign a waiver, each in a seat that the criterion names."
        )

    @pytest.mark.parametrize(("one_sided", "counts"), [(False, False), (True, True)])
    def test_one_side_is_enough_only_where_the_criterion_says_so(self, one_sided, counts):
        """Eleven criteria named seats of one side, and nobody could ever waive them."""
        seats = (SPONSORS[0], "customer.program_manager")
        signed = tuple(
            Approval(person=person, role=role, on=date(2027, 4, 12))
            for person, role in zip(("osei", "brandvold"), seats, strict=True)
        )
        rules = replace(standing(system__ato=seats), one_sided=frozenset({"system.ato"} if one_sided else ()))

        decision = decide(
            self.OPEN, policy=CAPS, standing=rules, waivers=[waiver(approved_by=signed, requested_by="farrant")]
        )

        assert decision.waivers[0].counted is counts

    def test_the_requesters_delegate_is_the_requester(self):
        """Who lends a seat and who borrows it act as one."""
        lent = Delegation(
            role="customer.program_manager",
            by="brandvold",
            to="osei",
            name="Marguerite Osei",
            purpose="leave",
            start=date(2027, 4, 12),
            end=date(2027, 4, 12),
        )
        for day, counts in ((11, True), (12, False), (13, True)):
            rules = replace(standing(system__ato=SPONSORS), people=PEOPLE.model_copy(update={"delegations": (lent,)}))
            signed = (
                Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, day)),
                Approval(person="farrant", role=SPONSORS[1], on=date(2027, 4, 13)),
            )

            decision = decide(self.OPEN, policy=CAPS, standing=rules, waivers=[waiver(approved_by=signed)])

            assert decision.waivers[0].counted is counts, day
        assert (
            "share a seat by delegation"
            in decide(
                self.OPEN,
                policy=CAPS,
                standing=rules,
                waivers=[
                    waiver(approved_by=(Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 12)), signed[1]))
                ],
            )
            .waivers[0]
            .why
        )

    @pytest.mark.parametrize("lent_on", [11, 12, 13, 14])
    @pytest.mark.parametrize("order", [1, -1])
    def test_two_signers_who_act_as_one_on_the_day_of_either_are_one(self, lent_on, order):
        """The sponsor signs on Monday and lends the seat on Tuesday; the borrower's signature is the sponsor's own."""
        lent = Delegation(
            role=SPONSORS[0],
            by="osei",
            to="farrant",
            name="Lionel Farrant",
            purpose="leave",
            start=date(2027, 4, lent_on),
            end=date(2027, 4, lent_on),
        )
        signed = (
            Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 12)),
            Approval(person="farrant", role=SPONSORS[1], on=date(2027, 4, 13)),
        )
        rules = replace(standing(system__ato=SPONSORS), people=PEOPLE.model_copy(update={"delegations": (lent,)}))

        decision = decide(self.OPEN, policy=CAPS, standing=rules, waivers=[waiver(approved_by=signed[::order])])

        assert decision.waivers[0].counted is (lent_on not in (12, 13))

    def test_one_on_a_conditional_criterion_stands_in_for_its_plan(self):
        """It said *counts* and changed nothing. It is a condition still."""
        soft = [*four_met(), finding("system.ato", Status.NOT_MET, Severity.CONDITIONAL)]
        rules = {"policy": CAPS, "standing": standing(system__ato=SPONSORS)}

        decision = decide(soft, waivers=[waiver()], plans=[plan("system.ato", owner="TBD")], **rules)

        assert decision.verdict is Verdict.CONDITIONAL_GO
        assert decision.without_waivers is Verdict.NO_GO
        assert [(one.waiver, one.plan) for one in decision.conditions] == [("W-1", None)]
        assert decision.valid_until == datetime(2027, 6, 3, 4, tzinfo=UTC)

    def test_under_the_caps_a_waived_criterion_counts_like_a_planned_one(self):
        """Otherwise waivers would make room for more open ends than the policy allows."""
        soft = [*four_met(), finding("system.ato", Status.NOT_MET, Severity.CONDITIONAL)]
        strict = CAPS.model_copy(update={"cap_domain": 0})

        decision = decide(soft, policy=strict, standing=standing(system__ato=SPONSORS), waivers=[waiver()])

        assert decision.verdict is Verdict.NO_GO
        assert decision.waivers[0].counted

    def test_one_on_an_advisory_criterion_changes_nothing(self):
        """A review that says *counts* must have counted for something."""
        soft = [*four_met(), finding("system.ato", Status.NOT_MET, Severity.ADVISORY)]
        rules = {"standing": standing(system__ato=SPONSORS), "waivers": [waiver()]}

        assert decide(soft, policy=CAPS, **rules).waivers[0].counted is False
        assert decide(soft, policy=M3, **rules).verdict is Verdict.GO

    def test_an_expiry_at_the_end_of_the_calendar_is_a_date_like_any_other(self):
        """9999-12-31 is what people write for "never"."""
        rules = {"policy": CAPS, "standing": standing(system__ato=SPONSORS)}

        assert decide(self.OPEN, waivers=[waiver(expires_on=date.max)], **rules).verdict is Verdict.CONDITIONAL_GO

    def test_a_waiver_for_a_met_criterion_is_reviewed_and_changes_nothing(self):
        """Precautionary waivers are shown, not counted."""
        met = [*four_met(), finding("system.ato", Status.MET)]

        decision = decide(met, policy=CAPS, standing=standing(system__ato=SPONSORS), waivers=[waiver()])

        assert decision.verdict is Verdict.GO
        assert decision.waivers[0].counted is False


class TestValidity:
    def test_a_verdict_expires_with_its_first_stale_evidence(self):
        """A verdict shown after its evidence aged would be a claim nobody checked."""
        readings = tuple(
            FactReading(
                fact=f"a.f{days}", shown="1", basis=Basis.MEASURED, as_of=NOW, stale_at=NOW + timedelta(days=days)
            )
            for days in (9, 3, 5)
        )
        findings = [entry.model_copy(update={"facts": readings}) for entry in four_met()]

        assert decide(findings, policy=CAPS, standing=standing()).valid_until == NOW + timedelta(days=3)

    def test_a_verdict_expires_when_more_is_asked(self):
        """A GO of the day before knows nothing of the criteria that fall due at midnight."""
        waiting = finding("system.ato", Status.NOT_DUE).model_copy(update={"due_from": "T-5"})

        decision = decide([*four_met(), waiting], policy=CAPS, standing=standing())

        day = GO_LIVE.astimezone(ZoneInfo("America/New_York")).date() - timedelta(days=5)
        assert decision.verdict is Verdict.GO
        assert decision.valid_until == datetime.combine(day, time.min, ZoneInfo("America/New_York"))

    def test_a_verdict_expires_when_a_plan_that_it_relies_on_is_overdue(self):
        """The day after, the same criterion blocks: `valid until` must not promise more."""
        soft = [*four_met(), finding("system.load", Status.NOT_MET, Severity.CONDITIONAL)]

        decision = decide(soft, policy=M3, standing=standing(), plans=[plan("system.load", date(2027, 4, 20))])

        assert decision.verdict is Verdict.CONDITIONAL_GO
        assert decision.valid_until == datetime(2027, 4, 21, 4, tzinfo=UTC)

    @pytest.mark.parametrize("status", [Status.MET, Status.UNKNOWN])
    def test_a_plan_that_nothing_relies_on_ends_nothing(self, status):
        """One for a met criterion, and one for a mandatory one, which no plan softens."""
        severity = Severity.CONDITIONAL if status is Status.MET else Severity.MANDATORY
        findings = [*four_met(), finding("system.load", status, severity)]

        assert decide(findings, policy=M3, standing=standing(), plans=[plan("system.load")]).valid_until is None

    def test_a_verdict_expires_when_a_threshold_climbs(self):
        """80% of the groups are enough two weeks before, and not five days before."""
        climbing = replace(standing(), rungs={"system.base": ("T-14", "T-5")})

        decision = decide(four_met(), policy=CAPS, standing=climbing)

        assert decision.valid_until == datetime(2027, 4, 28, 4, tzinfo=UTC)

    def test_the_threshold_of_a_criterion_that_is_not_asked_ends_nothing(self):
        """What the program has not adopted cannot change its verdict."""
        idle = [*four_met(), finding("system.load", Status.NOT_ADOPTED)]
        climbing = replace(standing(), rungs={"system.load": ("T-5",)})

        assert decide(idle, policy=CAPS, standing=climbing).valid_until is None

    @pytest.mark.parametrize(("seconds", "ends"), [(-1, False), (0, False), (1, True)])
    def test_only_a_rung_that_is_still_to_come_ends_a_verdict(self, seconds, ends):
        """The one that begins with this moment is in force in this verdict."""
        begins = datetime(2027, 4, 28, 4, tzinfo=UTC)  # T-5
        climbing = replace(standing(), rungs={"system.base": ("T-5",)}, now=begins - timedelta(seconds=seconds))

        assert decide(four_met(), policy=CAPS, standing=climbing).valid_until == (begins if ends else None)

    def test_a_verdict_expires_when_what_is_open_becomes_mandatory(self):
        """Yellow for two weeks turns red: a plan is no longer enough."""
        red = NOW + timedelta(days=2)
        soft = finding("system.load", Status.NOT_MET, Severity.CONDITIONAL).model_copy(update={"mandatory_at": red})

        decision = decide([*four_met(), soft], policy=CAPS, standing=standing(), plans=[plan("system.load")])

        assert decision.valid_until == red

    def test_a_verdict_expires_when_what_is_in_shadow_is_enforced_and_not_with_its_plan(self):
        """Nothing relies on a plan for what decides nothing yet."""
        enforced = NOW + timedelta(days=9)
        shadow = Shadow(severity=Severity.MANDATORY, until="T-5", enforced_at=enforced)
        dark = finding("system.load", Status.NOT_MET, Severity.ADVISORY).model_copy(update={"shadow": shadow})
        plans = [plan("system.load", date(2027, 4, 20))]

        decision = decide([*four_met(), dark], policy=M3, standing=standing(), plans=plans)

        assert (decision.verdict, decision.valid_until) == (Verdict.GO, enforced)

    def test_a_verdict_expires_with_the_first_acceptance_that_it_rests_on(self):
        """From then on the item is open again; one that nothing rests on ends nothing."""
        ends = {"A-1": NOW + timedelta(days=4), "A-2": NOW + timedelta(days=3), "A-3": NOW + timedelta(days=1)}
        reviews = tuple(
            AcceptanceReview(id=name, register_id="r", item=name, counted=True, why="w.", ends=end)
            for name, end in ends.items()
        )
        rests = finding("system.load", Status.MET).model_copy(update={"rests_on": ("A-1", "A-2")})

        decision = decide([*four_met(), rests], policy=CAPS, standing=standing(), accepted=Accepted(reviews))

        assert (decision.verdict, decision.valid_until) == (Verdict.CONDITIONAL_GO, ends["A-2"])
        assert decision.conditions[0].acceptances == ("A-1", "A-2")

    def test_what_advice_rests_on_makes_no_condition_of_a_go(self):
        """It could not have blocked."""
        rests = finding("system.load", Status.MET, Severity.ADVISORY).model_copy(update={"rests_on": ("A-1",)})

        verdicts = [decide([*four_met(), rests], policy=policy, standing=standing()).verdict for policy in (CAPS, M3)]
        assert verdicts == [Verdict.GO, Verdict.CONDITIONAL_GO]

    @pytest.mark.parametrize("ends", ["evidence", "time", "threshold"])
    def test_a_verdict_expires_when_a_criterion_that_does_not_apply_may_apply_again(self, ends):
        """Evidence of last week says that no bundle is left: once it is stale nobody knows, and the criterion blocks.

        A GO that rests on four met criteria and on one that is not applicable holds no longer than the reason why.
        """
        moment = datetime(2027, 4, 28, 4, tzinfo=UTC)  # T-5
        reading = FactReading(
            fact="a.left", shown="0", basis=Basis.MEASURED, as_of=NOW, stale_at=moment if ends == "evidence" else None
        )
        exempt = finding("system.load", Status.NOT_APPLICABLE).model_copy(
            update={"facts": (reading,), "turns_at": moment if ends == "time" else None}
        )
        stands = replace(standing(), rungs={"system.load": ("T-5",)} if ends == "threshold" else {})

        decision = decide([*four_met(), exempt], policy=CAPS, standing=stands)

        assert decision.verdict is Verdict.GO
        assert decision.valid_until == moment


STATUSES = st.sampled_from(list(Status))
SEVERITIES = st.sampled_from(list(Severity))
DOMAINS = st.sampled_from(list(Domain))


@given(
    rows=st.lists(st.tuples(DOMAINS, SEVERITIES, STATUSES, st.booleans()), max_size=12),
    index=st.integers(0, 11),
    policy=st.sampled_from([CAPS, M3]),
)
def test_losing_the_answer_of_any_criterion_never_improves_the_verdict(rows, index, policy):
    """Monotone fail-closed: met -> unknown, or not met -> unknown, never helps."""
    findings = four_met() + [finding(f"{d}.c{n}", s, sev) for n, (d, sev, s, _) in enumerate(rows)]
    plans = [plan(f"{d}.c{n}") for n, (d, _, _, planned) in enumerate(rows) if planned]
    before = decide(findings, policy=policy, standing=standing(), plans=plans)
    victim = findings[index % len(findings)]
    if not victim.status.judged:
        return
    gap = Gap(fact="a.b", reason=GapReason.MISSING, detail="gone")
    lost = victim.model_copy(update={"status": Status.UNKNOWN, "facts": (FactReading(fact="a.b", gap=gap),)})
    after = decide(
        [lost if entry is victim else entry for entry in findings], policy=policy, standing=standing(), plans=plans
    )

    assert after.verdict.rank <= before.verdict.rank


def test_each_domain_is_told_by_its_own_criteria():
    """A dashboard shows the four; what is counted in the wrong one hides the domain that holds the release back."""
    here, other, *_ = list(Domain)
    findings = [
        *four_met(),
        finding(f"{here}.a", Status.NOT_MET, Severity.MANDATORY),
        finding(f"{here}.b", Status.UNKNOWN, Severity.ADVISORY),
        finding(f"{here}.c", Status.NOT_DUE, Severity.MANDATORY),
        finding(f"{other}.d", Status.UNKNOWN, Severity.CONDITIONAL),
    ]

    told = {each.domain: each for each in decide(findings, policy=CAPS, standing=standing()).domains}

    assert {domain: (each.due, each.answered, each.met) for domain, each in told.items()} == {
        domain: {here: (3, 2, 1), other: (2, 1, 1)}.get(domain, (1, 1, 1)) for domain in Domain
    }
    assert told[here].verdict is Verdict.NO_GO
    assert [each.verdict for domain, each in told.items() if domain not in (here, other)] == [Verdict.GO, Verdict.GO]
