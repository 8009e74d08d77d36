"""``gonogo path``: Say what would change a recorded verdict."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options


@click.command(name="path")
@options.program_argument
@click.option(
    "--run", "run_id", metavar="RUN", default="last", help="Run to look at; the last finished one by default."
)
@options.answer_option
def command(program: Path, run_id: str, outputs: tuple[str, ...]) -> int:
    """Say what would change the verdict of a recorded run of PROGRAM, from the log alone.

    For each reason: which fact must show what, exactly, who answers for it, and how many days are left. Then the
    smallest set of changes for each better verdict, confirmed by both evaluators. Nothing is decided or recorded. Exits
    0 once it has answered, whatever the verdict: it is no gate.

    \b
    Example: gonogo path our-program
    """
    from gonogo.cli.text_or_json import answer, answer_targets
    from gonogo.workflow.flip_path import flip_path
    from gonogo.workflow.flip_words import document, lines

    wanted = answer_targets(outputs, program)
    found = flip_path(program, run_id)
    answer(wanted, program, lambda: lines(found), lambda: document(found))
    return 0
