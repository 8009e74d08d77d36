"""``gonogo trend``: Show facts and criteria over the recorded runs, and when thresholds will be met."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from gonogo.cli import options

FORMATS: Final = ("text", "json")


@click.command(name="trend")
@options.program_argument
@click.argument("names", metavar="[FACT|CRITERION]...", nargs=-1)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="text (default) or json. Repeatable; no PATH: stdout.",
)
def command(program: Path, names: tuple[str, ...], outputs: tuple[str, ...]) -> int:
    """Show facts and criteria of PROGRAM (its folder, or the folder of a log) over the recorded runs of its release.

    A line a run, oldest first, without rehearsals: value, status and limit, with every change of rules, limit and
    denominator. Then when each threshold will be met at the present pace. No names: every threshold that one number is
    compared with.

    A forecast is not evidence, and nothing is recorded. Exits 0 once it has answered, whatever the answer: it is no
    gate.

    \b
    Example: gonogo trend our-program training.completed_ratio
    """
    from gonogo.cli.output import plain, targets
    from gonogo.cli.publish import write
    from gonogo.workflow.publishing import log_folder
    from gonogo.workflow.trend_words import document, lines
    from gonogo.workflow.trending import release_trend

    wanted = targets(outputs or ("text",), FORMATS)
    found = release_trend(program, names)
    for name, path in wanted:
        text = json.dumps(document(found), indent=2) if name == "json" else plain("\n".join(lines(found)))
        write(f"{text}\n".encode(), path, log=log_folder(program), hint="nothing was recorded; run it again")
    return 0
