"""M3's health of a criterion: Green, Yellow, Red."""

from __future__ import annotations

from gonogo.model.finding import Finding, Status
from gonogo.model.ruleset import Severity
from gonogo.report.view import RunView

GREEN, YELLOW, RED = "Green", "Yellow", "Red"
TONES = {GREEN: "good", YELLOW: "mixed", RED: "bad", "": "none"}


def health(view: RunView, finding: Finding) -> str:
    """Return Green for met, Yellow for open with a complete plan that still holds, Red for open without; else empty.

    What is met on acceptance alone is Yellow: its items are open, and somebody answers for each.
    A plan holds unless its day has passed, or the decision says that the criterion blocks in spite of it.
    """
    if finding.status is Status.MET:
        return GREEN if finding.rests_on is None else YELLOW
    if not finding.status.open:
        return ""
    plan = view.plan(finding.criterion)
    today = view.started.program.local_date(view.started.now)
    refused = finding.severity is not Severity.MANDATORY and any(
        blocker.criterion == finding.criterion for blocker in view.decision.blockers
    )
    stands = plan is not None and plan.due is not None and plan.due >= today and not refused
    return YELLOW if stands else RED
