"""What one binding's collector answered, as the log keeps it."""

from __future__ import annotations

from pydantic import Field

from gonogo.model.base import DottedName, Frozen, Identifier, OneLine
from gonogo.model.deposited import Deposited
from gonogo.model.evidence import GapReason
from gonogo.model.reply import Beside, Failure, InputRead, LeftAside, Understated


class Unanswered(Frozen):
    """Facts that a source owes and gave no value for, for one reason.

    Attributes:
        facts: Their names.
        reason: From the closed list.
        detail: One sentence on it.
    """

    facts: tuple[DottedName, ...]
    reason: GapReason
    detail: OneLine


class CollectorFinished(Frozen):
    """``collector.finished``: one binding's collector has answered, or failed.

    Attributes:
        binding: Id of the binding.
        collector: ``plugin:collector``.
        distribution: ``name version`` of the package that provides it.
        level: Isolation level at which it ran.
        enforced: What of its isolation was enforced; absent where nobody said.
        unenforced: What of it was not; absent where nobody said.
        declared: How many facts it owes.
        answered: How many of them it answered with a value.
        inputs: Files that were opened for it.
        failure: Why it gave no answer at all.
        unanswered: The facts that it gave no value for, by reason; absent where there are none, and in records of
            earlier versions.
        beside: Newer files and copies beside those that were read; absent where there are none.
        left_out: Files that ``not_evidence`` kept from it; absent where there are none.
        deposited: The bundle that it came in; absent where it was read here.
        understated: Acceptances for which its export names a larger share; absent where there are none.
    """

    binding: Identifier
    collector: str
    distribution: str = ""
    level: str
    enforced: tuple[str, ...] | None = None
    unenforced: tuple[str, ...] | None = None
    declared: int = Field(ge=0)
    answered: int = Field(ge=0)
    inputs: tuple[InputRead, ...] = ()
    failure: Failure | None = None
    unanswered: tuple[Unanswered, ...] | None = None
    beside: tuple[Beside, ...] | None = None
    left_out: tuple[LeftAside, ...] | None = None
    deposited: Deposited | None = None
    understated: tuple[Understated, ...] | None = None
