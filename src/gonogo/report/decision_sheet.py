"""Page one as one printed sheet: the verdict, what is asked, when, the four domains, and what a sponsor must know."""

from __future__ import annotations

from collections import Counter

from gonogo.core.wording import listing
from gonogo.model.decision import DomainDecision
from gonogo.model.finding import Status
from gonogo.model.verdict import Verdict
from gonogo.report.asked import asked_words, purpose_words
from gonogo.report.because import split_words
from gonogo.report.coming_days import next_date
from gonogo.report.gate import against, what_depends
from gonogo.report.not_due_yet import assessed_only, due_only
from gonogo.report.overlay_changes import judged_by_m3
from gonogo.report.page import Sheet, Short, Tile
from gonogo.report.price_of_waiting import next_window
from gonogo.report.shadowed import go_words
from gonogo.report.sheet_parts import sheet_parts
from gonogo.report.view import RunView
from gonogo.report.words import STATUS, approval, count, local


def sheet(view: RunView, brief: tuple[Short, ...]) -> Sheet:
    """Return the decision page; ``brief`` is page one in short, whose items it shows first."""
    return Sheet(
        without=without_words(view),
        lead=_lead(view),
        purpose=(f"{purpose_words(view)} {asked_words(view)}",),
        steps=_steps(brief),
        dates=_dates(view),
        tiles=tuple(_tile(view, part) for part in view.decision.domains),
        parts=sheet_parts(view, brief),
        digests=_digests(view),
    )


def _steps(brief: tuple[Short, ...]) -> tuple[str, ...]:
    """Return the next steps; until when the verdict holds is among the dates, and no step unless it is the only one."""
    steps = next((part.items for part in brief if part.id == "next"), ())
    return tuple(step for step in steps if not step.startswith("The verdict is valid until ")) or steps


def without_words(view: RunView) -> str:
    """Return the verdict without waivers, and how many count."""
    decision = view.decision
    counted = sum(review.counted for review in decision.waivers)
    if not view.waivers:
        return f"Without waivers: {decision.without_waivers}. No waiver was submitted."
    many = len(view.waivers)
    some = f"{counted} of {count(many, 'waiver')} {'counts' if counted == 1 or many == 1 else 'count'}"
    return f"Without waivers: {decision.without_waivers}. {some}."


def meaning_words(view: RunView) -> str:
    """Return what the verdict means: M3's word for it where M3 judged, and how much blocks or is asked."""
    decision = view.decision
    many = len(decision.blockers)
    sentences = {
        Verdict.GO: go_words(view),
        Verdict.CONDITIONAL_GO: f"Nothing {due_only(view)}blocks; {what_depends(view)} depends on "
        f"{count(len(decision.conditions), 'condition')} named below.",
        Verdict.NO_GO: f"There {'is' if many == 1 else 'are'} {count(many, 'reason')} against {against(view)}"
        f"{split_words(view)}.",
    }
    m3 = f"M3: {approval(decision.verdict)}{assessed_only(view)}. " if judged_by_m3(view) else ""
    return f"{m3}{sentences[decision.verdict]}"


def _lead(view: RunView) -> tuple[str, ...]:
    decision = view.decision
    remark = decision.remark or (
        "No criterion failed on merit: chase evidence."
        if decision.only_evidence_missing and decision.verdict is Verdict.NO_GO
        else ""
    )
    return (meaning_words(view), *([remark] if remark else []), tally_words(view))


def tally_words(view: RunView) -> str:
    """How many criteria have which status: a verdict on a few of many looks like any other without it."""
    tally = Counter(finding.status for finding in view.findings)
    counts = [f"{tally[status]} {STATUS[status].lower()}" for status in Status if tally[status]]
    resting = sum(finding.rests_on is not None for finding in view.findings)
    if resting:
        counts[0] += f" ({resting} of them on acceptance)"
    return f"Of {count(len(view.findings), 'criterion', 'criteria')}: {listing(counts, most=len(Status))}."


def _dates(view: RunView) -> tuple[tuple[str, str], ...]:
    run, zone = view.started, view.started.program.zone
    days = (run.program.local_date(run.release.go_live) - run.program.local_date(run.now)).days
    left = f"in {count(days, 'day')}" if days > 0 else "today" if days == 0 else f"{count(-days, 'day')} ago"
    until = view.decision.valid_until
    return (
        ("Go-live", f"{local(run.release.go_live, zone)}, {left}"),
        ("Next date", next_date(view) or "none before go-live: it has passed"),
        ("Valid until", f"{local(until, zone)} at most" if until else "no moment: it rests on no dated evidence"),
        ("Next window", next_window(view) or "nobody names one"),
    )


def _tile(view: RunView, part: DomainDecision) -> Tile:
    """A domain in words; where nothing is due, nothing is wrong yet."""
    mine = [finding.status for finding in view.findings if finding.domain is part.domain]
    number = {status: mine.count(status) for status in Status}
    parts = [f"{number[status]} {STATUS[status].lower()}" for status in (Status.NOT_MET, Status.UNKNOWN)]
    counts = [f"{part.met} of {part.due} met", *(text for text in parts if not text.startswith("0 "))]
    later = number[Status.NOT_DUE]
    counts += [f"{later} not due"] if later else []
    if not part.due:
        waits = listing([text for text in counts[1:] if text], most=3) or "no criterion is asked"
        return Tile(part.domain.value.capitalize(), "Nothing is due yet", waits, "none", part.domain.value)
    state, tone = {
        Verdict.GO: ("Nothing blocks", "good"),
        Verdict.CONDITIONAL_GO: ("With conditions", "mixed"),
        Verdict.NO_GO: ("Blocks", "bad"),
    }[part.verdict]
    return Tile(part.domain.value.capitalize(), state, ", ".join(counts), tone, part.domain.value)


def _digests(view: RunView) -> tuple[tuple[str, str], ...]:
    run = view.started
    record = f"run {run.envelope.run}, records {view.first} to {view.last}"
    return (
        ("Digest", view.finished.assessment),
        ("Head hash", view.head),
        ("Record", f"{record}; assessed {local(run.now, run.program.zone)}; rules {run.ruleset}"),
    )
