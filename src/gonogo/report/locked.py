"""The lock in words: who agreed to the criteria and when, what was changed since, and what is not as it was agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from gonogo.core.wording import listing, recorded_day
from gonogo.model.assessment import Purpose
from gonogo.model.change import Effect
from gonogo.model.lock import LockChange, LockDifference, LockStanding
from gonogo.model.waiver import Approval
from gonogo.report.page import Block, Entry, Short, Words
from gonogo.report.view import RunView
from gonogo.report.words import count, seat

_WAYS: Final = {
    Effect.LOOSENS: "looser",
    Effect.MAY_LOOSEN: "may be looser",
    Effect.TIGHTENS: "stricter",
    Effect.NEITHER: "neither",
}


def locked_since(view: RunView) -> str:
    """Return what follows the ruleset on page one: which lock holds it; that none does, where a decision was taken."""
    if view.decision.lock is not None:
        return f"; {lock_summary(view)}"
    return "; not locked" if view.started.kind.purpose is Purpose.DECISION else ""


def lock_words(view: RunView) -> tuple[str, ...]:
    """Return what page one says about a lock that was changed, or that the files do not match."""
    lock = view.decision.lock
    if lock is None:
        return ()
    told = []
    if lock.broken:
        told.append("The program's files are not what was locked: the process ended with exit code 5.")
    told += _changed(lock)
    told += _seats_in_the_past(lock)
    if lock.other_rules:
        told.append(
            "This rehearsal judges by other rules than those that both sides locked, which were not compared: nothing "
            "can be decided by it."
        )
    return tuple(told)


def _seats_in_the_past(lock: LockStanding) -> Iterator[str]:
    """Yield what the people register says otherwise of days on which the record knows it; the rest is listed below."""
    changes = [each for each in lock.people or () if each.matters]
    fresh = [f"{each.person} as {each.role}" for each in changes if not each.gone]
    gone = [f"{each.person} as {each.role}" for each in changes if each.gone]
    if fresh:
        claims = "claims days" if len(fresh) == 1 else "claim days"
        it, signs = ("it", "signs") if len(fresh) == 1 else ("them", "sign")
        seats = listing(fresh, most=3)
        yield (
            f"{count(len(fresh), 'seat')} {claims} on which the register did not have {it}, and {signs} nothing there: "
            f"{seats}."
        )
    if gone:
        what = "seat that the record knows is" if len(gone) == 1 else "seats that the record knows are"
        yield f"{len(gone)} {what} gone from the people register: {listing(gone, most=3)}."


def lock_summary(view: RunView, *, names: bool = True) -> str:
    """Return which lock is in force, for a line of a table; without names, how many people approved it."""
    lock = view.decision.lock
    if lock is None:
        return "none"
    signed = "" if lock.signed_by is not None else ", not signed"
    people = [each.person for each in lock.approved_by]
    by = listing(people, most=6) if names else count(len(people), "person", "people")
    agreed = f"approved by {by}" if people else ""
    return f"lock {lock.number} of {recorded_day(lock.locked_at)}, {agreed or 'approved by nobody'}{signed}"


def _changed(lock: LockStanding) -> list[str]:
    changes = lock.changes or ()
    if not changes:
        return []
    kinds = (
        (sum(each.loosens for each in changes), "loosens something, or may", "loosen something, or may"),
        (sum(bool(each.in_freeze) for each in changes), "inside the freeze", "inside the freeze"),
        (sum(not each.controlled for each in changes), "without request or approval", "without request or approval"),
    )
    parts = [f"{number} {one if number == 1 else many}" for number, one, many in kinds if number]
    told = f": {listing(parts)}" if parts else ""
    return [f"The lock was changed {_times(len(changes))} since {recorded_day(lock.first_at)}{told}."]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def lock_entries(view: RunView) -> tuple[Block, ...]:
    """Return what is not as it was locked, and every change of the lock since the first one."""
    lock = view.decision.lock
    if lock is None:
        return ()
    found: list[Block] = [Words(sentence) for sentence in lock.breaches or ()]
    found += [
        Entry(
            each.criterion or "The program",
            (_way(each.loosens),),
            f"{each.sentence}.",
            tone="bad" if each.loosens else "mixed",
        )
        for each in lock.differences or ()
    ]
    found += [_entry(each) for each in lock.changes or ()]
    if lock.sources:
        found.append(
            Words(f"Sources since the lock, which does not freeze them: {listing(list(lock.sources), most=20)}.")
        )
    if lock.people:
        told = [each.sentence for each in sorted(lock.people, key=lambda each: not each.matters)]
        found.append(Words(f"Seats since the lock, which does not freeze them: {listing(told, most=20)}."))
    return tuple(found)


def _way(loosens: bool) -> str:
    return "not as locked, looser" if loosens else "not as locked"


def _entry(change: LockChange) -> Entry:
    flags = [
        "loosens" if change.loosens else "loosens nothing",
        *(["inside the freeze"] if change.in_freeze else []),
        *([] if change.controlled else ["uncontrolled"]),
    ]
    rows = (
        ("Request", change.request or "none"),
        ("Asked by", change.requested_by or "nobody says"),
        ("Reason", change.reason or "none is given"),
        ("Approved", listing([_approval(each) for each in change.approved_by], most=18) or "by nobody"),
        ("Reviewed", _approval(change.reviewed_by) if change.reviewed_by is not None else "by nobody"),
        *(("Lacks", sentence) for sentence in change.lacks or ()),
        *(("New in the seat", sentence) for sentence in change.newly_seated or ()),
    )
    said = "; ".join(each.sentence for each in change.differences) or "nothing differs from the last agreed lock"
    tone = "bad" if not change.controlled or change.in_freeze else "mixed" if change.loosens else "none"
    return Entry(f"Change {change.number - 1}, {recorded_day(change.at)}", tuple(flags), f"{said}.", rows, tone)


def _approval(approval: Approval) -> str:
    return f"{approval.person} as {seat(approval.role)} on {approval.on}"


def lock_step(view: RunView) -> list[str]:
    """Return the next step where the files are not what was locked: nothing else is worth doing before it."""
    lock = view.decision.lock
    if lock is None or not lock.broken:
        return []
    if lock.differences is None:
        return ["Do this first: put `gonogo.lock` back as said above, and run again."]
    change = "request the change with `gonogo lock amend PROGRAM --draft FILE`"
    return [f"Do this first: restore the locked files, or {change}; then run again."]


def lock_short(view: RunView) -> Short | None:
    """Return the part of page one in short: each change of the lock, the newest first; None where there is none."""
    lock = view.decision.lock
    changes = () if lock is None else lock.changes or ()
    if not changes:
        return None
    items, short = (tuple(form(each) for each in reversed(changes)) for form in (_short, _counted))
    title = f"Changes of the locked criteria ({count(len(items), 'change')})"
    return Short("locked", title, items, short=short, where="`gonogo lock show PROGRAM`")


def _flags(change: LockChange) -> str:
    flags = [
        *(["uncontrolled"] if not change.controlled else []),
        *(["inside the freeze"] if change.in_freeze else []),
        *(["loosens"] if change.loosens else []),
    ]
    return f" ({', '.join(flags)})" if flags else ""


def _counted(change: LockChange) -> str:
    """Return a change in so few words that its weight is never cut."""
    many = count(len(change.differences), "difference")
    return f"{recorded_day(change.at)}: {many}{_flags(change)}, {change.request or 'no request'}"


def _short(change: LockChange) -> str:
    first = change.differences[0].sentence if change.differences else "nothing differs from the last agreed lock"
    more = f" and {len(change.differences) - 1} more" if len(change.differences) > 1 else ""
    return f"{recorded_day(change.at)}, {change.request or 'no request'}{_flags(change)}: {first}{more}"


def differs_short(view: RunView) -> Short | None:
    """Return what is not as it was locked, counted by what it does to the gate; None where the files are as locked."""
    lock = view.decision.lock
    if lock is None or not lock.broken:
        return None
    breaches, differences = lock.breaches or (), lock.differences or ()
    items = (*breaches, *(f"{each.sentence}." for each in differences))
    short = (*breaches, *map(_difference, differences))
    title = f"Not as it was locked ({len(items)}{_ways(differences)})"
    return Short("unlocked", title, items, short=short, where="`gonogo lock PROGRAM`")


def differs_words(view: RunView) -> str:
    """Return how many differences there are, in place of the first few, where the reasons are short."""
    lock = view.decision.lock
    differences = () if lock is None else lock.differences or ()
    many = count(len(differences), "difference")
    return f"The program's files are not what was locked: {many}{_ways(differences)}"


def _ways(differences: Sequence[LockDifference]) -> str:
    tally = Counter(each.effect for each in differences)
    parts = [f"{tally[effect]} {word}" for effect, word in _WAYS.items() if tally[effect]]
    return f": {listing(parts)}" if parts else ""


def _difference(each: LockDifference) -> str:
    part = each.part.removeprefix("parameter ")
    whose = f"{each.criterion}, " if each.criterion else ""
    return f"{whose}{part}: was {each.old}, is now {each.new} ({_WAYS[each.effect]})"
