"""Standing holds as reasons against a decision: what is on blocks, and says whether evidence or merit is lacking."""

import pytest

from gonogo.core.hold import hold_blockers
from gonogo.model.finding import Finding, Status
from gonogo.model.ruleset import Domain, Severity


@pytest.mark.parametrize(
    ("status", "blocks"),
    [
        (Status.MET, []),
        (Status.NOT_MET, [("A standing hold is on: The line is down.", False)]),
        (Status.UNKNOWN, [("A standing hold is on: The line is down.", True)]),
    ],
)
def test_a_hold_that_failed_is_not_one_that_nobody_could_answer(status, blocks):
    """Page one says `evidence missing` of the one and `not met` of the other; the next step differs."""
    hold = Finding(
        criterion="operations.line.up",
        title="The line is up",
        domain=Domain.OPERATIONS,
        severity=Severity.MANDATORY,
        status=status,
        sentence="The line is down.",
        owner="provider.technical_lead",
    )

    assert [(each.why, each.missing_evidence) for each in hold_blockers([hold])] == blocks
