"""Options that several commands share, each written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from gonogo.cli.output import read_moment

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

program_argument: Decorator = click.argument("program", type=click.Path(path_type=Path))
release_option: Decorator = click.option(
    "--release", metavar="ID", help="Release to assess; needed where the program has several."
)
hold_point_option: Decorator = click.option(
    "--hold-point", metavar="ID", help="Ask at this hold point of the cutover whether to go on or to go back."
)
ruleset_option: Decorator = click.option(
    "--ruleset", metavar="REF", help="Another ruleset (name, name@version or path); makes the run a rehearsal."
)
as_of_option: Decorator = click.option(
    "--as-of",
    metavar="INSTANT",
    callback=read_moment,
    help="Judge as of this instant, e.g. 2027-04-19T12:00-04:00; makes the run a rehearsal.",
)
engine_option: Decorator = click.option(
    "--engine",
    type=click.Choice(["both", "reference"]),
    default="both",
    show_default=True,
    help="Evaluators; the reference alone makes the run a rehearsal.",
)
evidence_option: Decorator = click.option(
    "--evidence",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Evidence bundle of `gonogo collect -o`, repeatable; what it holds is not read here. Or one file of evidence "
    "lines, which makes the run a rehearsal.",
)
signing_key_option: Decorator = click.option(
    "--signing-key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Private key (PEM) that signs; comes before GONOGO_SIGNING_KEY.",
)
answer_option: Decorator = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="text (default) or json. Repeatable; no PATH: stdout.",
)
output_option: Decorator = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="Report: terminal (one screen), full, json, markdown, html, another format of the reference, or PLUGIN/NAME. "
    "Repeatable; no PATH: stdout.",
)
accept_option: Decorator = click.option(
    "--accept",
    type=click.Choice(["conditional"]),
    help="Let a CONDITIONAL GO exit 0, where the program file allows it; every output says so.",
)

full_option: Decorator = click.option(
    "--full", is_flag=True, help="The whole report on the terminal, not its first screen alone."
)
