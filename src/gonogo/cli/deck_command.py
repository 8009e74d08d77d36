"""``gonogo deck``: Fill in a copy of one of GSA's decks."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options
from gonogo.cli.output import tell


@click.command(name="deck")
@click.argument("template", type=click.Path(path_type=Path), metavar="TEMPLATE")
@options.program_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="PATH", help="File to write.")
@click.option("--run", "run_id", metavar="RUN", help="Run to show; the last finished one by default.")
@click.option(
    "--claimed",
    type=click.Path(path_type=Path),
    metavar="DECK",
    help="A Phase 4 deck that somebody filled in: its colors are put beside the computed ones.",
)
def command(template: Path, program: Path, output: Path, run_id: str | None, claimed: Path | None) -> int:
    """Fill in a copy of TEMPLATE from a recorded run of PROGRAM (its folder, or the folder of a log).

    TEMPLATE is GSA's Phase 3 or Phase 4 Progress Review or its Status Report, or an agency's copy whose tables kept
    their headings. Cells of tables are replaced; notes on each slide say where a figure comes from; what no record
    holds is left. The template is not changed.

    \b
    Example: gonogo deck M3-Phase-4-Progress-Review.pptx our-program -o review.pptx
    """
    from gonogo.cli.publish import write
    from gonogo.documents.files import read_file, real
    from gonogo.errors import UsageError
    from gonogo.report.deck.filling import filled
    from gonogo.report.deck.slides import LARGEST
    from gonogo.workflow.publishing import log_folder, recorded_view
    from gonogo.workflow.write_places import check_report_files

    inputs = [template, *([claimed] if claimed is not None else [])]
    if real(output) in map(real, inputs):
        raise UsageError(f"{output} is the deck that is read.", hint="name another file")
    if not output.parent.is_dir():
        raise UsageError(f"There is no folder {output.parent} for the deck.", hint="make it first")
    check_report_files(program, [output])
    view = recorded_view(program, run=run_id)
    earlier = read_file(claimed, most=LARGEST) if claimed is not None else None
    data, told = filled(read_file(template, most=LARGEST), view, earlier=earlier)
    write(data, output, log=log_folder(program), hint="the template is unchanged; name another place")
    for line in (f"{output}: {view.decision.verdict}, run {view.started.envelope.run}", *told):
        tell(line)
    return 0
