"""What became of a release after its decision, as somebody recorded it."""

from __future__ import annotations

from enum import StrEnum

from gonogo.model.base import Frozen, Identifier, Instant, OneLine
from gonogo.model.run_by import RunBy
from gonogo.model.verdict import Verdict


class ReleaseOutcome(StrEnum):
    """What was done with the release."""

    DEPLOYED = "deployed"
    HELD = "held"
    ROLLED_BACK = "rolled-back"

    @property
    def words(self) -> str:
        """As people write it: ``rolled back``."""
        return self.value.replace("-", " ")


class OutcomeRecorded(Frozen):
    """``outcome.recorded``: what was done with the release after the run's decision.

    Attributes:
        outcome: deployed, held or rolled-back.
        against: True where it was done against the recommendation; absent otherwise.
        reason: Why, in a person's words; absent where nobody said.
        who: Who recorded it and where, as the environment declared it; absent where it does not say, or in older logs.
    """

    outcome: ReleaseOutcome
    against: bool | None = None
    reason: OneLine | None = None
    who: RunBy | None = None


class OutcomeThen(OutcomeRecorded):
    """An outcome with the time of its record.

    Attributes:
        at: When it was recorded.
    """

    at: Instant


class OutcomeOfRun(OutcomeThen):
    """An outcome with the run that decided on the release.

    Attributes:
        run: Id of that run.
    """

    run: Identifier


class DecisionWithOutcomes(Frozen):
    """A decision of the same program before a run, and what became of its release.

    Attributes:
        run: Id of the decision run.
        release: Id of the release.
        now: Moment at which it was judged.
        verdict: As decided.
        outcomes: What became of it, oldest first; empty where nobody recorded it.
    """

    run: Identifier
    release: Identifier
    now: Instant
    verdict: Verdict
    outcomes: tuple[OutcomeThen, ...] = ()
