"""``gonogo log import``: Take over the log of an archive, so that a new machine goes on with one history."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell

_FILE = click.Path(path_type=Path)


@click.command(name="import", short_help="Take over the log of an archive, and go on with one history.")
@click.argument("archive", type=_FILE)
@click.argument("program", type=_FILE)
def command(archive: Path, program: Path) -> int:
    """Bring the log of PROGRAM (its folder, or the folder of the log) up to the one in ARCHIVE.

    Where there is no log yet, that of the archive is taken over. Where there is one, the records that it lacks are
    appended. Exits 5, and changes nothing, if the archive was changed, or if each of the two has records that the
    other lacks: one history became two.

    \b
    Example: gonogo log import record.zip our-program
    """
    from gonogo.workflow.importing import import_log

    for line in import_log(archive, program):
        tell(line)
    return 0
