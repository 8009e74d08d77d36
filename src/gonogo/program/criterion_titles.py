"""Titles of criteria, for who names one by its title; read only when somebody does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gonogo.errors import ConfigurationError
from gonogo.ruleset.loader import load_ruleset


def titles_of(ruleset: str, overlays: Sequence[Path], root: Path) -> Callable[[], Mapping[str, str]]:
    """Return what reads the titles of a program's criteria, by id; none where the ruleset has mistakes."""

    def read() -> Mapping[str, str]:
        try:
            rules = load_ruleset(ruleset, overlays, root=root)
        except ConfigurationError:
            return {}  # told where the ruleset itself is loaded
        return {criterion.id: criterion.title for criterion in rules.ruleset.criteria}

    return read
