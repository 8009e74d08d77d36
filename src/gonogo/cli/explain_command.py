"""``gonogo explain``: Explain a criterion and how it stands.

In words, and with how it stands.
"""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.command(name="explain")
@click.argument("criterion")
@click.option("--program", type=click.Path(path_type=Path), help="Program whose ruleset and last run to use.")
@click.option("--ruleset", default="m3-baseline", show_default=True, help="Ruleset, without a program.")
def command(criterion: str, program: Path | None, ruleset: str) -> int:
    """Explain CRITERION: what it asks, why, of whom, and, with --program, how it stood at the last run.

    \b
    Example: gonogo explain workforce.training.scheduled --program examples/harborline/go
    """
    from gonogo.workflow.explaining import explain

    tell(explain(criterion, program=program, ruleset=ruleset))
    return 0
