"""What a NO-GO says beside its reasons: too early, too little evidence, or not everything asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gonogo.core.decide import decide
from gonogo.core.waive import WaiverStanding
from gonogo.model.decision import Decision
from gonogo.model.finding import Finding, Status
from gonogo.model.people import PeopleRegister
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict

LACK = "a lack of usable evidence"
TOO_LITTLE = f"Too little evidence to judge merit: the only thing against go-live is {LACK}."
STANDING = WaiverStanding(
    identity=ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York"),
    release=Release(id="R1", go_live=datetime(2027, 5, 3, 10, tzinfo=UTC)),
    now=datetime(2027, 1, 4, 16, tzinfo=UTC),
    people=PeopleRegister(),
    waivable={},
)


def finding(domain: Domain, status: Status, due_from: str | None = None) -> Finding:
    return Finding(
        criterion=f"{domain}.one",
        title="One",
        domain=domain,
        severity=Severity.MANDATORY,
        status=status,
        sentence="It stands so.",
        owner="customer.pmo_lead",
        due_from=due_from,
    )


def decided(*statuses: Status, due_from: str = "T-30") -> Decision:
    findings = [finding(domain, status, due_from) for domain, status in zip(Domain, statuses, strict=True)]
    return decide(findings, policy=DecisionPolicy(milestones=("T-60", "T-30", "T-0")), standing=STANDING)


class TestRemark:
    def test_before_anything_is_due_it_says_from_when_on(self):
        """A NO-GO in the first week is no judgement of anybody's work."""
        decision = decided(*[Status.NOT_DUE] * 4)

        assert decision.verdict is Verdict.NO_GO
        assert decision.remark == "Too early: the first criteria fall due on 2027-04-03 (T-30)."

    def test_what_is_not_yet_adopted_does_not_make_it_early(self):
        """The date is that of the adopted criteria."""
        decision = decided(Status.NOT_ADOPTED, Status.NOT_ADOPTED, Status.NOT_ADOPTED, Status.NOT_DUE)

        assert decision.remark == "Too early: the first criteria fall due on 2027-04-03 (T-30)."

    def test_where_only_unknowns_block_nobody_can_judge_on_merit(self):
        """Chase evidence, not people."""
        decision = decided(*[Status.UNKNOWN] * 4)

        assert decision.remark == TOO_LITTLE

    @pytest.mark.parametrize(
        ("unknown", "remark"),
        [
            (1, f"The only thing against go-live is {LACK}: 1 of 4 criteria that were asked is unknown."),
            (2, TOO_LITTLE),
            (3, TOO_LITTLE),
        ],
    )
    def test_where_most_is_judged_nobody_says_that_it_was_too_little(self, unknown, remark):
        """With 25 of 26 criteria met, page one spoke of too little evidence to judge."""
        decision = decided(*[Status.UNKNOWN] * unknown, *[Status.MET] * (4 - unknown))

        assert decision.remark == remark

    @pytest.mark.parametrize(("gate", "against"), [(None, "go-live"), ("the end of Phase 3", "a GO")])
    @pytest.mark.parametrize("unknown", [1, 2])
    def test_another_gate_than_going_live_is_not_called_one(self, gate, against, unknown):
        """At the end of the engagement phase nobody decides on going live yet."""
        statuses = [Status.UNKNOWN] * unknown + [Status.MET] * (4 - unknown)
        findings = [finding(domain, status, None) for domain, status in zip(Domain, statuses, strict=True)]
        policy = DecisionPolicy(milestones=("T-60", "T-30", "T-0"), gate=gate)

        remark = decide(findings, policy=policy, standing=STANDING).remark or ""

        assert f"the only thing against {against} is {LACK}" in remark.replace("The", "the")

    def test_a_domain_that_is_not_due_lacks_no_evidence(self):
        """Five months ahead two of four reasons were what falls due in three, and evidence was said to be all."""
        decision = decided(Status.UNKNOWN, Status.MET, Status.NOT_DUE, Status.NOT_DUE)

        assert decision.remark == (
            "No criterion failed on merit: 1 of 2 criteria that were asked is unknown, and no mandatory criterion was "
            "judged in the domains workforce and operations."
        )

    def test_one_that_failed_speaks_for_itself(self):
        """No remark softens a criterion that is not met."""
        decision = decided(Status.NOT_MET, Status.UNKNOWN, Status.MET, Status.MET)

        assert decision.verdict is Verdict.NO_GO
        assert decision.remark is None

    @pytest.mark.parametrize(
        ("silent", "why"),
        [
            (Status.NOT_ADOPTED, "the program has not yet adopted a mandatory criterion of it."),
            (Status.NOT_DUE, "its first mandatory criterion falls due on 2027-04-03 (T-30)."),
            (Status.NOT_APPLICABLE, "so nothing proves it ready."),
        ],
    )
    def test_a_domain_in_which_nothing_was_judged_blocks_and_says_why(self, silent, why):
        """Ten adopted criteria that are all met are still no proof of the other domains."""
        decision = decided(Status.MET, Status.MET, silent, silent)

        assert decision.verdict is Verdict.NO_GO
        assert [blocker.why.endswith(why) for blocker in decision.blockers] == [True, True]
        assert decision.remark == (
            "None of the criteria that were asked blocks, but no mandatory criterion was judged in the domains "
            "workforce and operations."
        )

    def test_a_go_needs_no_remark(self):
        """And its recorded form is as before there were remarks."""
        decision = decided(*[Status.MET] * 4)

        assert decision.verdict is Verdict.GO
        assert "remark" not in decision.document()
