"""What of a lock stands against a decision: files that are not what was locked, and changes that nobody agreed to."""

from __future__ import annotations

from gonogo.core.wording import listing
from gonogo.model.decision import Blocker
from gonogo.model.lock import LockStanding

_FEW = 3


def lock_blockers(lock: LockStanding | None) -> tuple[Blocker, ...]:
    """Return why a decision cannot be taken by these rules; nothing where they are as they were agreed.

    No waiver, plan or ruleset sets it aside: what is judged by other rules than those agreed is no decision on them.
    """
    if lock is None:
        return ()
    found = [Blocker(why=sentence) for sentence in lock.breaches or ()]
    if lock.differences is not None:
        parts = listing([each.sentence for each in lock.differences], most=_FEW)
        found.append(Blocker(why=f"The program's files are not what was locked: {parts}."))
    if lock.uncontrolled is not None:
        changes = "1 change" if lock.uncontrolled == 1 else f"{lock.uncontrolled} changes"
        found.append(
            Blocker(why=f"{changes} of the locked criteria {_lacks(lock.uncontrolled)} a request or an approval.")
        )
    return tuple(found)


def _lacks(number: int) -> str:
    return "lacks" if number == 1 else "lack"
