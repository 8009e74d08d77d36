"""A bound file whose content is not the one that a person dated: its binding waits until somebody dates this one."""

from __future__ import annotations

from gonogo.first_week.adding.newer_version import Taken
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.said_day import dated_otherwise
from gonogo.first_week.drafts.when_held import NOBODY
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding


def dated_anew(program: OpenProgram, lines: ProgramLines, binding: Binding, path: str) -> list[Taken]:
    """Return what becomes of a file under its old name with another content; nothing where that was dated.

    Args:
        program: The program.
        lines: Its file as it would be.
        binding: That reads the file.
        path: Of the file.

    Raises:
        UsageError: The binding cannot be changed by a command.
    """
    if binding.confirmed is not None or not dated_otherwise(program, binding):
        return []
    was = next(entry.as_of for entry in binding.inputs if entry.as_of.sha256 is not None)
    changed = lines.with_line(lines.line_of(binding.id), "as_of", NOBODY)
    told = (
        f"{plain(path)}: holds something else than {plain(was.by)} dated, so {binding.id} waits. On which day did it "
        "hold? Say it and confirm: --confirm --held DAY."
    )
    return [Taken(binding.id, told, changed.unconfirmed(changed.line_of(binding.id)), unconfirmed=True)]
