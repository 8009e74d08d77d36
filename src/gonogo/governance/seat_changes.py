"""Who holds which seat otherwise than on the day of the lock, and what of that counts for days before it. Pure.

A lock does not freeze people: they come and go. It records who held which seat, and so does each run. So nobody takes
one in the past: an entry that claims days before the lock counts from the day on which it is known, and one that claims
later days on which a run did not find it counts after these. An entry that is dropped gives no signature, and rules
that ask for somebody else know it until then: a person who was a program manager does not accept by having been none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from gonogo.model.people import Delegation, PeopleRegister, Tenure
from gonogo.model.seat_change import SeatChange
from gonogo.model.seats import HeldSeat, LentSeat, Seats

Entry = HeldSeat | LentSeat
_DAY = timedelta(days=1)
_NEVER: Final = date.max
"""Of an entry that the register has no more: what was signed by it counts on no day."""


def seat_changes(record: Sequence[tuple[date, Seats]], now: Seats, today: date) -> tuple[SeatChange, ...]:
    """Return what is new and what is gone since a lock, in the order of the registers.

    Args:
        record: The register as it was recorded: first with the lock, then with each run since, with the local days.
        now: As the register is.
        today: Local day of the run.
    """
    days = [(day, frozenset(_entries(seats))) for day, seats in record]
    (lock_day, _), was, are = days[0], _entries(record[0][1]), _entries(now)
    known = list(dict.fromkeys(each for _, seats in record for each in _entries(seats)))
    found = []
    for each in [one for one in are if one not in was]:
        seen, past = _seen(each, days, today, there=True), _claims(each, was, lock_day - _DAY)
        found.append(_change(each, seen, past=past, counts_from=seen if past else _counts_from(each, days, seen)))
    for each in [one for one in known if one not in are]:
        last = max(day for day, entries in days if each in entries)
        seen = _seen(each, days, today, there=False)
        found.append(_change(each, seen, past=_claims(each, are, last), gone=True))
    return tuple(found)


def _seen(entry: Entry, days: Sequence[tuple[date, frozenset[Entry]]], today: date, *, there: bool) -> date:
    """Return the day of the first record that has an entry, or has it not, as every later one; today for none."""
    seen = today
    for day, entries in reversed(days):
        if (entry in entries) is not there:
            break
        seen = day
    return seen


def _counts_from(entry: Entry, days: Sequence[tuple[date, frozenset[Entry]]], seen: date) -> date | None:
    """Return the first day on which an entry counts that claims a day on which the record does not have it."""
    without = [day for day, entries in days if entry not in entries and (entry.start or date.min) <= day <= seen]
    return min(max(without) + _DAY, seen) if without else None


def known_people(register: PeopleRegister, changes: Sequence[SeatChange]) -> PeopleRegister:
    """Return the register as it may be believed: what claims the past counts from the day on which it is known."""
    past = {_key(each): each.counts_from for each in changes if each.counts_from is not None}
    claimed = {key[:3] for key in past}
    back = [each for each in changes if each.gone and (each.past or (each.role, each.person, each.by) in claimed)]
    if not past and not back:
        return register
    return register.model_copy(
        update={
            "tenures": (
                *(
                    _known(each, past.get((each.role, each.person, None, each.start, each.end, each.unit)))
                    for each in register.tenures
                ),
                *(tenure for each in back if each.by is None for tenure in _held(each, register)),
            ),
            "delegations": (
                *(
                    _lent_known(each, past.get((each.role, each.to, each.by, each.start, each.end, None)))
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
    return list(dict.fromkeys((*seats.held, *seats.lent)))


def _person(entry: Entry) -> str:
    return entry.person if isinstance(entry, HeldSeat) else entry.to


def _by(entry: Entry) -> str | None:
    return None if isinstance(entry, HeldSeat) else entry.by


def _unit(entry: Entry) -> str | None:
    return entry.unit if isinstance(entry, HeldSeat) else None


def _change(entry: Entry, seen: date, *, past: bool, gone: bool = False, counts_from: date | None = None) -> SeatChange:
    return SeatChange(
        role=entry.role,
        person=_person(entry),
        by=_by(entry),
        start=entry.start,
        end=entry.end,
        unit=_unit(entry),
        gone=gone or None,
        seen=seen,
        counts_from=counts_from,
        past=past or None,
    )


def _claims(entry: Entry, others: Sequence[Entry], until: date) -> bool:
    """Whether an entry gives days up to one that none of the others gives to the same person, for the same unit."""
    own = _whose(entry)
    alike = [each for each in others if _whose(each) == own]
    last = min(entry.end or date.max, until)
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


def _whose(entry: Entry) -> tuple[str, str, str | None, str | None]:
    return entry.role, _person(entry), _by(entry), _unit(entry)


def _key(change: SeatChange) -> tuple[str, str, str | None, date | None, date | None, str | None]:
    return change.role, change.person, change.by, change.start, change.end, change.unit


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
            role=change.role,
            person=change.person,
            name=name,
            start=change.start,
            end=last,
            distinct_from=apart,
            unit=change.unit,
            known_from=_NEVER if change.past else None,
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
            known_from=_NEVER if change.past else None,
        )


def _apart(person: str, register: PeopleRegister) -> tuple[str, ...]:
    return tuple(other for pair in register.apart if person in pair for other in pair if other != person)
