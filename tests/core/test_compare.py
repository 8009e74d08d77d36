"""What the daily run calls better, worse, stale and newly asked."""

from __future__ import annotations

import pytest

from gonogo.core.compare import compare
from gonogo.model.decision import Verdict
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import FactReading, Finding, Status
from gonogo.model.ruleset import Domain, Severity

SAME = (Verdict.NO_GO, Verdict.NO_GO)
NAME = "system.case.one"


def finding(status: Status, *reasons: GapReason, criterion: str = NAME) -> Finding:
    return Finding(
        criterion=criterion,
        title="One",
        domain=Domain.SYSTEM,
        severity=Severity.MANDATORY,
        status=status,
        sentence=f"It is {status}.",
        facts=tuple(
            FactReading(fact=f"a.f{number}", gap=Gap(fact=f"a.f{number}", reason=reason, detail="d"))
            for number, reason in enumerate(reasons)
        ),
        owner="customer.pmo_lead",
    )


def groups(before: list[Finding], after: list[Finding]) -> set[str]:
    found = compare(before, after, verdicts=SAME)
    return {name for name in ("better", "worse", "stale", "opened", "dropped") if getattr(found, name)}


class TestGroups:
    @pytest.mark.parametrize(
        ("old", "new", "group"),
        [
            (Status.MET, Status.NOT_MET, {"worse"}),
            (Status.MET, Status.UNKNOWN, {"worse"}),
            (Status.NOT_MET, Status.MET, {"better"}),
            (Status.UNKNOWN, Status.MET, {"better"}),
            (Status.UNKNOWN, Status.NOT_MET, set()),
            (Status.NOT_MET, Status.UNKNOWN, set()),
            (Status.MET, Status.MET, set()),
            (Status.MET, Status.NOT_DUE, {"dropped"}),
            (Status.NOT_MET, Status.NOT_ADOPTED, {"dropped"}),
            (Status.UNKNOWN, Status.NOT_ADOPTED, {"dropped"}),
            (Status.NOT_APPLICABLE, Status.NOT_ADOPTED, {"dropped"}),
            (Status.NOT_DUE, Status.UNKNOWN, {"opened"}),
            (Status.NOT_ADOPTED, Status.NOT_MET, {"opened"}),
            (Status.NOT_DUE, Status.MET, {"better"}),
            (Status.NOT_ADOPTED, Status.MET, {"better"}),
            (Status.NOT_ADOPTED, Status.NOT_DUE, set()),
            (Status.NOT_APPLICABLE, Status.UNKNOWN, {"worse"}),
        ],
    )
    def test_a_change_of_status_is_told_as_what_it_is(self, old, new, group):
        """Learning the truth is no setback, asking more is none either, and dropping a question is no progress."""
        assert groups([finding(old)], [finding(new)]) == group

    def test_evidence_that_aged_is_stale_and_not_worse(self):
        """Somebody must renew it; nothing else happened."""
        assert groups([finding(Status.MET)], [finding(Status.UNKNOWN, GapReason.STALE)]) == {"stale"}

    def test_evidence_that_aged_beside_some_that_was_lost_is_worse(self):
        """Renewing alone would not bring it back."""
        after = finding(Status.UNKNOWN, GapReason.STALE, GapReason.MISSING)

        assert groups([finding(Status.MET)], [after]) == {"worse"}

    def test_a_new_criterion_that_is_open_is_newly_asked(self):
        """The ruleset grew; the program did not get worse."""
        assert groups([], [finding(Status.NOT_MET)]) == {"opened"}

    def test_a_criterion_that_left_the_ruleset_is_dropped(self):
        """It did not get worse, and nobody answered it either."""
        assert groups([finding(Status.NOT_MET)], []) == {"dropped"}


class TestHand:
    def test_what_is_newly_asked_raises_no_hand(self):
        """Who adopts ten more criteria on Monday must not find the daily run red for it."""
        found = compare([finding(Status.NOT_ADOPTED)], [finding(Status.UNKNOWN)], verdicts=SAME)

        assert not found.anything_worse

    @pytest.mark.parametrize("after", [finding(Status.NOT_MET), finding(Status.UNKNOWN, GapReason.STALE)])
    def test_worse_and_stale_raise_it(self, after):
        """Both need somebody today."""
        assert compare([finding(Status.MET)], [after], verdicts=SAME).anything_worse

    @pytest.mark.parametrize("after", [[finding(Status.NOT_ADOPTED)], []])
    def test_a_question_that_was_dropped_raises_it(self, after):
        """Whoever takes the failing criterion off the list on Friday is seen on Friday."""
        assert compare([finding(Status.NOT_MET)], after, verdicts=SAME).anything_worse

    def test_a_verdict_that_fell_raises_it_though_no_criterion_did(self):
        """A cap that was lowered, a waiver that expired."""
        same = [finding(Status.NOT_MET)]

        assert compare(same, same, verdicts=(Verdict.CONDITIONAL_GO, Verdict.NO_GO)).anything_worse
