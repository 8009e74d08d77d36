"""Every comparison that decides, at the edge: below it, on it, and above it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from gonogo.core.admit import Admission, admit
from gonogo.core.carry import earlier_releases
from gonogo.core.compile import compile_scope
from gonogo.core.decide import decide
from gonogo.core.due import last_moment, next_milestone
from gonogo.core.observe import observe
from gonogo.core.scope import scope_of
from gonogo.core.waive import LATEST_PLAN, WaiverStanding, plan_fault, waiver_fault
from gonogo.errors import ConfigurationError
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Comparison, Membership, Not, Number, Operator, Requirement, Span, Text, Truth
from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.evidence import Attested, Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import FactReading, Finding, Status
from gonogo.model.judgement import INT64_MAX, Case, Scope
from gonogo.model.people import PeopleRegister, Tenure
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.reply import Item, Reply
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Domain, Parameter, Ruleset, Rung, Severity
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan, Approval, Waiver

TICK = timedelta(microseconds=1)
SPAN = Span(0, 1)
NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
TODAY = date(2027, 4, 19)
GO_LIVE = datetime(2027, 5, 3, 10, tzinfo=UTC)
GO_LIVE_DAY = date(2027, 5, 3)
DAY = timedelta(days=1)
SPONSORS = ("customer.executive_sponsor", "provider.executive_sponsor")
IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=GO_LIVE)
PEOPLE = PeopleRegister(
    tenures=(
        Tenure(role=SPONSORS[0], person="osei", name="Marguerite Osei"),
        Tenure(role=SPONSORS[1], person="farrant", name="Lionel Farrant"),
        Tenure(role="customer.pmo_lead", person="brandvold", name="Theo Brandvold"),
    )
)


def standing(now: datetime = NOW, **more: object) -> WaiverStanding:
    made = {
        "identity": IDENTITY, "release": RELEASE, "now": now, "people": PEOPLE, "waivable": {"system.ato": SPONSORS}
    }  # fmt: skip
    return WaiverStanding(**(made | more))


def criterion(require: Requirement | str = "a.x > 0", **more: object) -> Criterion:
    made = {
        "id": "system.case", "title": "t", "statement": "s", "why": "w", "severity": Severity.MANDATORY,
        "require": parse_requirement(require) if isinstance(require, str) else require, "max_age_s": 86400,
        "owner": "customer.pmo_lead", "attest": ("customer.pmo_lead",), "remedy": "r", "source": ("x",),
    }  # fmt: skip
    return Criterion(**(made | more))


def finding(name: str, status: Status, severity: Severity = Severity.MANDATORY, **more: object) -> Finding:
    return Finding(
        criterion=name, title=name, domain=Domain(name.partition(".")[0]), severity=severity, status=status,
        sentence="s.", owner="customer.pmo_lead", **more,
    )  # fmt: skip


def four_met() -> list[Finding]:
    return [finding(f"{domain}.base", Status.MET) for domain in Domain]


def scoped(now: datetime, *criteria: Criterion) -> Scope:
    policy = DecisionPolicy(milestones=("T-30", "T-5", "T-0"))
    ruleset = Ruleset(name="r", version="1", title="t", criteria=criteria, policy=policy, material_sha256="0" * 64)
    return scope_of(ruleset, IDENTITY, release=RELEASE, now=now)


class TestAdmission:
    VOCABULARY = Vocabulary(
        facts=(
            FactDeclaration(
                name="a.days", type=FactType.DECIMAL, unit="d", min=Decimal(-1), max=Decimal(9),
                tolerance=Decimal("0.5"), meaning="m", question="q?",
            ),
            FactDeclaration(name="a.share", type=FactType.RATIO, max=Decimal(2), meaning="m", question="q?"),
        )
    )  # fmt: skip

    def one(self, fact: str, *items: Item, now: datetime = NOW) -> Evidence | Gap:
        replies = [
            Reply(binding=f"b{number}", collector="table", level="L1", declared=(fact,), items=(item,))
            for number, item in enumerate(items)
        ]
        admission = Admission(
            vocabulary=self.VOCABULARY, identity=IDENTITY, release=RELEASE, now=now, people=PEOPLE, authority={}
        )
        return admit(replies, [fact], admission)[fact]

    @pytest.mark.parametrize(
        ("value", "admitted"),
        [("-1.000001", False), ("-1", True), ("-0.9", True), ("8.9", True), ("9", True), ("9.000001", False)],
    )
    def test_the_range_includes_its_ends(self, value, admitted):
        """What the vocabulary says can be true, can be true."""
        entry = self.one("a.days", Item(fact="a.days", value=value, as_of=NOW))

        assert isinstance(entry, Evidence) is admitted

    @pytest.mark.parametrize(("other", "agree"), [("4.4", True), ("4.5", True), ("4.500001", False)])
    def test_sources_agree_up_to_the_tolerance(self, other, agree):
        """Half a day apart is the same; more is a conflict, whichever is the larger."""
        for pair in (("4", other), (other, "4")):
            entry = self.one("a.days", *(Item(fact="a.days", value=value, as_of=NOW) for value in pair))

            assert isinstance(entry, Evidence) is agree

    @pytest.mark.parametrize(
        ("part", "whole", "admitted"),
        [
            (-1, 2, False),
            (0, 2, True),
            (1, 2, True),
            (1, 0, False),
            (1, 1, True),
            (MAX_INTEGER, MAX_INTEGER, True),
            (MAX_INTEGER + 1, MAX_INTEGER, False),
            (MAX_INTEGER, MAX_INTEGER + 1, False),
            (4, 2, True),
            (5, 2, False),
        ],
    )
    def test_counts_are_counts(self, part, whole, admitted):
        """Nothing of something is a share; something of nothing is not."""
        entry = self.one("a.share", Item(fact="a.share", part=part, whole=whole, as_of=NOW))

        assert isinstance(entry, Evidence) is admitted

    @pytest.mark.parametrize(
        ("ahead", "admitted"),
        [(timedelta(seconds=30) - TICK, True), (timedelta(seconds=30), True), (timedelta(seconds=30) + TICK, False)],
    )
    def test_a_clock_may_be_thirty_seconds_ahead(self, ahead, admitted):
        """Two machines are never quite together; a date after the assessment is something else."""
        entry = self.one("a.days", Item(fact="a.days", value="4", as_of=NOW + ahead))

        assert isinstance(entry, Evidence) is admitted

    @pytest.mark.parametrize(
        ("now", "admitted"),
        [
            (datetime(2027, 4, 20, 3, 59, 29, 999999, tzinfo=UTC), False),
            (datetime(2027, 4, 20, 3, 59, 30, tzinfo=UTC), True),
            (datetime(2027, 4, 20, 3, 59, 30, 1, tzinfo=UTC), True),
        ],
    )
    def test_a_statement_of_tomorrow_is_one_of_the_future(self, now, admitted):
        """Dated the 20th, it counts from the first moment of the 20th in New York, less what a clock may be ahead."""
        said = Attested(person="brandvold", role="customer.pmo_lead", on=date(2027, 4, 20), prepared_by="osei")
        entry = self.one("a.days", Item(fact="a.days", value="4", as_of=NOW - DAY, attested=said), now=now)

        assert isinstance(entry, Evidence) is admitted
        assert admitted or (isinstance(entry, Gap) and entry.reason is GapReason.FUTURE)


class TestScope:
    @pytest.mark.parametrize(
        ("now", "status"),
        [
            (datetime(2027, 4, 3, 3, 59, 59, 999999, tzinfo=UTC), Status.NOT_DUE),
            (datetime(2027, 4, 3, 4, tzinfo=UTC), None),
            (datetime(2027, 4, 3, 4, 0, 0, 1, tzinfo=UTC), None),
        ],
    )
    def test_a_criterion_falls_due_with_the_first_moment_of_its_day(self, now, status):
        """Thirty calendar days before 3 May is 3 April, from midnight in New York on."""
        assert scoped(now, criterion(due_from="T-30")).cases[0].skipped is status

    @pytest.mark.parametrize(
        ("now", "milestone", "value"),
        [
            (datetime(2027, 4, 3, 3, 59, tzinfo=UTC), None, 1),
            (datetime(2027, 4, 3, 4, tzinfo=UTC), "T-30", 1),
            (datetime(2027, 4, 28, 3, 59, 59, tzinfo=UTC), "T-30", 1),
            (datetime(2027, 4, 28, 4, tzinfo=UTC), "T-5", 5),
            (datetime(2027, 5, 3, 4, tzinfo=UTC), "T-0", 5),
            (datetime(2027, 5, 9, 4, tzinfo=UTC), "T-0", 5),
        ],
    )
    def test_a_rung_is_reached_with_the_first_moment_of_its_day(self, now, milestone, value):
        """The threshold that counts is that of the day where the program lives."""
        rungs = (
            Rung(milestone="T-30", value=Number(Fraction(1), False, SPAN)),
            Rung(milestone="T-5", value=Number(Fraction(5), False, SPAN)),
        )
        scope = scoped(now, criterion("a.x > least", parameters=(Parameter(name="least", ladder=rungs),)))

        assert scope.milestone == milestone
        assert scope.cases[0].parameters["least"].value == value

    @pytest.mark.parametrize(("step", "earlier"), [(-TICK, True), (timedelta(0), False), (TICK, False)])
    def test_only_what_is_switched_on_before_is_earlier(self, step, earlier):
        """Two releases of one night do not prove each other."""
        other = Release(id="other", go_live=GO_LIVE + step)

        assert earlier_releases([RELEASE, other], RELEASE) == (("other",) if earlier else ())


class TestWaivers:
    WAIVER = Waiver(
        id="W-1", criterion="system.ato", reason="window moved", residual_risk="medium",
        compensating_control="manual keying", owner="customer.technical_lead", requested_by="brandvold",
        approved_by=(
            Approval(person="osei", role=SPONSORS[0], on=date(2027, 4, 12)),
            Approval(person="farrant", role=SPONSORS[1], on=date(2027, 4, 12)),
        ),
        expires_on=date(2027, 6, 2),
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("now", "counts"),
        [
            (datetime(2027, 4, 20, 3, 59, 59, 999999, tzinfo=UTC), True),
            (datetime(2027, 4, 20, 4, tzinfo=UTC), False),
            (datetime(2027, 4, 20, 4, 0, 0, 1, tzinfo=UTC), False),
        ],
    )
    def test_a_waiver_holds_through_its_last_day(self, now, counts):
        """Through the day where the program lives, and not a moment longer."""
        waiver = self.WAIVER.model_copy(update={"expires_on": date(2027, 4, 19)})

        expired = "expired" in waiver_fault(waiver, standing(now))

        assert expired is not counts

    @pytest.mark.parametrize(
        ("reason", "told"),
        [
            ("", "It is incomplete: reason missing."),
            (" ", "It is incomplete: reason missing."),
            ("TBD", "It is incomplete: reason says nothing ('TBD')."),
            ("None identified", "It is incomplete: reason says nothing ('None identified')."),
            (
                "Click or tap here to enter text.",
                "It is incomplete: reason says nothing ('Click or tap here to enter text.').",
            ),
            ("- " * 40, f"It is incomplete: reason says nothing ({('- ' * 30)!r})."),
        ],
    )
    def test_what_is_there_and_says_nothing_is_not_told_as_missing(self, reason, told):
        """The page shows the text beside this sentence."""
        assert waiver_fault(self.WAIVER.model_copy(update={"reason": reason}), standing()) == told

    @pytest.mark.parametrize(
        ("part", "text", "counts"),
        [
            ("compensating_control", "Control in place", False),
            ("compensating_control", "Escalated", False),
            ("compensating_control", "Two clerks compare totals each day", True),
            ("residual_risk", "Owner to provide", False),
            ("residual_risk", "Escalated", True),
            ("reason", "Awaiting input from vendor", False),
            ("reason", "Awaiting patch 4.2 of the vendor", True),
        ],
    )
    def test_a_waiver_of_words_that_are_still_owed_is_incomplete(self, part, text, counts):
        """A control that is only spoken of controls nothing."""
        fault = waiver_fault(self.WAIVER.model_copy(update={part: text}), standing())

        assert (f"{part.replace('_', ' ')} says nothing" not in fault) is counts

    @pytest.mark.parametrize(
        ("action", "missing"),
        [("Plan to be agreed", ("action",)), ("Escalated", ("action",)), ("Run the batch again", ())],
    )
    def test_a_plan_of_action_says_what_is_done(self, action, missing):
        """A plan that a plan will be written is none."""
        plan = ActionPlan(criterion="operations.ato", owner="ann", action=action, due=TODAY)

        assert plan.missing == missing

    @pytest.mark.parametrize(("on", "counts"), [(TODAY - DAY, True), (TODAY, True), (TODAY + DAY, False)])
    def test_an_approval_is_not_of_tomorrow(self, on, counts):
        """Who signs today for tomorrow has not signed."""
        approvals = (self.WAIVER.approved_by[0].model_copy(update={"on": on}), self.WAIVER.approved_by[1])

        fault = waiver_fault(self.WAIVER.model_copy(update={"approved_by": approvals}), standing())

        assert ("after the assessment" in fault) is not counts


class TestPlans:
    @pytest.mark.parametrize(
        ("due", "rule", "told"),
        [
            (TODAY - DAY, ApprovalRule.CAPS, "was due on"),
            (TODAY, ApprovalRule.CAPS, ""),
            (TODAY + DAY, ApprovalRule.CAPS, ""),
            (GO_LIVE_DAY - DAY, ApprovalRule.M3, ""),
            (GO_LIVE_DAY, ApprovalRule.M3, ""),
            (GO_LIVE_DAY + DAY, ApprovalRule.M3, "after go-live"),
            (GO_LIVE_DAY + DAY, ApprovalRule.CAPS, ""),
            (GO_LIVE_DAY + LATEST_PLAN - DAY, ApprovalRule.CAPS, ""),
            (GO_LIVE_DAY + LATEST_PLAN, ApprovalRule.CAPS, ""),
            (GO_LIVE_DAY + LATEST_PLAN + DAY, ApprovalRule.CAPS, "more than 90 days"),
        ],
    )
    def test_a_plan_is_due_between_today_and_its_rules_last_day(self, due, rule, told):
        """A plan that is due today is not late; M3 wants it done by the day of go-live."""
        plan = ActionPlan(criterion="system.x", owner="provider.pmo_lead", action="phone them all", due=due)

        fault = plan_fault(plan, standing(), rule)

        assert told in fault
        assert bool(fault) is bool(told)


class TestCaps:
    def soft(self, domain: str, number: int, status: Status = Status.NOT_MET) -> list[Finding]:
        return [finding(f"{domain}.soft{n}", status, Severity.CONDITIONAL) for n in range(number)]

    def verdict(self, *findings: Finding, domain: int = 3, total: int = 8) -> tuple[Verdict, bool]:
        policy = DecisionPolicy(milestones=("T-0",), cap_domain=domain, cap_total=total)
        plans = [
            ActionPlan(criterion=each.criterion, owner="provider.pmo_lead", action="phone them all", due=TODAY + DAY)
            for each in findings
        ]
        decision = decide([*four_met(), *findings], policy=policy, standing=standing(), plans=plans)
        return decision.verdict, decision.only_evidence_missing

    @pytest.mark.parametrize(("number", "verdict"), [(2, "CONDITIONAL GO"), (3, "CONDITIONAL GO"), (4, "NO-GO")])
    def test_a_domain_bears_its_cap(self, number, verdict):
        """Three are accepted, a fourth is not."""
        assert self.verdict(*self.soft("system", number))[0] == verdict

    @pytest.mark.parametrize(("number", "verdict"), [(1, "CONDITIONAL GO"), (2, "CONDITIONAL GO"), (3, "NO-GO")])
    def test_the_program_bears_its_cap(self, number, verdict):
        """Six from two domains, and what a third one adds."""
        found = [*self.soft("system", 3), *self.soft("program", 3), *self.soft("workforce", number)]

        assert self.verdict(*found)[0] == verdict

    @pytest.mark.parametrize(("failed", "missing"), [(2, True), (3, True), (4, False)])
    def test_a_cap_is_broken_by_missing_evidence_where_the_failures_alone_would_be_borne(self, failed, missing):
        """To chase evidence helps only where merit would be accepted."""
        found = [
            *self.soft("system", failed),
            *[finding(f"system.u{n}", Status.UNKNOWN, Severity.CONDITIONAL) for n in range(4 - failed)],
        ]

        assert self.verdict(*found) == (Verdict.NO_GO, missing)


class TestValidity:
    @pytest.mark.parametrize(("step", "counts"), [(-TICK, True), (timedelta(0), False), (TICK, False)])
    def test_a_day_that_has_begun_is_over_as_an_event(self, step, counts):
        """`valid until` looks ahead: what fell due this morning is judged already."""
        begins = datetime(2027, 4, 28, 4, tzinfo=UTC)  # T-5
        waiting = finding("system.later", Status.NOT_DUE, due_from="T-5")

        decision = decide(
            [*four_met(), waiting], policy=DecisionPolicy(milestones=("T-0",)), standing=standing(begins + step)
        )

        assert decision.valid_until == (begins if counts else None)

    def test_of_two_moments_the_earlier_counts(self):
        """Stale at noon, turned at eleven."""
        reading = FactReading(fact="a.x", shown="1", basis=Basis.MEASURED, as_of=NOW, stale_at=NOW + 2 * DAY)
        for turns, expected in ((NOW + DAY, NOW + DAY), (NOW + 2 * DAY, NOW + 2 * DAY), (NOW + 3 * DAY, NOW + 2 * DAY)):
            found = finding("system.x", Status.NOT_MET, facts=(reading,), turns_at=turns)

            decision = decide([found], policy=DecisionPolicy(milestones=("T-0",)), standing=standing())

            assert decision.valid_until == expected


class TestMilestones:
    @pytest.mark.parametrize(("step", "name"), [(-TICK, "T-30"), (timedelta(0), "T-30"), (TICK, "T-5")])
    def test_a_milestone_is_next_until_its_last_second(self, step, name):
        """The meeting of that day may still be held in its last second."""
        end = last_moment(IDENTITY, RELEASE, date(2027, 4, 3))
        found = next_milestone(DecisionPolicy(milestones=("T-30", "T-5", "T-0")), IDENTITY, RELEASE, end + step)

        assert found is not None
        assert found[0] == name


class TestCompiling:
    @pytest.mark.parametrize(("number", "fits"), [(3_999, True), (4_000, True), (4_001, False)])
    def test_as_many_criteria_as_were_measured(self, number, fits):
        """Past the limit nothing fires, and silence would be read as an answer."""
        tree = parse_requirement("a.x")
        cases = tuple(Case(criterion(tree, id=f"system.c{index}"), {}) for index in range(number))

        assert self.compiles(cases) is fits

    @pytest.mark.parametrize(("number", "fits"), [(3_999, True), (4_000, True), (4_001, False), (0, False), (1, True)])
    def test_as_many_choices_as_the_counters_hold(self, number, fits):
        """The engine counts with 16 bits."""
        known = parse_requirement("a.x == 1").tree
        assert isinstance(known, Comparison)
        tree = Membership(known.left, tuple(Number(Fraction(n), False, SPAN) for n in range(number)), SPAN)

        assert self.compiles((Case(criterion(Requirement("a.x in [..]", tree)), {}),)) is fits

    @pytest.mark.parametrize(("depth", "fits"), [(69, True), (70, True), (71, False)])
    def test_as_deep_as_a_stack_bears(self, depth, fits):
        """Code that walks the tree recurses."""
        tree = parse_requirement("a.x == 1").tree
        for _ in range(depth - 1):
            tree = Not(tree, SPAN)

        assert self.compiles((Case(criterion(Requirement("not ..", tree)), {}),)) is fits

    def compiles(self, cases: tuple[Case, ...]) -> bool:
        try:
            compile_scope(Scope(NOW, GO_LIVE, None, DecisionPolicy(milestones=("T-0",)), cases))
        except ConfigurationError:
            return False
        return True


class TestObserving:
    @pytest.mark.parametrize(
        ("value", "exact"),
        [(INT64_MAX - 1, True), (INT64_MAX, True), (INT64_MAX + 1, False), (-INT64_MAX, True), (-INT64_MAX - 1, False)],
    )
    def test_what_fits_64_bits_is_handed_on_as_it_is(self, value, exact):
        """Beyond them only the sign of the difference is, and that is told."""
        known = parse_requirement("a.x >= 1").tree
        assert isinstance(known, Comparison)
        sides = (Number(Fraction(value), False, SPAN), Number(Fraction(7), False, SPAN))
        for left, right in (sides, sides[::-1]):
            tree = Comparison(Operator.GE, left, right, SPAN)
            scope = scoped(NOW, criterion(Requirement("x >= y", tree)))
            [seen] = observe(compile_scope(scope), scope, EvidenceSet(), Vocabulary(facts=()))

            assert seen.exact is exact
            assert (seen.v >= seen.w) is (left.value >= right.value)
            assert (seen.v == left.value) is exact

    @pytest.mark.parametrize(("left", "right"), [(True, "x"), ("x", True), (True, None), (None, "x")])
    def test_what_is_not_alike_is_never_observed(self, left, right):
        """The type check refuses it; were it ever let through, a number for it would be an outcome."""
        sides = [
            Number(Fraction(1), False, SPAN) if side is None
            else Truth(side, SPAN) if isinstance(side, bool)
            else Text(side, SPAN)
            for side in (left, right)
        ]  # fmt: skip
        scope = scoped(NOW, criterion(Requirement("x == y", Comparison(Operator.EQ, *sides, SPAN))))

        with pytest.raises(TypeError, match="type check"):
            observe(compile_scope(scope), scope, EvidenceSet(), Vocabulary(facts=()))

    @pytest.mark.parametrize(("other", "sign"), [(-1, 1), (0, 0), (1, -1)])
    def test_beyond_64_bits_the_sign_of_the_difference_is_told(self, other, sign):
        """Equal is equal, however large; one more is more."""
        sides = (Number(Fraction(INT64_MAX * 9), False, SPAN), Number(Fraction(INT64_MAX * 9 + other), False, SPAN))
        scope = scoped(NOW, criterion(Requirement("x >= y", Comparison(Operator.GE, *sides, SPAN))))
        [seen] = observe(compile_scope(scope), scope, EvidenceSet(), Vocabulary(facts=()))

        assert (seen.v, seen.w, seen.exact) == (sign, 0, False)

    @pytest.mark.parametrize(("age", "usable"), [(DAY - TICK, True), (DAY, False), (DAY + TICK, False)])
    def test_evidence_of_its_maximum_age_is_stale(self, age, usable):
        """A day old is as old as it may not be."""
        entry = Evidence(
            fact="a.x", type=FactType.INTEGER, unit="u", value=1, as_of=NOW - age, basis=Basis.MEASURED,
            source=Source(binding="b", locator="x.csv"),
        )  # fmt: skip
        scope = scoped(NOW, criterion())
        [seen] = observe(compile_scope(scope), scope, EvidenceSet(evidence=(entry,)), Vocabulary(facts=()))

        assert seen.usable is usable
