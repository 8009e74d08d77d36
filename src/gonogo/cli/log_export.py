"""``gonogo log export``: Pack the record into one archive that a stranger can check."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell

_FILE = click.Path(path_type=Path)


@click.command(name="export", short_help="Pack the record into one archive that a stranger can check.")
@click.argument("program", type=_FILE)
@click.option("-o", "--output", "target", type=_FILE, required=True, help="Archive to make (.zip); never replaced.")
@click.option("--trust", type=_FILE, metavar="FILE", help="Trust file; by default the one that gonogo.yaml names.")
@click.option("--with-sources", "sources", is_flag=True, help="Also the sources whose bytes are kept (keep: bytes).")
def command(program: Path, target: Path, trust: Path | None, sources: bool) -> int:
    """Pack the log of PROGRAM (its folder, or the folder of the log) into one archive.

    It holds every record, the rules and seats that runs name, checkpoints, the trust file and its keys, the reports of
    the last decision of each release, the digests of what made them, and CHECK.md: how to check all of that with
    sha256sum and openssl alone. Kept sources may hold personal data; they are left out unless you ask for them.
    Exits 5, and writes nothing, if the log is not sound.

    \b
    Example: gonogo log export our-program -o record-2027-04-19.zip
    """
    from gonogo.workflow.exporting import export_log

    for line in export_log(program, target, trust_file=trust, sources=sources):
        tell(line)
    return 0
