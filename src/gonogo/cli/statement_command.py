"""``gonogo statement``: Sign a recorded decision for the job that deploys.

Two files: the decision, and its summary for other verifiers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import tell, warn


@click.command(name="statement")
@click.argument("words", metavar="[PROGRAM] RUN", nargs=-1)
@click.option("--nonce", metavar="TEXT", help="Put this into the statement; the deploy job asks for it again.")
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path), metavar="FILE",
              help="File of the statement; the summary goes to FILE.vsa.json.")  # fmt: skip
@options.signing_key_option
def command(words: tuple[str, ...], nonce: str | None, target: Path, signing_key: Path | None) -> int:
    """Sign what RUN decided, from the log of PROGRAM alone; the current folder is the program by default.

    RUN is the id of a decision run, the beginning of it, or `last`, the last decision. Rehearsals, runs without a
    verdict, decisions that have lapsed and those that something later voids are refused. FILE.vsa.json says PASSED for
    a plain GO with every criterion due only (SLSA verification summary, no level claimed). Exits 1 if nobody may deploy
    on the decision any more.

    \b
    Example: gonogo statement our-program last --nonce 7c1f --signing-key gate.pem -o decision.json
    """
    import os

    from gonogo.cli.publish import write
    from gonogo.signing.signer import signer_from
    from gonogo.statement.all_due import other_gate, too_early
    from gonogo.workflow.deploying import host_time
    from gonogo.workflow.stating import NotStated, state
    from gonogo.workflow.write_places import check_report_files

    place, run = place_and_run(words, "gonogo statement")
    summary = target.with_name(f"{target.name}.vsa.json")
    check_report_files(place, [target, summary])
    made = state(place, run, signer=signer_from(os.environ, signing_key), now=host_time(), nonce=nonce)
    if isinstance(made, NotStated):
        warn(f"not signed: {made.why} Decide again with `gonogo assess`, and name that run.")
        return 1
    hint = "name another file, and run it again"
    write(made.summary, summary, log=made.log, hint=hint)
    write(made.decision, target, log=made.log, hint=hint)
    early = other_gate(made.contents) or too_early(made.contents)
    tell(f"signed: {made.contents.verdict}, run {made.contents.run}: {target} and {summary.name}")
    if early is not None:
        tell(f"not to be deployed on: {early.why}")
    return 0


def place_and_run(words: Sequence[str], command: str) -> tuple[Path, str]:
    """Return the place of the log and the run.

    Args:
        words: As given: at most one that is a path, and one that is not.
        command: As people write it, for the hint.

    Raises:
        UsageError: No run is named, or there are other words.
    """
    from gonogo.errors import UsageError

    places = [word for word in words if Path(word).exists()]
    others = [word for word in words if word not in places]
    if len(others) > 1 or len(places) > 1:
        raise UsageError(f"There is no {(others or places)[-1]}.", hint=f"write `{command} PROGRAM RUN`")
    if not others:
        raise UsageError("No run is named.", hint="`last` is the last one; `gonogo log verify` lists them")
    return Path(*places), others[0]
