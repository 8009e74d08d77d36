"""The criteria as M3's checklist: a row for each criterion, the statuses of a run beside. Equal input, equal bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from gonogo.documents.xlsx.writer import new_workbook
from gonogo.model.finding import Finding
from gonogo.model.ruleset import Criterion
from gonogo.paper.changed_rules import CAPTION, TITLE
from gonogo.paper.criteria_paper import Agreed
from gonogo.paper.criterion_part import due, enforced, exempt, seat_and_name, stood, thresholds, waiver_rule
from gonogo.paper.paper_page import Paper, PaperTable
from gonogo.paper.program_part import NOT_ADOPTED_CAPTION, is_asked
from gonogo.report.escape import visible

COLUMNS: Final = (
    ("No.", 6),
    ("Domain", 12),
    ("Criterion", 34),
    ("Id", 30),
    ("Statement", 48),
    ("Criticality", 18),
    ("Due from", 12),
    ("Enforced from", 16),
    ("Not applicable", 24),
    ("Requirement", 40),
    ("Thresholds by milestone", 40),
    ("Evidence", 36),
    ("Evidence comes from", 24),
    ("Owner", 34),
    ("Waiver", 34),
)
STATUS_COLUMNS: Final = (("Status in the run", 14), ("M3 status", 12), ("Finding", 50))
_SHEETS: Final = {
    "What this document is about": "Cover",
    CAPTION: TITLE,
    NOT_ADOPTED_CAPTION: "Not yet adopted",
    "When the program is assessed": "Schedule",
}
"""Tables of the paper that have a sheet of their own."""


def render(agreed: Agreed, paper: Paper) -> bytes:
    """Return the workbook.

    Raises:
        UsageError: XlsxWriter is not installed.
    """
    stream = BytesIO()
    book = new_workbook(stream)
    made = datetime(agreed.today.year, agreed.today.month, agreed.today.day)  # noqa: DTZ001  # Excel knows no zones
    book.set_properties({"title": visible(paper.title), "created": made, "subject": paper.digest})
    columns = [*COLUMNS, *(STATUS_COLUMNS if agreed.run else ())]
    rows = [_row(agreed, number, each) for number, each in enumerate(agreed.ruleset.questions, start=1)]
    _sheet(book, "Checklist", columns, rows, agreed.program.identity.marking)
    for block in paper.blocks:
        if isinstance(block, PaperTable) and (block.caption in _SHEETS or block.caption.startswith("Signatures of")):
            name = _SHEETS.get(block.caption, block.caption)
            _sheet(book, name, [(each, 34) for each in block.header], block.rows, agreed.program.identity.marking)
    book.close()
    return stream.getvalue()


def _row(agreed: Agreed, number: int, criterion: Criterion) -> tuple[str, ...]:
    finding = agreed.findings.get(criterion.id)
    steps = [
        f"{name}: {', '.join(f'{value} from {at}' for at, value in _changing(agreed.policy.milestones, values))}"
        for name, *values in thresholds(criterion, agreed.policy)
    ]
    told = (
        str(number),
        criterion.domain.value,
        criterion.title,
        criterion.id,
        criterion.statement,
        "standing hold" if criterion.is_hold else f"{criterion.severity.m3_criticality} ({criterion.severity})",
        due(criterion, is_asked(agreed.program, criterion)),
        enforced(criterion),
        exempt(criterion),
        criterion.require.text,
        "\n".join(steps),
        "\n".join(agreed.vocabulary[name].meaning for name in criterion.facts),
        criterion.evidence_producer,
        seat_and_name(criterion.owner, agreed.names),
        waiver_rule(criterion, agreed.names),
    )
    return (*told, *_status(agreed, finding)) if agreed.run else told


def _changing(milestones: Sequence[str], values: Sequence[str]) -> list[tuple[str, str]]:
    """Return the milestones at which a value is another than at the one before."""
    pairs = list(zip(milestones, values, strict=True))
    return [pair for number, pair in enumerate(pairs) if number == 0 or pairs[number - 1][1] != pair[1]]


def _status(agreed: Agreed, finding: Finding | None) -> tuple[str, str, str]:
    if finding is None:
        return ("not judged in the run", "", "")
    return stood(finding), agreed.colours.get(finding.criterion, ""), finding.sentence


def _sheet(
    book: Any, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]], marking: str
) -> None:
    """Write a sheet that is one table: headings that stay, that repeat on paper, and that a screen reader knows."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(name[:31])
    for column, (_, width) in enumerate(columns):
        sheet.set_column(column, column, width)
    last = max(len(rows), 1)
    headings = [{"header": title, "header_format": bold} for title, _ in columns]
    sheet.add_table(0, 0, last, len(columns) - 1, {"columns": headings, "style": "Table Style Light 1"})
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            shown = "\n".join(visible(line) for line in text.split("\n"))
            sheet.write_string(number, column, shown, wrapped)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3: a row has to be readable
    sheet.fit_to_pages(1, 0)
    if marking:
        printed = visible(marking).replace("&", "&&")
        sheet.set_header(f"&C{printed}")
        sheet.set_footer(f"&C{printed}")
