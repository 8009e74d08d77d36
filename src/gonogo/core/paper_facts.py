"""Facts about the action plans and waivers of a run, counted from these papers: no person states any of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gonogo.core.waive import approved_by_who_asked, missing_parts
from gonogo.core.wording import listing
from gonogo.model.computed_facts import (
    PLANS_ACTIVE,
    PLANS_INCOMPLETE,
    PLANS_LATEST,
    PLANS_PAST_DUE,
    WAIVERS_ACTIVE,
    WAIVERS_INCOMPLETE,
    WAIVERS_LATEST,
    WAIVERS_SELF_APPROVED,
)
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.people import PeopleRegister
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.waiver import ActionPlan, Waiver

_OWN = "gonogo"
"""Stands for the binding of a fact that judging itself makes."""


def with_counts(
    evidence: EvidenceSet,
    counts: Mapping[str, int | str],
    vocabulary: Vocabulary,
    *,
    papers: str,
    locator: str,
    now: datetime,
    silent: str = _OWN,
) -> EvidenceSet:
    """Return the evidence with these counts for the facts that are asked for.

    Args:
        evidence: What came, a gap for each fact that nobody answered.
        counts: Fact to what was counted, or to why nobody knows, in one sentence.
        vocabulary: Only what it declares is answered, and only as an integer.
        papers: What was counted: ``waivers``, ``action plans``.
        locator: Where it is.
        now: The moment of the assessment.
        silent: Stands for the binding of what nobody knows.
    """

    def answer(declared: FactDeclaration) -> Evidence | Gap:
        if declared.type is not FactType.INTEGER:
            detail = f"The {papers} give it as an integer, and the vocabulary declares {declared.type}."
            return Gap(fact=declared.name, reason=GapReason.WRONG_TYPE, detail=detail, binding=_OWN)
        count = counts[declared.name]
        if isinstance(count, str):
            return Gap(fact=declared.name, reason=GapReason.MISSING, detail=count, binding=silent)
        return Evidence(
            fact=declared.name,
            type=declared.type,
            unit=declared.unit,
            value=count,
            as_of=now,
            basis=Basis.MEASURED,
            source=Source(binding=_OWN, locator=locator),
        )

    if not any(entry.fact in counts for entry in evidence):
        return evidence
    entries = [
        answer(vocabulary[entry.fact]) if entry.fact in counts and entry.fact in vocabulary else entry
        for entry in evidence
    ]
    return EvidenceSet(
        evidence=tuple(entry for entry in entries if isinstance(entry, Evidence)),
        gaps=tuple(entry for entry in entries if isinstance(entry, Gap)),
    )


@dataclass(frozen=True, slots=True)
class PlansOfRun:
    """The action plans that a run was given.

    Attributes:
        plans: All that were submitted.
        identity: Gives the time zone.
        release: Gives the go-live.
        now: The moment of the assessment, UTC.
    """

    plans: Sequence[ActionPlan]
    identity: ProgramIdentity
    release: Release
    now: datetime


def with_plan_facts(evidence: EvidenceSet, run: PlansOfRun, vocabulary: Vocabulary) -> EvidenceSet:
    """Return the evidence with what the action plans of the run say in place of any other answer about them."""
    names = listing([one.criterion for one in run.plans]) if run.plans else "there is none"
    locator = f"the action plans of this run: {names}"
    return with_counts(evidence, plan_values(run), vocabulary, papers="action plans", locator=locator, now=run.now)


def plan_values(run: PlansOfRun) -> Mapping[str, int]:
    """Return what the action plans of a run say, by fact."""
    go_live = run.identity.local_date(run.release.go_live)
    due = [one.due for one in run.plans if one.due is not None and not one.missing and one.unreadable is None]
    open_days = [day for day in due if run.now < run.identity.day_end(day)]
    return {
        PLANS_ACTIVE: len(open_days),
        PLANS_INCOMPLETE: len(run.plans) - len(due),
        PLANS_PAST_DUE: len(due) - len(open_days),
        PLANS_LATEST: max(0, max(((day - go_live).days for day in open_days), default=0)),
    }


@dataclass(frozen=True, slots=True)
class WaiversOfRun:
    """The waivers that a run was given, and by whom and when they are judged.

    Attributes:
        waivers: All that were submitted.
        identity: Gives the time zone.
        release: Gives the release and its go-live.
        people: Who is one person with whom.
        now: The moment of the assessment, UTC.
    """

    waivers: Sequence[Waiver]
    identity: ProgramIdentity
    release: Release
    people: PeopleRegister
    now: datetime

    @property
    def of_release(self) -> tuple[Waiver, ...]:
        """Those for this release or for any."""
        return tuple(one for one in self.waivers if one.release in (None, self.release.id))


def with_waiver_facts(evidence: EvidenceSet, run: WaiversOfRun, vocabulary: Vocabulary) -> EvidenceSet:
    """Return the evidence with what the waivers of the run say in place of any other answer about them."""
    ids = listing([one.id for one in run.of_release]) if run.of_release else "there is none"
    locator = f"the waivers of this run: {ids}"
    return with_counts(evidence, waiver_values(run), vocabulary, papers="waivers", locator=locator, now=run.now)


def waiver_values(run: WaiversOfRun) -> Mapping[str, int]:
    """Return what the waivers of a run say, by fact."""
    go_live = run.identity.local_date(run.release.go_live)
    ends = [
        one.expires_on
        for one in run.of_release
        if one.expires_on is not None and run.now < run.identity.day_end(one.expires_on)
    ]
    return {
        WAIVERS_ACTIVE: len(ends),
        WAIVERS_INCOMPLETE: sum(bool(missing_parts(one)) for one in run.of_release),
        WAIVERS_SELF_APPROVED: sum(approved_by_who_asked(one, run.people) is not None for one in run.of_release),
        WAIVERS_LATEST: max(((end - go_live).days for end in ends), default=0),
    }
