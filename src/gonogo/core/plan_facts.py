"""Facts about the action plans of a run, computed from the plans themselves: no person states any of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gonogo.core.run_counts import with_counts
from gonogo.core.wording import listing
from gonogo.model.evidence import EvidenceSet
from gonogo.model.fact import Vocabulary
from gonogo.model.plan_fact_names import ACTIVE, INCOMPLETE, LATEST, PAST_DUE
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.waiver import ActionPlan


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
        ACTIVE: len(open_days),
        INCOMPLETE: len(run.plans) - len(due),
        PAST_DUE: len(due) - len(open_days),
        LATEST: max(0, max(((day - go_live).days for day in open_days), default=0)),
    }
