"""What lies beside the evidence and counts for nothing: unread files, and rows typed into unread registers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gonogo.errors import GonogoError, Problem
from gonogo.plugin.inputs.overlooked import overlooked
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.program.unread_registers import unread_registers


def overlooked_in(loaded: ProgramFiles) -> list[Problem]:
    """Return a warning for everything of a program's folder that somebody may think is read."""
    document: Any = loaded.sheets["program"].document
    named = {
        str(name)
        for key in ("people", "plans", "waivers", "acceptances", "attestations")
        if (name := getattr(document, key)) is not None
    }
    files = overlooked(loaded.program, loaded.root, document.not_evidence, named)
    return [*unread_registers(loaded), *files]


def overlooked_sentences(program: Path) -> list[str]:
    """Return the same as sentences; nothing for a program that cannot be loaded, which says so itself."""
    try:
        return [problem.what for problem in overlooked_in(load_program(program))]
    except GonogoError:
        return []
