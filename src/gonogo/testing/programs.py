"""A program, a binding and a plugin folder, made in a line each, for tests of the host."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.people import Side
from gonogo.model.program import AsOf, AsOfRule, Binding, InputPath, Program, ProgramIdentity, Release
from gonogo.plugin.discovery import PluginEntry

SAMPLE_RELEASE = Release(id="payroll-1", go_live=datetime(2027, 5, 3, 4, 0, tzinfo=UTC))


def binding_of(plugin: str, *, paths: Sequence[str] = (), as_of: AsOf | None = None, **more: Any) -> Binding:
    """Return a binding of ``plugin``; ``paths`` become its one input ``file``, dated by the document."""
    rule = as_of if as_of is not None else AsOf(rule=AsOfRule.DOCUMENT)
    inputs = (InputPath(name="file", paths=tuple(paths), as_of=rule),) if paths else ()
    given: dict[str, Any] = {
        "id": plugin,
        "side": Side.CUSTOMER,
        "producer": "Test office",
        "prefix": "sample",
        "inputs": inputs,
        "where": "gonogo.yaml:7:5",
    }
    return Binding(plugin=plugin, **(given | more))


def program_of(*bindings: Binding, **more: Any) -> Program:
    """Return a program with these bindings and one release, :data:`SAMPLE_RELEASE`."""
    identity = ProgramIdentity(
        id="harborline", customer="Harborline Agency", provider="Shared Services", time_zone="America/New_York"
    )
    given: dict[str, Any] = {"identity": identity, "releases": (SAMPLE_RELEASE,), "ruleset": "m3-baseline@1.0.0"}
    return Program(bindings=bindings, **(given | more))


def vocabulary_of(**facts: FactType) -> Vocabulary:
    """Return a vocabulary; two underscores in a name stand for its dots: ``sample__open=FactType.INTEGER``."""
    return Vocabulary(
        facts=tuple(
            FactDeclaration(
                name=name.replace("__", "."),
                type=kind,
                unit="items" if kind.has_unit else "",
                meaning="A fact of a test.",
                question="What is it?",
            )
            for name, kind in facts.items()
        )
    )


def write_plugin(folder: Path, name: str, source: str, *, own: bool = True) -> PluginEntry:
    """Write a plugin module and return its entry; ``own`` ones are forked as gonogo's are, others executed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(textwrap.dedent(source), encoding="utf-8")
    return PluginEntry(name, name, "gonogo" if own else f"{name}-dist", "1.0", builtin=own, search=str(folder))


def write_distribution(
    folder: Path, name: str, version: str, plugins: dict[str, str], *, rulesets: dict[str, str] | None = None
) -> None:
    """Write the metadata of an installed distribution that announces ``plugins``: name to module.

    Args:
        folder: Where distributions are installed.
        name: Of the distribution.
        version: Of the distribution.
        plugins: Plugin names to modules.
        rulesets: Ruleset names to folders, with dots for slashes.
    """
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    groups = {"gonogo.plugins": plugins, "gonogo.rulesets": rulesets or {}}
    lines: list[str] = []
    for group, points in groups.items():
        lines += [f"[{group}]", *(f"{point} = {value}" for point, value in points.items())]
    (info / "entry_points.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
