"""What would change the verdict, reason by reason: on page one, in its section, and for programs. Never recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from gonogo.model.decision import Blocker, Condition
from gonogo.model.what_would_change import FactChange, ReasonPath
from gonogo.report.page import Block, Entry, Short, Words
from gonogo.report.report_reader import Reader
from gonogo.report.view import RunView
from gonogo.report.words import answers_for, count, person, person_and_seat

MOST: Final = 10
"""Reasons that a report works out; `gonogo path` works out all of them."""
_SHORT: Final = 5
_NOTE: Final = "Hypothetical: each line is worked out from this record alone, and nothing is decided by it."


def change_line(change: FactChange) -> str:
    """Return one change: what is needed, what is known now, and how young the evidence must be."""
    return f"{_name(change)}: {change.needed} needed{_dated(change)} (now {change.now})"


def _dated(change: FactChange) -> str:
    if change.dated is None:
        return ""
    return f", by evidence dated {change.dated} or later" + (f" from {change.source}" if change.source else "")


def _name(change: FactChange) -> str:
    return f"register {change.fact}" if change.register else change.fact


def _cell(change: FactChange, told: set[str]) -> str:
    """Return one change; why nothing is known now only where no other change of its reason has said it."""
    now = _brief(change) if change.now in told else change.now
    told.add(change.now)
    return f"{_name(change)}: {change.needed}{_dated(change)} (now {now})"


def change_document(change: FactChange) -> dict[str, Any]:
    """Return one change for programs."""
    return {
        "register" if change.register else "fact": change.fact,
        "now": change.now,
        "needed": change.needed,
        "dated_from": None if change.dated is None else change.dated.isoformat(),
        "source": change.source or None,
    }


def reason_document(reason: ReasonPath, owner: str | None) -> dict[str, Any]:
    """Return one reason and what settles it, for programs."""
    ahead = reason.stricter
    return {
        "criterion": reason.criterion,
        "why": reason.why,
        "owner": owner,
        "days_to_go_live": reason.days if owner is not None else None,
        "ways": [[change_document(each) for each in way] for way in reason.ways],
        "cannot": list(reason.cannot),
        "papers": list(reason.papers),
        **({"settled_when": reason.settled} if reason.settled else {}),
        "stricter": None
        if ahead is None
        else {
            "rung": ahead.rung,
            "day": ahead.day.isoformat(),
            "days": ahead.days,
            "ways": [[change_document(each) for each in way] for way in ahead.ways],
        },
    }


def would_change_documents(view: RunView) -> list[dict[str, Any]]:
    """Return what a report says of it, for programs."""
    return [reason_document(each, _owner(view, each)) for each in view.needed]


def _owner(view: RunView, reason: ReasonPath) -> str | None:
    finding = view.finding(reason.criterion) if reason.criterion else None
    return None if finding is None else finding.owner


def would_change_short(view: RunView) -> Short | None:
    """Return the part of page one: for the first reasons who must show what."""
    if not view.needed:
        return None
    shown = view.needed[:_SHORT]
    items = tuple(_item(view, reason) for reason in shown)
    whole = _whole(view)
    first = f" (the first {len(shown)} of {count(whole, 'reason')})" if whole > len(shown) else ""
    owners = tuple(_who(view, each) for each in shown)
    seats = tuple(_owner(view, each) or "" for each in shown)
    return Short("change", f"What would change it{first}", items, owners=owners, seats=seats)


def reasons_for(view: RunView, reader: Reader | None) -> tuple[Blocker | Condition, ...]:
    """Return the reasons of the verdict that a reader answers for, and those that nobody alone does; all for None."""
    reasons: tuple[Blocker | Condition, ...] = view.decision.ranked or view.decision.conditions
    return tuple(each for each in reasons if reader is None or reader.answers(answers_for(view, each.criterion)))


def _whole(view: RunView) -> int:
    return len(reasons_for(view, view.reader))


def _who(view: RunView, reason: ReasonPath) -> str:
    owner = _owner(view, reason)
    return "" if owner is None else person(view, owner)


def _item(view: RunView, reason: ReasonPath) -> str:
    who = _who(view, reason)
    start = f"{who}: " if who else ""
    if reason.settled:
        return f"{reason.why.rstrip('.')}: settled when {reason.settled}."
    if not reason.ways:
        return start + (
            reason.cannot[0] if reason.cannot else f"{reason.why.rstrip('.')}: no single change settles it."
        )
    first = "; ".join(f"{_name(each)}: {each.needed} (now {_brief(each)})" for each in reason.ways[0])
    more = len(reason.ways) - 1
    return f"{start}{first}" + (f"; or {count(more, 'other way')}" if more else "")


def _brief(change: FactChange) -> str:
    """What is known today in a few words: the reasons of a gap stand in the section."""
    return change.now.partition(": ")[0].removeprefix("it is ")


def would_change_entries(view: RunView) -> tuple[Block, ...]:
    """Return the section: each reason with every way, the papers that carry it, and the stricter threshold ahead."""
    if not view.needed:
        return ()
    whole = _whole(view)
    rest = f" Only the first {len(view.needed)} of {count(whole, 'reason')} are worked out here."
    note = _NOTE + (rest if whole > len(view.needed) else "")
    return (
        Words(f"{note} `gonogo path` says the smallest set of changes."),
        *(_entry(view, each) for each in view.needed),
    )


def _entry(view: RunView, reason: ReasonPath) -> Entry:
    finding = view.finding(reason.criterion) if reason.criterion else None
    rows = [] if finding is None else [("Owner", person_and_seat(view, finding.owner))]
    rows += list(_rows(reason.ways, "Needed"))
    rows += [("Settled when", reason.settled)] if reason.settled else []
    rows += [("Cannot be changed", why) for why in reason.cannot]
    rows += [("Or", paper) for paper in reason.papers]
    if reason.stricter is not None:
        ahead = reason.stricter
        rows.append(("Stricter from", f"{ahead.rung}, {ahead.day}, in {count(ahead.days, 'day')}"))
        rows += list(_rows(ahead.ways, "Needed then"))
    title = reason.why if finding is None else f"{finding.title} ({finding.criterion})"
    return Entry(title, (), "", tuple(rows), seat="" if finding is None else finding.owner)


def _rows(ways: Sequence[Sequence[FactChange]], label: str) -> Iterator[tuple[str, str]]:
    told: set[str] = set()
    for number, way in enumerate(ways):
        yield (label if number == 0 else "Or instead"), "; ".join(_cell(change, told) for change in way)
