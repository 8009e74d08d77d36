"""A program as it was loaded, as a value: for all that asks what a run reads, and reads nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from gonogo.errors import Problem
    from gonogo.model.acceptance import Acceptance
    from gonogo.model.fact import Vocabulary
    from gonogo.model.lock import LockStanding
    from gonogo.model.origin import RuleOrigin
    from gonogo.model.people import PeopleRegister
    from gonogo.model.program import Program, Release
    from gonogo.model.promise import EarlierDecision
    from gonogo.model.ruleset import Ruleset
    from gonogo.model.waiver import ActionPlan, Waiver

_Made = TypeVar("_Made")


class ReadOnce:
    """What was read once and is asked for again in the same run, each under all that it depends on."""

    def __init__(self) -> None:
        self._found: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what is kept under a key, made now where nothing is."""
        if key not in self._found:
            self._found[key] = make()
        made: _Made = self._found[key]
        return made


@dataclass(frozen=True, slots=True)
class LoadedProgram:
    """Everything that was read before collection.

    Attributes:
        program: What ``gonogo.yaml`` says.
        release: The release that is assessed.
        people: Who holds which seat when.
        waivers: As submitted.
        plans: As submitted.
        root: The program's folder.
        ruleset: Criteria and policy, overlays laid on top.
        vocabulary: Every fact that they may read.
        warnings: What is allowed and probably not meant.
        origin: Whose rules they are.
        earlier: The signed decision that this one follows; None where it follows none, and before a run reads it.
        acceptances: As submitted.
        lock: How the files compare with the lock; None where there is none, and before a run looks.
        instead_of: What the program file names as its ruleset, if the order names one; empty otherwise.
    """

    program: Program
    release: Release
    people: PeopleRegister
    waivers: tuple[Waiver, ...]
    plans: tuple[ActionPlan, ...]
    root: Path
    ruleset: Ruleset
    vocabulary: Vocabulary
    warnings: tuple[Problem, ...] = ()
    origin: RuleOrigin | None = None
    earlier: EarlierDecision | None = None
    acceptances: tuple[Acceptance, ...] = ()
    lock: LockStanding | None = None
    instead_of: str = ""
    kept: ReadOnce = field(default_factory=ReadOnce, compare=False, repr=False)
