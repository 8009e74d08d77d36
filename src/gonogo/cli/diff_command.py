"""``gonogo diff``: Say in words what differs between two recorded runs."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options


@click.command(name="diff")
@options.program_argument
@click.argument("earlier", metavar="RUN")
@click.argument("later", metavar="RUN")
@options.answer_option
def command(program: Path, earlier: str, later: str, outputs: tuple[str, ...]) -> int:
    """Say what differs between two recorded runs of PROGRAM (its folder, or the folder of a log).

    Each RUN is the id of a run, the beginning of it, or `last`; the order does not matter. Criteria, values, evidence,
    sources, waivers, plans and rules are compared, what got worse first.

    Exits 0 if nothing got worse, 1 if something did, 5 if the log is broken.

    \b
    Example: gonogo diff our-program 20270412 last
    """
    from gonogo.cli.text_or_json import answer, answer_targets
    from gonogo.workflow.run_difference import difference

    wanted = answer_targets(outputs, program)
    found = difference(program, earlier, later)
    answer(wanted, program, lambda: found.page, found.document)
    return 1 if found.comparison.anything_worse else 0
