"""Names of the facts about waivers, which gonogo computes from the waivers of each run."""

from __future__ import annotations

from typing import Final

ACTIVE: Final = "waivers.active"
"""Waivers for the release that have not expired."""
INCOMPLETE: Final = "waivers.incomplete"
"""Waivers for the release that lack a part, or cannot be read."""
SELF_APPROVED: Final = "waivers.self_approved"
"""Waivers for the release that the person who asked for them approved."""
LATEST: Final = "waivers.max_expiry_days_after_golive"
"""Days from go-live to the latest expiry among the active ones; 0 where there is none."""
WAIVER_FACTS: Final = frozenset({ACTIVE, INCOMPLETE, SELF_APPROVED, LATEST})
"""All of them: no binding answers for one, and nobody states it."""
