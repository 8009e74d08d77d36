"""``gonogo report``: Render a recorded run again.

From the log alone.
"""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options


@click.command(name="report")
@options.program_argument
@click.option("--run", "run_id", metavar="RUN", help="Run to render; the last finished one by default.")
@options.output_option
@options.full_option
def command(program: Path, run_id: str | None, outputs: tuple[str, ...], full: bool) -> int:
    """Render a run of PROGRAM (its folder, or the folder of a log) from the verified log alone.

    The bytes are the same as those of the run that wrote it. Exits 5 if the log is broken.

    \b
    Example: gonogo report our-program -o html:decision.html
    """
    from gonogo.cli.publish import check_targets, look, write
    from gonogo.workflow.publishing import log_folder, render_again

    wanted = check_targets(outputs, program, full=full)
    log = log_folder(program)
    for name, path, plugin in wanted:
        write(render_again(program, name, run=run_id, look=look(path), plugin=plugin), path, log=log)
    return 0
