"""What is still needed, in words, before any format: one item for each thing that a person can go and do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gonogo.core.due import first_day
from gonogo.core.wording import listing, seat_words
from gonogo.model.program import Binding
from gonogo.model.ruleset import Criterion
from gonogo.report.words import REASON, local
from gonogo.requests.addressee import Addressee, Requests
from gonogo.requests.closing import verb
from gonogo.requests.outstanding import OutstandingFact
from gonogo.requests.outstanding_papers import APPROVAL, OutstandingPaper, OutstandingWork
from gonogo.text import any_of


@dataclass(frozen=True, slots=True)
class Deadline:
    """From when on evidence must be dated to be fresh at one moment.

    Attributes:
        exact: The first whole second, UTC.
        day: The first local date; None where a bare date is too coarse, because its start comes too late or too early.
        at: The moment at which it must be fresh, UTC.
    """

    exact: datetime
    day: date | None
    at: datetime


def for_decision(needed: OutstandingFact, requests: Requests) -> Deadline:
    """Return the deadline of the decision."""
    return _deadline(needed.decision_from, requests.decision, requests)


def for_go_live(needed: OutstandingFact, requests: Requests) -> Deadline:
    """Return the deadline of go-live."""
    return _deadline(needed.go_live_from, requests.release.go_live, requests)


def _deadline(exact: datetime, at: datetime, requests: Requests) -> Deadline:
    day = first_day(requests.program, exact)
    return Deadline(exact, day if requests.program.day_start(day) <= at else None, at)


def deadline_words(deadline: Deadline, requests: Requests) -> str:
    """Return ``on or after 2027-04-13 (Tue 2027-04-13 00:00 EDT)``; seconds where they matter."""
    zone = requests.program.zone
    there = deadline.exact.astimezone(zone)
    exact = local(deadline.exact, zone)
    if there.second:
        exact = exact.replace(f"{there:%H:%M}", f"{there:%H:%M:%S}", 1)
    if deadline.day is None:
        return f"with its time, on or after {exact}"
    start = requests.program.day_start(deadline.day)
    return (
        f"on or after {deadline.day}"
        if start == deadline.exact
        else f"on or after {deadline.day}; with a time of day, from {exact} on"
    )


def state_words(needed: OutstandingFact, requests: Requests) -> tuple[str, str]:
    """Return the state of the fact in a few words, and the detail of it."""
    if needed.gap is not None:
        return REASON[needed.gap.reason], needed.gap.detail
    when = "the decision" if needed.for_decision else "go-live"
    until = local(needed.stale_at, requests.program.zone) if needed.stale_at is not None else "some moment"
    return f"Will be too old at {when}", f"It is usable until {until}."


def task(facts: tuple[OutstandingFact, ...]) -> str:
    """Return what to do about facts of one source, as one asks a person to: ``Renew tests (evidence/junit.xml)``."""
    first = facts[0]
    what = (
        source_words(first.binding)
        if first.binding is not None
        else listing([needed.fact for needed in facts], most=20)
    )
    asked = verb(first.gap, first.binding) if first.gap is not None else "renew {what}"
    words = asked.format(what=what)
    return f"{words[0].upper()}{words[1:]}"


def source_words(binding: Binding) -> str:
    """Return a source with its files and its maker: ``tests (evidence/junit.xml), made by Test team``."""
    paths = [path for entry in binding.inputs for path in entry.paths]
    files = f" ({listing(paths, most=3)})" if paths else ""
    named = not binding.producer.startswith("FILL IN")
    return f"{binding.id}{files}, made by {binding.producer}" if named else f"{binding.id}{files}"


def sources_of(addressee: Addressee) -> list[tuple[OutstandingFact, ...]]:
    """Return the facts that a person owes by source; those without one, by the criteria that wait for them."""
    groups: dict[str, list[OutstandingFact]] = {}
    for needed in addressee.facts:
        reason = needed.gap.reason if needed.gap is not None else ""
        key = f"{needed.binding.id}:{reason}" if needed.binding is not None else f"{_waiting(needed)}:{reason}"
        groups.setdefault(key, []).append(needed)
    return [tuple(group) for group in groups.values()]


def by_criteria(facts: tuple[OutstandingFact, ...]) -> list[tuple[OutstandingFact, ...]]:
    """Return facts in groups for which the same criteria wait, in their order."""
    groups: dict[tuple[str, ...], list[OutstandingFact]] = {}
    for needed in facts:
        groups.setdefault(_waiting(needed), []).append(needed)
    return [tuple(group) for group in groups.values()]


def _waiting(needed: OutstandingFact) -> tuple[str, ...]:
    return tuple(criterion.id for criterion in needed.criteria)


def criterion_words(criterion: Criterion) -> str:
    """Return weight, title and id."""
    return f"{weight_words(criterion)}: {criterion.title} ({criterion.id})"


def weight_words(criterion: Criterion) -> str:
    """Return the severity of a criterion; a standing hold has none."""
    return "standing hold" if criterion.is_hold else criterion.severity.value


def attest_words(needed: OutstandingFact) -> str:
    """Return who may state the fact for every criterion that waits for it."""
    if needed.attest:
        return any_of([seat_words(seat) for seat in needed.attest])
    return "no single seat for all of these criteria; `gonogo explain` names the seats for each"


def paper_words(paper: OutstandingPaper) -> str:
    """Return what is to be done about an action plan or waiver."""
    name = f" {paper.name}" if paper.name else ""
    if paper.kind == APPROVAL:
        return f"Approve again, if you still agree: the waiver{name} for {paper.criterion.title} ({paper.criterion.id})"
    return f"Complete the {paper.kind}{name} for {paper.criterion.title} ({paper.criterion.id})"


def work_words(work: OutstandingWork) -> str:
    """Return what is to be made true."""
    return f"Get this done: {work.criterion.title} ({work.criterion.id})"


def open_words(work: OutstandingWork) -> str:
    """Return what counts against a criterion, by key; empty where nobody names it."""
    more = f" and {work.more} more" if work.more else ""
    return f"{', '.join(work.items)}{more}" if work.items else ""


def instead_words(work: OutstandingWork) -> str:
    """Return what else there is: the plan that it has, or who may waive it."""
    if work.plan is not None:
        due = f", due {work.plan.due}" if work.plan.due is not None else ""
        return f"its action plan counts until then: {work.plan.action}{due}"
    if not work.criterion.waivable_by:
        return "nobody may waive it"
    seats = listing([seat_words(seat) for seat in work.criterion.waivable_by], most=20)
    return f"a waiver by {seats}; `gonogo explain {work.criterion.id}` says who must sign"


def person_words(addressee: Addressee) -> str:
    """Return the person with the seats, or the seat that nobody holds."""
    seats = listing([seat_words(seat) for seat in addressee.seats], most=20)
    if addressee.person is None:
        return f"{seats} (nobody holds this seat in the people register)"
    return f"{addressee.name} ({seats or 'who makes the evidence'})"


def count_words(addressee: Addressee) -> str:
    """Return how much is still needed: ``5 facts and 1 action plan``."""
    counts = {"fact": len(addressee.facts)}
    for paper in addressee.papers:
        counts[paper.kind] = counts.get(paper.kind, 0) + 1
    counts["standing hold that is on"] = sum(work.criterion.is_hold for work in addressee.works)
    counts["failed criterion"] = len(addressee.works) - counts["standing hold that is on"]
    return listing([_counted(number, word) for word, number in counts.items() if number])


def _counted(number: int, word: str) -> str:
    if word.startswith("standing hold"):
        many = "standing holds that are on"
    else:
        many = word.replace("criterion", "criteria") if word.endswith("criterion") else f"{word}s"
    return f"{number} {word if number == 1 else many}"


def occasion_words(requests: Requests) -> str:
    """Return the decision with its date: ``the T-14 decision of 2027-04-19``."""
    day = requests.program.local_date(requests.decision)
    return f"the {requests.occasion} decision of {day}" if requests.occasion else f"the decision of {day}"


def subject_words(requests: Requests) -> str:
    """Return program and release."""
    return f"{requests.program.title or requests.program.id}, release {requests.release.id}"
