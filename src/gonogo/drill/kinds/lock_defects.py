"""Defects of the lock: its file removed, edited or another program's, and a criterion that was loosened after it."""

from __future__ import annotations

from collections.abc import Callable

from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.rule_defects import softened_threshold
from gonogo.drill.site import TargetProgram
from gonogo.governance.lock_file import NAME, lock_of, lock_text
from gonogo.model.lock import Lock

_LOCKED = "a locked program"


def _check_locked(site: TargetProgram) -> None:
    if not (site.copy.root / NAME).is_file():
        raise NotPlanted("the program is not locked")


def _rewritten(site: TargetProgram, change: Callable[[Lock], Lock]) -> None:
    _check_locked(site)
    found = lock_of(site.copy.read(NAME), NAME)
    site.copy.put(NAME, lock_text(change(found.lock), found.signature))


def _removed(site: TargetProgram) -> Planted:
    _check_locked(site)
    site.copy.remove(NAME)
    return Planted(NAME)


def _edited(site: TargetProgram) -> Planted:
    _rewritten(site, lambda lock: lock.model_copy(update={"ruleset_sha256": lock.ruleset_sha256[::-1]}))
    return Planted(f"{NAME}, ruleset_sha256")


def _another_program(site: TargetProgram) -> Planted:
    _rewritten(site, lambda lock: lock.model_copy(update={"program": "drill-other"}))
    return Planted(f"{NAME}, program")


def _loosened(site: TargetProgram) -> Planted:
    _check_locked(site)
    return softened_threshold(site)


DEFECTS = (
    Defect("lock-removed", "The lock file is removed", _LOCKED, _removed, Noticed.STOPPED),
    Defect("lock-edited", "A digest in the lock file is edited", _LOCKED, _edited, Noticed.STOPPED),
    Defect("lock-of-another-program", "The lock is another program's", _LOCKED, _another_program, Noticed.STOPPED),
    Defect("loosened-after-lock", "A threshold is lowered after the lock", _LOCKED, _loosened, Noticed.STOPPED),
)
