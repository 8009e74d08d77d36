"""``gonogo assess``: Judge a program and print the verdict.

Collect, admit, judge, decide, record, report.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import say


@click.command(name="assess")
@options.program_argument
@options.release_option
@options.ruleset_option
@options.as_of_option
@options.accept_option
@options.engine_option
@options.evidence_option
@options.hold_point_option
@options.signing_key_option
@options.output_option
@options.full_option
def command(
    program: Path,
    release: str | None,
    ruleset: str | None,
    as_of: datetime | None,
    accept: str | None,
    engine: str,
    evidence: tuple[Path, ...],
    hold_point: str | None,
    signing_key: Path | None,
    outputs: tuple[str, ...],
    full: bool,
) -> int:
    """Judge PROGRAM (a folder with gonogo.yaml) and print the verdict.

    The verdict is printed only after its record is on disk. The last line on stdout is verdict=….

    \b
    Example: gonogo assess examples/harborline/go --as-of 2027-04-19T12:00-04:00 -o terminal -o html:go.html
    """
    from gonogo.cli.publish import check_targets, publish
    from gonogo.model.assessment import EngineMode
    from gonogo.workflow.deposits import evidence_files
    from gonogo.workflow.log_keys import signer_named
    from gonogo.workflow.order import Order
    from gonogo.workflow.pipeline import assess

    wanted = check_targets(outputs, program, full=full)
    lines, bundles = evidence_files(evidence)
    say("Collecting evidence …")
    result = assess(
        Order(
            program=program,
            release=release,
            ruleset=ruleset,
            as_of=as_of,
            evidence=lines,
            bundles=bundles,
            engine=EngineMode(engine),
            accept_conditional=accept == "conditional",
            signer=signer_named(signing_key),
            hold_point=hold_point,
        )
    )
    publish(result, wanted)
    return result.exit_code
