"""A recorded run under another ruleset: the same program, the same evidence, other criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gonogo.core.admitted_value import Refused, check_range
from gonogo.core.min_isolation import asked_levels, too_little
from gonogo.core.register_facts import register_sources
from gonogo.model.collected import CollectorFinished
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason
from gonogo.model.fact import FactDeclaration
from gonogo.model.reply import Reply
from gonogo.model.ruleset import IsolationLevel
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.workflow.loaded import LoadedProgram

_NOT_RECORDED = "The run recorded no answer for this fact: its own ruleset does not read it."


def under_other_rules(loaded: LoadedProgram, rules: LoadedRuleset) -> LoadedProgram:
    """Return a recorded program with other criteria and another vocabulary."""
    return replace(loaded, ruleset=rules.ruleset, vocabulary=rules.vocabulary, origin=rules.origin)


def answers_for(loaded: LoadedProgram, recorded: EvidenceSet, collectors: Sequence[CollectorFinished]) -> EvidenceSet:
    """Return one recorded answer, or a gap, for each fact that a ruleset reads.

    A fact that the run did not read has no answer in the log. What this ruleset would not have admitted is a gap: its
    type, unit or range is another one, or it asks for more isolation than the collector had.
    """
    known = {entry.fact: entry for entry in recorded}
    levels = asked_levels(loaded.ruleset.criteria, loaded.ruleset.policy)
    read_by = {each.binding: each for each in collectors}
    answers: list[Evidence | Gap] = []
    for name in sorted({*loaded.ruleset.facts, *register_sources(loaded.ruleset.facts, loaded.vocabulary)}):
        found = known.get(name)
        if found is None:
            answers.append(Gap(fact=name, reason=GapReason.UNASKED, detail=_NOT_RECORDED))
            continue
        refused = _refused(found, loaded.vocabulary[name], levels, read_by) if isinstance(found, Evidence) else None
        answers.append(found if refused is None else refused)
    return EvidenceSet(
        evidence=tuple(entry for entry in answers if isinstance(entry, Evidence)),
        gaps=tuple(entry for entry in answers if isinstance(entry, Gap)),
    )


def _refused(
    found: Evidence,
    declared: FactDeclaration,
    levels: Mapping[str, IsolationLevel],
    read_by: Mapping[str, CollectorFinished],
) -> Gap | None:
    """Return why evidence may not count under this vocabulary and policy; None where it may, with all that agree."""

    def gap(reason: GapReason, detail: str) -> Gap:
        return Gap(fact=found.fact, reason=reason, detail=detail, binding=found.source.binding)

    if (found.type, found.unit) != (declared.type, declared.unit):
        then = found.type.value + (f" of {found.unit}" if found.unit else "")
        now = declared.type.value + (f" of {declared.unit}" if declared.unit else "")
        return gap(GapReason.WRONG_TYPE, f"It was recorded as {then}, and this ruleset reads {now}.")
    for value in found.values:
        try:
            check_range(value, declared)
        except Refused as refusal:
            return gap(refusal.reason, refusal.detail)
        read = read_by.get(value.source.binding)
        if read is not None and (low := too_little(found.fact, _reply(read), levels)):
            return gap(GapReason.ISOLATION, low)
    return None


def _reply(read: CollectorFinished) -> Reply:
    return Reply(
        binding=read.binding, collector=read.collector, level=read.level, unenforced=read.unenforced, declared=()
    )
