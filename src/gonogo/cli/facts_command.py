"""``gonogo facts``: List the facts of a ruleset, or explain one."""

from __future__ import annotations

import click

from gonogo.cli.output import tell


@click.command(name="facts")
@click.argument("name", required=False)
@click.option("--ruleset", default="m3-baseline", show_default=True, help="Ruleset whose vocabulary to read.")
def command(name: str | None, ruleset: str) -> int:
    """List the facts of a ruleset, or explain the fact NAME: type, unit, range, meaning, question, who uses it.

    A part of a name, such as `training`, lists the facts that have it.

    \b
    Example: gonogo facts ims.golive_total_float_days
    """
    from gonogo.workflow.explaining import explain_facts

    tell(explain_facts(name, ruleset=ruleset))
    return 0
