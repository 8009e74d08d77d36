"""The ruleset that a table is mapped for, and what its evidence is bound to: those of the program around the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Final

from gonogo.collectors.rows.row_subject import BoundSubjects, bound_to
from gonogo.documents.files import real
from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.bindable import only_match
from gonogo.model.fact import Vocabulary
from gonogo.model.program import Binding, Program
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset, ruleset_by_name

_SHIPPED: Final = "m3-baseline"
_PROGRAM: Final = "gonogo.yaml"


@dataclass(frozen=True, slots=True)
class RulesetNeeds:
    """What a ruleset asks, and of what.

    Attributes:
        vocabulary: Its facts.
        required: Names of those that its criteria read.
        bounds: What evidence of the file may be bound to, each once; nothing where no program is known.
        zone: Time zone of the program; UTC where none is known.
        root: Folder of the program; None where none is known.
    """

    vocabulary: Vocabulary
    required: frozenset[str]
    bounds: tuple[BoundSubjects, ...] = ()
    zone: tzinfo = UTC
    root: Path | None = None


def nearby_rules(file: Path, named: str | None, program: Path | None = None) -> tuple[RulesetNeeds, str]:
    """Return the facts that a table could answer, and what a person should know of the choice; empty for nothing.

    Args:
        file: The table.
        named: Ruleset that was asked for; None for that of the program.
        program: Folder of the program; None for the one around the file.

    Raises:
        ConfigurationError: The named ruleset or program is not there, or has mistakes.
        UsageError: The named folder holds no program.
    """
    own = _asked(ruleset_by_name(named)) if named is not None else None
    folder = program if program is None or program.is_dir() else program.parent
    if folder is None:
        folder = next((at for at in real(file).parents if (at / _PROGRAM).is_file()), None)
    elif not (folder / _PROGRAM).is_file():
        raise UsageError(f"{program} holds no {_PROGRAM}.", hint="give the folder of the program")
    if folder is None:
        return own or _asked(ruleset_by_name(_SHIPPED)), ""
    try:
        loaded = load_program(folder)
        bounds = tuple(dict.fromkeys(_bounds(loaded, file)))
        return replace(
            own or _asked(_rules_of(loaded)), bounds=bounds, zone=loaded.program.identity.zone, root=loaded.root
        ), ""
    except ConfigurationError:
        if program is not None:
            raise
        sentence = (
            f"{_PROGRAM} around this file has mistakes (`gonogo lint` names them); facts of {named or _SHIPPED} are "
        )
        sentence += "suggested, and nothing is asked about the program's release and build."
        return own or _asked(ruleset_by_name(_SHIPPED)), sentence


def _rules_of(loaded: ProgramFiles) -> LoadedRuleset:
    return load_ruleset(loaded.program.ruleset, loaded.overlay_paths, root=loaded.root, where=loaded.ruleset_place)


def _bounds(loaded: ProgramFiles, file: Path) -> Iterator[BoundSubjects]:
    """Yield what the file's bindings say that it is about, for each release; that of every release where none does."""
    root, path = real(loaded.root), real(file)
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
    bindings = [one for one in loaded.program.bindings if name and _reads(one, name)]
    for binding in bindings:
        yield from _of(loaded.program, binding)
    if not bindings:
        yield from _of(loaded.program, None)


def _reads(binding: Binding, name: str) -> bool:
    return any(only_match(pattern, [name]) for entry in binding.inputs for pattern in entry.paths)


def _of(program: Program, binding: Binding | None) -> Iterator[BoundSubjects]:
    for release in program.releases:
        if binding is not None and binding.release not in (None, release.id):
            continue
        builds = [binding.build] if binding is not None and binding.build else sorted(release.builds)
        environment = binding.environment if binding is not None else None
        yield bound_to(builds=builds, releases=[release.id], environments=[environment] if environment else [])


def _asked(rules: LoadedRuleset) -> RulesetNeeds:
    required = {name for criterion in rules.ruleset.criteria for name in criterion.require.facts}
    return RulesetNeeds(rules.vocabulary, frozenset(required))
