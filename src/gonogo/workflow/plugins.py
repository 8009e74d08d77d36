"""Installed plugins, listed without importing any."""

from __future__ import annotations

from pathlib import Path

from gonogo.plugin.discovery import discover, plugin_rows
from gonogo.ruleset.program import load_program


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
