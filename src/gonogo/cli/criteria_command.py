"""``gonogo criteria``: Write the criteria as a document that both sides sign."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options


@click.command(name="criteria")
@options.program_argument
@click.option("--run", metavar="RUN", help="Put the statuses of a run beside: its id, the beginning of it, or `last`.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="md, docx:PATH or xlsx:PATH. Repeatable; md without PATH on stdout.",
)
def command(program: Path, run: str | None, outputs: tuple[str, ...]) -> int:
    """Write the criteria of PROGRAM as a document that both sides can read and sign.

    Cover with digest, scope, decision rule, rules that overlays or an own copy changed (what loosens first), each
    criterion with thresholds, evidence and owner, offices, waiver rules, schedule of assessments, rules for changes,
    signature blocks. Nothing is judged or recorded.

    \b
    Example: gonogo criteria our-program -o md:criteria.md
    """
    from gonogo.cli.output import targets
    from gonogo.cli.publish import write
    from gonogo.errors import UsageError
    from gonogo.paper.criteria_paper import criteria_paper
    from gonogo.paper.paper_formats import FORMATS
    from gonogo.workflow.criteria_document import agreed_criteria
    from gonogo.workflow.publishing import log_folder
    from gonogo.workflow.write_places import check_report_files

    wanted = targets(outputs or ("md",), list(FORMATS))
    for name, path in wanted:
        if name != "md" and path is None:
            raise UsageError(f"A {name} file is not shown on stdout.", hint=f"Write -o {name}:criteria.{name}")
    check_report_files(program, [path for _, path in wanted if path is not None], rewrites={".xlsx"})
    agreed = agreed_criteria(program, run=run)
    for name, path in wanted:
        data = FORMATS[name](agreed, criteria_paper(agreed))
        write(data, path, log=log_folder(program), hint="nothing is lost: ask again")
    return 0
