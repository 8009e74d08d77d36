"""Names of the facts about the criteria themselves, which gonogo computes from the history of the lock."""

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
