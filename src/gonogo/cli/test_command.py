"""``gonogo test``: Run the cases of a ruleset."""

from __future__ import annotations

import click

from gonogo.cli.output import tell


@click.command(name="test")
@click.argument("ruleset")
@click.option("--verbose", "-v", is_flag=True, help="Print every case, not only those that fail.")
def command(ruleset: str, verbose: bool) -> int:
    """Run the cases of RULESET (name@version or folder) through both evaluators.

    Exits 0 if every case comes out as expected and every criterion has a met, a not met and an unknown case.

    \b
    Example: gonogo test m3-baseline
    """
    from gonogo.workflow.ruleset_cases import run_cases

    outcome = run_cases(ruleset)
    for line in outcome.lines(verbose=verbose):
        tell(line)
    return 0 if outcome.ok else 1
