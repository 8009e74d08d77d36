"""``gonogo raci``: Check a RACI matrix and print a people register."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gonogo.cli.output import emit, read_moment, warn


@click.command(name="raci")
@click.argument("matrix", type=click.Path(path_type=Path))
@click.option("--people", type=click.Path(path_type=Path), help="People register (YAML or XLSX) to check it against.")
@click.option("--customer", metavar="NAME", help="What the headings call the customer, beside `Customer`.")
@click.option("--provider", metavar="NAME", help="What the headings call the provider, beside `Provider`.")
@click.option("--as-of", metavar="INSTANT", callback=read_moment, help="Day on which the offices must be held; today.")
def command(
    matrix: Path, people: Path | None, customer: str | None, provider: str | None, as_of: datetime | None
) -> int:
    """Check the RACI matrix MATRIX (XLSX) and print a people.yaml to start from.

    Nobody or several accountable, a person on both sides, an office without a person, and people who are not in
    office are named with sheet and cell; then the exit code is 1.

    \b
    Example: gonogo raci raci.xlsx > our-program/people.yaml
    """
    from gonogo.workbook.raci_file import examine

    sides = {name: side for name, side in ((customer, "customer"), (provider, "provider")) if name}
    found = examine(matrix, people=people, sides=sides, as_of=as_of)
    for problem in found.problems:
        warn(f"{problem}\n")
    warn(found.summary)
    emit(found.register.encode())
    return 1 if found.problems else 0
