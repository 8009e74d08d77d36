"""``gonogo requests``: List who owes what, why, and from which date it counts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import read_moment


def read_decision(ctx: click.Context, param: click.Parameter, text: str | None) -> date | datetime | None:
    """Read ``--decision``: a local date such as ``2027-04-19``, or an instant with an offset."""
    if text is None:
        return None
    if len(text) == len("2027-04-19"):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise click.BadParameter(f"{text!r} is not a date such as 2027-04-19.") from None
    if "T" not in text:
        raise click.BadParameter(f"{text!r} is not a date such as 2027-04-19.")
    return read_moment(ctx, param, text)


@click.command(name="requests")
@options.program_argument
@options.release_option
@click.option("--to", metavar="WHO", help="Only what this person (id) or seat is asked for.")
@click.option(
    "--decision",
    metavar="DATE",
    callback=read_decision,
    help="When the decision is taken: a local date or an instant; the next milestone by default.",
)
@click.option("--from-log", is_flag=True, help="Start from the last recorded run; collects nothing.")
@click.option(
    "--as-of", metavar="INSTANT", callback=read_moment, help="Ask as of this instant, e.g. 2027-04-19T12:00-04:00."
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="text, xlsx:PATH or ics:PATH. Repeatable; without PATH on stdout.",
)
def command(
    program: Path,
    release: str | None,
    to: str | None,
    decision: date | datetime | None,
    from_log: bool,
    as_of: datetime | None,
    outputs: tuple[str, ...],
) -> int:
    """Say for each person of PROGRAM what is owed, why, and by when it must be dated to be fresh at the decision
    and at go-live. Nothing is judged or recorded.

    Owed are facts that nobody supplies or that will turn stale, action plans and waivers that would not count, and
    what is to be made true where a criterion fails on merit.

    \b
    Example: gonogo requests our-program --decision 2027-04-19 -o text -o ics:owed.ics
    """
    from gonogo.cli.output import targets
    from gonogo.cli.publish import write
    from gonogo.errors import UsageError
    from gonogo.requests.request_formats import FORMATS
    from gonogo.workflow.publishing import log_folder
    from gonogo.workflow.requesting import RequestOrder, requests_for
    from gonogo.workflow.write_places import check_report_files

    wanted = targets(outputs or ("text",), list(FORMATS))
    if ("xlsx", None) in wanted:
        raise UsageError("A workbook is not shown on stdout.", hint="Write -o xlsx:requests.xlsx")
    check_report_files(program, [path for _, path in wanted if path is not None], rewrites={".xlsx"})
    found = requests_for(RequestOrder(program, release, decision, as_of, from_log, to))
    for name, path in wanted:
        write(FORMATS[name](found), path, log=log_folder(program), hint="nothing is lost: ask again")
    return 0
