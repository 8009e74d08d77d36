"""Names of the facts that gonogo computes itself: of the lock, of a run's plans and waivers, and of its own record."""

from __future__ import annotations

from typing import Final

APPROVED_DAYS: Final = "criteria.approved_days_before_golive"
"""Days from the first lock to go-live."""
SIGNATURES: Final = "criteria.signatures"
"""People whose approvals of the lock in force count."""
DOMAINS: Final = "criteria.domains_with_mandatory"
"""Domains of the locked rules with a mandatory criterion."""
MEASURABLE: Final = "criteria.measurable_ratio"
"""Locked criteria whose facts are all declared with a question, of all."""
CHANGES: Final = "criteria.changes_since_lock"
"""Everything that was changed since the first lock."""
UNCONTROLLED: Final = "criteria.uncontrolled_changes"
"""Changes since the last agreed lock without a request or an approval."""
IN_FREEZE: Final = "criteria.loosened_in_freeze"
"""What was loosened inside the freeze."""
ALONE: Final = "criteria.loosened_without_independent"
"""What was loosened without an independent review."""
CRITERIA_FACTS: Final = frozenset(
    {APPROVED_DAYS, SIGNATURES, DOMAINS, MEASURABLE, CHANGES, UNCONTROLLED, IN_FREEZE, ALONE}
)
"""All of them: no binding answers for one, and nobody states it."""


PLANS_ACTIVE: Final = "plans.active"
"""Complete action plans whose due day is not over."""
PLANS_INCOMPLETE: Final = "plans.incomplete"
"""Action plans that lack a part, or cannot be read."""
PLANS_PAST_DUE: Final = "plans.past_due"
"""Complete action plans whose due day is over."""
PLANS_LATEST: Final = "plans.max_due_days_after_golive"
"""Days from go-live to the latest due day among the active ones; 0 where there is none or all are due before."""
PLAN_FACTS: Final = frozenset({PLANS_ACTIVE, PLANS_INCOMPLETE, PLANS_PAST_DUE, PLANS_LATEST})
"""All of them: no binding answers for one, and nobody states it."""


WAIVERS_ACTIVE: Final = "waivers.active"
"""Waivers for the release that have not expired."""
WAIVERS_INCOMPLETE: Final = "waivers.incomplete"
"""Waivers for the release that lack a part, or cannot be read."""
WAIVERS_SELF_APPROVED: Final = "waivers.self_approved"
"""Waivers for the release that the person who asked for them approved."""
WAIVERS_LATEST: Final = "waivers.max_expiry_days_after_golive"
"""Days from go-live to the latest expiry among the active ones; 0 where there is none."""
WAIVER_FACTS: Final = frozenset({WAIVERS_ACTIVE, WAIVERS_INCOMPLETE, WAIVERS_SELF_APPROVED, WAIVERS_LATEST})
"""All of them: no binding answers for one, and nobody states it."""


RECORD_DAYS: Final = "record.days"
"""Days from the first recorded run of the release to this one."""
RECORD_NO_GO_RUNS: Final = "record.no_go_runs_28d"
"""Runs of the last 28 days that ended NO-GO."""
RECORD_OPEN: Final = "record.open_28d"
"""Mandatory and conditional criteria that every run of the last 28 days found not met or unknown."""
RECORD_REOPENED: Final = "record.reopened_28d"
"""Criteria that one run of the last 28 days found met, and a later one found not met or unknown."""
RECORD_REDATED: Final = "record.redated_sources_28d"
"""Sources of this run with the bytes of a run of the last 28 days under a later date."""
RECORD_FACTS: Final = frozenset({RECORD_DAYS, RECORD_NO_GO_RUNS, RECORD_OPEN, RECORD_REOPENED, RECORD_REDATED})
"""All of them: no binding answers for one, and nobody states it."""

RECORD: Final = "gonogo-record"
"""Stands for the binding of what the record is too short to say."""
