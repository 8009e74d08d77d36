"""What counts because the program says so, and could make a verdict better: shown, and never judged here. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from gonogo.core.closed_by import closed_by, stated_beside
from gonogo.core.left_out_facts import left_out_to_trust
from gonogo.core.pinned_facts import idle_pins, not_shown
from gonogo.core.rows_word import rows_sentence
from gonogo.core.settings_word import settings_to_trust
from gonogo.core.stated_by_plugins import stated_by_plugins
from gonogo.core.wording import listing, shown
from gonogo.model.acceptance import Acceptance
from gonogo.model.decision import Decision, Reliance, Trusted
from gonogo.model.deposited import Deposited
from gonogo.model.derivation import Derivation
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, Subject
from gonogo.model.judgement import Scope
from gonogo.model.people import PeopleRegister
from gonogo.model.program import Binding, Program
from gonogo.model.register import Register, may_never_accept
from gonogo.model.reply import LeftAside
from gonogo.model.waiver import Waiver


@dataclass(frozen=True, slots=True)
class TrustInputs:
    """What is said, and by what it is held.

    Attributes:
        program: What the program file says.
        people: What the people register says.
        scope: What is asked.
        evidence: Admitted evidence and gaps.
        aside: What sources that ``authority`` sets aside say, by fact that a criterion asks for.
        waivers: All that were submitted.
        left_out: What ``not_evidence`` kept from each binding.
        unrecorded: Waivers whose approved state no recorded run shows.
        logs: Other audit logs beside the configured one, with what each holds, in words.
        deposited: How the evidence of a binding came that was not read here.
        pinned: Settings of each binding that the rules pin.
        acceptances: All that were submitted.
        derivation: What the rules pin for collectors.
        registers: Facts that count the items of a register.
        unworded: Those of registers for which the rules name no closing words, with what one item is.
        counted: The registers.
        own: What each source itself says that a fact is about, by binding and fact; where it is not there, nothing.
    """

    program: Program
    people: PeopleRegister
    scope: Scope
    evidence: EvidenceSet
    aside: Mapping[str, Sequence[Evidence | Gap]]
    waivers: Sequence[Waiver]
    left_out: Mapping[str, Sequence[LeftAside]] = field(default_factory=dict)
    own: Mapping[tuple[str, str], Subject] = field(default_factory=dict)
    unrecorded: frozenset[str] = frozenset()
    logs: Sequence[tuple[str, str]] = ()
    deposited: Mapping[str, Deposited] = field(default_factory=dict)
    pinned: Mapping[str, frozenset[str]] = field(default_factory=dict)
    acceptances: Sequence[Acceptance] = ()
    registers: frozenset[str] = frozenset()
    unworded: Mapping[str, str] = field(default_factory=dict)
    counted: Sequence[Register] = ()
    derivation: Sequence[Derivation] = ()


def asked_facts(scope: Scope) -> tuple[str, ...]:
    """Return the facts that the asked criteria read, each once, in their order."""
    return tuple(dict.fromkeys(fact for case in scope.asked for fact in case.criterion.facts))


def trusted_of(decision: Decision, word: TrustInputs) -> tuple[Trusted, ...] | None:
    """Return what a verdict takes on the word of the program file or the people register; None where there is nothing.

    What only lets a process end with 0 (``accept``) or reads more bytes makes no verdict better and is not told, and no
    more is a file under ``not_evidence`` that no binding would have met; criteria that are not adopted and the
    isolation of sources are reported elsewhere.
    """
    found = (
        *_logs(word),
        *_deposited(word),
        *_left_out(word),
        *_set_aside(word),
        *_waivers(decision, word),
        *_acceptances(decision, word),
        *_statements(word),
        *stated_by_plugins(_sources(word), word.people),
        *_offerings(word),
        *_word_notices(word),
        *_subjects(word),
        *_settings(word),
        *left_out_to_trust(word.program.bindings, asked_facts(word.scope)),
        *_rows(word),
        *_pins(word),
        *_closures(word),
    )
    return tuple(dict.fromkeys(found)) or None


def _logs(word: TrustInputs) -> Iterator[Trusted]:
    for folder, holds in word.logs:
        sentence = f"The audit log is {word.program.log} (log:); {folder} beside it {holds}."
        yield Trusted(by=Reliance.LOG, subject=folder, sentence=sentence)


def _deposited(word: TrustInputs) -> Iterator[Trusted]:
    for binding, how in word.deposited.items():
        if how.supplied is not None:
            sentence = f"{binding}: not read here, and supplied: {how.supplied}."
        else:
            signed = f"signed by {listing(list(how.keys), most=3)}"
            sentence = (
                f"{binding}: not read here but by another job, {signed}, at {how.made:%Y-%m-%d %H:%M} UTC (trust)."
            )
        yield Trusted(by=Reliance.TRUST, subject=binding, sentence=sentence)


def _pins(word: TrustInputs) -> Iterator[Trusted]:
    sources = list(_sources(word))
    for what, sentence in (
        *idle_pins(word.program.bindings, word.derivation),
        *not_shown(sources, word.derivation),
        *stated_beside(word.scope, word.evidence, sources, word.counted),
    ):
        yield Trusted(by=Reliance.SETTINGS, subject=what, sentence=sentence)


def _left_out(word: TrustInputs) -> Iterator[Trusted]:
    for binding, files in word.left_out.items():
        for file in files:
            sentence = f"{binding}: {file.path} is left out by not_evidence: {file.reason.rstrip('.')}."
            yield Trusted(by=Reliance.NOT_EVIDENCE, subject=binding, sentence=sentence)


def _sources(word: TrustInputs) -> Iterator[tuple[Evidence, Binding]]:
    """Yield everything that an asked criterion reads, with the binding that it is from."""
    bindings = {binding.id: binding for binding in word.program.bindings}
    for fact in asked_facts(word.scope):
        entry = word.evidence[fact]
        for value in entry.values if isinstance(entry, Evidence) else ():
            if value.source.binding in bindings:
                yield value, bindings[value.source.binding]


def _word_notices(word: TrustInputs) -> Iterator[Trusted]:
    for binding in dict.fromkeys(binding.id for _, binding in _sources(word)):
        for entry in next(each for each in word.program.bindings if each.id == binding).inputs:
            if entry.as_of.at is not None:
                name = f"{binding}, {entry.name}" if entry.name != "file" else binding
                day = word.program.identity.local_date(entry.as_of.at)
                sentence = f"{name}: dated {day} by {entry.as_of.by}, not by the file (as_of)."
                yield Trusted(by=Reliance.AS_OF, subject=binding, sentence=sentence)


def _settings(word: TrustInputs) -> Iterator[Trusted]:
    for binding in dict.fromkeys(binding.id for _, binding in _sources(word)):
        said = next(each for each in word.program.bindings if each.id == binding)
        pinned = word.pinned.get(binding, frozenset())  # what the rules say is not the program's word
        own = {key: value for key, value in said.settings.items() if key not in pinned}
        yield from settings_to_trust(said.model_copy(update={"settings": own}))


def _rows(word: TrustInputs) -> Iterator[Trusted]:
    for value, binding in _sources(word):
        closed = closed_by(value.fact, word.unworded[value.fact], binding) if value.fact in word.unworded else ""
        for sentence in filter(None, (rows_sentence(value, binding, word.registers), closed)):
            yield Trusted(by=Reliance.SETTINGS, subject=binding.id, sentence=sentence)


def _subjects(word: TrustInputs) -> Iterator[Trusted]:
    """Yield what evidence is about because its binding says so, where the source does not say it."""
    found: dict[tuple[Reliance, str], list[str]] = {}
    for value, binding in _sources(word):
        own = word.own.get((binding.id, value.fact), Subject())
        for by in (Reliance.BUILD, Reliance.RELEASE, Reliance.ENVIRONMENT):
            subject_name = getattr(binding, by.value)
            if subject_name is not None and getattr(own, by.value) is None:
                found.setdefault((by, subject_name), []).append(binding.id)
    for (by, subject_name), bindings in found.items():
        names = list(dict.fromkeys(bindings))
        sources = f"{'its source does' if len(names) == 1 else 'their sources do'} not say it"
        sentence = (
            f"{listing(names, most=3)}: the evidence is of {by.value} {subject_name} by the program's word; {sources}."
        )
        yield Trusted(by=by, subject=names[0], sentence=sentence)


def _set_aside(word: TrustInputs) -> Iterator[Trusted]:
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for fact, others in word.aside.items():
        chosen, counted = word.program.authority[fact], word.evidence[fact]
        differing = [entry for entry in others if isinstance(entry, Evidence) and _differs(entry, counted)]
        if differing:
            says = f", which says {shown(counted)}" if isinstance(counted, Evidence) else ""
            shown_values = listing([f"{entry.source.binding} says {shown(entry)}" for entry in differing], most=3)
            verb = "is" if len(differing) == 1 else "are"
            sentence = f"{fact}: {chosen} counts{says}; {shown_values} and {verb} set aside (authority)."
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


def _waivers(decision: Decision, word: TrustInputs) -> Iterator[Trusted]:
    counted = {(review.id, review.criterion) for review in decision.waivers if review.counted}
    for waiver in word.waivers:
        if (waiver.id, waiver.criterion) not in counted:
            continue
        what = f"the waiver {waiver.id}"
        if waiver.id in word.unrecorded:
            sentence = (
                f"What was approved with {what} is judged by its text and dates: no recorded run shows the state that "
                f"was approved."
            )
            yield Trusted(by=Reliance.APPROVAL, subject=waiver.id, sentence=sentence)
        for approval in waiver.approved_by:
            days = [approval.on]
            yield from _two(what, waiver.id, approval.person, waiver.requested_by, days, word.people)
        for one, other in combinations(waiver.approved_by, 2):
            yield from _two(what, waiver.id, one.person, other.person, [one.on, other.on], word.people)


def _acceptances(decision: Decision, word: TrustInputs) -> Iterator[Trusted]:
    """Who accepts must not be somebody who may never accept; two names that read alike count as one person."""
    given = {one.id: one for one in word.acceptances}
    roles = sorted({tenure.role for tenure in word.people.tenures})
    for review in decision.acceptances or ():
        one = given.get(review.id)
        if not review.counted or one is None or one.on is None:
            continue
        never = [other for role in roles if may_never_accept(role) for other in word.people.may_hold(role, one.on)]
        for other in dict.fromkeys(never):
            yield from _two(f"the acceptance {one.id}", one.id, one.person, other, [one.on], word.people)


def _statements(word: TrustInputs) -> Iterator[Trusted]:
    makers = {binding.id: binding.producer for binding in word.program.bindings}
    for fact in asked_facts(word.scope):
        entry = word.evidence[fact]
        for value in entry.values if isinstance(entry, Evidence) else ():
            for statement in value.attested:
                for maker in filter(None, (statement.prepared_by, makers.get(value.source.binding))):
                    yield from _two(
                        f"the statement of {fact}", fact, statement.person, maker, (statement.on,), word.people
                    )


def _two(
    what: str, subject: str, one: str, other: str, days: Sequence[date], people: PeopleRegister
) -> Iterator[Trusted]:
    if people.held_apart(one, other, *days):
        sentence = (
            f"{what[0].upper()}{what[1:]} rests on {one} and {other} being two people: they would count as one "
            "if the people register did not say otherwise (distinct_from)."
        )
        yield Trusted(by=Reliance.DISTINCT, subject=subject, sentence=sentence)


def _offerings(word: TrustInputs) -> Iterator[Trusted]:
    wide: dict[str, list[str]] = {}
    for fact in asked_facts(word.scope):
        entry = word.evidence[fact]
        for value in entry.values if isinstance(entry, Evidence) else ():
            if value.subject.offering is not None and fact not in wide.setdefault(value.subject.offering, []):
                wide[value.subject.offering].append(fact)
    for offering, facts in wide.items():
        sentence = (
            f"{listing(facts, most=3)}: the evidence is about the provider's offering {offering} as a whole, not about"
        )
        yield Trusted(by=Reliance.OFFERINGS, subject=offering, sentence=f"{sentence} this program alone (offerings).")


def _closures(word: TrustInputs) -> Iterator[Trusted]:
    identity = word.program.identity
    if days := sorted(identity.closures):
        when = f"{days[0]}" if len(days) == 1 else f"{len(days)} days from {days[0]} to {days[-1]}"
        sentence = f"Not working days, in addition to the holidays of {identity.calendar}: {when} (closures)."
        yield Trusted(by=Reliance.CLOSURES, subject=identity.id, sentence=sentence)
