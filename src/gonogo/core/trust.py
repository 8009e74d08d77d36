"""What counts because the program says so, and could make a verdict better: told, and never judged here. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from gonogo.core.wording import listing, shown
from gonogo.model.decision import Decision, Reliance, Trusted
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.judgement import Scope
from gonogo.model.people import PeopleRegister
from gonogo.model.program import Program
from gonogo.model.waiver import Waiver


@dataclass(frozen=True, slots=True)
class Word:
    """What is said, and by what it is held.

    Attributes:
        program: What the program file says.
        people: What the people register says.
        scope: What is asked.
        evidence: Admitted evidence and gaps.
        aside: What sources that ``authority`` sets aside say, by fact that a criterion asks for.
        waivers: All that were submitted.
    """

    program: Program
    people: PeopleRegister
    scope: Scope
    evidence: EvidenceSet
    aside: Mapping[str, Sequence[Evidence | Gap]]
    waivers: Sequence[Waiver]


def asked_facts(scope: Scope) -> tuple[str, ...]:
    """Return the facts that the asked criteria read, each once, in their order."""
    return tuple(dict.fromkeys(fact for case in scope.asked for fact in case.criterion.facts))


def trusted_of(decision: Decision, word: Word) -> tuple[Trusted, ...] | None:
    """Return what a verdict takes on the word of the program file or the people register; None where there is nothing.

    What only lets a process end with 0 (``accept``), reads more bytes, or silences a warning (``not_evidence``) makes
    no verdict better and is not told; criteria that are not adopted and the isolation of sources are told elsewhere.
    """
    found = (*_set_aside(word), *_waivers(decision, word), *_statements(word), *_offerings(word), *_closures(word))
    return tuple(dict.fromkeys(found)) or None


def _set_aside(word: Word) -> Iterator[Trusted]:
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for fact, others in word.aside.items():
        chosen, counted = word.program.authority[fact], word.evidence[fact]
        differing = [entry for entry in others if isinstance(entry, Evidence) and _differs(entry, counted)]
        if differing:
            says = f", which says {shown(counted)}" if isinstance(counted, Evidence) else ""
            told = listing([f"{entry.source.binding} says {shown(entry)}" for entry in differing], most=3)
            sentence = f"{fact}: {chosen} counts{says}; {told} and is set aside (authority)."
            yield Trusted(by=Reliance.AUTHORITY, subject=fact, sentence=sentence)
        elif others:
            names = tuple(dict.fromkeys(filter(None, map(_binding, others))))
            alike.setdefault((chosen, names), []).append(fact)
    for (chosen, names), facts in alike.items():
        aside = f"{listing(list(names), most=3)} {'is' if len(names) == 1 else 'are'}"
        sentence = f"{listing(facts, most=3)}: {chosen} counts and {aside} set aside (authority)."
        yield Trusted(by=Reliance.AUTHORITY, subject=facts[0], sentence=sentence)


def _binding(entry: Evidence | Gap) -> str:
    return entry.source.binding if isinstance(entry, Evidence) else entry.binding or ""


def _differs(entry: Evidence, counted: Evidence | Gap) -> bool:
    return isinstance(counted, Gap) or entry.value != counted.value


def _waivers(decision: Decision, word: Word) -> Iterator[Trusted]:
    counted = {(review.id, review.criterion) for review in decision.waivers if review.counted}
    for waiver in word.waivers:
        if (waiver.id, waiver.criterion) not in counted:
            continue
        what = f"the waiver {waiver.id}"
        for approval in waiver.approved_by:
            days = [approval.on]
            yield from _two(what, waiver.id, approval.person, waiver.requested_by, days, word.people)
        for one, other in combinations(waiver.approved_by, 2):
            yield from _two(what, waiver.id, one.person, other.person, [one.on, other.on], word.people)


def _statements(word: Word) -> Iterator[Trusted]:
    makers = {binding.id: binding.producer for binding in word.program.bindings}
    for fact in asked_facts(word.scope):
        entry = word.evidence[fact]
        for value in entry.values if isinstance(entry, Evidence) else ():
            for said in value.attested:
                for maker in filter(None, (said.prepared_by, makers.get(value.source.binding))):
                    yield from _two(f"the statement of {fact}", fact, said.person, maker, (said.on,), word.people)


def _two(
    what: str, subject: str, one: str, other: str, days: Sequence[date], people: PeopleRegister
) -> Iterator[Trusted]:
    if people.held_apart(one, other, *days):
        sentence = (
            f"{what[0].upper()}{what[1:]} rests on {one} and {other} being two people: they would count as one, "
            "had the people register not said otherwise (distinct_from)."
        )
        yield Trusted(by=Reliance.DISTINCT, subject=subject, sentence=sentence)


def _offerings(word: Word) -> Iterator[Trusted]:
    wide: dict[str, list[str]] = {}
    for fact in asked_facts(word.scope):
        entry = word.evidence[fact]
        for value in entry.values if isinstance(entry, Evidence) else ():
            if value.subject.offering is not None and fact not in wide.setdefault(value.subject.offering, []):
                wide[value.subject.offering].append(fact)
    for offering, facts in wide.items():
        told = f"{listing(facts, most=3)}: the evidence is of the provider's offering {offering} as a whole, not of"
        yield Trusted(by=Reliance.OFFERINGS, subject=offering, sentence=f"{told} this program alone (offerings).")


def _closures(word: Word) -> Iterator[Trusted]:
    identity = word.program.identity
    if days := sorted(identity.closures):
        when = f"{days[0]}" if len(days) == 1 else f"{len(days)} days from {days[0]} to {days[-1]}"
        sentence = f"No working days, beside the holidays of {identity.calendar}: {when} (closures)."
        yield Trusted(by=Reliance.CLOSURES, subject=identity.id, sentence=sentence)
