"""Whether an acceptance counts, and if not, why. Pure; a doubt never helps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from gonogo.core.exposure import DIMENSIONS
from gonogo.core.register_items import RegisterItems
from gonogo.core.wording import listing, seat_words
from gonogo.model.acceptance import Acceptance, AcceptanceReview
from gonogo.model.bodies import names_a_body
from gonogo.model.build_name import same_build
from gonogo.model.evidence import Gap
from gonogo.model.fact import Bound, Vocabulary
from gonogo.model.people import PeopleRegister
from gonogo.model.placeholder import has_content
from gonogo.model.planned_answers import says_what_is_done
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.register import UNIT_HEAD, Register, may_never_accept
from gonogo.text import any_of, nearest

LONGEST: Final = timedelta(days=30)
"""How long before the register's own day an acceptance may have been given."""


@dataclass(frozen=True, slots=True)
class AcceptanceStanding:
    """The day, the people and the sources by which acceptances are judged.

    Attributes:
        identity: Gives the time zone.
        release: Gives go-live.
        now: The moment of the assessment, UTC.
        people: Who holds which seat when.
        vocabulary: Declares the registers.
        producers: Binding to who makes its evidence.
        releases: Ids of the program's releases.
    """

    identity: ProgramIdentity
    release: Release
    now: datetime
    people: PeopleRegister
    vocabulary: Vocabulary
    producers: Mapping[str, str] = field(default_factory=dict)
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of all acceptances.

    Attributes:
        reviews: One for each, in their order.
        counted: Those that count, by register and item; of several for one item each counts against the others.
    """

    reviews: tuple[AcceptanceReview, ...] = ()
    counted: Mapping[tuple[str, str], tuple[Acceptance, ...]] = field(default_factory=dict)

    def of(self, register: str) -> list[Acceptance]:
        """Return those that count in one register."""
        return [one for (name, _), found in self.counted.items() if name == register for one in found]

    def ends(self, acceptance: str) -> datetime | None:
        """Return when an acceptance stops counting."""
        mine = [one.ends for one in self.reviews if one.id == acceptance and one.counted]
        return min((end for end in mine if end is not None), default=None)


def review_acceptances(
    acceptances: Sequence[Acceptance], items: Mapping[str, RegisterItems | Gap], standing: AcceptanceStanding
) -> Accepted:
    """Return which acceptances count, each with its reason.

    Of several for one item all count, so that the order of a file decides nothing: the item touches the largest share
    that any of them says, and the verdict ends with the first of them.
    """
    faults = [acceptance_fault(one, items.get(one.register_id), standing) for one in acceptances]
    counted: dict[tuple[str, str], tuple[Acceptance, ...]] = {}
    for one, why in zip(acceptances, faults, strict=True):
        if not why:
            counted[one.register_id, one.item] = (*counted.get((one.register_id, one.item), ()), one)
    reviews = []
    for one, why in zip(acceptances, faults, strict=True):
        ends = None if why else ends_of(one, standing.identity)
        why = why or f"It answers the open item until {one.until}.{_beside(one, counted)}"
        reviews.append(
            AcceptanceReview(
                id=one.id, register_id=one.register_id, item=one.item, counted=ends is not None, why=why, ends=ends
            )
        )
    return Accepted(tuple(reviews), counted)


_COMPARED: Final = 200
"""Up to so many open items the nearest names are looked for."""


def _open_ones(item: str, items: RegisterItems) -> str:
    """Return which items are open in place of one that is not: the one that is written otherwise, or the nearest."""
    keys = [*items.keys]
    if not keys:
        return "none is open"
    if like := [key for key in keys if _letters(key) == _letters(item)]:
        return f"{like[0]} is open, and its name is written so"
    near = nearest(item, keys) if len(keys) <= _COMPARED else []
    named = listing([*near, *(key for key in keys if key not in near)], most=3)
    return f"{'only ' if len(keys) == 1 else ''}{named} {'is' if len(keys) == 1 else 'are'} open"


def _beside(one: Acceptance, counted: Mapping[tuple[str, str], Sequence[Acceptance]]) -> str:
    others = [each.id for each in counted[one.register_id, one.item] if each is not one]
    if not others:
        return ""
    verb = "answers" if len(others) == 1 else "answer"
    return f" {listing(others, most=3)} {verb} it too: the largest shares and the earliest end count."


def ends_of(one: Acceptance, identity: ProgramIdentity) -> datetime | None:
    """Return when an acceptance stops counting: its last day, or when it is older than an acceptance may be."""
    if one.until is None or one.on is None:
        return None
    return identity.day_end(min(one.until, one.on + LONGEST))


def acceptance_fault(one: Acceptance, items: RegisterItems | Gap | None, standing: AcceptanceStanding) -> str:
    """Return why an acceptance does not count, in one sentence; empty where it does."""
    if one.unreadable:
        return f"It cannot be read: {one.unreadable}."
    if why := _release_fault(one, standing):
        return why
    if items is None:
        return f"The ruleset has no register {one.register_id}."
    if isinstance(items, Gap):
        return f"Nobody can say which items of {one.register_id} are open: {items.detail}"
    if one.item not in items.keys:
        return f"It changes nothing: {one.register_id} names no open item {one.item}; {_open_ones(one.item, items)}."
    return (
        _incomplete(one)
        or _seat_fault(one, items.register, standing)
        or next(_same_person(one, items, standing), "")
        or _date_fault(one, items, standing)
        or _build_fault(one, items, standing)
    )


def _letters(key: str) -> list[str]:
    """Return what is left of a key without case, signs and leading zeros: ``def-06`` is like ``DEF-6``."""
    return [part.lstrip("0") for part in re.findall(r"[^\W\d_]+|\d+", key.casefold())]


def _release_fault(one: Acceptance, standing: AcceptanceStanding) -> str:
    """An item hits each release for itself, so nobody accepts it for one that they do not name."""
    if one.release is not None and one.release != standing.release.id:
        return f"It is for the release {one.release}."
    if one.release is None and len(standing.releases) > 1:
        return f"It does not say for which release it is given: {listing(list(standing.releases), most=5)}."
    return ""


def _incomplete(one: Acceptance) -> str:
    parts: dict[str, object] = {
        "person": one.person,
        "role": one.role,
        "date of the acceptance": one.on,
        "last day": one.until,
        "workaround": one.workaround,
        "day on which the workaround was tried": one.tried_on,
        "name of who tried it": one.tried_by,
    }
    missing = [f"{name} missing" for name, value in parts.items() if not has_content(value)]
    if one.workaround and has_content(one.workaround) and not says_what_is_done(one.workaround):
        missing.append("workaround does not say what is done")
    if missing:
        return f"It is incomplete: {listing(missing, most=len(missing))}."
    beyond = [name for name in DIMENSIONS if (share := getattr(one, name)) is not None and not 0 <= share <= 1]
    if beyond:
        return f"Its share of {listing(beyond)} is not from 0% to 100%."
    return ""


def _seat_fault(one: Acceptance, register: Register, standing: AcceptanceStanding) -> str:
    if one.role not in register.accept:
        seats = any_of([seat_words(seat) for seat in register.accept])
        return f"It is given as {one.role}, but only {seats} may accept an item of {register.id}."
    if why := may_never_accept(one.role):
        return f"It is given as {one.role}: {why}."
    name = standing.people.names.get(one.person, one.person)
    if names_a_body(name):
        return f"{name} ({one.person}) reads like an office, a mailbox or a service, but a person accepts."
    if one.on is None or one.person not in standing.people.holders(one.role, one.on):
        return f"{one.person} {standing.people.why_no_seat(one.person, one.role, one.on)}."
    return _unit_fault(one, standing)


def _unit_fault(one: Acceptance, standing: AcceptanceStanding) -> str:
    """A unit's head bears what hits the unit, and nothing else."""
    if one.role.partition(".")[2] != UNIT_HEAD or one.on is None:
        return ""
    units = standing.people.units(one.person, one.role, one.on)
    if not units:
        return f"The people register does not say which unit {one.person} heads."
    if " ".join(one.touches.split()).casefold() not in {" ".join(unit.split()).casefold() for unit in units}:
        hits = one.touches or "nothing that it names"
        return f"{one.person} heads {listing(sorted(units))}, but the item touches {hits}."
    return ""


