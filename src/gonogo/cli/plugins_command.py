"""``gonogo plugins``: List plugins without running them.

What is installed is listed without importing any of it; what one offers is asked in a child.
"""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.group(name="plugins")
def command() -> None:
    """Look at plugins: list them without running any, or ask one what it offers."""


@command.command(name="list", short_help="List installed plugins, and whether they may run.")
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


@command.command(name="show", short_help="Say what a plugin offers: facts, settings, formats.")
@click.argument("name")
@click.option("--program", type=click.Path(path_type=Path), help="Program that allows it, for a plugin of others.")
def show_plugin(name: str, program: Path | None) -> int:
    """Say what the plugin NAME offers: its collectors with facts and settings, and its report formats.

    It is started once, in a child process; one of others only where the program allows it.

    \b
    Example: gonogo plugins show junit
    """
    from gonogo.workflow.plugins import offer

    for line in offer(name, program):
        tell(line)
    return 0
