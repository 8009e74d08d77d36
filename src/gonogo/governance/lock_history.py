"""The locks of one program, oldest first: which of them both sides agreed to, and what is wrong with a lock file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gonogo.core.wording import recorded_day
from gonogo.governance.lock_file import NAME, LockFile
from gonogo.model.lock import LockChange, LockRecorded


@dataclass(frozen=True, slots=True)
class LockHistory:
    """Every lock of a program that its log holds; at least one.

    Attributes:
        locks: Oldest first.
    """

    locks: tuple[LockRecorded, ...]

    @property
    def last(self) -> LockRecorded:
        """The lock in force."""
        return self.locks[-1]

    @property
    def agreed(self) -> LockRecorded:
        """The last lock that both sides agreed to: what a change is compared with."""
        return next(each for each in reversed(self.locks) if each.change is None or each.change.controlled)

    @property
    def changes(self) -> tuple[LockChange, ...]:
        """Every change, oldest first."""
        return tuple(each.change for each in self.locks if each.change is not None)

    @property
    def uncontrolled(self) -> int:
        """How many changes came after the last agreed lock: a later agreed change answers for those before it."""
        return len(self.locks) - 1 - self.locks.index(self.agreed)

    @property
    def sha256(self) -> str:
        """Digest of the lock in force."""
        return self.last.lock.digest()


def breaches(history: LockHistory, found: LockFile | None, program: str) -> Iterator[str]:
    """Yield what is wrong with a lock file, one sentence each, with the next step.

    Args:
        history: What the log knows.
        found: The file; None where there is none.
        program: Id of the program.
    """
    last = history.last
    known = f"the audit log knows lock {last.lock.number} of {recorded_day(last.lock.locked_at)}"
    again = f"put it back, or remove `{NAME}` and let `gonogo lock PROGRAM` write it again from the log"
    if found is None:
        step = "put it back, or let `gonogo lock PROGRAM` write it again from the log"
        yield f"`{NAME}` is missing, and {known}; {step}."
        return
    if found.lock.program != program:
        yield f"`{NAME}` is the lock of the program {found.lock.program}, not of {program}, and {known}; {again}."
        return
    if found.lock.log != last.lock.log:
        yield f"`{NAME}` is a lock of the audit log {found.lock.log}, and {known} as the log {last.lock.log}; {again}."
        return
    if (found.lock, found.signature) == (last.lock, last.signature):
        return
    earlier = [each for each in history.locks[:-1] if each.lock == found.lock]
    if earlier:
        yield f"`{NAME}` is lock {earlier[0].lock.number}, and {known}; {again}."
        return
    keys = _changed(found, last)
    yield f"`{NAME}` was changed by hand ({', '.join(keys)}), and {known}; {again}."


def _changed(found: LockFile, last: LockRecorded) -> Sequence[str]:
    was, now = last.lock.document(), found.lock.document()
    keys = [f"`{key}`" for key in dict.fromkeys((*was, *now)) if was.get(key) != now.get(key)]
    return keys + (["`signature`"] if found.signature != last.signature else [])
