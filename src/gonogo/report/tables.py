"""Tables of page two: the state of the domains and weights, and what evidence is missing by cause."""

from __future__ import annotations

from collections import Counter

from gonogo.core.wording import gap_words, listing
from gonogo.model.evidence import Gap, GapReason
from gonogo.model.finding import Status
from gonogo.model.ruleset import Severity
from gonogo.report.health import GREEN, RED, YELLOW, health
from gonogo.report.overlay_changes import judged_by_m3
from gonogo.report.page import Block, PageTable, Words
from gonogo.report.view import RunView
from gonogo.report.words import M3_SCALE, M3_WORDS, REASON, STATUS, count, stopped


def domains(view: RunView) -> tuple[Block, ...]:
    """Return the state of the four domains and the three weights."""
    rows = []
    for part in view.decision.domains:
        colours = Counter(health(view, finding) for finding in view.findings if finding.domain is part.domain)
        rows.append(
            (
                part.domain.value.capitalize(),
                part.verdict.value,
                f"{part.met}",
                f"{part.answered} of {part.due}",
                *(f"{colours[colour]}" for colour in (GREEN, YELLOW, RED)),
            )
        )
    weights = []
    for severity in Severity:
        tally = Counter(finding.status for finding in view.findings if finding.severity is severity)
        judged = (Status.MET, Status.NOT_MET, Status.UNKNOWN)
        due = sum(tally[status] for status in judged)
        name = f"{severity.value.capitalize()} ({severity.m3_criticality})"
        weights.append((name, f"{due}", *(f"{tally[status]}" for status in judged)))
    other = Counter(finding.status for finding in view.findings if not finding.status.judged)
    counts = [f"{other[status]} {STATUS[status].lower()}" for status in Status if other[status]]
    note = f"Not judged: {listing(counts)}." if counts else "Every criterion of the ruleset was due and judged."
    causes = Counter(finding.cause for finding in view.findings if finding.cause is not None)
    unknown = [f"{causes[cause]} {gap_words(cause)}" for cause in GapReason if causes[cause]]
    return (
        PageTable(
            "Verdict by domain",
            ("Domain", "Verdict", "Met", "Answered of due", GREEN, YELLOW, RED),
            tuple(rows),
        ),
        PageTable("Criteria by weight", ("Weight", "Due", "Met", "Not met", "Unknown"), tuple(weights)),
        Words(note),
        *([Words(f"Unknown, most urgent first: {listing(unknown, most=len(GapReason))}.")] if unknown else []),
        Words(M3_WORDS if judged_by_m3(view) else M3_SCALE),
    )


def gaps(view: RunView) -> tuple[Block, ...]:
    """Return the facts without usable evidence, by what is wrong."""
    order = Counter(gap.reason for gap in view.gaps)
    if not order:
        return ()
    groups: dict[tuple[GapReason, str], list[str]] = {}
    for gap in sorted(view.gaps, key=lambda gap: (-order[gap.reason], REASON[gap.reason], gap.fact)):
        groups.setdefault((gap.reason, _wrong(gap)), []).append(gap.fact)
    summary = [f"{number} {gap_words(reason)}" for reason, number in order.most_common()]
    rows = tuple((REASON[reason], ", ".join(facts), wrong) for (reason, wrong), facts in groups.items())
    return (
        Words(f"{count(sum(order.values()), 'gap')}: {listing(summary, most=len(GapReason))}."),
        PageTable("Facts without usable evidence", ("Cause", "Facts", "What is wrong"), rows),
    )


def _wrong(gap: Gap) -> str:
    """What is wrong, without the cause that is shown beside it, and where it was looked for."""
    looked = f" Looked at: {listing(list(gap.sources))}." if gap.sources else ""
    return f"{stopped(gap.detail.removeprefix(f'{REASON[gap.reason]}: '))}{looked}"
