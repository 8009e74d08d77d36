"""What a statement says about a decision. It follows from the run's records, so anybody with the log can redo it."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import Field

from gonogo.model.assessment import Purpose
from gonogo.model.base import Frozen, Identifier, Instant, OneLine, Sha256
from gonogo.model.finding import Status
from gonogo.model.outcome import ReleaseOutcome
from gonogo.model.ruleset import Severity
from gonogo.model.rung_ahead import before_go_live
from gonogo.model.verdict import Verdict

PREDICATE_NAME: Final = "https://gonogo.readthedocs.io/decision/v"
PREDICATE_VERSION: Final = 1
PREDICATE_TYPE: Final = f"{PREDICATE_NAME}{PREDICATE_VERSION}"
UNLOCKED: Final = "unlocked"


class CheckpointSaid(Frozen):
    """The state of the log when the statement was made.

    Attributes:
        log: Id of the log.
        size: How many records it had.
        head: Hash of the last of them.
        root: RFC 6962 root over them.
        time: When it was taken.
    """

    log: Identifier
    size: int = Field(ge=1)
    head: Sha256
    root: Sha256
    time: Instant


class ConditionSaid(Frozen):
    """One thing that a CONDITIONAL GO depends on.

    Attributes:
        criterion: Id of the criterion.
        title: Its title.
        why: One sentence.
        owner: Who answers for it: of the plan or the waiver, else of the criterion.
        waiver: Id of the waiver that covers it; None for none.
        action: What the plan does; None for none.
        due: Last local date of the plan or the waiver; None for none.
    """

    criterion: OneLine
    title: OneLine
    why: OneLine
    owner: str = ""
    waiver: str | None = None
    action: str | None = None
    due: date | None = None


class BlockerSaid(Frozen):
    """One reason for NO-GO.

    Attributes:
        criterion: Id of the criterion or hold; None for a reason that is not one criterion's.
        why: One sentence.
        owner: Who answers for it; empty where nobody in particular does.
        remedy: What to do; empty where the criterion says nothing.
    """

    criterion: str | None = None
    why: OneLine
    owner: str = ""
    remedy: str = ""


class NotDueSaid(Frozen):
    """One criterion that decides at go-live and was not due, or was open and not yet enforced.

    Attributes:
        criterion: Id of the criterion.
        title: Its title.
        severity: What it weighs at go-live: mandatory or conditional.
        due: Local date from which it is due or enforced; None where the record does not say.
        owner: Who answers for it.
        judged: Not met or unknown, where it was judged and is enforced only later; absent where it was not due.
    """

    criterion: OneLine
    title: OneLine
    severity: Severity
    due: date | None = None
    owner: str = ""
    judged: Status | None = None


class ShortSaid(Frozen):
    """One criterion that holds by the thresholds of the milestone, and would not by those of go-live.

    Attributes:
        criterion: Id of the criterion, or of a standing hold.
        title: Its title.
        severity: What it weighs at go-live.
        why: What it would be then, in one sentence with the value and the threshold.
        owner: Who answers for it.
    """

    criterion: OneLine
    title: OneLine
    severity: Severity
    why: OneLine
    owner: str = ""


class SetBackSaid(Frozen):
    """That the release was held or rolled back before the decision, and not deployed since.

    Attributes:
        outcome: held or rolled-back.
        at: When it was recorded.
        run: The run that had decided on the release.
        reason: Why, as somebody wrote it; None in older logs.
    """

    outcome: ReleaseOutcome
    at: Instant
    run: Identifier
    reason: OneLine | None = None


class DecisionPredicate(Frozen):
    """A decision.

    Attributes:
        program: Id of the program.
        release: Id of the release.
        releases: Ids of all releases of the program.
        environment: Where the release goes live; None where the program does not say.
        subjects: What exactly is released: kind to identifier or digest.
        purpose: Always ``decision``: nothing else is stated.
        run: Id of the run.
        verdict: GO, CONDITIONAL GO or NO-GO.
        decided_at: The one moment at which everything was judged.
        valid_until: First moment at which the decision no longer holds; None where it rests on nothing that ages.
        conditions: What a CONDITIONAL GO depends on.
        blockers: Reasons for NO-GO, as page one orders them: what is known to be bad first.
        ruleset: ``name@version``.
        ruleset_sha256: Digest of the ruleset with its overlays.
        lock: Digest of the lock that the log knew; ``unlocked`` where it knew none.
        assessment: Digest of the assessment.
        votes: Whose votes the policy asks for: ``none``.
        checkpoint: The state of the log.
        nonce: What the job that asked for the statement gave; None where nobody gave one.
        made_with: Version of gonogo that judged.
        go_live: When the release goes live; None in statements of earlier releases of gonogo.
        milestone: The milestone that was reached; None before the first.
        not_due: Criteria that decide at go-live and were not due, or were open and are enforced only later; none where
            the verdict is a word on all; None in statements of earlier releases of gonogo, which do not say.
        set_back: How the release was held or rolled back before, and not deployed since; None where it was not.
        gate: What was decided, where that was not going live; None where it was.
        short: What holds and would not by the thresholds of go-live; none where everything would; None in statements of
            earlier releases of gonogo, which do not say.
    """

    program: Identifier
    release: Identifier
    releases: tuple[Identifier, ...] = Field(min_length=1)
    environment: OneLine | None = None
    subjects: dict[str, str] = Field(min_length=1)
    purpose: Purpose
    run: Identifier
    verdict: Verdict
    decided_at: Instant
    valid_until: Instant | None = None
    conditions: tuple[ConditionSaid, ...] = ()
    blockers: tuple[BlockerSaid, ...] = ()
    ruleset: OneLine
    ruleset_sha256: Sha256
    lock: Literal["unlocked"] | Sha256 = "unlocked"
    assessment: Sha256
    votes: OneLine = "none"
    checkpoint: CheckpointSaid
    nonce: OneLine | None = None
    made_with: OneLine
    go_live: Instant | None = None
    milestone: OneLine | None = None
    not_due: tuple[NotDueSaid, ...] | None = None
    set_back: tuple[SetBackSaid, ...] | None = None
    gate: OneLine | None = None
    short: tuple[ShortSaid, ...] | None = None

    @property
    def comes_early(self) -> bool:
        """Whether it is no word on all that decides at go-live, or does not say that it is."""
        return self.not_due is None or bool(self.not_due) or bool(self.short) or self.silent_on_thresholds

    @property
    def silent_on_thresholds(self) -> bool:
        """Whether it is by the thresholds of a milestone before go-live and does not say what those of go-live give."""
        return self.short is None and before_go_live(self.milestone)
