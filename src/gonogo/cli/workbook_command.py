"""``gonogo workbook``: Write a workbook for what people must state."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import emit, read_moment, warn
from gonogo.errors import UsageError


def _day(_ctx: click.Context, _param: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a date such as 2027-04-19.") from None


@click.command(name="workbook")
@options.program_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default="evidence.xlsx", show_default=True, help="File."
)
@options.release_option
@click.option(
    "--as-of",
    metavar="INSTANT",
    callback=read_moment,
    help="Ask what is due at this instant, e.g. 2027-04-19T12:00-04:00; now by default.",
)
@click.option(
    "--decision", metavar="DATE", callback=_day, help="Day of the decision; that of the next milestone by default."
)
@click.option(
    "--keep-answers",
    is_flag=True,
    help="Keep the answers of the existing file in the new one; without this option no file is replaced.",
)
def command(
    program: Path,
    output: Path,
    release: str | None,
    as_of: datetime | None,
    decision: date | None,
    keep_answers: bool,
) -> int:
    """Write a workbook for PROGRAM: a row for each fact that is due and that no collector answers, and the registers.

    What gonogo.yaml needs to read it back is printed, if it is not there yet.

    \b
    Example: gonogo workbook our-program -o our-program/evidence.xlsx
    """
    from gonogo.documents.whole_files import replace_file, set_aside
    from gonogo.report.words import count
    from gonogo.workbook.making import make_workbook
    from gonogo.workbook.written_files import earlier_answers

    if output.suffix.lower() != ".xlsx":
        raise UsageError(f"{output} is not named as a workbook.", hint=f"for example {output.with_suffix('.xlsx')}")
    made = make_workbook(
        program,
        output=output,
        release=release,
        as_of=as_of,
        decision=decision,
        answers=earlier_answers(output, keep=keep_answers),
    )
    aside = set_aside(output) if made.left else None
    replace_file(output, made.data)
    for remark in made.remarks:
        warn(remark)
    kept = f", {made.kept} of them with the answers of the earlier file" if keep_answers else ""
    warn(f"{output}: {count(made.asked, 'fact')} to state{kept}.")
    for left in made.left:
        warn(f"Not taken over: {left}.")
    if aside is not None:
        warn(f"The earlier workbook is kept as {aside}.")
    if made.block:
        warn("For gonogo.yaml:")
        emit(made.block.encode())
    return 0
