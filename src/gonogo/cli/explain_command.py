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
@click.option("--run", metavar="RUN", help="Show the whole way of a recorded run of --program: its id, or `last`.")
def command(criterion: str, program: Path | None, ruleset: str, run: str | None) -> int:
    """Explain CRITERION: what it asks, why, of whom, and, with --program, how it stood at the last run.

    With --run it shows, from the log alone, the way from the bytes that were read to the status, and what that did to
    the verdict; PROGRAM may then also be the folder of a log.

    \b
    Example: gonogo explain workforce.training.scheduled --program examples/harborline/go
    """
    from gonogo.cli.output import plain
    from gonogo.errors import UsageError
    from gonogo.workflow.explaining import explain, explain_run

    if run is not None:
        if program is None:
            raise UsageError("--run names a run, and no program.", hint="add --program PATH")
        tell(plain(explain_run(criterion, program, run)))
        return 0
    tell(explain(criterion, program=program, ruleset=ruleset))
    return 0
