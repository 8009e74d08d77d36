"""``gonogo drill``: Plant known defects in a copy of a program, and say what stopped each."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import say, targets, tell

FORMATS = ("table", "json")


@click.command(name="drill")
@click.argument("program", type=click.Path(path_type=Path), required=False)
@options.release_option
@options.as_of_option
@click.option("--only", "only", multiple=True, metavar="CLASS", help="Plant this class alone. Repeatable.")
@click.option("--list", "listing", is_flag=True, help="List the classes and what each needs; nothing is run.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="table (default) or json. Repeatable; no PATH: stdout.",
)
def command(
    program: Path | None,
    release: str | None,
    as_of: datetime | None,
    only: tuple[str, ...],
    listing: bool,
    outputs: tuple[str, ...],
) -> int:
    """Plant each class of defects in a scratch copy of PROGRAM, rehearse it, and say what stopped it.

    The program's own folder is only read; the result is one record in its log, which is no history of any run. Exits 0
    if nothing got a better verdict and everything that was planted was noticed, 1 otherwise. A class that this program
    has no place for is said so.

    \b
    Example: gonogo drill our-program --only hidden-failure --only edited-log
    """
    from gonogo.cli.publish import write
    from gonogo.drill.defect_classes import chosen
    from gonogo.drill.drill_table import document_of, list_lines, table_lines
    from gonogo.drill.drilling import DrillOrder, drill
    from gonogo.errors import UsageError
    from gonogo.workflow.publishing import log_folder
    from gonogo.workflow.write_places import check_report_files

    defects = chosen(only)
    if listing:
        for line in list_lines(defects):
            tell(line)
        return 0
    if program is None:
        raise UsageError("Which program?", hint="gonogo drill PROGRAM; `gonogo drill --list` shows the classes")
    wanted = targets(outputs or ("table",), FORMATS)
    check_report_files(program, [path for _, path in wanted if path is not None])
    result = drill(
        DrillOrder(program, defects, release=release, as_of=as_of), on_row=lambda row: say(f"{row.outcome}: {row.id}")
    )
    for name, path in wanted:
        lines = table_lines(result) if name == "table" else [json.dumps(document_of(result), indent=2)]
        write(("\n".join(lines) + "\n").encode(), path, log=log_folder(program), hint="the result is recorded")
    return 0 if result.passed else 1
