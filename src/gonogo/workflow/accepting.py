"""Acceptances of a run: typed items become what the register names, and what counts is weighed before judging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from gonogo.core.accept import AcceptanceStanding, Accepted, review_acceptances
from gonogo.core.register_facts import (
    NOTHING,
    made_facts,
    may_rest,
    register_sources,
    unanswered,
    with_made,
    with_registers,
)
from gonogo.core.register_items import all_items
from gonogo.core.register_values import believed_registers
from gonogo.core.resting import acceptances_behind, resting_on
from gonogo.engine import reference
from gonogo.model.acceptance import Acceptance
from gonogo.model.evidence import EvidenceSet, Gap
from gonogo.model.judgement import Scope
from gonogo.model.program import Marking
from gonogo.plugin.privacy.key_columns import MAIL
from gonogo.plugin.privacy.pseudonyms import Pseudonyms
from gonogo.workflow.loaded import LoadedProgram


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence of a run with what is computed from registers and acceptances.

    Attributes:
        evidence: As accepted.
        bare: As if nothing were accepted; None where no acceptance counts.
        accepted: What became of the acceptances.
        refused: (criterion, fact) pairs whose evidence may not be used, computed facts included.
        resting: Criterion to the acceptances that it rests on.
        behind: Criterion to the ids of the acceptances in the registers that it reads, where it may rest on one.
        answers: Computed fact to which acceptances would answer the open items that it counts, without a full stop.
    """

    evidence: EvidenceSet
    bare: EvidenceSet | None = None
    accepted: Accepted = NOTHING
    refused: frozenset[tuple[str, str]] = frozenset()
    resting: Mapping[str, tuple[Acceptance, ...]] = field(default_factory=dict)
    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def accepting(self) -> frozenset[str]:
        """Criteria that read a register in which an acceptance counts, so that they can rest on it."""
        return frozenset(name for name, ids in self.behind.items() if ids)


def weighed(
    loaded: LoadedProgram, scope: Scope, evidence: EvidenceSet, refused: frozenset[tuple[str, str]], now: datetime
) -> Weighed:
    """Compute what registers and acceptances say, both ways, and which criteria are met on acceptance alone.

    Args:
        loaded: The program with its acceptances.
        scope: What is asked.
        evidence: Admitted evidence and gaps.
        refused: (criterion, fact) pairs whose admitted evidence may not be used.
        now: The moment of the assessment.
    """
    vocabulary = loaded.vocabulary
    evidence = believed_registers(evidence, vocabulary, {binding.id: binding for binding in loaded.program.bindings})
    items = all_items(vocabulary, evidence)
    accepted = review_acceptances(loaded.acceptances, items, standing_for(loaded, now))
    full = with_registers(evidence, items, accepted, vocabulary)
    refused |= _refused_too(scope, loaded, refused)
    nothing = made_facts({}, now, vocabulary, loaded.people)
    answers = unanswered(items, accepted)
    if not accepted.counted:
        return Weighed(with_made(full, nothing), accepted=accepted, refused=refused, answers=answers)
    bare = with_registers(evidence, items, NOTHING, vocabulary)
    rests = [case.criterion.id for case in scope.asked if may_rest(case, vocabulary, scope.policy)]
    behind = {each: acceptances_behind(each, scope, vocabulary, accepted) for each in rests}
    accepting = {each for each, found in behind.items() if found}
    resting = resting_on(
        scope,
        vocabulary,
        accepted,
        first=reference.judge(scope, with_made(bare, nothing), refused=refused).criteria,
        second=reference.judge(scope, with_made(full, nothing), refused=refused, accepting=accepting).criteria,
    )
    made = made_facts(resting, now, vocabulary, loaded.people)
    return Weighed(
        evidence=with_made(full, made),
        bare=with_made(bare, made),
        accepted=accepted,
        refused=refused,
        resting=resting,
        behind={each: tuple(one.id for one in found) for each, found in behind.items()},
        answers=answers,
    )


def standing_for(loaded: LoadedProgram, now: datetime) -> AcceptanceStanding:
    """Return by what acceptances are judged."""
    return AcceptanceStanding(
        identity=loaded.program.identity,
        release=loaded.release,
        now=now,
        people=loaded.people,
        vocabulary=loaded.vocabulary,
        producers={binding.id: binding.producer for binding in loaded.program.bindings},
        releases=tuple(release.id for release in loaded.program.releases),
    )


def with_stand_ins(loaded: LoadedProgram, evidence: EvidenceSet) -> LoadedProgram:
    """Return the program with each accepted item as its register names it: people type it in plain.

    Where the source holds personal data, no item of it stays in plain, whether it is open or not.
    """
    if not loaded.acceptances or not loaded.vocabulary.registers:
        return loaded
    pseudonyms = Pseudonyms(loaded.root)
    return replace(
        loaded, acceptances=tuple(_stand_in(one, loaded, evidence, pseudonyms) for one in loaded.acceptances)
    )


def _stand_in(one: Acceptance, loaded: LoadedProgram, evidence: EvidenceSet, pseudonyms: Pseudonyms) -> Acceptance:
    register = loaded.vocabulary.registers_by_id.get(one.register_id)
    if register is None:
        return one
    entry = evidence[register.fact]
    keys = () if isinstance(entry, Gap) else entry.open_items or ()
    if one.item in keys:
        return one
    answering = entry.binding if isinstance(entry, Gap) else entry.source.binding
    personal = any(
        binding.handling.marking is Marking.PII and answering in (None, binding.id)
        for binding in loaded.program.bindings
    )
    if not personal and MAIL.search(one.item) is None and not any(key.startswith("id-") for key in keys):
        return one
    hidden = pseudonyms.of(one.item)
    return one.model_copy(update={"item": hidden}) if personal or hidden in keys or MAIL.search(one.item) else one


def _refused_too(
    scope: Scope, loaded: LoadedProgram, refused: frozenset[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    """What is computed from evidence that a criterion may not use is of no more use to it."""
    vocabulary = loaded.vocabulary
    return frozenset(
        (case.criterion.id, name)
        for case in scope.asked
        for name in case.criterion.facts
        if any((case.criterion.id, each) in refused for each in register_sources([name], vocabulary))
    )
