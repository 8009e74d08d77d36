"""``gonogo test``: Run the cases of a ruleset."""

from __future__ import annotations

import click

from gonogo.cli.output import tell


@click.command(name="test")
@click.argument("ruleset")
@click.option("--verbose", "-v", is_flag=True, help="Print every case and the coverage of each criterion.")
@click.option(
    "--min-coverage",
    "least",
    type=click.IntRange(0, 100),
    default=100,
    show_default=True,
    metavar="PERCENT",
    help="Share of met, not met and unknown, over all criteria, that the cases must prove.",
)
def command(ruleset: str, verbose: bool, least: int) -> int:
    """Run the cases of RULESET (name@version or folder) through both evaluators.

    Exits 0 if every case comes out as expected, and every criterion has a met, a not met and an unknown case, or as
    many of these as --min-coverage asks.

    \b
    Example: gonogo test m3-baseline
    """
    from gonogo.workflow.ruleset_cases import run_cases

    outcome = run_cases(ruleset, least=least)
    for line in outcome.lines(verbose=verbose):
        tell(line)
    return 0 if outcome.ok else 1
