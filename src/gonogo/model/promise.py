"""What an earlier decision on a release depended on, and what became of each condition since."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from gonogo.model.base import DottedName, Frozen, Identifier, Instant, OneLine, Sha256


class Promise(Frozen):
    """One condition of an earlier decision.

    Attributes:
        criterion: Id of the criterion.
        title: Its title then.
        owner: Who answers for it, in words.
        action: What was to be done; None where a waiver covered it.
        due: Last local date of the plan or the waiver; None where there was none.
        waiver: Id of the waiver that covered it; None where a plan did.
    """

    criterion: DottedName
    title: OneLine
    owner: str = ""
    action: str | None = None
    due: date | None = None
    waiver: str | None = None


class EarlierDecision(Frozen):
    """The signed decision that a decision follows.

    Attributes:
        run: Id of its run.
        verdict: What it came to.
        decided_at: Its moment.
        sha256: Digest of the signed statement.
        promises: Its conditions.
    """

    run: Identifier
    verdict: OneLine
    decided_at: Instant
    sha256: Sha256
    promises: tuple[Promise, ...] = ()


class PromiseState(StrEnum):
    """What became of a promise."""

    CLOSED = "closed"
    OPEN = "open"
    OVERDUE = "overdue"
    UNASKED = "unasked"
    """Nobody asks for it any more, so that nobody knows."""


class PromiseReview(Frozen):
    """What became of one promise.

    Attributes:
        criterion: Id of the criterion.
        state: closed, open, overdue, or unasked.
        sentence: What was promised and what came, in one sentence.
    """

    criterion: DottedName
    state: PromiseState
    sentence: OneLine
