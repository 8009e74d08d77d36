"""``gonogo log verify``: Check every record of a log, and list its runs."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.command(name="verify", short_help="Check every record of a log, and list its runs.")
@click.argument("program", type=click.Path(path_type=Path))
@click.option("--head", default="", metavar="HASH", help="A head hash from a report or the minutes: it must be there.")
def command(program: Path, head: str) -> int:
    """Check every record of the log of PROGRAM (its folder, or the folder of the log) and that each run adds up.

    Exits 5 if a record was changed, a run does not give the verdict it ended with or has no end, the log is empty, or
    the head that was noted is not in it.

    \b
    Example: gonogo log verify our-program --head 3f9a0c51d2e84b77
    """
    from gonogo.workflow.publishing import verification

    ok, lines = verification(program, head=head)
    for line in lines:
        tell(line)
    return 0 if ok else 5
