"""What is known about whom to ask, and what counts on whose word: gathered from what was loaded and collected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from gonogo.core.admit import Admission, candidates
from gonogo.core.approved import Present
from gonogo.core.trust import TrustInputs, asked_facts
from gonogo.core.waive import WaiverStanding
from gonogo.model.evidence import Evidence
from gonogo.model.finding import Finding
from gonogo.model.reply import Reply
from gonogo.requests.who_to_ask import WhoToAsk
from gonogo.ruleset.pinned_bindings import pins_of
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.logs import held_beside


def asking_for(
    findings: Sequence[Finding], loaded: LoadedProgram, replies: Sequence[Reply], admission: Admission, now: datetime
) -> WhoToAsk:
    """Return by what it is known whom to ask for the facts that the findings lack."""
    lacking = {gap.fact for finding in findings for gap in finding.gaps}
    prepared: dict[tuple[str, str], frozenset[str]] = {}
    for reply in replies:
        for item in reply.items:
            if item.fact in lacking:
                made = (item.attested.prepared_by if item.attested is not None else None, reply.producer)
                makers = prepared.get((reply.binding, item.fact), frozenset())
                prepared[reply.binding, item.fact] = makers | {maker for maker in made if maker}
    return WhoToAsk(
        bindings=loaded.program.bindings,
        criteria={criterion.id: criterion for criterion in loaded.ruleset.questions},
        people=loaded.people,
        day=loaded.program.identity.local_date(now),
        now=now,
        candidates={fact: candidates(fact, replies, admission) for fact in sorted(lacking)},
        prepared=prepared,
        zone=loaded.program.identity.zone,
    )


def word_of(
    loaded: LoadedProgram, present: Present, replies: Sequence[Reply], admission: Admission, standing: WaiverStanding
) -> TrustInputs:
    """Return what the program file and the people register say, with what they set aside."""
    open_to_all = replace(admission, authority={})
    aside = {}
    for fact in asked_facts(present.scope):
        chosen = admission.authority.get(fact)
        if chosen is not None:
            stated = candidates(fact, replies, open_to_all)
            own = [(entry.source.binding if isinstance(entry, Evidence) else entry.binding, entry) for entry in stated]
            aside[fact] = [entry for binding, entry in own if binding != chosen]
    left_out = {reply.binding: reply.left_out for reply in replies if reply.left_out}
    speaks = {(reply.binding, item.fact): item.subject for reply in replies for item in reply.items if item.subject}
    return TrustInputs(
        loaded.program,
        loaded.people,
        present.scope,
        present.evidence,
        aside,
        loaded.waivers,
        left_out,
        speaks,
        standing.unrecorded,
        held_beside(loaded.root, loaded.program.log),
        {reply.binding: reply.deposited for reply in replies if reply.deposited is not None},
        {each.id: frozenset(pins_of(each, loaded.vocabulary)) for each in loaded.program.bindings},
        loaded.acceptances,
        loaded.vocabulary.counting,
        derivation=loaded.vocabulary.derivation or (),
        counted=loaded.vocabulary.registers or (),
        unworded={
            name: each.item
            for each in loaded.vocabulary.registers or ()
            if each.closed is None
            for name in (each.fact, *(each.same_items or ()))
        },
    )
