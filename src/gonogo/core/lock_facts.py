"""Facts about the criteria themselves, computed from the history of the lock: no person states any of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gonogo.model.lock import LockStanding
from gonogo.model.program import ProgramIdentity, Release

PREFIX: Final = "criteria."
"""Facts under it are computed; a source that answers for one of them is not heard."""


def lock_facts(lock: LockStanding, identity: ProgramIdentity, release: Release) -> Mapping[str, int]:
    """Return what the history of a lock says, by fact.

    Args:
        lock: How the run stands to it.
        identity: The program, for its local days.
        release: The release that is assessed.
    """
    changes = lock.changes or ()
    first = identity.local_date(lock.first_at)
    go_live = identity.local_date(release.go_live)
    return {
        "criteria.uncontrolled_changes": lock.uncontrolled or 0,
        "criteria.changes_since_lock": sum(len(each.differences) for each in changes),
        "criteria.loosened_in_freeze": sum(
            difference.loosens for each in changes if each.in_freeze for difference in each.differences
        ),
        "criteria.approved_days_before_golive": (go_live - first).days,
        "criteria.signatures": len({each.person for each in lock.approved_by}),
    }
