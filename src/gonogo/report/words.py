"""Words that every report uses alike: M3's beside ours, moments in the program's zone, reasons of gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from gonogo.core.wording import seat_words
from gonogo.model.assessment import Purpose
from gonogo.model.evidence import GapReason
from gonogo.model.finding import Finding, Status
from gonogo.model.people import Side
from gonogo.model.ruleset import Severity
from gonogo.model.verdict import Verdict
from gonogo.report.view import RunView

STATUS: Final = {
    Status.MET: "Met",
    Status.NOT_MET: "Not met",
    Status.UNKNOWN: "Unknown",
    Status.NOT_DUE: "Not due",
    Status.NOT_APPLICABLE: "Not applicable",
    Status.NOT_ADOPTED: "Not yet adopted",
}

REASON: Final = {
    GapReason.MISSING: "Missing (no source says it)",
    GapReason.UNASKED: "Unasked (no source is named)",
    GapReason.STALE: "Too old",
    GapReason.FUTURE: "Dated after the assessment",
    GapReason.MALFORMED: "The source cannot be read",
    GapReason.WRONG_TYPE: "Not a value of the right kind",
    GapReason.OUT_OF_RANGE: "Cannot be true",
    GapReason.CONFLICT: "Sources disagree",
    GapReason.COLLECTOR_FAILED: "The collector failed",
    GapReason.DEADLINE: "The collector ran out of time",
    GapReason.UNDECLARED: "The collector answered for a fact that it never declared",
    GapReason.WRONG_SUBJECT: "About something else",
    GapReason.NOT_PROVABLE: "The source cannot prove it",
    GapReason.ISOLATION: "Collected with too little isolation",
    GapReason.AMBIGUOUS_ROWS: "Nothing says what one row is",
    GapReason.MIXED_SUBJECTS: "The source is about several builds, releases, environments or cycles",
    GapReason.COUNTED_DIFFERENTLY: "A register is counted differently from the rules",
    GapReason.UNCONFIRMED: "The binding waits to be confirmed",
}

PURPOSE: Final = {
    Purpose.DECISION: "Decision",
    Purpose.PROGRESS: "Progress",
    Purpose.REHEARSAL: "Rehearsal",
}

_SCALE: Final = (
    "mandatory is High, conditional is Medium, advisory is Low; met is Green, open with a complete action plan is "
    "Yellow, open without one is Red."
)
M3_WORDS: Final = f"In M3's words: GO and CONDITIONAL GO are Approval, NO-GO is Approval Denied; {_SCALE}"
M3_SCALE: Final = f"In M3's words: {_SCALE}"
"""For rules that are not M3's: they have its scales, and its approval is not theirs to give."""

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def approval(verdict: Verdict) -> str:
    """Return M3's word for a verdict."""
    return "Approval Denied" if verdict is Verdict.NO_GO else "Approval"


def weight(severity: Severity) -> str:
    """Return a severity with M3's criticality: ``mandatory (High)``."""
    return f"{severity.value} ({severity.m3_criticality})"


def weighs(finding: Finding) -> str:
    """Return what a criterion weighs; of one in shadow what it will weigh, and that it does not yet."""
    if finding.shadow is None:
        return weight(finding.severity)
    return f"{weight(finding.shadow.severity)}, {finding.shadow.words}"


def seat(owner: str) -> str:
    """Return a seat as people say it; a person's id stays as it is."""
    return seat_words(owner) if owner.partition(".")[0] in tuple(Side) and "." in owner else owner


def local(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment to the minute in ``zone``: ``Mon 2027-04-19 12:00 EDT``."""
    there = moment.astimezone(zone)
    return f"{_DAYS[there.weekday()]} {there:%Y-%m-%d %H:%M} {there.tzname()}"


def both(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment in ``zone`` and in UTC."""
    return f"{local(moment, zone)} ({moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC)"


def count(number: int, one: str, many: str = "") -> str:
    """Return ``1 reason`` or ``2 reasons``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def stopped(sentence: str) -> str:
    """Return a sentence with its full stop, no matter who wrote it."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def person(view: RunView, who: str) -> str:
    """Return whom a seat or id means: ``Joan Pruett``; the seat where no name is recorded, or nobody holds it."""
    if not who:
        return ""
    names = (view.decision.people or {}).get(who)
    if names is None:
        return seat(who)
    return " or ".join(names) if names else f"{seat(who)} (vacant)"


def person_and_seat(view: RunView, who: str) -> str:
    """Return name and seat: ``Joan Pruett, the customer's risk manager``; a vacant seat is said to be vacant."""
    return named_seat(view.decision.people or {}, who)


def named_seat(people: Mapping[str, tuple[str, ...]], who: str) -> str:
    """Return the same by the names of people that a decision holds."""
    names = people.get(who)
    if names is None or names == (who,):
        return seat(who)
    office = seat(who)
    if not names:
        return f"{office}, a seat that nobody holds"
    shown = " or ".join(names)
    return shown if office == who else f"{shown}, {office}"


def answers_for(view: RunView, criterion: str | None) -> str:
    """Return the seat that answers for a criterion; empty where the run knows none."""
    finding = view.finding(criterion) if criterion else None
    return finding.owner if finding is not None else ""


def by_owner(owners: Sequence[str]) -> list[str]:
    """Return whom things are for, each with the number of theirs; what has no owner is counted beside them."""
    tally = Counter(who for who in owners if who)
    names = [f"{who} ({number})" if number > 1 else who for who, number in tally.most_common()]
    alone = len(owners) - tally.total()
    return [*names, f"{alone} without an owner"] if names and alone else names
