"""Why a reason is one, in two or three words: a failure, or what is wrong with the evidence."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

from gonogo.core.remark import judged_in
from gonogo.core.wording import listing
from gonogo.model.decision import Blocker
from gonogo.model.evidence import GapReason
from gonogo.model.finding import Finding, Status
from gonogo.model.ruleset import Severity
from gonogo.report.not_due_yet import due_day
from gonogo.report.view import RunView

NOT_MET: Final = "not met"
MISSING: Final = "evidence missing"
_CAUSES: Final = {
    GapReason.MISSING: MISSING,
    GapReason.UNASKED: "no source named",
    GapReason.STALE: "evidence too old",
    GapReason.FUTURE: "dated too late",
    GapReason.MALFORMED: "source unreadable",
    GapReason.WRONG_TYPE: "value unusable",
    GapReason.OUT_OF_RANGE: "value unusable",
    GapReason.CONFLICT: "sources disagree",
    GapReason.COLLECTOR_FAILED: "not collected",
    GapReason.DEADLINE: "not collected",
    GapReason.UNDECLARED: "not collected",
    GapReason.WRONG_SUBJECT: "other subject",
    GapReason.NOT_PROVABLE: "not proved",
    GapReason.ISOLATION: "not collected",
    GapReason.AMBIGUOUS_ROWS: "count unusable",
    GapReason.MIXED_SUBJECTS: "other subject",
    GapReason.COUNTED_DIFFERENTLY: "count unusable",
    GapReason.UNCONFIRMED: "not confirmed",
}
"""What a manager does about it differs: supply, renew, mend or settle."""
_WAITING: Final = {Status.NOT_DUE: "not due yet", Status.NOT_ADOPTED: "not adopted"}


def because(view: RunView, blocker: Blocker) -> str:
    """Return why a reason is one: ``not met``, ``evidence too old``, ``not due yet``."""
    if not blocker.missing_evidence:
        return NOT_MET
    if silent(view, blocker):
        mine = [each.status for each in _mandatory(view, blocker)]
        return next((words for status, words in _WAITING.items() if status in mine), "nothing judged")
    finding = view.finding(blocker.criterion) if blocker.criterion else None
    return MISSING if finding is None or finding.cause is None else _CAUSES[finding.cause]


def silent(view: RunView, blocker: Blocker) -> bool:
    """Whether the reason is that nothing mandatory was judged in a domain: nobody owes evidence for it yet."""
    alone = blocker.missing_evidence and blocker.criterion is None
    return alone and blocker.domain is not None and not judged_in(blocker.domain, view.findings)


def first_due(view: RunView, blocker: Blocker) -> date | None:
    """Return the day on which the first mandatory criterion of such a domain falls due; None where none will."""
    mine = _mandatory(view, blocker) if silent(view, blocker) else []
    waiting = [each for each in mine if each.status is Status.NOT_DUE]
    return min((day for each in waiting if (day := due_day(view, each)) is not None), default=None)


def split_words(view: RunView) -> str:
    """Return how many of the reasons are of which kind, after a colon; nothing where all are of one."""
    kinds = Counter(
        "on merit"
        if not each.missing_evidence
        else "because nothing mandatory was judged in a domain"
        if silent(view, each)
        else "because usable evidence is missing"
        for each in view.decision.ranked
    )
    return f": {listing([f'{number} {kind}' for kind, number in kinds.items()])}" if len(kinds) > 1 else ""


def _mandatory(view: RunView, blocker: Blocker) -> list[Finding]:
    return [each for each in view.findings if each.domain is blocker.domain and each.severity is Severity.MANDATORY]
