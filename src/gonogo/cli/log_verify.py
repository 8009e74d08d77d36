"""``gonogo log verify``: Check every record of a log, and list its runs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from gonogo.cli.output import tell

_FILE: Final = click.Path(path_type=Path)


@click.command(name="verify", short_help="Check every record of a log, and list its runs.")
@click.argument("program", type=click.Path(path_type=Path))
@click.option("--head", default="", metavar="HASH", help="A head hash from a report or the minutes: it must be there.")
@click.option("--checkpoint", type=click.Path(path_type=Path), metavar="FILE", help="A checkpoint that somebody kept.")
@click.option(
    "--witness", type=click.Path(path_type=Path), metavar="FILE", help="A checkpoint that a witness cosigned."
)
@click.option(
    "--trust", type=click.Path(path_type=Path), metavar="FILE", help="Trust file, instead of the program's own."
)
def command(program: Path, head: str, checkpoint: Path | None, witness: Path | None, trust: Path | None) -> int:
    """Check every record of the log of PROGRAM (its folder, or the folder of the log) and that each run adds up.

    Exits 5 if a record was changed, a run does not give the verdict it ended with or has no end, the log is empty, or
    it is shorter than, or not as, a checkpoint, the trust file, a witness or a noted head says. Exits 2 if the file of
    the program has mistakes and no trust file is given: then nobody knows whose signatures to check. Says up to which
    record the log is under a checkpoint, and by whose key that is signed.

    \b
    Example: gonogo log verify our-program --checkpoint last-month.note --trust trust.yaml
    """
    from gonogo.workflow.log_checks import KeptElsewhere, verification

    code, lines = verification(program, KeptElsewhere(head, checkpoint, witness, trust))
    for line in lines:
        tell(line)
    return code
