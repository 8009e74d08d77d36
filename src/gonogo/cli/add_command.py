"""``gonogo add``: Bind a new file, take a newer version of a bound one, or confirm a binding."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from gonogo.cli.output import read_moment, tell, warn


@click.command(name="add")
@click.argument("program", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--confirm", is_flag=True, help="You have checked how the files are read; on a terminal each is shown and asked."
)
@click.option(
    "--by",
    metavar="NAME",
    default="",
    help="Who confirms.  [default: the account, if it is the name of a known person]",
)
@click.option("--held", metavar="DAY", default="", help="Day on which the content held, if the files do not say it.")
@click.option("--replaces", metavar="BINDING", default="", help="The file replaces the one that this binding reads.")
@click.option(
    "--renamed",
    metavar="OLD=NEW",
    multiple=True,
    help="The file has NEW where the older one has the heading OLD, and it is the same column.",
)
@click.option("--not-evidence", "reason", metavar="REASON", default="", help="The files are no evidence, and why.")
@click.option(
    "--as-of", metavar="INSTANT", callback=read_moment, help="What counts as now, e.g. 2027-04-19T12:00-04:00."
)
def command(
    program: Path,
    files: tuple[Path, ...],
    confirm: bool,
    by: str,
    held: str,
    replaces: str,
    renamed: tuple[str, ...],
    reason: str,
    as_of: datetime | None,
) -> int:
    """Bind each FILE in PROGRAM's gonogo.yaml, with a comment why, to be confirmed by a person.

    FILE may be a folder: every file in it that nobody reads yet. A newer version of a bound file is taken by the
    binding that read the old one, if it fits. On a terminal each new binding is shown with what it reads today, and you
    say yes, no or later. Comments stay; the file before is kept. Of several files each stands for itself; the exit
    code is 1 if one is left, and a person has to settle it.

    \b
    Example: gonogo add our-program evidence/interfaces.csv
    and, once you have checked it: gonogo add our-program evidence/interfaces.csv --confirm --by "Ada Kirsch"
    In week two: gonogo add our-program our-program/evidence
    """
    from gonogo.first_week.adding.added import add_each

    watched = sys.stdin is not None and sys.stdin.isatty()
    found = add_each(
        program,
        files,
        confirm=confirm,
        by=by,
        held=held,
        reason=reason,
        replaces=replaces,
        renamed=renamed,
        now=as_of,
        ask=_ask if watched else None,
        tell=warn,
    )
    for line in found.told:
        tell(line)
    return int(found.waits)


def _ask(question: str, default: str) -> str:
    answer: str = click.prompt(question, default=default, show_default=bool(default), err=True)
    return answer
