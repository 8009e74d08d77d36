"""What is known about whom to ask, gathered from what was loaded and collected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gonogo.core.admit import Admission, candidates
from gonogo.core.asking import Asking
from gonogo.model.finding import Finding
from gonogo.model.reply import Reply
from gonogo.workflow.loading import Loaded


def asking_for(
    findings: Sequence[Finding], loaded: Loaded, replies: Sequence[Reply], admission: Admission, now: datetime
) -> Asking:
    """Return by what it is known whom to ask for the facts that the findings lack."""
    lacking = {gap.fact for finding in findings for gap in finding.gaps}
    prepared: dict[tuple[str, str], frozenset[str]] = {}
    for reply in replies:
        for item in reply.items:
            if item.fact in lacking:
                made = (item.attested.prepared_by if item.attested is not None else None, reply.producer)
                makers = prepared.get((reply.binding, item.fact), frozenset())
                prepared[reply.binding, item.fact] = makers | {maker for maker in made if maker}
    return Asking(
        bindings=loaded.program.bindings,
        criteria={criterion.id: criterion for criterion in loaded.ruleset.criteria},
        people=loaded.people,
        day=loaded.program.identity.local_date(now),
        now=now,
        candidates={fact: candidates(fact, replies, admission) for fact in sorted(lacking)},
        prepared=prepared,
    )
