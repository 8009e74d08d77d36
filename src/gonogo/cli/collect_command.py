"""``gonogo collect``: Collect evidence, and print it as JSON lines or write a bundle."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gonogo.cli import options
from gonogo.cli.output import emit, read_moment, warn
from gonogo.errors import UsageError

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer


@click.command(name="collect")
@options.program_argument
@options.release_option
@click.option(
    "--as-of",
    metavar="INSTANT",
    callback=read_moment,
    help="Collect as of this instant, e.g. 2027-04-19T12:00-04:00; now by default.",
)
@click.option("--only", multiple=True, metavar="BINDING", help="Collect this binding alone. Repeatable.")
@click.option("-o", "--output", "bundle", type=click.Path(path_type=Path), metavar="FILE.zip", help="Write a bundle.")
@click.option(
    "--sources",
    type=click.Choice(["unmarked", "all", "digests"]),
    default="unmarked",
    show_default=True,
    help="Of a bundle: hand over the bytes of sources that are not marked PII or CUI, of all, or of none.",
)
@options.signing_key_option
@click.option("--debug", is_flag=True, help="Say on stderr what each collector read and how it ended.")
def command(
    program: Path,
    release: str | None,
    as_of: datetime | None,
    only: tuple[str, ...],
    bundle: Path | None,
    sources: str,
    signing_key: Path | None,
    debug: bool,
) -> int:
    """Collect the evidence of PROGRAM and print one JSON line for each fact; nothing is judged or recorded.

    With -o the evidence goes into a bundle for a gate that may not see the source (`gonogo assess --evidence`). It is
    signed if a key is named; a bundle that nobody signed makes a rehearsal.

    \b
    Example: gonogo collect our-program --only sit-results -o sit.zip --signing-key sit.pem
    """
    if bundle is not None:
        from gonogo.cli.bundle_file import write_bundle
        from gonogo.signing.signer import signer_from
        from gonogo.workflow.depositing import DepositOrder, SourceBytes, bundle_of

        signer = signer_from(os.environ, signing_key)
        asked = DepositOrder(program, release, as_of, only or None, SourceBytes(sources))
        data, debugged = bundle_of(asked, signer)
        write_bundle(bundle, data)
        warn(f"{bundle}: {len(debugged)} {'binding' if len(debugged) == 1 else 'bindings'}, {_signed(signer)}")
    elif signing_key is not None or sources != "unmarked":
        raise UsageError("Evidence lines are not signed and hold no sources.", hint="add -o FILE.zip to write a bundle")
    else:
        from gonogo.workflow.collecting import collected

        data, debugged = collected(program, release=release, as_of=as_of, only=only or None)
        emit(data)
    if debug:
        for line in debugged:
            warn(line)
    return 0


def _signed(signer: Signer | None) -> str:
    if signer is None:
        return "not signed, so a run that uses it is a rehearsal"
    return f"signed with the key {signer.public.keyid[:16]}…"
