"""``gonogo progress``: Run the daily check: what got better, worse or stale."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gonogo.cli import options

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from gonogo.comparison.compare import RunComparison
    from gonogo.notify.sending import Messenger
    from gonogo.workflow.order import RunResult


@click.command(name="progress")
@options.program_argument
@options.release_option
@options.as_of_option
@options.engine_option
@options.evidence_option
@options.signing_key_option
@options.output_option
@options.full_option
@click.option(
    "--notify",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Tell the receivers of this file if a verdict, blocker, waiver, acceptance, plan or outcome changed.",
)
def command(
    program: Path,
    release: str | None,
    as_of: datetime | None,
    engine: str,
    evidence: tuple[Path, ...],
    signing_key: Path | None,
    outputs: tuple[str, ...],
    full: bool,
    notify: Path | None,
) -> int:
    """Run the daily check of PROGRAM: the verdict, and all that changed since the last run.

    Compares with the last recorded run of the same release. A criterion that is asked for the first time and open is
    shown, and is not worse. Exits 0 if the run is complete and nothing is worse, not comparable (fewer items are
    counted), stale or no longer asked, 1 if something is, 5 if the files are not what was locked. Nothing can be
    deployed on it.

    \b
    Example: gonogo progress our-program
    """
    from gonogo.cli.output import warn
    from gonogo.cli.publish import check_targets, publish
    from gonogo.model.assessment import EngineMode, Purpose
    from gonogo.workflow.deposits import evidence_files
    from gonogo.workflow.exit_codes import ExitCode
    from gonogo.workflow.log_keys import signer_named
    from gonogo.workflow.order import Order
    from gonogo.workflow.overlooking import overlooked_sentences
    from gonogo.workflow.pipeline import assess

    wanted = check_targets(outputs, program, full=full)
    messenger = _messenger(notify)
    lines, bundles = evidence_files(evidence)
    result = assess(
        Order(
            program=program,
            release=release,
            as_of=as_of,
            evidence=lines,
            bundles=bundles,
            engine=EngineMode(engine),
            purpose=Purpose.PROGRESS,
            signer=signer_named(signing_key),
        )
    )
    for sentence in overlooked_sentences(program):
        warn(sentence)
    for sentence in _told(result, messenger):
        warn(sentence)
    publish(result, wanted, remarks=difference(result.changes, result.assessment.program.zone))
    if result.exit_code == ExitCode.INTEGRITY:
        return result.exit_code
    return 1 if result.changes is not None and result.changes.anything_worse else 0


def _messenger(notify: Path | None) -> Messenger | None:
    """Read whom to tell, and load what that needs, before anything runs."""
    if notify is None:
        return None
    from gonogo.notify.receivers import read_receivers
    from gonogo.notify.sending import Messenger

    return Messenger(read_receivers(notify, os.environ))


def _told(result: RunResult, messenger: Messenger | None) -> list[str]:
    """Tell the receivers what changed, and return a sentence for each that could not be told."""
    if messenger is None:
        return []
    from gonogo.notify.news import news_of

    news = news_of(result.assessment, result.run, result.changes)
    return [] if news is None else list(messenger.tell(news))


def difference(changes: RunComparison | None, zone: ZoneInfo) -> list[str]:
    """Return what changed since the last run of this release, a line each; times in ``zone``."""
    from gonogo.report.changed import change_lines, summary
    from gonogo.report.escape import escape

    lines = [f"{word}: {sentence}" for word, sentence in change_lines(changes)]
    return [escape(line) for line in (summary(changes, zone), *lines)]
