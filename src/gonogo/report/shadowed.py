"""Criteria in shadow: what would block if it were enforced, and that the verdict leaves it out."""

from __future__ import annotations

from gonogo.model.finding import Finding
from gonogo.report.not_due_yet import due_only
from gonogo.report.page import Block, Entry
from gonogo.report.short_of_go_live import ahead_of
from gonogo.report.view import RunView
from gonogo.report.words import STATUS, count, person_and_seat, weighs


def would_block(view: RunView) -> tuple[Finding, ...]:
    """Return the open criteria that are not enforced and would stop the go-live, or ask for a plan, if they were."""
    return tuple(finding for finding in view.findings if finding.would_block)


def go_words(view: RunView) -> str:
    """Return what a GO means; one that leaves open criteria out does not say that nothing is open."""
    if would_block(view):
        due = "due and " if due_only(view) else ""
        return f"Nothing that is {due}enforced blocks; what is not enforced yet is named below."
    if due_only(view):
        return "Nothing that is due blocks."
    if ahead_of(view):
        return "Nothing blocks at this milestone; what go-live asks for more is named below."
    depends = "go-live" if view.gate is None else "the decision"
    return f"Nothing blocks, and {depends} depends on nothing that is still open."


def shadow_words(view: RunView) -> list[str]:
    """Return the sentence that the verdict leaves criteria out; none where it leaves out none."""
    shadowed = [finding for finding in view.findings if finding.shadow is not None and finding.status.judged]
    if not shadowed:
        return []
    many, first = len(would_block(view)), count(len(shadowed), "criterion", "criteria")
    verb = "is" if len(shadowed) == 1 else "are"
    end = "none of them would block" if not many else f"{many} would block"
    if len(shadowed) == 1:
        end = "it would block" if many else "it would not block"
    return [f"In shadow: {first} {verb} judged and not enforced; {end}."]


def shadow_entries(view: RunView) -> tuple[Block, ...]:
    """Return an entry for each criterion that would block."""
    return tuple(_entry(view, finding) for finding in would_block(view))


def shadow_lines(view: RunView) -> tuple[str, ...]:
    """Return the same in a line each, for the first screen."""
    return tuple(
        f"{finding.title}; {STATUS[finding.status].lower()}, {weighs(finding)} ({finding.criterion})"
        for finding in would_block(view)
    )


def _entry(view: RunView, finding: Finding) -> Entry:
    rows = (("Owner", person_and_seat(view, finding.owner)), ("Remedy", finding.remedy))
    tags = ("would block", weighs(finding), STATUS[finding.status].lower())
    kept = tuple((label, value) for label, value in rows if value)
    return Entry(f"{finding.title} ({finding.criterion})", tags, finding.sentence, kept, "mixed")
