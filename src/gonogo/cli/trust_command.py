"""``gonogo trust``: Say whom a trust file trusts, and what lapses."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from gonogo.cli.output import read_moment, tell, warn


@click.group(name="trust")
def command() -> None:
    """Look after the trust file, which says which keys count, for what, and on which days."""


@command.command(name="check", short_help="Check a trust file, and say whom it trusts.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--program", metavar="ID", default="", help="Id of the program that it must be of.")
@click.option("--as-of", metavar="INSTANT", callback=read_moment, help="Day on which the keys must count; today.")
def check(file: Path, program: str, as_of: datetime | None) -> int:
    """Check the trust file FILE with the keys that it names, and say in words whom it trusts for what.

    Keys that have lapsed or lapse within 30 days are warnings. If no key that signs the log counts, the exit code is 1.

    \b
    Example: gonogo trust check our-program/trust.yaml
    """
    from gonogo.errors import Problem
    from gonogo.signing.trust_file import read_trust
    from gonogo.signing.trust_words import lapses, sentences

    trust = read_trust(file, program=program)
    now = as_of or datetime.now(UTC)
    tell(f"{file}: whom the program {trust.program} trusts. Its digest with all keys: {trust.digest()}")
    for sentence in sentences(trust):
        tell(sentence)
    for lapse in lapses(trust, now):
        warn(str(Problem("G198", str(file), lapse, level="warning")))
    return 1 if trust.expired(now) else 0
