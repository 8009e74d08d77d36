"""Which facts collectors answer, found out without reading evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gonogo.documents.attestation_rows import read_rows
from gonogo.documents.files import open_regular
from gonogo.errors import ConfigurationError, IsolationFault, Problem
from gonogo.model.program import STATEMENTS, Binding, Program, Release
from gonogo.model.refusal import SourceRefusal
from gonogo.plugin.discovery import discover, find_entry
from gonogo.plugin.host import declared_facts


@dataclass(slots=True)
class Answered:
    """What is answered without the workbook.

    Attributes:
        facts: Facts that a collector answers, or that a person already states elsewhere.
        own: Bindings that read a gonogo workbook.
        owing: Other bindings of attestations, to the facts that they owe and do not state.
        waiting: Bindings that nobody has confirmed, to the facts that no confirmed one answers.
        remarks: What could not be found out.
    """

    facts: set[str] = field(default_factory=set)
    own: list[Binding] = field(default_factory=list)
    owing: dict[str, set[str]] = field(default_factory=dict)
    waiting: dict[str, set[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def answered_facts(program: Program, root: Path, *, release: Release) -> Answered:
    """Ask each binding of the release what it answers for, as ``lint`` does.

    Third parties' collectors are asked in children, where the platform has them, and else not at all: their facts then
    stay in the workbook, and a remark says so.

    Raises:
        ConfigurationError: A plugin is unknown, not allowed or unusable, or refuses its settings.
        PluginError: Two installed plugins share a name.
    """
    entries = discover()
    found = Answered()
    own: list[Binding] = []
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
        elif binding.plugin == STATEMENTS and _reads_workbook(binding):
            found.own.append(binding)
        else:
            own.append(binding)
    if problems:
        raise ConfigurationError(problems)
    declared = declared_facts(program, own, entries=entries)
    for binding in own:
        if binding.plugin == STATEMENTS:
            _stated(found, binding, declared[binding.id], root)
        else:
            found.facts |= declared[binding.id]
    try:
        declared |= (asked := declared_facts(program, foreign, entries=entries))
        for facts in asked.values():
            found.facts |= facts
    except IsolationFault as fault:
        found.remarks.append(_not_asked(foreign, fault))
    read = {fact for each in (*own, *foreign) if each.confirmed is None for fact in declared.get(each.id, ())}
    for binding in (*own, *foreign):
        waits = set(declared.get(binding.id, ())) - read if binding.confirmed is not None else set()
        if waits:
            found.waiting[binding.id] = waits
    return found


def _reads_workbook(binding: Binding) -> bool:
    paths = [path for entry in binding.inputs for path in entry.paths]
    return len(paths) == 1 and paths[0].lower().endswith(".xlsx")


def _stated(found: Answered, binding: Binding, declared: frozenset[str], root: Path) -> None:
    """Sort a binding of attestations in YAML: it counts for what its file states.

    The collector says what it declares; the file is read by the one reader of its form, as the collector reads it.
    """
    stated: set[str] = set()
    for path in [path for entry in binding.inputs for path in entry.paths]:
        try:
            with open_regular(root / path) as stream:
                stated |= set(read_rows(stream.read(), path))
        except (OSError, SourceRefusal, ValueError) as error:
            reason = error.strerror or "it cannot be opened" if isinstance(error, OSError) else str(error)
            found.remarks.append(f"{binding.id}: {path} is not read, so its facts are asked here: {reason}.")
    found.facts |= declared & stated
    if declared - stated:
        found.owing[binding.id] = set(declared - stated)


def _not_asked(bindings: Sequence[Binding], fault: IsolationFault) -> str:
    named = ", ".join(binding.id for binding in bindings)
    return (
        f"Third-party collectors cannot be started here ({fault.sentence}), so the facts of {named} are asked here too."
    )
