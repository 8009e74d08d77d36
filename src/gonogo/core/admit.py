"""Admission: from what collectors answered to what may be believed. Pure; what is not proved usable is a gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from gonogo.core.admitted_value import Refused, check_range, check_sample, locator, value_of
from gonogo.core.authority import settling
from gonogo.core.carry import may_not_carry, speaking
from gonogo.core.gap_cause import NO_BUILD_NAMED, NO_BUILD_RELEASED
from gonogo.core.min_isolation import too_little
from gonogo.core.wording import one_share, shown
from gonogo.model.build_name import same_build, spellings
from gonogo.model.evidence import Attested, Basis, Evidence, EvidenceSet, Gap, GapReason, Source, Subject
from gonogo.model.fact import Bound, FactDeclaration, FactType, Vocabulary
from gonogo.model.judgement import Scope
from gonogo.model.people import PeopleRegister
from gonogo.model.placeholder import is_caveat
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.reply import Item, Reply
from gonogo.model.ruleset import IsolationLevel

FUTURE_TOLERANCE: Final = timedelta(seconds=30)
"""How far a source's clock may be ahead of ours."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What admission needs to know beside the replies.

    Attributes:
        vocabulary: Types, units and ranges; authoritative.
        identity: The program.
        release: The release being assessed.
        now: The moment of the assessment, UTC.
        people: Who holds which seat; without it no attestation counts.
        authority: Fact to the binding that settles it.
        earlier: Ids of the program's earlier releases, the latest first.
        carried: Facts for which evidence of an earlier release may be admitted; each criterion still says for itself
            whether it counts (see :func:`refused_pairs`).
        isolation: Fact to the level at which it must have been read; see :mod:`gonogo.core.min_isolation`.
        wanted: Facts of which more is asked for; the rows that a count of them names do not count against it.
        left_out: What bindings leave out because their files cannot show it, by fact, as a sentence.
    """

    vocabulary: Vocabulary
    identity: ProgramIdentity
    release: Release
    now: datetime
    people: PeopleRegister
    authority: Mapping[str, str]
    earlier: tuple[str, ...] = ()
    carried: frozenset[str] = frozenset()
    isolation: Mapping[str, IsolationLevel] = field(default_factory=dict)
    wanted: frozenset[str] = frozenset()
    left_out: Mapping[str, str] = field(default_factory=dict)


def admit(replies: Sequence[Reply], facts: Iterable[str], admission: Admission) -> EvidenceSet:
    """Return exactly one Evidence or Gap for each fact, in order of name.

    A fact for which two bindings answer is admitted only if all of them answer and agree within its tolerance, or
    ``authority`` names one. A gap from any binding that owes the fact is a gap: losing a source never helps. Sources
    of an earlier release are heard only where the release has none of its own.
    """
    answers = [_answer(name, replies, admission) for name in sorted(set(facts))]
    return EvidenceSet(
        evidence=tuple(entry for entry in answers if isinstance(entry, Evidence)),
        gaps=tuple(entry for entry in answers if isinstance(entry, Gap)),
    )


def refused_pairs(scope: Scope, evidence: EvidenceSet) -> frozenset[tuple[str, str]]:
    """Return (criterion, fact) pairs whose evidence the criterion may not use.

    Those where a stated fact was stated by nobody whom the criterion lets attest, and those where the evidence is of
    another release and the criterion does not carry.
    """
    return frozenset(
        (case.criterion.id, entry.fact)
        for case in scope.asked
        for entry in map(evidence.__getitem__, case.criterion.facts)
        if isinstance(entry, Evidence)
        and (_unentitled(entry, case.criterion.attest) or may_not_carry(case.criterion, entry, scope))
    )


def _unentitled(entry: Evidence, attest: Sequence[str]) -> bool:
    """Whether any source of it is a statement by nobody who may attest; losing a source never helps."""
    return any(
        value.basis is Basis.STATED and not any(statement.role in attest for statement in value.attested)
        for value in entry.values
    )


def _owes(reply: Reply, fact: str) -> bool:
    """Whether this reply should have answered. One that could not even declare owes everything below its prefix."""
    if fact in reply.promised or fact in reply.answers:
        return True
    if reply.declared or reply.failure is None:
        return False
    return not reply.prefix or fact.startswith(reply.prefix + ".")


def candidates(fact: str, replies: Sequence[Reply], admission: Admission) -> list[Evidence | Gap]:
    """Return what each source that is heard on the fact says, in order of bindings; nothing where none owes it."""
    earlier = admission.earlier if fact in admission.carried else ()
    asked = [reply for reply in replies if _owes(reply, fact)]
    owing = speaking(asked, admission.release.id, earlier)
    authority = admission.authority.get(fact)
    if authority is not None:
        settled = settling(fact, authority, replies, asked, owing)
        if isinstance(settled, Gap):
            return [settled]
        owing = [settled]
    owing.sort(key=lambda reply: reply.binding)
    return [_candidate(fact, reply, admission) for reply in owing]


def _answer(fact: str, replies: Sequence[Reply], admission: Admission) -> Evidence | Gap:
    found = candidates(fact, replies, admission)
    if not found:
        detail = " ".join(
            filter(None, ("No binding of the program answers for this fact.", admission.left_out.get(fact)))
        )
        return Gap(fact=fact, reason=GapReason.UNASKED, detail=detail)
    gaps = [entry for entry in found if isinstance(entry, Gap)]
    if gaps:
        return gaps[0]
    evidence = [entry for entry in found if isinstance(entry, Evidence)]
    releases = {entry.subject.release or admission.release.id for entry in evidence}
    if len(releases) > 1:
        shown = "; ".join(f"{entry.source.binding} of {entry.subject.release or 'any release'}" for entry in evidence)
        return _disagreement(evidence, GapReason.WRONG_SUBJECT, f"Sources are about different releases: {shown}.")
    for what in ("build", "environment"):
        named = [(entry.source.binding, name) for entry in evidence if (name := getattr(entry.subject, what))]
        if len({_one_name(what, name, admission.release.builds) for _, name in named}) > 1:
            shown = "; ".join(f"{binding} of {name}" for binding, name in named)
            return _disagreement(evidence, GapReason.WRONG_SUBJECT, f"Sources are about different {what}s: {shown}.")
    return _agreed(evidence, admission.vocabulary[fact])


def _one_name(what: str, name: str, released: frozenset[str]) -> str:
    """Return what stands for all spellings of a build or environment; all builds that are released are one."""
    if what != "build":
        return name.strip().casefold()
    return "" if any(same_build(name, build) for build in released) else min(spellings(name))


def _agreed(evidence: list[Evidence], declaration: FactDeclaration) -> Evidence | Gap:
    oldest = min(evidence, key=lambda entry: (entry.as_of, entry.source.binding))
    if declaration.type.numeric:
        values = [entry.exact for entry in evidence]
        agree = max(values) - min(values) <= Fraction(declaration.tolerance) or one_share(values, declaration.type)
    else:
        agree = all(entry.value == oldest.value for entry in evidence)
    if agree:
        others = tuple(entry for entry in evidence if entry is not oldest)
        return oldest.model_copy(update={"agreeing": others}) if others else oldest
    said_by_each = "; ".join(f"{entry.source.binding} says {shown(entry)}" for entry in evidence)
    return _disagreement(evidence, GapReason.CONFLICT, f"Sources disagree: {said_by_each}.")


def _disagreement(evidence: list[Evidence], reason: GapReason, detail: str) -> Gap:
    return Gap(
        fact=evidence[0].fact,
        reason=reason,
        detail=detail,
        binding=evidence[0].source.binding,
        sources=tuple(entry.source.locator for entry in evidence),
    )


def _candidate(fact: str, reply: Reply, admission: Admission) -> Evidence | Gap:
    files = tuple(entry.path for entry in reply.inputs)

    def gap(reason: GapReason, detail: str) -> Gap:
        return Gap(fact=fact, reason=reason, detail=detail, binding=reply.binding, sources=files)

    if reply.failure is not None:
        return gap(reply.failure.reason, reply.failure.detail)
    strangers = sorted(reply.answers.keys() - reply.promised)
    if strangers:
        return gap(GapReason.UNDECLARED, f"The collector answered for {strangers[0]}, which it never declared.")
    items = reply.answers.get(fact, [])
    if len(items) != 1:
        what = "did not answer for this fact" if not items else f"answered {len(items)} times for this fact"
        return gap(GapReason.COLLECTOR_FAILED, f"The collector {what}.")
    item = items[0]
    if item.gap is not None:
        return gap(item.gap, item.detail or "The collector gave no reason.")
    if low := too_little(fact, reply, admission.isolation):
        return gap(GapReason.ISOLATION, low)
    try:
        return _evidence(item, reply, admission)
    except Refused as refusal:
        return gap(refusal.reason, refusal.detail)


def _evidence(item: Item, reply: Reply, admission: Admission) -> Evidence:
    declaration = admission.vocabulary[item.fact]
    value = value_of(item, declaration)
    if item.as_of is None:
        raise Refused(GapReason.MALFORMED, "The answer does not say when its value held.")
    if item.as_of > admission.now + FUTURE_TOLERANCE:
        raise Refused(GapReason.FUTURE, f"It is dated {item.as_of:%Y-%m-%d %H:%M} UTC, after the assessment.")
    if item.attested is not None:
        _check_attested(item.attested, item.where, reply, admission)
    subject = _subject(item, reply, declaration, admission)
    names_wanted = declaration.type is FactType.INTEGER and item.fact in admission.wanted
    evidence = Evidence(
        fact=item.fact,
        type=declaration.type,
        unit=declaration.unit,
        value=value,
        part=item.part,
        whole=item.whole,
        as_of=item.as_of,
        basis=Basis.STATED if item.attested is not None or _unseen(reply) else Basis.MEASURED,
        source=Source(
            binding=reply.binding,
            locator=locator(reply, item.where),
            sha256=tuple(entry.sha256 for entry in reply.inputs),
        ),
        subject=subject,
        attested=(item.attested,) if item.attested is not None else (),
        open_items=None if names_wanted else item.open_items,
        open_left_out=None if names_wanted else item.open_left_out,
        rows_from=item.rows_from,
        rows_read=item.rows_read,
    )
    check_range(evidence, declaration)
    check_sample(evidence, declaration)
    return evidence


def _unseen(reply: Reply) -> bool:
    """Whether somebody says what a source holds whose bytes were not handed over: that is stated, never measured."""
    return reply.deposited is not None and reply.deposited.stated is True


def _subject(item: Item, reply: Reply, declaration: FactDeclaration, admission: Admission) -> Subject:
    def wrong(detail: str) -> Refused:
        return Refused(GapReason.WRONG_SUBJECT, detail)

    subject = reply.subject.merged(item.subject or Subject())
    if subject is None:
        raise wrong("The document and the binding disagree on what the evidence is about.")
    identity, release = admission.identity, admission.release
    if subject.program is not None and subject.program != identity.id:
        raise wrong(f"It is about the program {subject.program}, not {identity.id}.")
    carried = declaration.name in admission.carried and subject.release in admission.earlier
    if subject.release is not None and subject.release != release.id and not carried:
        raise wrong(f"It is about the release {subject.release}, not {release.id}.")
    if subject.offering is not None and subject.offering not in identity.offerings:
        raise wrong(f"It is about the provider's offering {subject.offering}, which the program does not name.")
    released = any(same_build(subject.build or "", build) for build in release.builds)
    if subject.build is not None and release.builds and not released:
        known = ", ".join(sorted(release.builds))
        raise wrong(
            f"It is about the build {subject.build}, which is not the one being released ({known}). Supply evidence "
            f"for the build being released; if both names mean the same build, list both under subjects of the release."
        )
    if declaration.bound is Bound.BUILD:
        if not release.builds:
            raise wrong(NO_BUILD_RELEASED)
        if subject.build is None:
            raise wrong(NO_BUILD_NAMED)
    return subject


def _check_attested(attested: Attested, where: str, reply: Reply, admission: Admission) -> None:
    place = where.partition(f", {attested.person} (")[0]

    def unproved(detail: str) -> Refused:
        return Refused(GapReason.NOT_PROVABLE, f"{place}: {detail}" if place else detail)

    name = admission.people.names.get(attested.person, attested.person)
    if attested.on > admission.identity.local_date(admission.now + FUTURE_TOLERANCE):
        raise Refused(GapReason.FUTURE, f"The attestation by {name} is dated {attested.on}, after the assessment.")
    if is_caveat(attested.qualified):
        raise unproved(f"The attestation by {name} is qualified: {attested.qualified}")
    if attested.person not in admission.people.holders(attested.role, attested.on):
        raise unproved(f"{name} {admission.people.why_no_seat(attested.person, attested.role, attested.on)}.")
    people = admission.people
    if attested.prepared_by is None and not people.knows(reply.producer):
        raise unproved(f"{name} does not say who prepared the evidence, which must be somebody else (prepared_by).")
    if attested.prepared_by is not None and not people.knows(attested.prepared_by):
        raise unproved(
            f"{attested.prepared_by}, who prepared the evidence, is not in the people register "
            f"(people, staff or organizations), so gonogo cannot tell whether that is {name}."
        )
    for maker in filter(None, (attested.prepared_by, reply.producer)):
        if people.one_person(attested.person, maker, attested.on):
            why = f": {people.why_one(maker, attested.person)}" if maker != attested.person else ""
            raise unproved(f"{name} produced the evidence and may not attest it{why}.")
