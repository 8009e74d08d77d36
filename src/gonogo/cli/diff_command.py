"""``gonogo diff``: Say in words what differs between two recorded runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from gonogo.cli import options

FORMATS: Final = ("text", "json")


@click.command(name="diff")
@options.program_argument
@click.argument("earlier", metavar="RUN")
@click.argument("later", metavar="RUN")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="text (default) or json. Repeatable; no PATH: stdout.",
)
def command(program: Path, earlier: str, later: str, outputs: tuple[str, ...]) -> int:
    """Say what differs between two recorded runs of PROGRAM (its folder, or the folder of a log).

    Each RUN is the id of a run, the beginning of it, or `last`; the order does not matter. Criteria, values, evidence,
    sources, waivers, plans and rules are compared, what got worse first.

    Exits 0 if nothing got worse, 1 if something did, 5 if the log is broken.

    \b
    Example: gonogo diff our-program 20270412 last
    """
    from gonogo.cli.output import plain, targets
    from gonogo.cli.publish import write
    from gonogo.workflow.publishing import log_folder
    from gonogo.workflow.run_difference import difference

    wanted = targets(outputs or ("text",), FORMATS)
    found = difference(program, earlier, later)
    for name, path in wanted:
        if name == "json":
            text = json.dumps(found.document(), indent=2)
        else:
            lines = [f"{kind}: {sentence}" for kind, sentence in found.lines]
            text = plain("\n".join([found.head, *found.remarks, found.tally, *lines]))
        write(f"{text}\n".encode(), path, log=log_folder(program), hint="nothing was recorded; run it again")
    return 1 if found.comparison.anything_worse else 0
