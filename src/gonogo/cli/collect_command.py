"""``gonogo collect``: Collect evidence and print it as JSON lines."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import emit, read_moment, warn


@click.command(name="collect")
@options.program_argument
@options.release_option
@click.option(
    "--as-of",
    metavar="INSTANT",
    callback=read_moment,
    help="Collect as of this instant, e.g. 2027-04-19T12:00-04:00; now by default.",
)
@click.option("--only", multiple=True, metavar="BINDING", help="Collect this binding alone. Repeatable.")
@click.option("--debug", is_flag=True, help="Say on stderr what each collector read and how it ended.")
def command(program: Path, release: str | None, as_of: datetime | None, only: tuple[str, ...], debug: bool) -> int:
    """Collect the evidence of PROGRAM and print one JSON line for each fact; nothing is judged or recorded.

    \b
    Example: gonogo collect our-program > evidence.jsonl && gonogo assess our-program --evidence evidence.jsonl
    """
    from gonogo.workflow.collecting import collected

    lines, shown = collected(program, release=release, as_of=as_of, only=only or None)
    if debug:
        for line in shown:
            warn(line)
    emit(lines)
    return 0
