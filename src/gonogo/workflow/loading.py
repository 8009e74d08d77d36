"""Loading what a run needs: the program, its ruleset, and the release that is assessed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from gonogo.errors import Problem, UsageError
from gonogo.model.acceptance import Acceptance
from gonogo.model.fact import Vocabulary
from gonogo.model.lock import LockStanding
from gonogo.model.origin import RuleOrigin
from gonogo.model.people import PeopleRegister
from gonogo.model.program import Program, Release
from gonogo.model.promise import EarlierDecision
from gonogo.model.ruleset import Ruleset
from gonogo.model.waiver import ActionPlan, Waiver
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import load_program
from gonogo.program.with_ruleset import for_ruleset
from gonogo.ruleset.loader import load_ruleset
from gonogo.ruleset.locate import named_ruleset
from gonogo.workflow.order import Order

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


def load(order: Order, *, any_release: bool = False) -> LoadedProgram:
    """Load the program and its ruleset and check them against each other.

    Args:
        order: What is asked for.
        any_release: Whether the first release will do where none is named: for what concerns the whole program.

    Raises:
        ConfigurationError: With every mistake in every file.
        UsageError: The release is unknown or not named, or ``--accept conditional`` is not allowed here.
    """
    program, instead = load_program(order.program), ""
    own = program.program.ruleset if order.ruleset is not None else ""
    if order.ruleset is None:
        rules = load_ruleset(
            program.program.ruleset, program.overlay_paths, root=program.root, where=program.ruleset_place
        )
    else:
        program, instead = for_ruleset(program, order.ruleset)
        rules = load_ruleset(named_ruleset(order.ruleset) or order.ruleset, program.overlay_paths, root=Path.cwd())
    program = check_program(program, rules)
    if order.accept_conditional and not program.program.accept_conditional:
        raise UsageError(
            "--accept conditional is not allowed by the program file.",
            hint="the program's owner may add `accept: [conditional]` to gonogo.yaml",
        )
    return LoadedProgram(
        program=program.program,
        release=program.program.releases[0] if any_release else _release(program.program, order.release),
        people=program.people,
        waivers=program.waivers,
        plans=program.plans,
        root=program.root,
        ruleset=rules.ruleset,
        vocabulary=rules.vocabulary,
        warnings=program.warnings + rules.warnings,
        origin=rules.origin.model_copy(update={"program": instead or None}),
        acceptances=program.acceptances,
        instead_of=own,
    )


def _release(program: Program, wanted: str | None) -> Release:
    known = ", ".join(release.id for release in program.releases)
    if wanted is None:
        if len(program.releases) == 1:
            return program.releases[0]
        raise UsageError("The program has several releases.", hint=f"say which one: --release {known}")
    release = program.release(wanted)
    if release is None:
        raise UsageError(f"The program has no release {wanted!r}.", hint=f"releases: {known}")
    return release
