"""What differs between two contents of a lock."""

from __future__ import annotations

from gonogo.governance.program_differences import program_differences
from gonogo.governance.rule_differences import rule_differences
from gonogo.model.change import Effect
from gonogo.model.lock import LockDifference, LockedContent

_ORDER = (Effect.LOOSENS, Effect.MAY_LOOSEN, Effect.TIGHTENS, Effect.NEITHER)


def lock_differences(old: LockedContent, new: LockedContent, *, rules: bool = True) -> tuple[LockDifference, ...]:
    """Return every difference, what loosens first; none only where both contents are the same.

    Args:
        old: As locked.
        new: As the files are.
        rules: Whether the rules are compared; a rehearsal by other rules compares only the rest.
    """
    found = [*program_differences(old, new), *(rule_differences(old, new) if rules else ())]
    if rules and not found and old.document() != new.document():
        found = [LockDifference(part="program", old=old.digest()[:12], new=new.digest()[:12], effect=Effect.MAY_LOOSEN)]
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.effect)))
