"""The ruleset that a table is mapped for: the one named, that of the program around the file, or the shipped one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gonogo.errors import ConfigurationError
from gonogo.model.fact import Vocabulary
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset, ruleset_by_name
from gonogo.ruleset.paths import real
from gonogo.ruleset.program import load_program

_SHIPPED: Final = "m3-baseline"
_PROGRAM: Final = "gonogo.yaml"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a ruleset asks.

    Attributes:
        vocabulary: Its facts.
        required: Names of those that its criteria read.
    """

    vocabulary: Vocabulary
    required: frozenset[str]


def rules_near(file: Path, named: str | None) -> tuple[Asked, str]:
    """Return the facts that a table could answer, and what a person should know of the choice; empty for nothing.

    Args:
        file: The table.
        named: Ruleset that was asked for; None for that of the program around the file.

    Raises:
        ConfigurationError: The named ruleset is not there, or has mistakes.
    """
    if named is not None:
        return _asked(ruleset_by_name(named)), ""
    folder = next((at for at in real(file).parents if (at / _PROGRAM).is_file()), None)
    if folder is None:
        return _asked(ruleset_by_name(_SHIPPED)), ""
    try:
        program = load_program(folder)
        rules = load_ruleset(
            program.program.ruleset, program.overlay_paths, root=program.root, where=program.ruleset_place
        )
    except ConfigurationError:
        told = (
            f"{_PROGRAM} around this file has mistakes (`gonogo lint` names them); facts of {_SHIPPED} are suggested."
        )
        return _asked(ruleset_by_name(_SHIPPED)), told
    return _asked(rules), ""


def _asked(rules: LoadedRuleset) -> Asked:
    required = {name for criterion in rules.ruleset.criteria for name in criterion.require.facts}
    return Asked(rules.vocabulary, frozenset(required))
