"""``gonogo report``: Render a recorded run again.

From the log alone.
"""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import tell


@click.command(name="report")
@options.program_argument
@click.option("--run", "run_id", metavar="RUN", help="Run to render; the last finished one by default.")
@options.output_option
@options.full_option
@click.option(
    "--check",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Look for this report in the record instead of rendering one; 5 if it differs, 2 if it is no report.",
)
@click.option("--seat", metavar="SEAT", default="", help="Only what this seat answers for: customer.executive_sponsor.")
@click.option(
    "--side", type=click.Choice(("customer", "provider", "independent")), help="Only what this side answers for."
)
@click.option(
    "--redact",
    type=click.Choice(("partner", "public")),
    help="Leave out keys of open items, paths and places in sources; for the public also people and their words.",
)
def command(
    program: Path,
    run_id: str | None,
    outputs: tuple[str, ...],
    full: bool,
    check: Path | None,
    seat: str,
    side: str | None,
    redact: str | None,
) -> int:
    """Render a run of PROGRAM (its folder, or the folder of a log) from the verified log alone.

    The bytes are the same as those of the run that wrote it. Exits 5 if the log is broken. With --check it says instead
    which run and record a report belongs to, or in which lines it differs from what the record gives (5). A report for
    a seat or side, or a redacted one, says at its head what it leaves out.

    \b
    Example: gonogo report our-program -o html:decision.html
    """
    if check is not None:
        return _check(program, check, run_id, renders=bool(outputs or full or seat or side or redact))
    from gonogo.cli.publish import check_targets, look, write
    from gonogo.model.people import Side
    from gonogo.report.report_reader import CopyFor, Reader
    from gonogo.workflow.publishing import log_folder, render_again

    whole = not (seat or side or redact)
    reader = None if whole else Reader(seat, Side(side) if side else None, CopyFor(redact) if redact else None)
    wanted = check_targets(outputs, program, full=full)
    log = log_folder(program)
    for name, path, plugin in wanted:
        write(render_again(program, name, run=run_id, look=look(path), plugin=plugin, reader=reader), path, log=log)
    return 0


def _check(program: Path, file: Path, run: str | None, *, renders: bool) -> int:
    from gonogo.errors import UsageError
    from gonogo.workflow.report_check import check_report

    if renders:
        raise UsageError(
            "--check renders nothing.", hint="leave out -o, --full, --seat, --side and --redact, or run it twice"
        )
    found, lines = check_report(program, file, run=run)
    for line in lines:
        tell(line)
    return 0 if found else 5
