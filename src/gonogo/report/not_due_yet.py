"""What decides at go-live and is not due yet: a verdict of an earlier milestone is no word on it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from gonogo.core.due import milestone_day
from gonogo.core.wording import listing
from gonogo.model.finding import Finding
from gonogo.model.ruleset import Severity
from gonogo.model.verdict import Verdict
from gonogo.report.page import Short
from gonogo.report.short_of_go_live import ahead_of
from gonogo.report.view import RunView

_ALL: Final = 1000
_ORDER: Final = tuple(Severity)


def not_due_yet(view: RunView) -> tuple[Finding, ...]:
    """Return the criteria that decide at go-live and were not due, as the ruleset orders them."""
    return tuple(finding for finding in view.findings if finding.decides_later)


def due_day(view: RunView, finding: Finding) -> date | None:
    """Return the local date on which a criterion falls due; None where the record names no milestone."""
    try:
        return milestone_day(view.started.program, view.started.release, finding.due_from or "")
    except ValueError:  # a record may hold any text; what is no milestone has no day
        return None


def this_assessment(view: RunView) -> str:
    """Return what the verdict is about where something is not due yet: ``the T-60 assessment``."""
    milestone = view.started.milestone
    return f"the {milestone} assessment" if milestone else "the assessment before the first milestone"


def assessed_only(view: RunView) -> str:
    """Return ``for the T-60 assessment`` after a blank where go-live asks for more than it judged; else nothing."""
    return f" for {this_assessment(view)}" if not_due_yet(view) or ahead_of(view) else ""


def due_only(view: RunView) -> str:
    """Return ``that is due`` and a blank where something is not due yet; else nothing."""
    return "that is due " if not_due_yet(view) else ""


def how_many(findings: tuple[Finding, ...]) -> str:
    """Return ``13 criteria that decide are not due yet, 9 of them mandatory``."""
    many, mandatory = len(findings), sum(each.weight_then is Severity.MANDATORY for each in findings)
    if many == 1:
        kind = "mandatory" if mandatory else findings[0].weight_then.value
        return f"1 criterion that decides is not due yet, a {kind} one"
    some = {many: "all of them", 0: "none of them"}.get(mandatory, f"{mandatory} of them")
    return f"{many} criteria that decide are not due yet, {some} mandatory"


def not_due_sentence(view: RunView) -> str:
    """Return how many are not due, how many of them are mandatory, and which on what day; empty where none is."""
    waiting = not_due_yet(view)
    if not waiting:
        return ""
    days: dict[str, list[str]] = {}
    for finding in sorted(waiting, key=lambda each: due_day(view, each) or date.max):
        days.setdefault(_when(view, finding), []).append(finding.title)
    which = "; ".join(f"{when}: {listing(titles, most=_ALL)}" for when, titles in days.items())
    depends = "Go-live" if view.gate is None else "The gate"
    return f"{depends} also depends on what nobody has judged: {how_many(waiting)} ({which})."


def not_due_forms(view: RunView) -> tuple[str, ...]:
    """Return that sentence, and one without the names, which the screen lists further down."""
    sentence = not_due_sentence(view)
    if not sentence:
        return ()
    depends = "Go-live" if view.gate is None else "The gate"
    return sentence, f"{depends} also depends on what nobody has judged: {how_many(not_due_yet(view))}."


def not_due_words(view: RunView) -> list[str]:
    """Return what page one says beneath a verdict that lets something pass; a NO-GO lets nothing pass."""
    sentence = "" if view.decision.verdict is Verdict.NO_GO else not_due_sentence(view)
    return [sentence] if sentence else []


def not_due_short(view: RunView) -> Short | None:
    """Return the same in a line for each day and weight, for the first screen."""
    waiting = not_due_yet(view)
    if not waiting or view.decision.verdict is Verdict.NO_GO:
        return None
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(waiting, key=lambda each: (due_day(view, each) or date.max, _ORDER.index(each.weight_then))):
        groups.setdefault(f"{_when(view, finding)}, {finding.weight_then.value}", []).append(finding)
    items = tuple(f"{when}: {'; '.join(_named(each) for each in group)}" for when, group in groups.items())
    short = tuple(f"{when}: {'; '.join(each.title for each in group)}" for when, group in groups.items())
    when = "at go-live" if view.gate is None else "later"
    return Short("notdue", f"Not due yet, and decides {when} ({len(waiting)})", items, short=short)


def _named(finding: Finding) -> str:
    return f"{finding.title} ({finding.criterion})"


def not_due_step(view: RunView) -> str:
    """Return what to do about it; empty where nothing is to be done."""
    waiting = not_due_yet(view)
    if not waiting or view.decision.verdict is Verdict.NO_GO:
        return ""
    days = [day for day in (due_day(view, each) for each in waiting) if day is not None]
    last = f", from {max(days)} on" if days else ""
    act = "deploy" if view.gate is None else "decide"
    return f"Do not {act} on {this_assessment(view)}: assess again when every criterion that decides is due{last}."


def wait_step(view: RunView) -> str:
    """Return from when a NO-GO can change, where all that blocks are domains in which nothing is due yet; else nothing.

    To fix what is named would be advice that nobody can follow before that day.
    """
    blockers, days = view.decision.blockers, []
    for blocker in blockers:
        mine = [each for each in not_due_yet(view) if each.domain is blocker.domain]
        first = [day for each in mine if each.weight_then is Severity.MANDATORY and (day := due_day(view, each))]
        if blocker.criterion is not None or blocker.domain is None or not blocker.missing_evidence or not first:
            return ""
        days.append(min(first))
    if not days:
        return ""
    later = f", and about every domain from {max(days)} on" if max(days) > min(days) else ""
    return f"Nothing can be settled before it is due: run again from {min(days)} on{later}."


def not_due_document(view: RunView) -> dict[str, Any]:
    """Return the same for programs; without a sentence where every criterion that decides is due."""
    waiting, sentence = not_due_yet(view), not_due_sentence(view)
    criteria = [
        {
            "criterion": each.criterion,
            "title": each.title,
            "severity": each.weight_then.value,
            "due_from": each.due_from,
            "due": None if (day := due_day(view, each)) is None else day.isoformat(),
        }
        for each in waiting
    ]
    mandatory = sum(each.weight_then is Severity.MANDATORY for each in waiting)
    return {"criteria": criteria, "mandatory": mandatory, **({"sentence": sentence} if sentence else {})}


def _when(view: RunView, finding: Finding) -> str:
    day = due_day(view, finding)
    return f"from {day} ({finding.due_from})" if day is not None else f"from {finding.due_from or 'no known day'}"
