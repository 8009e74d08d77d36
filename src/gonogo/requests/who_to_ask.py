"""Whom to ask for what a criterion lacks, and which sources have to act before it can be judged. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from gonogo.core.gap_cause import KEEPERS, in_program_file
from gonogo.core.names import holders
from gonogo.core.wording import day_there, listing, seat_words
from gonogo.model.evidence import Evidence, Gap, GapReason
from gonogo.model.finding import Finding
from gonogo.model.people import PeopleRegister
from gonogo.model.program import STATEMENTS, Binding
from gonogo.model.ruleset import Criterion, Severity

WEIGHT: Final = {severity: number for number, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class WhoToAsk:
    """By what it is known whom to ask.

    Attributes:
        bindings: The program's sources.
        criteria: The ruleset's criteria and holds by id: who may state their facts, and how old these may be.
        people: Who holds which seat.
        day: The local date of the assessment.
        now: Its moment, UTC.
        candidates: What each source says about each fact; absent for a fact that no source owes.
        prepared: For a binding and a fact who prepared or made what was stated, and may not state it.
        zone: In which the program's people count days.
    """

    bindings: Sequence[Binding]
    criteria: Mapping[str, Criterion]
    people: PeopleRegister
    day: date
    now: datetime
    candidates: Mapping[str, Sequence[Evidence | Gap]] = field(default_factory=dict)
    prepared: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    zone: tzinfo = UTC

    def is_hold(self, finding: Finding) -> bool:
        """Whether a finding is that of a standing hold."""
        criterion = self.criteria.get(finding.criterion)
        return criterion is not None and criterion.is_hold


@dataclass(frozen=True, slots=True)
class CriterionNeed:
    """One thing that one criterion lacks.

    Attributes:
        finding: The criterion's finding.
        gap: What is wrong.
        binding: Source that has to act; None where no source is named.
        to: Person id, or a seat that several people or nobody holds.
        seat: The seat by which they are asked; empty for the person who makes the evidence.
        enough: Whether what they do is all that this criterion lacks of the fact: a statement counts only where the
            criterion lets their seat state it and somebody holds it, and another source may say something else.
        in_program_file: Whether it is settled in the program file, and not in the source.
    """

    finding: Finding
    gap: Gap
    binding: Binding | None
    to: str
    seat: str
    enough: bool
    in_program_file: bool = False


def needs_of(findings: Sequence[Finding], asking: WhoToAsk) -> tuple[CriterionNeed, ...]:
    """Return everything that unknown criteria lack, with whom to ask.

    A source is asked of one person: the one who makes it, or the office of its weightiest criterion; what does not fit
    its settings, of who keeps the program file. What people state
    is asked, fact by fact, of somebody who may state it.
    """
    known = {binding.id: binding for binding in asking.bindings}
    lacking = [(finding, gap) for finding in findings for gap in _gaps(finding, asking)]
    lacking.sort(key=lambda entry: -1 if asking.is_hold(entry[0]) else WEIGHT[entry[0].severity])
    chosen: dict[tuple[str, str, bool], tuple[str, str]] = {}
    readers: dict[tuple[str, str, bool], list[Finding]] = {}
    for finding, gap in lacking:
        readers.setdefault(_act(gap, known), []).append(finding)
    needs = []
    for finding, gap in lacking:
        binding, key = known.get(gap.binding or ""), _act(gap, known)
        stated = binding is not None and binding.plugin == STATEMENTS
        if key not in chosen:
            chosen[key] = _chosen(readers[key], gap, binding, asking, in_file=key[2])
        to, seat = chosen[key]
        held = bool(holders(asking.people, seat, asking.day))
        entitled = not stated or (held and seat in _attest(finding, asking))
        enough = entitled and not _said_elsewhere(finding, gap, asking)
        needs.append(CriterionNeed(finding, gap, binding, to, seat, enough, key[2]))
    return tuple(needs)


def _chosen(
    readers: Sequence[Finding], gap: Gap, binding: Binding | None, asking: WhoToAsk, *, in_file: bool
) -> tuple[str, str]:
    if in_file and any(holders(asking.people, seat, asking.day) for seat in KEEPERS):
        return _held(KEEPERS, asking)
    stated = binding is not None and binding.plugin == STATEMENTS
    return _stating(readers, gap, asking) if stated else _making(readers, binding, asking)


def _act(gap: Gap, known: Mapping[str, Binding]) -> tuple[str, str, bool]:
    """What is asked as one thing: a source as a whole or its settings, one statement, or one fact without a source."""
    binding = known.get(gap.binding or "")
    if binding is None:
        return "", gap.fact, False
    return binding.id, gap.fact if binding.plugin == STATEMENTS else "", in_program_file(gap, binding)


def _gaps(finding: Finding, asking: WhoToAsk) -> Iterator[Gap]:
    """Every gap of every source of every fact that the criterion lacks, not only the one that is reported."""
    criterion = asking.criteria.get(finding.criterion)
    limit = timedelta(seconds=criterion.max_age_s) if criterion is not None else timedelta.max
    for gap in finding.gaps:
        yield gap
        for entry in asking.candidates.get(gap.fact, ()):
            if isinstance(entry, Gap):
                if entry.binding != gap.binding:
                    yield entry
            elif entry.source.binding != gap.binding and asking.now - entry.as_of >= limit:
                detail = f"It dates from {day_there(entry.as_of, asking.zone)} and is too old."
                yield Gap(fact=gap.fact, reason=GapReason.STALE, detail=detail, binding=entry.source.binding)


def _said_elsewhere(finding: Finding, gap: Gap, asking: WhoToAsk) -> bool:
    """Whether another source says something about the fact: nobody can tell what the answer will be worth."""
    if gap.reason is GapReason.CONFLICT:
        return False
    criterion = asking.criteria.get(finding.criterion)
    limit = timedelta(seconds=criterion.max_age_s) if criterion is not None else timedelta.max
    return any(
        isinstance(entry, Evidence) and entry.source.binding != gap.binding and asking.now - entry.as_of < limit
        for entry in asking.candidates.get(gap.fact, ())
    )


def _making(readers: Sequence[Finding], binding: Binding | None, asking: WhoToAsk) -> tuple[str, str]:
    """Who makes the evidence; else an owner on the side that makes it, or their office there; else the owner."""
    owners = list(dict.fromkeys(finding.owner for finding in readers))
    if binding is None:
        return _held(owners[:1], asking)
    named = _person(binding.producer, asking)
    if named:
        return named, ""
    own = [owner for owner in owners if owner.partition(".")[0] == binding.side]
    beside = [f"{binding.side}.{owner.partition('.')[2]}" for owner in owners[:1]]
    return _held((*own, *beside, *(own or owners)[:1]), asking)


def _stating(readers: Sequence[Finding], gap: Gap, asking: WhoToAsk) -> tuple[str, str]:
    """Somebody who may state the fact, for all criteria that lack it where one seat may, and did not make it."""
    first = readers[0]
    seats = _attest(first, asking)
    barred = asking.prepared.get((gap.binding or "", gap.fact), frozenset())
    own = [seat for seat in dict.fromkeys((first.owner, *seats)) if seat in seats]
    common = [seat for seat in own if all(seat in _attest(other, asking) for other in readers)]
    free = [
        seat
        for seat in (*common, *own)
        for person in holders(asking.people, seat, asking.day)
        if not any(asking.people.one_person(person, maker, asking.day) for maker in barred)
    ]
    return _held((*free, *own, first.owner), asking)


def _attest(finding: Finding, asking: WhoToAsk) -> tuple[str, ...]:
    criterion = asking.criteria.get(finding.criterion)
    return criterion.attest if criterion is not None else ()


def _held(seats: Sequence[str], asking: WhoToAsk) -> tuple[str, str]:
    """The one person who holds the first of the seats that anybody holds, and the seat; the last seat while none is."""
    for seat in seats:
        held = holders(asking.people, seat, asking.day)
        if held:
            return (held[0] if len(held) == 1 else seat), seat
    return _person(seats[-1], asking) or seats[-1], seats[-1]


def _person(name: str, asking: WhoToAsk) -> str:
    found = [person for person, called in asking.people.names.items() if name in (person, called)]
    return found[0] if len(found) == 1 else ""


def called(to: str, seats: Sequence[str], asking: WhoToAsk) -> str:
    """Say who is asked: ``Joan Pruett (the customer's risk manager)``; a vacant seat is said to be vacant."""
    offices = listing([seat_words(seat) for seat in seats], most=3)
    if to in asking.people.names:
        return f"{asking.people.names[to]} ({offices})" if offices else asking.people.names[to]
    held = [asking.people.names.get(person, person) for person in holders(asking.people, to, asking.day)]
    if held:
        return f"{' or '.join(held)} ({offices or seat_words(to)})"
    return f"{seat_words(to)} (a seat that nobody holds)" if asking.people.tenures else seat_words(to)