def _same_person(one: Acceptance, items: RegisterItems, standing: AcceptanceStanding) -> Iterator[str]:
    """Yield who is one person with somebody who may never accept, or who made the evidence."""
    people, on = standing.people, one.on
    if on is None:
        return
    for role in sorted({tenure.role for tenure in people.tenures}):  # a seat is lent only by who holds it
        if not (why := may_never_accept(role)):
            continue
        for other in sorted(people.may_hold(role, on)):
            if people.one_person(one.person, other, on):
                yield f"{_one(one.person, other, people)} {seat_words(role)}: {why}."
    for maker in sorted(_makers(items, standing)):
        if people.one_person(one.person, maker, on):
            yield f"{_one(one.person, maker, people)} who made the evidence, and may not accept what it shows."


def _one(person: str, other: str, people: PeopleRegister) -> str:
    return f"{person} is" if person == other else f"{people.why_one(person, other)}, and {other} is"


def _makers(items: RegisterItems, standing: AcceptanceStanding) -> set[str]:
    found = {standing.producers.get(value.source.binding, "") for value in items.values}
    found |= {stated.prepared_by or "" for value in items.values for stated in value.attested}
    return found - {""}


def _date_fault(one: Acceptance, items: RegisterItems, standing: AcceptanceStanding) -> str:
    identity = standing.identity
    days = [identity.local_date(value.as_of) for value in items.values]
    go_live = identity.local_date(standing.release.go_live)
    if one.on is None or one.until is None or one.tried_on is None:
        return ""
    if one.tried_on > one.on:
        return f"The workaround was tried on {one.tried_on}, after the acceptance of {one.on}."
    if one.on > min(days):
        again = "export the register again, so that it shows what was accepted"
        return f"It is dated {one.on}, after the register, which holds as of {min(days)}: {again}."
    if (old := max(days) - one.on) > LONGEST:
        return (
            f"It is dated {one.on}, {old.days} days before the register; at most {LONGEST.days} count: accept it anew."
        )
    if one.until < go_live:
        return f"It ends on {one.until}, before go-live on {go_live}, so nothing would cover go-live."
    if standing.now >= identity.day_end(one.until):
        return f"It ended on {one.until}."
    return ""


def _build_fault(one: Acceptance, items: RegisterItems, standing: AcceptanceStanding) -> str:
    declared = standing.vocabulary.get(items.register.fact)
    if declared is None or declared.bound is not Bound.BUILD:
        return ""
    if not one.build.strip():
        return "It does not say for which build it is given."
    for value in items.values:
        if value.subject.build is None:
            return "The register does not say which build it is about."
        if not same_build(one.build, value.subject.build):
            return f"It is for the build {one.build}, but the register is about {value.subject.build}."
    return ""
