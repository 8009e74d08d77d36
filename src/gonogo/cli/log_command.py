"""``gonogo log``: Verify the audit log, and look after it.

Each subcommand is one file ``log_<name>.py`` here, which has ``command``.
"""

from __future__ import annotations

import importlib
import os
from typing import Final

import click

_BEGINNING: Final = "log_"
_FIRST: Final = ("verify", "show", "export", "import", "witness", "prune")
"""In this order in the help text; others follow by name."""


class _InOrder(click.Group):
    """A group whose help text keeps the order in which its commands were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands as they were added."""
        return list(self.commands)


@click.group(name="log", cls=_InOrder)
def command() -> None:
    """Look after the audit log."""


def _found() -> list[str]:
    files = [file for file in os.listdir(os.path.dirname(__file__)) if file.startswith(_BEGINNING)]
    found = {file.removeprefix(_BEGINNING).removesuffix(".py") for file in files if file.endswith(".py")} - {"command"}
    return [name for name in _FIRST if name in found] + sorted(found - {*_FIRST})


for _name in _found():
    command.add_command(importlib.import_module(f"gonogo.cli.{_BEGINNING}{_name}").command)
