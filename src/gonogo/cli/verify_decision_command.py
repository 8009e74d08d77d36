"""``gonogo verify-decision``: Say whether a signed decision may be deployed now.

The one line that a deploy job runs.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from gonogo.cli.five_lines import FiveLines

_UNITS = {"h": 3600, "d": 86400}
_FILE = click.Path(path_type=Path)


def _age(_ctx: click.Context, _param: click.Parameter, text: str) -> timedelta:
    """Read ``--max-age``: whole hours or days."""
    digits, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not (digits.isascii() and digits.isdigit() and 1 <= int(digits) <= 3660):
        raise click.BadParameter(f"{text!r} is not an age such as 24h or 3d.")
    return timedelta(seconds=int(digits) * _UNITS[unit])


@click.command(name="verify-decision", cls=FiveLines)
@click.argument("statement", type=_FILE)
@click.option("--trust", required=True, type=_FILE, metavar="FILE", help="The trust file: whose keys count.")
@click.option(
    "--require", required=True, type=click.Choice(["go", "conditional"]), help="What is needed; conditional takes both."
)
@click.option("--log", type=_FILE, metavar="FOLDER", help="The audit log, to see whether something later voids it.")
@click.option("--checkpoint", type=_FILE, metavar="FILE", help="A checkpoint of the log that somebody kept.")
@click.option("--witness", type=_FILE, metavar="FILE", help="A checkpoint of the log that a witness cosigned.")
@click.option("--program", metavar="ID", help="The program that is deployed.")
@click.option("--release", metavar="ID", help="The release that is deployed; needed where the program has several.")
@click.option("--environment", metavar="NAME", help="Where it is deployed to; needed where the release names one.")
@click.option("--subject", metavar="DIGEST", help="Digest or identifier of what is deployed.")
@click.option("--commit", metavar="ID", help="Commit that is deployed.")
@click.option(
    "--max-age", default="24h", show_default=True, callback=_age, metavar="AGE",
    help="Decision and newest signed checkpoint are younger than this.",
)  # fmt: skip
@click.option("--nonce", metavar="TEXT", help="What `gonogo statement --nonce` was given in this job.")
def command(
    statement: Path,
    trust: Path,
    require: str,
    log: Path | None,
    checkpoint: Path | None,
    witness: Path | None,
    program: str | None,
    release: str | None,
    environment: str | None,
    subject: str | None,
    commit: str | None,
    max_age: timedelta,
    nonce: str | None,
) -> int:
    """Say whether the decision in STATEMENT may be deployed now: five lines, the last one verdict=….

    A log or a nonce is needed, and --subject or --commit. Exits 0 if it may be deployed, 1 if not, 2 if something is
    missing or the trust file is wrong, 4 if this machine's clock is wrong or nobody can tell, 5 if a signature or the
    log is.

    \b
    Example: gonogo verify-decision decision.json --trust trust.yaml --require go --log audit --commit 3f9a0c5
    """
    from gonogo.cli.output import tell
    from gonogo.model.verdict import Verdict
    from gonogo.statement.checks import Wanted
    from gonogo.workflow.deploying import Given, host_time, may_deploy

    wanted = Wanted(
        require=Verdict.GO if require == "go" else Verdict.CONDITIONAL_GO,
        program=program,
        release=release,
        environment=environment,
        subject=subject,
        commit=commit,
        max_age=max_age,
        nonce=nonce,
    )
    answer = may_deploy(Given(statement, trust, log, checkpoint, witness), wanted, now=host_time())
    for line in answer.lines:
        tell(line)
    return answer.code
