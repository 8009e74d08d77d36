"""What became of a release after its decision, as somebody recorded it."""

from __future__ import annotations

from enum import StrEnum

from gonogo.model.base import Frozen, OneLine


class ReleaseOutcome(StrEnum):
    """What was done with the release."""

    DEPLOYED = "deployed"
    HELD = "held"
    ROLLED_BACK = "rolled-back"


class OutcomeRecorded(Frozen):
    """``outcome.recorded``: what was done with the release after the run's decision.

    Attributes:
        outcome: deployed, held or rolled-back.
        against: True where it was done against the recommendation; absent otherwise.
        reason: Why, in a person's words; absent where nobody said.
    """

    outcome: ReleaseOutcome
    against: bool | None = None
    reason: OneLine | None = None
