"""``gonogo check``: Look at one file: what would be read from it, what not, and what looks odd."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gonogo.cli.output import read_moment, tell


@click.command(name="check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "reads", metavar="COLLECTOR", default="", help="Collector or export profile to read it by.")
@click.option(
    "--program", type=click.Path(path_type=Path), metavar="DIR", help="Its program.  [default: the one around FILE]"
)
@click.option(
    "--as-of", metavar="INSTANT", callback=read_moment, help="What counts as now, e.g. 2027-04-19T12:00-04:00."
)
def command(file: Path, reads: str, program: Path | None, as_of: datetime | None) -> int:
    """Show what would be read from FILE today, what not, which rows look odd, and what only a person knows.

    No program is needed. Nothing is recorded, nothing is bound, and no verdict is given.

    \b
    Example: gonogo check evidence/interfaces.csv --as table
    """
    from gonogo.first_week.adding.checking import check_file

    for line in check_file(file, reads=reads, program=program, now=as_of).lines():
        tell(line)
    return 0
