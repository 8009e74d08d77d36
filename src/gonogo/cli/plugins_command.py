"""``gonogo plugins``: what is installed, listed without importing any of it."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.group(name="plugins")
def command() -> None:
    """Look at plugins without running them."""


@command.command(name="list")
@click.option("--program", type=click.Path(path_type=Path), help="Say which of them this program allows.")
def list_plugins(program: Path | None) -> int:
    """List installed plugins: name, distribution, version, module, and whether they may run.

    \b
    Example: gonogo plugins list --program our-program
    """
    from gonogo.workflow.plugins import rows

    for line in rows(program):
        tell(line)
    return 0
