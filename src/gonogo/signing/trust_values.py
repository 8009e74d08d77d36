"""Whom a program trusts: which keys sign its log, witness it, or act for a person, and on which days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from gonogo.model.base import Frozen, Identifier, OneLine, Sha256
from gonogo.model.people import RoleName, Side
from gonogo.signing.envelope import Envelope, verified_by
from gonogo.signing.keys import PublicKey


class KeyKind(StrEnum):
    """What a key is for."""

    LOG = "log"
    """A service: it signs checkpoints and decisions; or, with ``bundles``, evidence that it deposits."""
    WITNESS = "witness"
    """A side that keeps and cosigns the checkpoints that it saw."""
    PERSON = "person"
    """A person in an office."""


class KnownLog(Frozen):
    """What the log must continue.

    Attributes:
        id: The log's id.
        size: How many records it had at least.
        root: The RFC 6962 root over those records.
    """

    id: OneLine
    size: int = Field(ge=1)
    root: Sha256


class TrustKey(Frozen):
    """One key that is trusted for something.

    Attributes:
        id: What people call it, unique in the trust file.
        kind: What it is for.
        public: The key.
        start: First day on which it counts, in UTC.
        until: Last day on which it counts, in UTC.
        bundles: Bindings whose evidence it may deposit; of the kind log only. Such a key signs nothing else: a job that
            runs tests must not be able to sign a decision.
        side: Whose key it is, of a witness, a person or a depositor; else None.
        office: The seat that a person signs for; else None.
        person: Id of the person; else None.
    """

    id: Identifier
    kind: KeyKind
    public: PublicKey
    start: date
    until: date
    bundles: tuple[Identifier, ...] = ()
    side: Side | None = None
    office: RoleName | None = None
    person: Identifier | None = None

    @property
    def signs_log(self) -> bool:
        """Whether it may sign checkpoints and decisions: a key of the kind log that deposits nothing."""
        return self.kind is KeyKind.LOG and not self.bundles

    def covers(self, at: datetime) -> bool:
        """Whether the key counts at a moment: its days are days in UTC, the first and the last included."""
        return self.start <= at.astimezone(UTC).date() <= self.until


class Trust(Frozen):
    """Everything that a trust file says, the keys themselves included, so that its digest covers them.

    Attributes:
        program: Id of the program.
        lock: ``none`` where a decision without a lock is accepted; the digest of the only lock that is; None where any
            lock is and none at all is not.
        log: What the log must continue; None where nothing is known.
        keys: In the order of the file.
    """

    program: Identifier
    lock: Annotated[str, StringConstraints(pattern="^(none|[0-9a-f]{64})$")] | None = None
    log: KnownLog | None = None
    keys: tuple[TrustKey, ...]

    @property
    def accepts_unlocked(self) -> bool:
        """Whether a decision without a lock is accepted."""
        return self.lock == "none"

    @property
    def pinned_lock(self) -> str | None:
        """Digest of the only lock under which a decision is accepted; None where any lock will do."""
        return self.lock if self.lock != "none" else None

    def trusted(self, kind: KeyKind, at: datetime) -> tuple[TrustKey, ...]:
        """Return the keys of a kind that count at a moment, each key and each person once.

        Of the kind log those that sign checkpoints and decisions; who may deposit evidence, :meth:`depositors` says.
        """
        return _once(key for key in self.keys if _is(key, kind) and key.covers(at))

    def entitled(self, envelope: Envelope, *, kind: KeyKind, at: datetime) -> tuple[TrustKey, ...]:
        """Return which keys of a kind signed an envelope and count at a moment, each key and each person once.

        Args:
            envelope: As read.
            kind: What the signature is meant to be.
            at: When it was made, as the reader believes it. A signature says nothing about its own time.
        """
        return _signed(envelope, (key for key in self.keys if _is(key, kind) and key.covers(at)))

    def depositors(self, envelope: Envelope, *, binding: str, side: Side, at: datetime) -> tuple[TrustKey, ...]:
        """Return which keys signed an envelope that may deposit evidence for a binding and its side at a moment."""
        able = (key for key in self.keys if key.kind is KeyKind.LOG and binding in key.bundles and key.side is side)
        return _signed(envelope, (key for key in able if key.covers(at)))

    def expired(self, at: datetime) -> bool:
        """Whether no key that signs the log counts any more or yet, so that nothing of it can be trusted then."""
        return not self.trusted(KeyKind.LOG, at)


def _is(key: TrustKey, kind: KeyKind) -> bool:
    return key.signs_log if kind is KeyKind.LOG else key.kind is kind


def _signed(envelope: Envelope, candidates: Iterable[TrustKey]) -> tuple[TrustKey, ...]:
    keys = tuple(candidates)
    signers = verified_by(envelope, [key.public for key in keys])
    return _once(key for key in keys if key.public in signers)


def _once(keys: Iterable[TrustKey]) -> tuple[TrustKey, ...]:
    """Leave out a key that is there under another id, and a second key of one person: the first in the file counts."""
    found: list[TrustKey] = []
    for key in keys:
        if not any(key.public == other.public or (key.person and key.person == other.person) for other in found):
            found.append(key)
    return tuple(found)
