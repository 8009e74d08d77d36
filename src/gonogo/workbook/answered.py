"""Which facts collectors answer, found out without reading evidence."""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from gonogo.errors import ConfigurationError, GonogoError, IsolationFault, Problem
from gonogo.model.program import Binding, Program, Release
from gonogo.model.refusal import SourceRefusal
from gonogo.plugin.discovery import PluginEntry, discover, find_entry
from gonogo.plugin.spec import Collector, SettingsRefusal

ATTESTATION: Final = "attestation"
_SETTINGS: Final = "G304"


@dataclass(slots=True)
class Answered:
    """What is answered without the workbook.

    Attributes:
        facts: Facts that a collector answers, or that a person already states elsewhere.
        own: Bindings that read a gonogo workbook.
        owing: Other bindings of attestations, to the facts that they owe and do not state.
        remarks: What could not be found out.
    """

    facts: set[str] = field(default_factory=set)
    own: list[Binding] = field(default_factory=list)
    owing: dict[str, set[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def answered_facts(program: Program, root: Path, *, release: Release) -> Answered:
    """Ask each binding of the release what it answers for.

    gonogo's own collectors are asked in this process; those of third parties in children, where the platform has
    them, and else not at all: their facts then stay in the workbook, and a remark says so.

    Raises:
        ConfigurationError: A plugin is unknown or not allowed, or refuses its settings.
        PluginError: Two installed plugins share a name.
    """
    entries = discover()
    found = Answered()
    foreign: list[Binding] = []
    problems: list[Problem] = []
    for binding in program.bindings:
        if binding.release not in (None, release.id):
            continue
        entry = find_entry(binding, entries, program.allow)
        if isinstance(entry, Problem):
            problems.append(entry)
        elif not entry.builtin:
            foreign.append(binding)
        elif binding.plugin == ATTESTATION and _reads_workbook(binding):
            found.own.append(binding)
        elif binding.plugin == ATTESTATION:
            _stated(found, binding, _declared(binding, entry, problems), root)
        else:
            found.facts |= _declared(binding, entry, problems)
    if problems:
        raise ConfigurationError(problems)
    if foreign:
        _ask_foreign(found, program, foreign, entries)
    return found


def _reads_workbook(binding: Binding) -> bool:
    paths = [path for entry in binding.inputs for path in entry.paths]
    return len(paths) == 1 and paths[0].lower().endswith(".xlsx")


def _declared(binding: Binding, entry: PluginEntry, problems: list[Problem]) -> set[str]:
    """Return the full names of what a collector of gonogo's own declares."""

    def problem(where: str, what: str) -> Problem:
        return Problem(_SETTINGS, binding.where, f"{binding.id}: {where}: {what}")

    registered: list[Collector] = []
    importlib.import_module(entry.module).gonogo_register_collectors(registered.append)
    chosen = [one for one in registered if binding.collector in (one.name, "")]
    if len(chosen) != 1:
        problems.append(problem("collector", f"name one of {', '.join(one.name for one in registered)}"))
        return set()
    try:
        settings = chosen[0].settings.model_validate_json(json.dumps(binding.settings, default=str))
        facts = chosen[0].declare(settings)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        problems.append(problem(".".join(map(str, ("settings", *first["loc"]))), first["msg"]))
        return set()
    except SettingsRefusal as refusal:
        problems += [problem(".".join(map(str, ("settings", *loc))), said) for loc, said in refusal.errors]
        return set()
    before = f"{binding.prefix}." if binding.prefix else ""
    return {before + fact.name for fact in facts}


def _stated(found: Answered, binding: Binding, declared: set[str], root: Path) -> None:
    """Sort a binding of attestations in YAML: it counts for what its file states."""
    from gonogo.collectors.attestation.statements import read_rows

    stated: set[str] = set()
    for path in [path for entry in binding.inputs for path in entry.paths]:
        try:
            stated |= set(read_rows((root / path).read_bytes(), path))
        except (OSError, SourceRefusal, ValueError) as error:
            said = error.strerror or "it cannot be opened" if isinstance(error, OSError) else str(error)
            found.remarks.append(f"{binding.id}: {path} is not read, so its facts are asked here: {said}.")
    found.facts |= declared & stated
    if declared - stated:
        found.owing[binding.id] = declared - stated


def _ask_foreign(
    found: Answered, program: Program, bindings: Sequence[Binding], entries: dict[str, PluginEntry]
) -> None:
    named = ", ".join(binding.id for binding in bindings)
    try:
        host: Any = importlib.import_module("gonogo.plugin.host")
        for declared in host.declared_facts(program, bindings, entries=entries).values():
            found.facts |= declared
    except (IsolationFault, ImportError) as error:
        said = error.sentence if isinstance(error, GonogoError) else str(error)
        found.remarks.append(
            f"Third-party collectors cannot be started here ({said}), so that the facts of {named} are asked too."
        )
