"""``gonogo forecast``: Say which evidence will be too old, and which pace too slow, by go-live."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Final

import click

from gonogo.cli import options
from gonogo.cli.requests_command import read_decision

FORMATS: Final = ("text", "json")


@click.command(name="forecast")
@options.program_argument
@click.option(
    "--decision",
    metavar="DATE",
    callback=read_decision,
    help="When the decision is taken: a local date (its last second) or an instant; only go-live by default.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="text (default) or json. Repeatable; no PATH: stdout.",
)
def command(program: Path, decision: date | datetime | None, outputs: tuple[str, ...]) -> int:
    """Say what lies ahead of PROGRAM (its folder, or the folder of a log) after its last recorded run.

    Evidence that will be too old at the decision or at go-live, with source and owner; thresholds that the present pace
    does not meet by go-live, and such that it loses. Rehearsals do not count.

    A forecast is not evidence, and nothing is recorded. Exits 0 once it has answered, whatever the answer: it is no
    gate.

    \b
    Example: gonogo forecast our-program --decision 2027-04-19
    """
    from gonogo.cli.output import plain, targets
    from gonogo.cli.publish import write
    from gonogo.workflow.forecast_words import forecast_document, forecast_lines
    from gonogo.workflow.forecasting import release_forecast
    from gonogo.workflow.publishing import log_folder

    wanted = targets(outputs or ("text",), FORMATS)
    found = release_forecast(program, decision)
    for name, path in wanted:
        text = (
            json.dumps(forecast_document(found), indent=2)
            if name == "json"
            else plain("\n".join(forecast_lines(found)))
        )
        write(f"{text}\n".encode(), path, log=log_folder(program), hint="nothing was recorded; run it again")
    return 0
