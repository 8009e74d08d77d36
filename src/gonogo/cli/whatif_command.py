"""``gonogo whatif``: Judge a recorded run under a supposition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from gonogo.cli import options

FORMATS: Final = ("text", "json")


@click.command(name="whatif")
@options.program_argument
@click.option("--run", "run_id", metavar="RUN", default="last", help="Run to look at; by default the last one.")
@click.option("--set", "values", metavar="FACT=VALUE", multiple=True, help="Suppose that a fact is shown. Repeatable.")
@click.option("--at", metavar="MOMENT", help="Suppose that it is judged then: T-5, a day or an instant.")
@click.option("--without-waivers", is_flag=True, help="Suppose that no waiver counts.")
@click.option("--without-acceptances", is_flag=True, help="Suppose that no acceptance counts.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="text (default) or json. Repeatable; no PATH: stdout.",
)
def command(
    program: Path,
    run_id: str,
    values: tuple[str, ...],
    at: str | None,
    without_waivers: bool,
    without_acceptances: bool,
    outputs: tuple[str, ...],
) -> int:
    """Say what a recorded run of PROGRAM would come to if something else were known, judged by both evaluators.

    Each line is marked as hypothetical. Nothing is decided and nothing is recorded. Exits 4 once it has answered,
    whatever the answer: no pipeline may pass on a supposition.

    \b
    Example: gonogo whatif our-program --set training.completed_ratio=95% --at T-5
    """
    from gonogo.cli.output import plain, targets
    from gonogo.cli.publish import write
    from gonogo.workflow.flip_path import recorded_run
    from gonogo.workflow.publishing import log_folder
    from gonogo.workflow.what_if import EXIT_CODE, document, lines, what_if

    wanted = targets(outputs or ("text",), FORMATS)
    asked = what_if(
        recorded_run(program, run_id),
        values=values,
        at=at,
        without_waivers=without_waivers,
        without_acceptances=without_acceptances,
    )
    for name, path in wanted:
        text = json.dumps(document(asked), indent=2) if name == "json" else plain("\n".join(lines(asked)))
        write(f"{text}\n".encode(), path, log=log_folder(program), hint="nothing was recorded; run it again")
    return EXIT_CODE
