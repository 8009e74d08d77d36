"""Names of the facts about action plans, which gonogo computes from the plans of each run."""

from __future__ import annotations

from typing import Final

ACTIVE: Final = "plans.active"
"""Complete action plans whose due day is not over."""
INCOMPLETE: Final = "plans.incomplete"
"""Action plans that lack a part, or cannot be read."""
PAST_DUE: Final = "plans.past_due"
"""Complete action plans whose due day is over."""
LATEST: Final = "plans.max_due_days_after_golive"
"""Days from go-live to the latest due day among the active ones; 0 where there is none or all are due before."""
PLAN_FACTS: Final = frozenset({ACTIVE, INCOMPLETE, PAST_DUE, LATEST})
"""All of them: no binding answers for one, and nobody states it."""
