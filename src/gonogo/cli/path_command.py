"""``gonogo path``: Say what would change a recorded verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from gonogo.cli import options

FORMATS: Final = ("text", "json")


@click.command(name="path")
@options.program_argument
@click.option(
    "--run", "run_id", metavar="RUN", default="last", help="Run to look at; the last finished one by default."
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="text (default) or json. Repeatable; no PATH: stdout.",
)
def command(program: Path, run_id: str, outputs: tuple[str, ...]) -> int:
    """Say what would change the verdict of a recorded run of PROGRAM, from the log alone.

    For each reason: which fact must show what, exactly, who answers for it, and how many days are left. Then the
    smallest set of changes for each better verdict, confirmed by both evaluators. Nothing is decided or recorded. Exits
    0 once it has answered, whatever the verdict: it is no gate.

    \b
    Example: gonogo path our-program
    """
    from gonogo.cli.output import plain, targets
    from gonogo.cli.publish import write
    from gonogo.workflow.flip_path import flip_path
    from gonogo.workflow.flip_words import document, lines
    from gonogo.workflow.publishing import log_folder

    wanted = targets(outputs or ("text",), FORMATS)
    found = flip_path(program, run_id)
    for name, path in wanted:
        text = json.dumps(document(found), indent=2) if name == "json" else plain("\n".join(lines(found)))
        write(f"{text}\n".encode(), path, log=log_folder(program), hint="nothing was recorded; run it again")
    return 0
