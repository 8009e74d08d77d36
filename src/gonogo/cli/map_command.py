"""``gonogo map``: Print a starter mapping of a CSV, XLSX or JSON table."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gonogo.cli.output import tell, warn


@click.command(name="map")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook; the largest visible one by default.")
@click.option(
    "--header-row",
    type=click.IntRange(min=1),
    metavar="N",
    help="Row that holds the headings, from 1, where FILE does not show it.",
)
@click.option(
    "--ruleset",
    metavar="REF",
    help="Ruleset (shipped, name@version or path) whose facts the columns might answer.  "
    "[default: that of the program around FILE, else m3-baseline]",
)
@click.option(
    "--program",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Program whose release and build are asked about.  [default: the one around FILE]",
)
def command(file: Path, sheet: str | None, header_row: int | None, ruleset: str | None, program: Path | None) -> int:
    """Print a starter mapping of FILE (CSV, XLSX or JSON): what its columns hold, and each cell that does not fit.

    It suggests; paste it over the settings of a binding (collector: table) and check each line. The collector accepts
    what it prints for that file; if the collector would refuse the file, it says so, and the settings are comments. No
    value of a column that may be about a person is printed.

    If another collector reads FILE as it is, the command prints the binding of that collector instead, also for files
    that are no tables. --sheet and --header-row ask for the table all the same.

    \b
    Example: gonogo map evidence/roster.xlsx --sheet Roster
    """
    from gonogo.first_week.mapping import map_file
    from gonogo.first_week.mapping_text import mapping_text
    from gonogo.first_week.nearby_ruleset import nearby_rules
    from gonogo.first_week.read_whole import binding_of
    from gonogo.first_week.suggestions import suggest

    rules, note = nearby_rules(file, ruleset, program)
    if note:
        warn(note)
    whole = binding_of(file, rules.vocabulary, rules.root) if sheet is None and header_row is None else ""
    if whole:
        tell(whole.rstrip("\n"))
        return 0
    now = datetime.now(rules.zone)
    mapping = map_file(file, sheet=sheet, header_row=header_row, bounds=rules.bounds)
    found = suggest(mapping, rules.vocabulary, rules.required, now=now)
    tell(mapping_text(mapping, found, now=now).rstrip("\n"))
    return 0
