"""``gonogo log prune``: Remove kept sources by a retention schedule."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.command(name="prune", short_help="Remove kept sources by a retention schedule.")
@click.argument("program", type=click.Path(path_type=Path))
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(min=1, max=36500),
    required=True,
    metavar="DAYS",
    help="Sources that no run has read for so many days.",
)
@click.option("--remove", is_flag=True, help="Remove them. Without it they are listed.")
def command(program: Path, days: int, remove: bool) -> int:
    """List or remove sources whose bytes are kept beside the log of PROGRAM (`keep: bytes`).

    Records are never removed. For each source that is, the log keeps the digest and says when and by which schedule
    its bytes were removed; runs that read it can still be reported, and replayed from the recorded facts.

    \b
    Example: gonogo log prune our-program --older-than 400 --remove
    """
    from gonogo.workflow.pruning import prune

    for line in prune(program, days=days, remove=remove):
        tell(line)
    return 0
