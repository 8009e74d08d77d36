"""``gonogo map``: a starter mapping of a table."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.command(name="map")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook; the largest visible one by default.")
@click.option(
    "--ruleset",
    default="m3-baseline",
    show_default=True,
    help="Ruleset (shipped, name@version or path) whose facts the columns might answer.",
)
def command(file: Path, sheet: str | None, ruleset: str) -> int:
    """Print a starter mapping of FILE, a CSV or XLSX table: what its columns hold, and each cell that does not fit.

    It suggests; paste it over the settings of a binding (collector: table) and check each line. No value of a column
    that may be about a person is printed.

    \b
    Example: gonogo map evidence/roster.xlsx --sheet Roster
    """
    from gonogo.intake.mapping import map_file
    from gonogo.intake.mapping_text import mapping_text
    from gonogo.intake.suggestions import suggest
    from gonogo.ruleset.loader import ruleset_by_name

    vocabulary = ruleset_by_name(ruleset).vocabulary
    mapping = map_file(file, sheet=sheet)
    tell(mapping_text(mapping, suggest(mapping, vocabulary)).rstrip("\n"))
    return 0
