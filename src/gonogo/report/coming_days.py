"""What comes next: the days on which something falls due, ends or happens, the nearest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from gonogo.core.wording import listing
from gonogo.model.canonical import instant_text
from gonogo.model.ruleset import Severity
from gonogo.report.accepted import relied_on
from gonogo.report.ladder import rungs_ahead
from gonogo.report.not_due_yet import due_day
from gonogo.report.view import RunView
from gonogo.report.words import count, person

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class ComingDay:
    """One local day and what it brings.

    Attributes:
        day: The day where the program lives.
        what: What falls due, ends or happens, each in a few words.
    """

    day: date
    what: tuple[str, ...]

    @property
    def words(self) -> str:
        """The day and what it brings: ``Mon 2027-04-26: 2 plans are due (Lin Marchetti and Ruth Amsel)``."""
        return f"{day_words(self.day)}: {listing(list(self.what), most=3)}"


def day_words(day: date) -> str:
    """Return a date with its weekday: ``Mon 2027-04-26``."""
    return f"{_DAYS[day.weekday()]} {day}"


def coming_days(view: RunView) -> tuple[ComingDay, ...]:
    """Return the days from that of the assessment on that bring anything, up to go-live, the nearest first."""
    program, run = view.started.program, view.started
    today, last = program.local_date(run.now), program.local_date(run.release.go_live)
    found: dict[date, list[str]] = {}
    for day, words in (*_plans(view), *_falling_due(view), *_stricter(view), *_endings(view)):
        if today <= day <= last:
            found.setdefault(day, []).append(words)
    if run.release.go_live > run.now:
        found.setdefault(last, []).append("go-live")
    return tuple(ComingDay(day, tuple(found[day])) for day in sorted(found))


def next_date(view: RunView) -> str:
    """Return the nearest of these days in words; empty where none comes any more."""
    days = coming_days(view)
    return days[0].words if days else ""


def _plans(view: RunView) -> list[tuple[date, str]]:
    due: dict[date, Counter[str]] = {}
    for finding in view.findings:
        plan = view.plan(finding.criterion) if finding.status.open else None
        if plan is not None and plan.due is not None:
            due.setdefault(plan.due, Counter())[person(view, plan.owner)] += 1
    return [
        (day, f"{count(sum(who.values()), 'plan is', 'plans are')} due ({listing(list(who), most=3)})")
        for day, who in due.items()
    ]


def _falling_due(view: RunView) -> list[tuple[date, str]]:
    due = Counter(
        (day, finding.due_from)
        for finding in view.findings
        if finding.decides_later and (day := due_day(view, finding)) is not None
    )
    return [
        (day, f"{count(number, 'criterion falls', 'criteria fall')} due ({milestone})")
        for (day, milestone), number in due.items()
    ]


def _stricter(view: RunView) -> list[tuple[date, str]]:
    """The days on which what is enough today may not be enough any more."""
    today = view.started.program.local_date(view.started.now)
    asked = Counter(
        (day, milestone)
        for finding in view.findings
        if finding.status.judged and finding.shadow is None and finding.severity is not Severity.ADVISORY
        for milestone, day in rungs_ahead(view, finding).items()
        if day > today
    )
    return [
        (day, f"{count(number, 'criterion asks', 'criteria ask')} for more ({milestone})")
        for (day, milestone), number in asked.items()
    ]


def _endings(view: RunView) -> list[tuple[date, str]]:
    counted = {review.id for review in view.decision.waivers if review.counted}
    ends = [(each.expires_on, f"waiver {each.id} ends") for each in view.waivers if each.id in counted]
    ends += [(each.until, f"acceptance {each.id} ends") for each in relied_on(view)]
    found = [(day, words) for day, words in ends if day is not None]
    program = view.started.program
    for point in view.started.release.hold_points or ():
        if point.at > view.started.now:
            found.append((program.local_date(point.at), f"hold point {point.id}"))
    return found


def dates_document(view: RunView) -> list[dict[str, object]]:
    """Return the same days for programs, and go-live as an instant with the last of them."""
    go_live = instant_text(view.started.release.go_live)
    return [
        {"day": each.day.isoformat(), "what": list(each.what), **({"at": go_live} if "go-live" in each.what else {})}
        for each in coming_days(view)
    ]
