"""What a NO-GO says beside its reasons: that it comes too early, or that nobody could judge on merit."""

from __future__ import annotations

from collections.abc import Sequence

from gonogo.core.due import milestone_day
from gonogo.core.waive import WaiverStanding
from gonogo.core.wording import listing
from gonogo.model.decision import Blocker
from gonogo.model.finding import Finding, Status
from gonogo.model.ruleset import Domain, Severity, days_before


def remark_of(
    findings: Sequence[Finding], blockers: Sequence[Blocker], standing: WaiverStanding, *, gate: str | None = None
) -> str | None:
    """Return the sentence that a NO-GO needs to be understood; None where its reasons speak for themselves."""
    if not blockers or not all(blocker.missing_evidence for blocker in blockers):
        return None
    asked = any(finding.status.judged or finding.status is Status.NOT_APPLICABLE for finding in findings)
    first = _first([finding for finding in findings if finding.status is Status.NOT_DUE], standing)
    if not asked and first:
        return f"Too early: the first criteria fall due on {first}."
    silent = [domain.value for domain in Domain if not judged_in(domain, findings)]
    if len(silent) == len(blockers):
        where = f"domain{'s' if len(silent) > 1 else ''} {listing(silent)}"
        return f"None of the criteria that were asked blocks, but no mandatory criterion was judged in the {where}."
    against = "go-live" if gate is None else "a GO"
    judged = [finding for finding in findings if finding.status.judged]
    unknown = sum(finding.status is Status.UNKNOWN for finding in judged)
    verb = "is" if unknown == 1 else "are"
    asked_for = f"{unknown} of {len(judged)} criteria that were asked {verb} unknown"
    if silent:
        where = f"domain{'s' if len(silent) > 1 else ''} {listing(silent)}"
        return f"No criterion failed on merit: {asked_for}, and no mandatory criterion was judged in the {where}."
    if 2 * unknown >= len(judged):
        return f"Too little evidence to judge merit: the only thing against {against} is a lack of usable evidence."
    return f"The only thing against {against} is a lack of usable evidence: {asked_for}."


def judged_in(domain: Domain, findings: Sequence[Finding]) -> bool:
    """Whether anything mandatory was judged in a domain."""
    return any(f.domain is domain and f.severity is Severity.MANDATORY and f.status.judged for f in findings)


def silence_of(domain: Domain, findings: Sequence[Finding], standing: WaiverStanding) -> str:
    """Return why nothing mandatory was judged in a domain, in one sentence."""
    mine = [f for f in findings if f.domain is domain and f.severity is Severity.MANDATORY]
    sentence = f"Nothing mandatory was judged in the domain {domain.value}, so nothing proves it ready"
    first = _first([finding for finding in mine if finding.status is Status.NOT_DUE], standing)
    if first:
        return f"{sentence}; its first mandatory criterion falls due on {first}."
    if any(finding.status is Status.NOT_ADOPTED for finding in mine):
        return f"{sentence}; the program has not yet adopted a mandatory criterion of it."
    return f"{sentence}."


def _first(waiting: Sequence[Finding], standing: WaiverStanding) -> str:
    """The date and name of the milestone at which the first of these falls due; empty for none."""
    rungs = [finding.due_from for finding in waiting if finding.due_from is not None]
    if not rungs:
        return ""
    rung = max(rungs, key=days_before)
    return f"{milestone_day(standing.identity, standing.release, rung)} ({rung})"
