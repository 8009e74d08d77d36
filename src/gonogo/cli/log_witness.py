"""``gonogo log witness``: Let another organization confirm that the log only grows."""

from __future__ import annotations

import os
from pathlib import Path

import click

from gonogo.cli.output import tell

_FILE = click.Path(path_type=Path)


@click.group(name="witness", short_help="Let another organization confirm that the log only grows.")
def command() -> None:
    """Let another organization confirm that the log only grows, without showing it what is in the log.

    The log's side runs `request` and hands the file over. The witness runs `cosign`, keeps the checkpoint that it
    saw, and hands a copy back. The log's side checks that copy with `check`. None of the files holds any record.
    """


@command.command(name="request")
@click.argument("program", type=_FILE)
@click.option("--since", type=click.IntRange(min=0), default=0, help="How many records the witness saw; 0 at first.")
@click.option("-o", "--output", "target", type=_FILE, required=True, help="File to write the request to.")
def request(program: Path, since: int, target: Path) -> int:
    """Write the last checkpoint of the log of PROGRAM, and the proof that it continues what the witness saw.

    \b
    Example: gonogo log witness request our-program --since 412 -o request.txt
    """
    from gonogo.cli.publish import write
    from gonogo.workflow.publishing import log_folder
    from gonogo.workflow.witnessing import request_of
    from gonogo.workflow.write_places import check_report_files

    check_report_files(program, [target])
    data, lines = request_of(program, since=since)
    write(data, target, log=log_folder(program), hint="name another file")
    for line in lines:
        tell(line)
    return 0


@command.command(name="cosign")
@click.argument("request", type=_FILE)
@click.option("--kept", type=_FILE, required=True, help="File of the checkpoint that you saw last; made at first.")
@click.option("--name", required=True, help="What the trust file calls your key.")
@click.option("--trust", type=_FILE, metavar="FILE", help="Trust file of the program: the log's own key must sign.")
@click.option("--signing-key", type=_FILE, metavar="FILE", help="Your private key; else GONOGO_SIGNING_KEY.")
def cosign(request: Path, kept: Path, name: str, trust: Path | None, signing_key: Path | None) -> int:
    """Check that REQUEST continues the checkpoint that you keep; then keep and sign the new one.

    Exits 5, and signs nothing, if the log was cut or its past was changed.

    \b
    Example: gonogo log witness cosign request.txt --kept customer.note --name customer-witness --signing-key key.pem
    """
    from gonogo.documents.files import read_file
    from gonogo.errors import UsageError
    from gonogo.signing.signer import signer_from
    from gonogo.signing.trust_file import read_trust
    from gonogo.workflow.witnessing import cosigned

    signer = signer_from(os.environ, signing_key)
    if signer is None:
        raise UsageError("there is no key to sign with", hint="give --signing-key FILE; `gonogo key new` makes one")
    data = read_file(request, hint="the request is what `gonogo log witness request` writes")
    trusted = None if trust is None else read_trust(trust)
    for line in cosigned(data, kept, name=name, signer=signer, trust=trusted):
        tell(line)
    return 0


@command.command(name="check")
@click.argument("program", type=_FILE)
@click.argument("kept", type=_FILE)
@click.option("--trust", type=_FILE, metavar="FILE", required=True, help="Trust file that names the witness.")
def check(program: Path, kept: Path, trust: Path) -> int:
    """Check that the log of PROGRAM continues the checkpoint that a witness KEPT and signed.

    Exits 5 if it does not.

    \b
    Example: gonogo log witness check our-program customer.note --trust trust.yaml
    """
    from gonogo.documents.files import read_file
    from gonogo.signing.trust_file import read_trust
    from gonogo.workflow.witnessing import witness_seen

    data = read_file(kept, hint="the file that the witness keeps and hands back")
    _, lines = witness_seen(program, data, str(kept), trust=read_trust(trust))
    for line in lines:
        tell(line)
    return 0
