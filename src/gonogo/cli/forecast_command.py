"""``gonogo forecast``: Say which evidence will be too old, and which pace too slow, by go-live; simulate its date."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import read_moment
from gonogo.cli.requests_command import read_decision


def _read_spread(ctx: click.Context, param: click.Parameter, text: str | None) -> tuple[Decimal, Decimal] | None:
    """Read ``--spread``: two shares of what remains, such as ``0.9,1.5``."""
    if text is None:
        return None
    from gonogo.model.canonical import read_decimal

    low, _, high = text.partition(",")
    try:
        found = read_decimal(low), read_decimal(high)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not two shares such as 0.9,1.5.") from None
    if not 0 < found[0] <= 1 <= found[1] <= 100:
        raise click.BadParameter(
            f"{text!r}: at best is more than 0 and at most 1, at worst at least 1 and at most 100."
        )
    return found


def _read_correlation(ctx: click.Context, param: click.Parameter, text: str | None) -> Decimal | None:
    """Read ``--correlation``: a number from 0 to 1."""
    if text is None:
        return None
    from gonogo.model.canonical import read_decimal

    try:
        found = read_decimal(text)
    except ValueError:
        found = Decimal(-1)
    if not 0 <= found <= 1:
        raise click.BadParameter(f"{text!r} is not a number from 0 to 1, such as 0.3.")
    return found


@click.command(name="forecast")
@options.program_argument
@click.option(
    "--decision",
    metavar="DATE",
    callback=read_decision,
    help="When the decision is taken: a local date (its last second) or an instant; only go-live by default.",
)
@click.option("--simulate", is_flag=True, help="Draw the go-live date over the schedule; needs gonogo[forecast].")
@click.option("--binding", metavar="ID", help="Binding whose schedule is simulated, where several read one.")
@click.option(
    "--spread",
    metavar="LOW,HIGH",
    callback=_read_spread,
    help="At best and at worst, as shares of what remains: 0.9,1.5; by default as the binding's settings say.",
)
@click.option(
    "--correlation",
    metavar="R",
    callback=_read_correlation,
    help="How much delays go together, 0 to 1; by default as the binding's settings say.",
)
@click.option(
    "--shape",
    type=click.Choice(["triangular", "pert"]),
    help="How durations lie between best and worst; by default as the settings say, else triangular.",
)
@click.option("--draws", type=int, metavar="N", help="How many draws; 10,000 by default.")
@click.option("--seed", type=click.IntRange(0), metavar="S", help="Where the random numbers begin; 1 by default.")
@click.option(
    "--as-of",
    metavar="INSTANT",
    callback=read_moment,
    help="Read the schedule as of this instant; by default now, or the moment of the last run if that is later.",
)
@options.answer_option
def command(
    program: Path,
    decision: date | datetime | None,
    simulate: bool,
    binding: str | None,
    spread: tuple[Decimal, Decimal] | None,
    correlation: Decimal | None,
    shape: str | None,
    draws: int | None,
    seed: int | None,
    as_of: datetime | None,
    outputs: tuple[str, ...],
) -> int:
    """Say what lies ahead of PROGRAM (its folder, or the folder of a log) after its last recorded run.

    Evidence that will be too old at the decision or at go-live, with source and owner; thresholds that the present pace
    does not meet by go-live, and such that it loses. Rehearsals do not count.

    With --simulate the schedule is read anew, and its durations are drawn many times: how likely the committed date is,
    and what go-live waits for. How uncertain durations are must be declared, here or in the settings of the binding.

    A forecast is not evidence, and nothing is recorded. Exits 0 once it has answered, whatever the answer: it is no
    gate.

    \b
    Example: gonogo forecast our-program --decision 2027-04-19
    """
    from gonogo.cli.text_or_json import answer, answer_targets
    from gonogo.errors import UsageError
    from gonogo.workflow.forecast_words import forecast_document, forecast_lines
    from gonogo.workflow.forecasting import release_forecast

    wanted = answer_targets(outputs, program)
    asked: dict[str, object] = {"--binding": binding, "--spread": spread, "--correlation": correlation}
    asked |= {"--shape": shape, "--draws": draws, "--seed": seed, "--as-of": as_of}
    if not simulate:
        if named := [name for name, given in asked.items() if given is not None]:
            raise UsageError(f"{named[0]} is about a simulation.", hint="add --simulate")
        found = release_forecast(program, decision)
        answer(wanted, program, lambda: forecast_lines(found), lambda: forecast_document(found))
        return 0
    from gonogo.workflow.simulating import DRAWS, SEED, SimulationOrder, simulated
    from gonogo.workflow.simulation_words import simulation_document, simulation_lines

    order = SimulationOrder(
        draws=DRAWS if draws is None else draws,
        seed=SEED if seed is None else seed,
        spread=spread,
        correlation=correlation,
        shape="pert" if shape == "pert" else "triangular" if shape else None,
        binding=binding,
        as_of=as_of,
    )
    found = release_forecast(program, decision)
    made, zone = simulated(found, program, order), found.trend.last.started.program.zone
    answer(
        wanted,
        program,
        lambda: [*forecast_lines(found), *simulation_lines(made, zone)],
        lambda: {**forecast_document(found), "simulation": simulation_document(made, zone)},
    )
    return 0
