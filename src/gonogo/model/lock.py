"""The lock: what both sides agreed that nothing may change, who approved it, and what was changed since."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from gonogo.model.base import DottedName, Frozen, Identifier, Instant, OneLine, Sha256
from gonogo.model.change import Effect
from gonogo.model.program import AllowedPlugin, ProgramIdentity
from gonogo.model.seat_change import SeatChange
from gonogo.model.seats import Seats
from gonogo.model.waiver import Approval


class LockedRelease(Frozen):
    """What is locked of a release; the build that is released is not: it is known later.

    Attributes:
        id: Identifier.
        go_live: The moment that the system is switched on.
        window: How long the cutover may take, in words.
        scope: What it turns on, in words.
        environment: Where it goes live; None where nobody says.
    """

    id: Identifier
    go_live: Instant
    window: str = ""
    scope: str = ""
    environment: OneLine | None = None


class LockedContent(Frozen):
    """Everything that a lock freezes.

    Attributes:
        identity: Who migrates what, without title and marking, which decide nothing.
        releases: In the order of the program file.
        ruleset: The ruleset with its overlays, as runs record it.
        vocabulary: The facts, likewise.
        authority: Fact to the binding that settles it; absent where nothing is said.
        plugins: Third-party plugins that may run; absent likewise.
        adopt: Criteria that are adopted; absent where all are.
        accept_conditional: Whether ``--accept conditional`` may be used; absent where it may not.
    """

    identity: ProgramIdentity
    releases: tuple[LockedRelease, ...]
    ruleset: dict[str, Any]
    vocabulary: dict[str, Any]
    authority: dict[DottedName, Identifier] | None = None
    plugins: tuple[AllowedPlugin, ...] | None = None
    adopt: tuple[DottedName, ...] | None = None
    accept_conditional: bool | None = None


class LockDifference(Frozen):
    """One thing that is not as it was locked.

    Attributes:
        criterion: Id of the criterion; None for what is not one criterion's.
        part: What of it: ``severity``, ``parameter min_float``, ``go-live of R1``.
        old: What was locked, as people read it.
        new: What it is now.
        effect: What it does to the gate.
        at: Of a ladder: at which milestones it is looser, stricter or neither; absent where it is so at all.
    """

    criterion: DottedName | None = None
    part: OneLine
    old: str
    new: str
    effect: Effect
    at: tuple[OneLine, ...] | None = None

    @property
    def loosens(self) -> bool:
        """Whether it loosens the gate, or may: what cannot be told apart counts as loosening."""
        return self.effect in (Effect.LOOSENS, Effect.MAY_LOOSEN)

    @property
    def sentence(self) -> str:
        """What was, what is, and which way it goes."""
        whose = f"{self.criterion}: " if self.criterion else ""
        way = ", ".join(self.at) if self.at else _EFFECTS[self.effect]
        return f"{whose}{self.part} was {self.old}, is now {self.new} ({way})"


_EFFECTS = {
    Effect.LOOSENS: "looser",
    Effect.MAY_LOOSEN: "may be looser",
    Effect.TIGHTENS: "stricter",
    Effect.NEITHER: "neither looser nor stricter",
}


class Lock(Frozen):
    """One lock: the file ``gonogo.lock``, without its signature.

    Attributes:
        program: Id of the program.
        number: 1 for the first; each change makes the next.
        locked_at: Host time.
        content: Digest of everything that it freezes.
        ruleset: ``name@version``.
        ruleset_sha256: Digest of the ruleset with its overlays.
        vocabulary_sha256: Digest of the vocabulary.
        approved_by: The approvals that count.
        earlier: Digest of the lock before it; None for the first.
        change: Digest of what was changed; None for the first.
        log: Id of the audit log that holds it.
        records: How many records that log had before.
        root: RFC 6962 root over them.
        made_with: Version of gonogo that wrote it.
    """

    program: Identifier
    number: int = Field(ge=1)
    locked_at: Instant
    content: Sha256
    ruleset: OneLine
    ruleset_sha256: Sha256
    vocabulary_sha256: Sha256
    approved_by: tuple[Approval, ...] = ()
    earlier: Sha256 | None = None
    change: Sha256 | None = None
    log: Identifier
    records: int = Field(ge=1)
    root: Sha256
    made_with: OneLine

    @model_validator(mode="after")
    def _one_story(self) -> Lock:
        if (self.number == 1) != (self.earlier is None) or (self.earlier is None) != (self.change is None):
            raise ValueError("the first lock changes none, and each later one says which it changes")
        return self


class LockSignature(Frozen):
    """A signature over a lock.

    Attributes:
        key: Id of the key: SHA-256 of its DER SubjectPublicKeyInfo.
        signature: The signature, base64, over the DSSE envelope of the lock's statement.
    """

    key: Sha256
    signature: OneLine


class LockChange(Frozen):
    """What was changed in the lock, and by whom: listed on page one for ever after.

    Attributes:
        number: Of the lock that it made.
        at: Host time.
        request: What the request is called; absent where nobody names one.
        requested_by: Who asked for it; absent likewise.
        reason: Why; absent likewise.
        approved_by: The approvals that count.
        reviewed_by: The independent reviewer; absent where nobody reviewed it.
        differences: What was changed, against the last lock that both sides agreed to.
        in_freeze: That it loosens something inside the freeze; absent where it does not.
        lacks: What it lacks of a controlled change; absent where it lacks nothing.
        newly_seated: Who approved or reviewed it in a seat that they did not hold at the lock before, a sentence each;
            absent for nobody.
    """

    number: int = Field(ge=2)
    at: Instant
    request: OneLine | None = None
    requested_by: Identifier | None = None
    reason: OneLine | None = None
    approved_by: tuple[Approval, ...] = ()
    reviewed_by: Approval | None = None
    differences: tuple[LockDifference, ...] = ()
    in_freeze: bool | None = None
    lacks: tuple[OneLine, ...] | None = Field(default=None, min_length=1)
    newly_seated: tuple[OneLine, ...] | None = Field(default=None, min_length=1)

    @property
    def loosens(self) -> bool:
        """Whether anything in it loosens the gate, or may."""
        return any(each.loosens for each in self.differences)

    @property
    def controlled(self) -> bool:
        """Whether it has a request, a reason and the approvals that the policy asks for."""
        return self.lacks is None


class LockRecorded(Frozen):
    """``lock.recorded``: a lock, or a change of it, with everything that it freezes.

    Attributes:
        lock: As in the file.
        signature: Who signed it; absent where nobody did.
        content: What it freezes.
        bindings: Binding to the digest of what the program file says of it: recorded, and not frozen.
        change: What was changed; absent for the first lock.
        seats: Who held which seat: recorded, and not frozen; absent in records of earlier versions.
    """

    lock: Lock
    signature: LockSignature | None = None
    content: LockedContent
    bindings: dict[Identifier, Sha256] = Field(default_factory=dict)
    change: LockChange | None = None
    seats: Seats | None = None

    @model_validator(mode="after")
    def _one_story(self) -> LockRecorded:
        if self.lock.content != self.content.digest():
            raise ValueError("the lock is of another content")
        if self.lock.change != (self.change.digest() if self.change is not None else None):
            raise ValueError("the lock is of another change")
        return self


class LockStanding(Frozen):
    """How a run stands to the lock of its program: recorded with the decision.

    Attributes:
        number: Of the lock.
        sha256: Its digest.
        locked_at: When it was made.
        first_at: When the first one was made.
        approved_by: Who approved the last lock.
        signed_by: Id of the key that signed it; absent where nobody did.
        changes: Every change since the first lock, oldest first; absent where there is none.
        breaches: What is wrong with the lock file, one sentence each; absent where nothing is.
        differences: How the program's files differ from the lock; absent if they do not.
        uncontrolled: How many changes since the last agreed lock lack a request or an approval; absent for none.
        sources: Sources of evidence that were added, removed or changed since, in words; absent where none was.
        other_rules: That the run was asked to judge by other rules, so that the rules were not compared; else absent.
        people: What the people register says otherwise than on the day of the last agreed lock; absent for nothing.
    """

    number: int
    sha256: Sha256
    locked_at: Instant
    first_at: Instant
    approved_by: tuple[Approval, ...] = ()
    signed_by: Sha256 | None = None
    changes: tuple[LockChange, ...] | None = Field(default=None, min_length=1)
    breaches: tuple[OneLine, ...] | None = Field(default=None, min_length=1)
    differences: tuple[LockDifference, ...] | None = Field(default=None, min_length=1)
    uncontrolled: int | None = Field(default=None, ge=1)
    sources: tuple[OneLine, ...] | None = Field(default=None, min_length=1)
    other_rules: bool | None = None
    people: tuple[SeatChange, ...] | None = Field(default=None, min_length=1)

    @property
    def broken(self) -> bool:
        """Whether the files are not what was locked, so that the process ends with 5."""
        return self.breaches is not None or self.differences is not None
