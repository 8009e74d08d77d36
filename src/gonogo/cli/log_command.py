"""``gonogo log``: the audit log."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.group(name="log")
def command() -> None:
    """Look after the audit log."""


@command.command(name="verify", short_help="Check every record of a log, and list its runs.")
@click.argument("program", type=click.Path(path_type=Path))
def verify(program: Path) -> int:
    """Check every record of the log of PROGRAM (its folder, or the folder of the log); exits 5 if it is broken.

    \b
    Example: gonogo log verify our-program
    """
    from gonogo.workflow.publishing import verification

    ok, lines = verification(program)
    for line in lines:
        tell(line)
    return 0 if ok else 5
