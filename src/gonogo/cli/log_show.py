"""``gonogo log show``: List the records of a log."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell
from gonogo.model.record import EventType


@click.command(name="show", short_help="List the records of a log.")
@click.argument("program", type=click.Path(path_type=Path))
@click.option("--run", "run_id", metavar="RUN", help="Only this run: its id, the beginning of it, or `last`.")
@click.option(
    "--type", "kinds", multiple=True, type=click.Choice([each.value for each in EventType]), help="Only this type."
)
@click.option("--json", "as_json", is_flag=True, help="The records as they are in the log, one JSON document a line.")
def command(program: Path, run_id: str | None, kinds: tuple[str, ...], as_json: bool) -> int:
    """List the records of the log of PROGRAM (its folder, or the folder of the log), oldest first.

    One line for each record, and one for all facts of a run that no source answers for; `--json` lists these one by
    one too. Each record is checked against the one before it. The first break ends the list with exit 5.

    \b
    Example: gonogo log show our-program --run last --type criterion.judged
    """
    from gonogo.workflow.record_list import shown_records

    for line in shown_records(program, run=run_id, kinds=kinds, as_json=as_json):
        tell(line)
    return 0
