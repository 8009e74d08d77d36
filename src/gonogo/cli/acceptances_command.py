"""``gonogo acceptances``: Draft acceptances of what is open."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import emit, warn


@click.command(name="acceptances")
@options.program_argument
@options.release_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="New file; printed by default.")
def command(program: Path, release: str | None, output: Path | None) -> int:
    """Draft acceptances for PROGRAM: an entry for each open item that nobody has answered.

    Open items are those of the last recorded run. A draft takes workaround, shares and last day from the columns of
    an export that has them. It names no person, no seat and no day, so it counts for nothing until somebody who bears
    the consequence signs it.

    \b
    Example: gonogo acceptances our-program -o drafts.yaml
    """
    from gonogo.workbook.drafting import drafted_file
    from gonogo.workbook.written_files import write_new

    text, remarks = drafted_file(program, release=release)
    if output is None:
        emit(text.encode())
    else:
        write_new(output, text)
    for remark in remarks:
        warn(remark)
    return 0
