"""``gonogo forecast``: Say which evidence will be too old, and which pace too slow, by go-live."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.requests_command import read_decision


@click.command(name="forecast")
@options.program_argument
@click.option(
    "--decision",
    metavar="DATE",
    callback=read_decision,
    help="When the decision is taken: a local date (its last second) or an instant; only go-live by default.",
)
@options.answer_option
def command(program: Path, decision: date | datetime | None, outputs: tuple[str, ...]) -> int:
    """Say what lies ahead of PROGRAM (its folder, or the folder of a log) after its last recorded run.

    Evidence that will be too old at the decision or at go-live, with source and owner; thresholds that the present pace
    does not meet by go-live, and such that it loses. Rehearsals do not count.

    A forecast is not evidence, and nothing is recorded. Exits 0 once it has answered, whatever the answer: it is no
    gate.

    \b
    Example: gonogo forecast our-program --decision 2027-04-19
    """
    from gonogo.cli.text_or_json import answer, answer_targets
    from gonogo.workflow.forecast_words import forecast_document, forecast_lines
    from gonogo.workflow.forecasting import release_forecast

    wanted = answer_targets(outputs)
    found = release_forecast(program, decision)
    answer(wanted, program, lambda: forecast_lines(found), lambda: forecast_document(found))
    return 0
