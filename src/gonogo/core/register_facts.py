"""The facts that gonogo computes from registers and acceptances: as if nothing were accepted, and as accepted. Pure.

Without acceptances every open item counts and nobody knows what it touches. Whatever is met that way rests on nobody's
word; what is met only with the acceptances rests on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from gonogo.core.accept import Accepted
from gonogo.core.exposure import largest, unsaid
from gonogo.core.one_hand import most_by_one_hand
from gonogo.core.register_items import RegisterItems, known_items
from gonogo.core.wording import listing, seat_words
from gonogo.model.acceptance import Acceptance
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.judgement import Case
from gonogo.model.people import PeopleRegister
from gonogo.model.register import ACCEPTANCES, BY_ONE_HAND, CRITERIA_RESTING, EXPOSURE, ITEMS_RESTING, Register
from gonogo.model.ruleset import ApprovalRule, Criterion, DecisionPolicy, Severity

NOTHING: Final = Accepted()
"""As if nothing were accepted."""
OWN: Final = "gonogo"
"""Stands for the binding of a fact that judging itself makes."""


def read_by(criterion: Criterion, vocabulary: Vocabulary) -> tuple[Register, ...]:
    """Return the registers whose computed facts a criterion reads, each once."""
    found = [vocabulary.registers_by_fact[name] for name in criterion.facts if name in vocabulary.registers_by_fact]
    return tuple(dict.fromkeys(found))


def may_rest(case: Case, vocabulary: Vocabulary, policy: DecisionPolicy) -> bool:
    """Whether a verdict can rest on an acceptance by way of a criterion: it reads a register, and it can block."""
    blocks = case.criterion.severity is not Severity.ADVISORY or policy.rule is ApprovalRule.M3
    return blocks and case.shadow is None and bool(read_by(case.criterion, vocabulary))


def register_sources(facts: Sequence[str], vocabulary: Vocabulary) -> set[str]:
    """Return the facts from which the computed ones among ``facts`` are made; those that registers count by."""
    found: set[str] = set()
    for name in facts:
        if (register := vocabulary.registers_by_fact.get(name)) is not None:
            found |= {register.fact, *(register.same_items or ())}
    return found


def with_registers(
    evidence: EvidenceSet, items: Mapping[str, RegisterItems | Gap], accepted: Accepted, vocabulary: Vocabulary
) -> EvidenceSet:
    """Return the evidence with what is computed for each register put in place of any other answer."""
    made: dict[str, Evidence | Gap] = {}
    for register in vocabulary.registers or ():
        found = items[register.id]
        for name in register.computed:
            made[name] = _computed(name, register, found, accepted, vocabulary[name])
    return _with(evidence, made)


def with_made(evidence: EvidenceSet, made: Mapping[str, Evidence | Gap]) -> EvidenceSet:
    """Return the evidence with the facts about all acceptances put in place of any other answer."""
    return _with(evidence, made)


def made_facts(
    resting: Mapping[str, tuple[Acceptance, ...]], now: datetime, vocabulary: Vocabulary, people: PeopleRegister
) -> dict[str, Evidence | Gap]:
    """Return the declared facts about all acceptances: over the criteria that rest on any, each item once.

    Args:
        resting: Criterion to the acceptances that it rests on.
        now: The moment of the assessment, which dates them.
        vocabulary: Declares the facts that are wanted.
        people: Who is one person with whom.
    """
    touching = list(dict.fromkeys(one for accepted in resting.values() for one in accepted))
    items = {(one.register_id, one.item) for one in touching}
    hands = {(one.register_id, one.item, one.person): one for one in touching}
    values: dict[str, int | Decimal] = {
        CRITERIA_RESTING: len(resting),
        ITEMS_RESTING: len(items),
        BY_ONE_HAND: len(most_by_one_hand(hands.values(), people.one_person)),
        EXPOSURE: largest(touching)[1] if touching else Decimal(0),
    }
    found: dict[str, Evidence | Gap] = {}
    for name, value in values.items():
        declared = vocabulary.get(name)
        if declared is None:
            continue
        silent = [one for one in touching if unsaid(one)] if name == EXPOSURE else []
        if silent:
            detail = _silent(silent)
            found[name] = Gap(fact=name, reason=GapReason.MISSING, detail=detail, binding=ACCEPTANCES)
        else:
            ids = listing([one.id for one in touching]) if touching else "no acceptance counts"
            found[name] = Evidence(
                fact=name,
                type=declared.type,
                unit=declared.unit,
                value=value,
                as_of=now,
                basis=Basis.MEASURED,
                source=Source(binding=OWN, locator=f"this run's acceptances: {ids}"),
            )
    return found


def _with(evidence: EvidenceSet, made: Mapping[str, Evidence | Gap]) -> EvidenceSet:
    """Only what was asked for is answered: a computed fact that no criterion reads is none of this run's."""
    asked = {entry.fact for entry in evidence}
    entries = sorted(
        [entry for entry in evidence if entry.fact not in made] + [made[name] for name in made if name in asked],
        key=lambda entry: entry.fact,
    )
    return EvidenceSet(
        evidence=tuple(entry for entry in entries if isinstance(entry, Evidence)),
        gaps=tuple(entry for entry in entries if isinstance(entry, Gap)),
    )


