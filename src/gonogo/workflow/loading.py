"""Loading what a run needs: the program, its ruleset, and the release that is assessed."""

from __future__ import annotations

from pathlib import Path

from gonogo.errors import UsageError
from gonogo.model.program import Program, Release
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import load_program
from gonogo.program.with_ruleset import for_ruleset
from gonogo.ruleset.loader import load_ruleset
from gonogo.ruleset.locate import named_ruleset
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.order import Order


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
