"""What is different about the lock since the last run: made, changed, broken, or put right."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.comparison.snapshot import Snapshot
from gonogo.core.wording import recorded_day
from gonogo.model.lock import LockChange, LockStanding


def lock_notices(before: Snapshot, after: Snapshot) -> Iterator[Notice]:
    """Yield what is different about the lock; a change that loosens, or that nobody agreed to, is a setback."""
    old, new = before.made.decision.lock, after.made.decision.lock
    if old == new:
        return
    if new is None:
        yield _notice("The criteria were locked, and this run knows no lock.", worse=True)
        return
    if old is None:
        yield _notice(f"The criteria are locked: lock {new.number} of {recorded_day(new.locked_at)}.")
    found = [*_broken(old, new), *_changed(old, new)]
    yield from found
    if old is not None and not found:
        yield _notice("How the program's files compare with the lock is described differently.")


def _notice(sentence: str, *, worse: bool = False) -> Notice:
    return Notice(kind=NoticeKind.RULES, subject="lock", sentence=sentence, worse=worse)


def _broken(old: LockStanding | None, new: LockStanding) -> Iterator[Notice]:
    were = () if old is None else (*(old.breaches or ()), *(each.sentence for each in old.differences or ()))
    are = (*(new.breaches or ()), *(each.sentence for each in new.differences or ()))
    for sentence in are:
        if sentence not in were:
            yield _notice(f"Not as locked: {sentence.rstrip('.')}.", worse=True)
    if were and not are:
        yield _notice("The program's files are what was locked again.")


def _changed(old: LockStanding | None, new: LockStanding) -> Iterator[Notice]:
    known = () if old is None else old.changes or ()
    for change in new.changes or ():
        if change not in known:
            yield _notice(_words(change), worse=change.loosens or not change.controlled)


def _words(change: LockChange) -> str:
    said = "; ".join(each.sentence for each in change.differences) or "nothing differs from the last agreed lock"
    how = f"by the request {change.request}" if change.controlled else "without a request or an approval"
    return f"The lock was changed {how}: {said}."
