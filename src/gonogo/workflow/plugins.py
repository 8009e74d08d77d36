"""Installed plugins: listed without importing any; and what one of them offers, asked in a child."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gonogo.errors import ConfigurationError, PluginError, Problem
from gonogo.plugin.discovery import discover, named_entry, plugin_rows
from gonogo.plugin.offers import Offer, describe
from gonogo.plugin.protocol import Described
from gonogo.program.program_file import load_program


def rows(program: Path | None) -> list[str]:
    """Return a line for each installed plugin: name, distribution, version, module, and whether it may run.

    Raises:
        PluginError: Two distributions carry plugins of one name.
    """
    allow = load_program(program).program.allow if program is not None else ()
    return [
        f"{row.name:14} {row.distribution:24} {row.module:40} {row.status}"
        for row in plugin_rows(discover().values(), allow)
    ]


def offer(name: str, program: Path | None) -> list[str]:
    """Return what a plugin offers, a line each: collectors, their facts and settings, report formats.

    Raises:
        ConfigurationError: It is not installed, or may not run.
        PluginError: It cannot be used.
    """
    allow = load_program(program).program.allow if program is not None else ()
    entry = named_entry(name, discover(), allow, who="plugins show")
    if isinstance(entry, Problem):
        raise ConfigurationError([entry])
    [offers] = describe([entry])
    if offers.refused:
        raise PluginError(offers.refused)
    return _lines(offers)


def _lines(offer: Offer) -> list[str]:
    lines = [f"{offer.entry.name}, of {offer.entry.distribution} {offer.entry.version}"]
    for collector in offer.collectors:
        lines += ["", f"collector: {offer.entry.name}:{collector.name}", *_facts(collector), *_settings(collector)]
        lines += [f"  calls    {url}" for url in collector.network]
    for form in offer.formats:
        lines += ["", f"report format: -o {offer.entry.name}/{form.name}:PATH ({form.media_type})"]
    return lines


def _facts(collector: Described) -> list[str]:
    if not collector.facts:
        return ["  facts    are named by its settings"]
    return [
        f"  fact     {fact.name:32} {f'{fact.type} ({fact.unit})' if fact.unit else fact.type:28} {fact.meaning}"
        for fact in collector.facts
    ]


def _settings(collector: Described) -> list[str]:
    """Return a line for each setting, as the schema of its model describes it."""
    schema: dict[str, Any] = json.loads(collector.settings_schema)
    needed = schema.get("required", ())
    return [
        f"  setting  {key:32} {'required' if key in needed else 'optional'}" for key in schema.get("properties", {})
    ]
