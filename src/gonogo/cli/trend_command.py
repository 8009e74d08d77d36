"""``gonogo trend``: Show facts and criteria over the recorded runs, and when thresholds will be met."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options


@click.command(name="trend")
@options.program_argument
@click.argument("names", metavar="[FACT|CRITERION]...", nargs=-1)
@options.answer_option
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
    from gonogo.cli.text_or_json import answer, answer_targets
    from gonogo.workflow.trend_words import document, lines
    from gonogo.workflow.trending import release_trend

    wanted = answer_targets(outputs, program)
    found = release_trend(program, names)
    answer(wanted, program, lambda: lines(found), lambda: document(found))
    return 0
