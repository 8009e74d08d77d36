"""What facts come to by the program as it is, as a run decides it: by all their sources, and by ``authority``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gonogo.core.believing import Believing
from gonogo.errors import ConfigurationError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import UNKNOWN
from gonogo.first_week.adding.rival_rows import facts_of_binding
from gonogo.first_week.prose import in_short
from gonogo.model.evidence import Evidence, Gap, GapReason
from gonogo.model.program import Binding
from gonogo.model.reply import Reply
from gonogo.model.spoken import spoken_of
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import collect
from gonogo.program.profile_facts import without_foreign_facts
from gonogo.ruleset.pinned_bindings import disagreements, with_pins

EVERY: Final = "every fact"
"""Stands for all facts of a binding that gives none of them."""
_LONG: Final = 300


@dataclass(frozen=True, slots=True)
class SaidByRun:
    """What a run would say of the facts of some bindings.

    Attributes:
        facts: By binding and fact, what it comes to in words: by all its sources.
        alone: The same by the binding alone, as if no other one answered.
    """

    facts: Mapping[str, Mapping[str, str]]
    alone: Mapping[str, Mapping[str, str]]


def said_by_run(
    program: OpenProgram, bindings: Sequence[Binding], facts: Collection[str] = (), *, dated: bool = True
) -> SaidByRun:
    """Return what the facts of some bindings come to, gaps and conflicts included.

    Only these bindings are asked, and those that answer a fact of theirs.

    Args:
        program: The program.
        bindings: Some of its bindings.
        facts: Facts that are told too, also where another binding answers them.
        dated: Whether it says when each figure held.

    """
    files, vocabulary = program.files, program.rules.vocabulary
    judged = with_pins(without_foreign_facts(files, vocabulary), vocabulary)
    mine = {each.id for each in bindings}
    answers = {each.id: facts_of_binding(program, each) for each in program.bindings}
    mentioned = {*facts, *(fact for name in mine for fact in answers[name])}
    # What a binding of a plugin answers is known only once it is asked.
    asked = {name for name, known in answers.items() if name in mine or not known or mentioned & set(known)}
    believing = Believing(judged, program.release, files.people, program.rules.ruleset, vocabulary)
    identity = judged.identity
    request = CollectionRequest(
        judged,
        root=program.root,
        release=program.release,
        now=program.now,
        only=asked,
        earlier=believing.earlier,
        vocabulary=vocabulary,
        ruleset=program.rules.ruleset.material_sha256,
        people=files.people.parties,
        spoken=spoken_of(files.people, customer=identity.customer, provider=identity.provider),
    )
    try:
        replies = collect(request)
    except ConfigurationError as error:
        refused = {each.id: {EVERY: _unknown(error.problems[0].what)} for each in bindings}
        return SaidByRun(refused, refused)
    by_binding = {reply.binding: reply for reply in replies}
    wrong = disagreements(judged, vocabulary)
    single = replace(believing, program=judged.model_copy(update={"authority": {}}))

    def said(how: Believing, replies: Sequence[Reply], reply: Reply) -> dict[str, str]:
        if not reply.declared and reply.failure is not None:
            return {EVERY: _unknown(reply.failure.detail)}
        every = dict.fromkeys((*reply.declared, *reply.answers, *sorted(facts)))
        names = [name for name in every if name in vocabulary]
        found = how.facts(replies, names, program.now, wrong)
        return {name: words for name in names if (words := _words(found[name], program, dated=dated))}

    heard = [by_binding[each.id] for each in bindings if each.id in by_binding]
    return SaidByRun(
        {reply.binding: said(believing, replies, reply) for reply in heard},
        {reply.binding: said(single, [reply], reply) for reply in heard},
    )


def _words(entry: Evidence | Gap, program: OpenProgram, *, dated: bool) -> str:
    if isinstance(entry, Evidence):
        return program.figures.dated(entry) if dated else program.figures.alone(entry)
    return "" if entry.reason is GapReason.UNASKED else _unknown(entry.detail)


def _unknown(why: str) -> str:
    return f"{UNKNOWN} ({in_short(why, most=_LONG)})"
