"""By what answers are admitted: the vocabulary, people and releases of a program, and what its rules ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gonogo.core.admit import Admission
from gonogo.core.believing import Believing
from gonogo.core.lock_facts import with_lock_facts
from gonogo.core.paper_facts import PlansOfRun, WaiversOfRun, with_plan_facts, with_waiver_facts
from gonogo.core.register_facts import register_sources
from gonogo.core.trend_facts import trend_sources
from gonogo.model.evidence import EvidenceSet
from gonogo.model.reply import Reply
from gonogo.ruleset.pinned_bindings import disagreements
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.recorded_runs import with_record


def admitted(loaded: LoadedProgram, replies: list[Reply], now: datetime, *, every: bool = False) -> EvidenceSet:
    """Return an Evidence or Gap for each fact that the ruleset reads; with ``every``, for all that was declared too."""
    declared = {name for reply in replies for name in reply.declared if name in loaded.vocabulary} if every else set()
    evidence = admitted_facts(loaded, replies, facts_read(loaded) | declared, now)
    waivers = WaiversOfRun(loaded.waivers, loaded.program.identity, loaded.release, loaded.people, now)
    evidence = with_waiver_facts(evidence, waivers, loaded.vocabulary)
    plans = PlansOfRun(loaded.plans, loaded.program.identity, loaded.release, now)
    return with_lock_facts(
        with_record(with_plan_facts(evidence, plans, loaded.vocabulary), loaded, now),
        loaded.lock,
        ruleset=loaded.ruleset,
        vocabulary=loaded.vocabulary,
        identity=loaded.program.identity,
        release=loaded.release,
        now=now,
    )


def facts_read(loaded: LoadedProgram) -> set[str]:
    """Return the facts that the ruleset reads, and those that computed ones among them are made of."""
    counted = register_sources(loaded.ruleset.facts, loaded.vocabulary)
    counted |= trend_sources({*loaded.ruleset.facts, *counted}, loaded.vocabulary)
    return {*loaded.ruleset.facts, *counted}


def admitted_facts(loaded: LoadedProgram, replies: list[Reply], facts: Iterable[str], now: datetime) -> EvidenceSet:
    """Return an Evidence or Gap for each fact; a gap where a binding differs from what the rules pin, or let close."""
    wrong = disagreements(loaded.program, loaded.vocabulary)
    return _believing(loaded).facts(replies, facts, now, wrong)


def admission_of(loaded: LoadedProgram, now: datetime) -> Admission:
    """Return by what it is decided which answers may be believed."""
    return _believing(loaded).admission(now)


def earlier_of(loaded: LoadedProgram) -> tuple[str, ...]:
    """Return the earlier releases whose evidence is heard at all: none, where no criterion counts any."""
    return _believing(loaded).earlier


def _believing(loaded: LoadedProgram) -> Believing:
    return Believing(loaded.program, loaded.release, loaded.people, loaded.ruleset, loaded.vocabulary)
