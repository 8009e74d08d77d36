"""Names of the facts that gonogo computes itself: about the criteria, by the lock, and a run's plans and waivers."""

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
