"""Who holds which seat otherwise than on the day of the lock, and what of that counts for days before it. Pure.

A lock does not freeze people: they come and go. It records who held which seat, so that nobody takes one in the past:
an entry that claims days before the lock which the register did not give then counts from the day on which it is known.
An entry that is dropped counts until then, because who was a program manager does not accept by having been none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from gonogo.model.people import Delegation, PeopleRegister, Tenure
from gonogo.model.seat_change import SeatChange
from gonogo.model.seats import HeldSeat, LentSeat, Seats

Entry = HeldSeat | LentSeat
_DAY = timedelta(days=1)


def seat_changes(
    locked: Seats, now: Seats, *, lock_day: date, seen: Callable[[Entry, bool], date]
) -> tuple[SeatChange, ...]:
    """Return what is new and what is gone since a lock, in the order of the registers.

    Args:
        locked: As recorded with the lock.
        now: As the register is.
        lock_day: Local day of the lock.
        seen: Returns since which local day an entry is known to be there, or not to be.
    """
    was, are = _entries(locked), _entries(now)
    found = [_change(each, seen(each, True), past=_claims(each, was, lock_day)) for each in are if each not in was]
    found += [
        _change(each, seen(each, False), past=_claims(each, are, lock_day), gone=True)
        for each in was
        if each not in are
    ]
    return tuple(found)


def known_people(register: PeopleRegister, changes: Sequence[SeatChange]) -> PeopleRegister:
    """Return the register as it may be believed: what claims the past counts from the day on which it is known."""
    past = {_key(each): each.seen for each in changes if each.past and not each.gone}
    claimed = {key[:3] for key in past}
    back = [each for each in changes if each.gone and (each.past or (each.role, each.person, each.by) in claimed)]
    if not past and not back:
        return register
    return register.model_copy(
        update={
            "tenures": (
                *(
                    _known(each, past.get((each.role, each.person, None, each.start, each.end)))
                    for each in register.tenures
                ),
                *(tenure for each in back if each.by is None for tenure in _held(each, register)),
            ),
            "delegations": (
                *(
                    _lent_known(each, past.get((each.role, each.to, each.by, each.start, each.end)))
                    for each in register.delegations
                ),
                *(lent for each in back if each.by is not None for lent in _lent(each, register)),
            ),
        }
    )


def holds(seats: Seats, role: str, person: str) -> bool:
    """Return whether a person holds a seat, or is lent it, on whatever day."""
    return any((each.role, _person(each)) == (role, person) for each in _entries(seats))


def _entries(seats: Seats) -> list[Entry]:
    held = [each.model_copy(update={"unit": None}) for each in seats.held]
    return list(dict.fromkeys((*held, *seats.lent)))


def _person(entry: Entry) -> str:
    return entry.person if isinstance(entry, HeldSeat) else entry.to


def _by(entry: Entry) -> str | None:
    return None if isinstance(entry, HeldSeat) else entry.by


def _change(entry: Entry, seen: date, *, past: bool, gone: bool = False) -> SeatChange:
    return SeatChange(
        role=entry.role,
        person=_person(entry),
        by=_by(entry),
        start=entry.start,
        end=entry.end,
        gone=gone or None,
        seen=seen,
        past=past or None,
    )


def _claims(entry: Entry, others: Sequence[Entry], lock_day: date) -> bool:
    """Whether an entry gives days before the lock that none of the others gives to the same person."""
    alike = [
        each for each in others if (each.role, _person(each), _by(each)) == (entry.role, _person(entry), _by(entry))
    ]
    last = min(entry.end or date.max, lock_day - _DAY)
    day = entry.start or date.min
    while day <= last:
        covering = [each.end or date.max for each in alike if (each.start or date.min) <= day <= (each.end or date.max)]
        if not covering:
            return True
        furthest = max(covering)
        if furthest >= last:
            return False
        day = furthest + _DAY
    return False


def _key(change: SeatChange) -> tuple[str, str, str | None, date | None, date | None]:
    return change.role, change.person, change.by, change.start, change.end


def _known(tenure: Tenure, seen: date | None) -> Tenure:
    return tenure if seen is None else tenure.model_copy(update={"known_from": seen})


def _lent_known(lent: Delegation, seen: date | None) -> Delegation:
    return lent if seen is None else lent.model_copy(update={"known_from": seen})


def _until(change: SeatChange) -> date | None:
    """Return the last day on which an entry that is gone counts; None where there is none."""
    last = min(change.end or date.max, change.seen - _DAY)
    return last if change.start is None or change.start <= last else None


def _held(change: SeatChange, register: PeopleRegister) -> Iterator[Tenure]:
    if (last := _until(change)) is not None:
        name = register.names.get(change.person, change.person)
        apart = _apart(change.person, register)
        yield Tenure(
            role=change.role, person=change.person, name=name, start=change.start, end=last, distinct_from=apart
        )


def _lent(change: SeatChange, register: PeopleRegister) -> Iterator[Delegation]:
    last = _until(change)
    if last is not None and change.by is not None and change.start is not None:
        yield Delegation(
            role=change.role,
            by=change.by,
            to=change.person,
            name=register.names.get(change.person, change.person),
            purpose="as on the day of the lock",
            start=change.start,
            end=last,
            distinct_from=_apart(change.person, register),
        )


def _apart(person: str, register: PeopleRegister) -> tuple[str, ...]:
    return tuple(other for pair in register.apart if person in pair for other in pair if other != person)
