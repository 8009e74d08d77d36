"""``gonogo key``: Make a key that signs, or say what a key is."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.group(name="key")
def command() -> None:
    """Look after keys that sign the record. A key is no part of a program: keep it outside of its folder."""


@command.command(name="new", short_help="Make a key: FILE, and its public half beside it.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--algorithm",
    type=click.Choice(["ecdsa-p256", "ed25519"]),
    default="ecdsa-p256",
    show_default=True,
    help="A host in FIPS mode may refuse ed25519.",
)
def new_key(file: Path, algorithm: str) -> int:
    """Make a key. FILE gets the private half, which nobody else may read; FILE.pub.pem the public half.

    Nothing is replaced. For a smart card, an HSM or a key service see GONOGO_SIGNING_COMMAND in the how-to page on
    signed records.

    \b
    Example: gonogo key new gate.pem
    """
    from gonogo.signing.key_files import make_key
    from gonogo.signing.keys import Algorithm

    public, beside = make_key(file, Algorithm(algorithm))
    tell(f"{file}: the private key. A person who can read it can sign with it: keep it out of the program's folder.")
    tell(f"{beside}: the public key. Put it beside the trust file.")
    tell(f"{algorithm}, key id {public.keyid}")
    return 0


@command.command(name="show", short_help="Say the algorithm and the id of a key.")
@click.argument("file", type=click.Path(path_type=Path))
def show_key(file: Path) -> int:
    """Say what the key in FILE (PEM, public or private) is: its algorithm and its id. The key itself is not shown.

    \b
    Example: gonogo key show gate.pub.pem
    """
    from gonogo.signing.key_files import key_in

    public, private = key_in(file)
    tell(f"{file}: {'private' if private else 'public'} key, {public.algorithm}, key id {public.keyid}")
    return 0
