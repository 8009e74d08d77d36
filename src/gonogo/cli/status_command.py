"""``gonogo status``: List every file of a folder: bound, superseded, ignored or unknown."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.command(name="status")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    """List every file of FOLDER, a program or any folder of files, with how it stands.

    Bound: a binding reads it. Superseded: a newer one of the same name is there. Ignored: the program says that it is
    no evidence, and why. The others are read by no binding, and not settled. Nothing is recorded or changed.

    \b
    Example: gonogo status our-program
    """
    from shlex import quote

    from gonogo.first_week.adding.folder_status import folder_status
    from gonogo.first_week.adding.standing_files import standing_lines

    for line in standing_lines(folder_status(folder), quote):
        tell(line)
    return 0
