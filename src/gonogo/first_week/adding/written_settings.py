"""The settings of one binding in the program file, written as a whole with what each fact means, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.binding_lines import with_part
from gonogo.first_week.adding.drafted_again import own_of
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.program_writing import load_lines
from gonogo.first_week.drafts.setting_lines import setting_lines
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding


def write_settings(adding: Adding, binding: Binding, settings: Mapping[str, Any]) -> None:
    """Write the settings of a binding in the place of those that stand there.

    Raises:
        UsageError: No line begins the binding, or it is written on one line.
    """
    notes = {
        fact: plain(each.meaning, most=200)
        for fact in settings.get("facts", {})
        if (each := _declared(adding, binding, fact))
    }
    lines = [line[2:] for line in setting_lines(settings, "    ", notes)]
    adding.lines = with_part(adding.lines, binding.id, "settings", ["settings:", *lines])


def binding_as_written(adding: Adding, binding: Binding, settings: Mapping[str, Any]) -> tuple[OpenProgram, Binding]:
    """Return the program with a binding as it is written now.

    Raises:
        UsageError: The program would not load, or reads something else than was answered.
    """
    try:
        program = replace(adding.program, files=load_lines(adding.program.root, adding.lines))
    except ConfigurationError as error:
        raise UsageError(
            f"with these answers the program would not load: {error.problems[0].what.rstrip('.')}."
        ) from error
    now = next(each for each in program.bindings if each.id == binding.id)
    if own_of(program, now)["settings"] != dict(settings):
        raise UsageError("its settings cannot be written by a command as they are; change gonogo.yaml by hand.")
    return program, now


def _declared(adding: Adding, binding: Binding, fact: str) -> Any:
    name = f"{binding.prefix}.{fact}" if binding.prefix else fact
    known = adding.program.rules.vocabulary
    return known.get(name) if name in known else None