def _computed(
    name: str, register: Register, found: RegisterItems | Gap, accepted: Accepted, declared: FactDeclaration
) -> Evidence | Gap:
    if isinstance(found, Gap):
        return found.model_copy(update={"fact": name, "detail": f"{register.fact}: {found.detail}"})
    mine: dict[str, list[Acceptance]] = {}
    for one in accepted.of(register.id):
        mine.setdefault(one.item, []).append(one)
    left = tuple(key for key in found.keys if key not in mine)
    if name == register.open_unaccepted:
        return _evidence(found, declared, len(left), mine, left)
    if left:
        return _missing(name, found, f"{answering(register, left)}, so nobody knows what the open items touch.")
    answering_all = [one for key in found.keys for one in mine[key]]
    silent = [one for one in answering_all if unsaid(one)]
    if silent:
        return _missing(name, found, _silent(silent))
    share = largest(answering_all)[1] if found.keys else Decimal(0)
    return _evidence(found, declared, share, mine, None)


def answering(register: Register, left: Sequence[str]) -> str:
    """Say which acceptance, by which seat, for which items, would answer a register; without a full stop."""
    seats = " or ".join(seat_words(seat) for seat in register.accept)
    which = f"{'an acceptance' if len(left) == 1 else 'acceptances'} of {listing(list(left), most=5)}"
    return f"{which} by {seats} {'is' if len(left) == 1 else 'are'} missing in the register {register.id}"


def unanswered(items: Mapping[str, RegisterItems | Gap], accepted: Accepted) -> dict[str, str]:
    """Return for each computed count of open items which acceptances would answer them; without a full stop."""
    found = {}
    for each in known_items(items):
        mine = {one.item for one in accepted.of(each.register.id)}
        left = [key for key in each.keys if key not in mine]
        if left:
            text = answering(each.register, left)
            found[each.register.open_unaccepted] = text[0].upper() + text[1:]
    return found


def _silent(silent: Sequence[Acceptance]) -> str:
    parts = [f"{one.id} does not say what share of the {' and the '.join(unsaid(one))} it touches" for one in silent]
    return f"{listing(parts, most=3)}; blank or 0 says nothing."


def _missing(name: str, found: RegisterItems, detail: str) -> Gap:
    return Gap(
        fact=name,
        reason=GapReason.MISSING,
        detail=detail[0].upper() + detail[1:],
        binding=ACCEPTANCES,
        sources=(found.base.source.locator,),
    )


def _evidence(
    found: RegisterItems,
    declared: FactDeclaration,
    value: int | Decimal,
    mine: Mapping[str, Sequence[Acceptance]],
    left: tuple[str, ...] | None,
) -> Evidence:
    """The computed fact is as old, as well attested and of the same release and build as the worst of its sources."""
    base = found.base
    oldest = min(found.values, key=lambda each: each.as_of)
    stated = next((each for each in found.values if each.basis is Basis.STATED), base)
    used = [one.id for key in found.keys for one in mine.get(key, ())]
    locator = f"{base.source.locator}, acceptances {', '.join(used)}" if used else base.source.locator
    return Evidence(
        fact=declared.name,
        type=declared.type,
        unit=declared.unit,
        value=Decimal(value) if declared.type is FactType.RATIO else value,
        as_of=oldest.as_of,
        basis=stated.basis,
        source=base.source.model_copy(update={"locator": locator}),
        subject=base.subject,
        attested=stated.attested,
        open_items=left,
    )
