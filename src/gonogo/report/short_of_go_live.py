"""What holds now and would not by the thresholds of go-live: a verdict of an earlier milestone asks for less."""

from __future__ import annotations

from typing import Final

from gonogo.core.wording import listing
from gonogo.model.ruleset import Severity
from gonogo.model.rung_ahead import ShortOfGoLive
from gonogo.model.verdict import Verdict
from gonogo.report.page import Block, Entry, Short
from gonogo.report.view import RunView
from gonogo.report.words import count, person_and_seat, weight

_ORDER: Final = tuple(Severity)
_MANY: Final = 20


def ahead_of(view: RunView) -> tuple[ShortOfGoLive, ...]:
    """Return the criteria that hold now and would not by the thresholds of go-live, the mandatory ones first."""
    found = view.decision.ahead.criteria if view.decision.ahead is not None else ()
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.severity)))


def ahead_title(view: RunView) -> str:
    """Return the title of the part of page one that lists them."""
    last = view.decision.ahead.milestone if view.decision.ahead is not None else ""
    return f"Holds now, and would not by the thresholds of {'go-live' if view.gate is None else 'the gate'} ({last})"


def ahead_words(view: RunView) -> list[str]:
    """Return what page one says beneath a verdict that lets something pass; a NO-GO lets nothing pass."""
    return [*ahead_forms(view)[:1]]


def ahead_forms(view: RunView) -> tuple[str, ...]:
    """Return that sentence, and one without the names, which a screen lists further down."""
    short = ahead_of(view)
    if not short or view.decision.verdict is Verdict.NO_GO or view.decision.ahead is None:
        return ()
    asks = "Go-live asks" if view.gate is None else "The gate asks"
    many = "criteria that hold now would" if len(short) > 1 else "criterion that holds now would"
    which = listing([f"{each.title} ({each.criterion})" for each in short], most=_MANY)
    by = f"by the thresholds of {view.decision.ahead.milestone}"
    counted = f"{asks} for more than this milestone: {by}, {len(short)} {many} not hold"
    return f"{counted}: {which}.", f"{counted}."


def ahead_short(view: RunView) -> Short | None:
    """Return the same in a line each, for the first screen."""
    short = ahead_of(view)
    if not short or view.decision.verdict is Verdict.NO_GO:
        return None
    return Short(
        "ahead", f"{ahead_title(view)} ({len(short)})", tuple(f"{each.title}; {each.sentence}" for each in short)
    )


def ahead_step(view: RunView) -> str:
    """Return what to do about it; empty where nothing is to be done."""
    short = ahead_of(view)
    if not short or view.decision.verdict is Verdict.NO_GO:
        return ""
    act = "deploy" if view.gate is None else "decide"
    milestone = view.started.milestone
    assessment = f"the {milestone} assessment" if milestone else "the assessment before the first milestone"
    what = count(len(short), "criterion", "criteria")
    return f"Do not {act} on {assessment}: {'go-live' if view.gate is None else 'the gate'} asks for more in {what}."


def ahead_entries(view: RunView) -> tuple[Block, ...]:
    """Return an entry for each, whatever the verdict."""
    return tuple(
        Entry(
            f"{each.title} ({each.criterion})",
            (weight(each.severity), "holds now"),
            each.sentence,
            (("Owner", person_and_seat(view, each.owner)),),
            "mixed",
        )
        for each in ahead_of(view)
    )
