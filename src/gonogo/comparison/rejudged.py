"""A recorded assessment beside the same run judged again: which criteria and parts of the decision differ. Pure."""

from __future__ import annotations

from typing import Final

from gonogo.model.assessment import Assessment
from gonogo.model.decision import Decision
from gonogo.model.evidence import EvidenceSet
from gonogo.model.upgrade import Rejudged

PARTS: Final = {
    "without_waivers": "the verdict without waivers",
    "judged": "the verdict of the criteria alone",
    "only_evidence_missing": "whether only evidence is missing",
    "domains": "the domains",
    "blockers": "the reasons against it",
    "conditions": "the conditions",
    "waivers": "which waivers count, or why one does not",
    "valid_until": "until when it is valid",
    "remark": "the remark beside it",
    "holds": "the standing holds",
    "promises": "what became of earlier promises",
    "acceptances": "which acceptances count, or why one does not",
    "lock": "how the files compare with the lock",
    "ahead": "what would not hold by the thresholds of go-live",
}
"""Parts of a decision that are judged again, in words."""


def rejudged(then: Assessment, now: Assessment) -> tuple[Rejudged, ...]:
    """Return the criteria that differ in anything, those with another status first."""
    before = {finding.criterion: finding for finding in then.findings}
    after = {finding.criterion: finding for finding in now.findings}
    found = [
        Rejudged(
            criterion=name,
            before=old.status if old else None,
            after=new.status if new else None,
            then=old.sentence if old else "",
            now=new.sentence if new else "",
        )
        for name in dict.fromkeys((*before, *after))
        for old, new in ((before.get(name), after.get(name)),)
        if old != new
    ]
    return tuple(sorted(found, key=lambda one: not one.moved))


def decision_parts(then: Decision, now: Decision) -> tuple[str, ...]:
    """Return the parts of a decision that differ, in words; the verdict itself with both values."""
    verdict = [f"the verdict: {then.verdict} then, {now.verdict} now"] if then.verdict is not now.verdict else []
    return (*verdict, *(words for name, words in PARTS.items() if getattr(then, name) != getattr(now, name)))


def other_answers(then: EvidenceSet, now: EvidenceSet) -> tuple[str, ...]:
    """Return the facts whose answer differs in any way, in order of name."""
    before = {entry.fact: entry for entry in then}
    after = {entry.fact: entry for entry in now}
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
