"""``gonogo outcome``: Record what became of a release after its decision.

Deployed, held or rolled back.
"""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import tell


@click.command(name="outcome")
@options.program_argument
@click.argument("run")
@click.argument("outcome", type=click.Choice(["deployed", "held", "rolled-back"]))
@click.option("--against-recommendation", "against", is_flag=True, help="It was done against what the run came to.")
@click.option("--reason", metavar="TEXT", help="Why; not needed for a plain deployed.")
@options.signing_key_option
def command(program: Path, run: str, outcome: str, against: bool, reason: str | None, signing_key: Path | None) -> int:
    """Record what was done with the release that RUN of PROGRAM (its folder, or that of a log) decided on.

    RUN is its id, the beginning of it, or `last`, the last decision. Reports of the run show it from then on, and later
    runs say it on page one. To hold or to roll back needs --reason. To deploy on a NO-GO is recorded only with
    --against-recommendation and --reason.

    \b
    Example: gonogo outcome our-program 20270419T160000Z-1a2b3c4d rolled-back --reason 'Payments were doubled.'
    """
    import os

    from gonogo.model.outcome import ReleaseOutcome
    from gonogo.signing.signer import signer_from
    from gonogo.workflow.outcome_recording import record_outcome, run_meant
    from gonogo.workflow.whereabouts import declared_by

    who = declared_by(os.environ)
    signer, run = signer_from(os.environ, signing_key), run_meant(program, run)
    recorded = record_outcome(
        program, run, ReleaseOutcome(outcome), against=against, reason=reason, signer=signer, who=who
    )
    tell(f"recorded: {recorded.outcome}{', against the recommendation' if recorded.against else ''}, run {run}")
    return 0
