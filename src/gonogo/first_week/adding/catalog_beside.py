"""A catalog of exploited weaknesses that is added: the input of the bindings that list weaknesses."""

from __future__ import annotations

from gonogo.errors import UsageError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.exploited_beside import INPUT, takes_catalog
from gonogo.first_week.prose import plain, quoted
from gonogo.model.program import AsOfRule, Binding
from gonogo.plugin.discovery import discover
from gonogo.plugin.trial import try_settings


def with_catalog_beside(
    program: OpenProgram, lines: ProgramLines, path: str
) -> tuple[ProgramLines, list[str], list[str]]:
    """Return the program file whose bindings read a catalog beside their own file, what a person hears, and their ids.

    They wait for a person again, because they read something that nobody has seen in them.

    Args:
        program: The program as it was.
        lines: Its file as it would be.
        path: Of the catalog.
    """
    told, changed = [], []
    for binding in program.bindings:
        one = binding.inputs[0] if len(binding.inputs) == 1 else None
        if (
            one is None
            or len(one.paths) != 1
            or one.as_of.rule is not AsOfRule.DOCUMENT
            or not _takes(program, binding)
        ):
            continue
        try:
            both = f"{{{one.name}: {quoted(one.paths[0])}, {INPUT}: {quoted(path)}}}"
            beside = lines.with_line(lines.line_of(binding.id), "path", both)
            lines = beside.unconfirmed(beside.line_of(binding.id))
        except UsageError as error:
            told.append(f"{binding.id} does not take {plain(path)}: {error} Write it into `path` as `{INPUT}`.")
            continue
        changed.append(binding.id)
        told.append(
            f"{plain(path)}: {binding.id} reads it beside {plain(one.paths[0])}, once a person has confirmed it."
        )
    return lines, told, changed


def _takes(program: OpenProgram, binding: Binding) -> bool:
    entry = discover().get(binding.plugin)
    if entry is None:
        return False
    [answer] = try_settings([(entry, binding.collector, binding.settings)])
    known = [name for fact in answer.facts if (name := f"{binding.prefix}.{fact.name}") in program.rules.vocabulary]
    return takes_catalog(f"{binding.plugin}:{binding.collector}".removesuffix(":"), known)
