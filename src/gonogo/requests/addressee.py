"""Who is asked for what: everything that is still needed, by the person who holds the seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gonogo.core.names import holders
from gonogo.core.wording import seat_words
from gonogo.model.fact import Vocabulary
from gonogo.model.people import PeopleRegister
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, Severity
from gonogo.requests.outstanding import OutstandingFact, weight
from gonogo.requests.outstanding_papers import OutstandingPaper, OutstandingWork


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person and all that they are asked for.

    Attributes:
        person: Person id; None where nobody holds the seat.
        name: How the person is written, or the vacant seat in words.
        seats: Seats by which they are asked; empty for a person who is asked only as the maker of evidence.
        facts: Facts that they owe.
        papers: Action plans and waivers that they owe.
        works: Criteria of theirs that fail on merit.
    """

    person: str | None
    name: str
    seats: tuple[str, ...]
    facts: tuple[OutstandingFact, ...] = ()
    papers: tuple[OutstandingPaper, ...] = ()
    works: tuple[OutstandingWork, ...] = ()

    @property
    def mandatory(self) -> int:
        """How many mandatory criteria wait for this person."""
        return len({each.id for each in self._waiting() if each.severity is Severity.MANDATORY})

    @property
    def holds(self) -> int:
        """How many standing holds wait for this person."""
        return len({each.id for each in self._waiting() if each.is_hold})

    def _waiting(self) -> list[Criterion]:
        waiting = [criterion for needed in self.facts for criterion in needed.criteria]
        waiting += [paper.criterion for paper in self.papers]
        return waiting + [work.criterion for work in self.works]

    @property
    def key(self) -> str:
        """Person id, or the vacant seat: what ``--to`` takes."""
        return self.person or self.seats[0]


@dataclass(frozen=True, slots=True)
class Requests:
    """Everything that is still needed for one decision.

    Attributes:
        program: The program.
        release: The release.
        now: The present moment, UTC.
        decision: The last moment of the decision, UTC.
        vocabulary: What each fact is, and the question that a person would be asked.
        occasion: What the decision is: ``T-14``, or empty for a date that was asked for.
        basis: What is known now and from where, in one sentence.
        addressees: Whom to ask, who holds back most first.
    """

    program: ProgramIdentity
    release: Release
    now: datetime
    decision: datetime
    vocabulary: Vocabulary
    occasion: str
    basis: str
    addressees: tuple[Addressee, ...]


@dataclass(slots=True)
class _Heap:
    seats: list[str] = field(default_factory=list)
    facts: list[OutstandingFact] = field(default_factory=list)
    papers: list[OutstandingPaper] = field(default_factory=list)
    works: list[OutstandingWork] = field(default_factory=list)


def addressees(
    facts: Sequence[OutstandingFact],
    papers: Sequence[OutstandingPaper],
    people: PeopleRegister,
    day: date,
    works: Sequence[OutstandingWork] = (),
) -> tuple[Addressee, ...]:
    """Return who is asked for what on ``day``, a local date; first who keeps a hold on, or most mandatory criteria.

    A seat with several holders asks each of them; a seat without one is named as it is.
    """
    heaps: dict[tuple[str | None, str], _Heap] = {}
    for needed in facts:
        for heap in _heaps(needed.asks, people, day, heaps):
            heap.facts.append(needed)
    for paper in papers:
        for heap in _heaps(paper.asks, people, day, heaps):
            heap.papers.append(paper)
    for work in works:
        for heap in _heaps(work.asks, people, day, heaps):
            heap.works.append(work)
    found = [
        Addressee(
            person=person,
            name=people.names.get(person, person) if person is not None else seat_words(seat),
            seats=tuple(heap.seats),
            facts=tuple(heap.facts),
            papers=tuple(sorted(heap.papers, key=lambda paper: weight(paper.criterion))),
            works=tuple(heap.works),
        )
        for (person, seat), heap in heaps.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.holds, -one.mandatory, -len(one.facts), -len(one.works), one.name))
    )


def _heaps(
    asks: Sequence[str], people: PeopleRegister, day: date, heaps: dict[tuple[str | None, str], _Heap]
) -> list[_Heap]:
    """Return the heaps of those who are asked, made where they are new."""
    for asked in asks:
        named = [person for person, name in people.names.items() if asked in (person, name)]
        if len(named) == 1:
            return [heaps.setdefault((named[0], ""), _Heap())]
        held = holders(people, asked, day)
        if held:
            found = [heaps.setdefault((person, ""), _Heap()) for person in held]
            for heap in found:
                if asked not in heap.seats:
                    heap.seats.append(asked)
            return found
    vacant = asks[-1]
    return [heaps.setdefault((None, vacant), _Heap(seats=[vacant]))]
