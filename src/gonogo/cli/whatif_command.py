"""``gonogo whatif``: Judge a recorded run under a supposition."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options


@click.command(name="whatif")
@options.program_argument
@click.option("--run", "run_id", metavar="RUN", default="last", help="Run to look at; by default the last one.")
@click.option("--set", "values", metavar="FACT=VALUE", multiple=True, help="Suppose that a fact is shown. Repeatable.")
@click.option("--at", metavar="MOMENT", help="Suppose that it is judged then: T-5, a day or an instant.")
@click.option("--without-waivers", is_flag=True, help="Suppose that no waiver counts.")
@click.option("--without-acceptances", is_flag=True, help="Suppose that no acceptance counts.")
@options.answer_option
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
    from gonogo.cli.text_or_json import answer, answer_targets
    from gonogo.workflow.flip_path import recorded_run
    from gonogo.workflow.what_if import EXIT_CODE, document, lines, what_if

    wanted = answer_targets(outputs, program)
    asked = what_if(
        recorded_run(program, run_id),
        values=values,
        at=at,
        without_waivers=without_waivers,
        without_acceptances=without_acceptances,
    )
    answer(wanted, program, lambda: lines(asked), lambda: document(asked))
    return EXIT_CODE
