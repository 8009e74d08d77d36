"""Requests as a workbook: one row for each fact, action plan and waiver of each person. Equal input, equal bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from gonogo.core.wording import listing, seat_words
from gonogo.documents.xlsx.writer import new_workbook
from gonogo.report.escape import visible
from gonogo.requests import items
from gonogo.requests.addressee import Addressee, Requests
from gonogo.requests.outstanding import OutstandingFact
from gonogo.requests.outstanding_papers import OutstandingPaper, OutstandingWork

COLUMNS: Final = (
    ("Ask", 24),
    ("Seat", 28),
    ("What", 44),
    ("Fact", 32),
    ("Question", 44),
    ("Unit", 14),
    ("State", 28),
    ("Detail", 44),
    ("Weight", 12),
    ("Criteria", 44),
    ("Owed for", 12),
    ("Dated on or after, for the decision", 20),
    ("exactly (local time)", 20),
    ("Dated on or after, for go-live", 20),
    ("exactly (local time)", 20),
    ("May be stated by", 44),
)
_HEADER_ROW: Final = 3


def render(requests: Requests) -> bytes:
    """Return the workbook.

    Raises:
        UsageError: XlsxWriter is not installed.
    """
    stream = BytesIO()
    book = new_workbook(stream)
    book.set_properties({"title": items.subject_words(requests), "created": requests.now.replace(tzinfo=None)})
    _write(book, requests)
    book.close()
    return stream.getvalue()


def _write(book: Any, requests: Requests) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top", "align": "left"})
    sheet = book.add_worksheet("Requests")
    occasion = f"{items.subject_words(requests)}: owed for {items.occasion_words(requests)}"
    sheet.write_string(0, 0, visible(requests.program.marking))
    sheet.write_string(1, 0, visible(f"{occasion}. {requests.basis}"))
    for column, (title, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER_ROW, column, title, bold)
    rows = [row for one in requests.addressees for row in _rows(one, requests)]
    for number, row in enumerate(rows, start=_HEADER_ROW + 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, visible(value), wrapped)
            elif isinstance(value, datetime):
                sheet.write_datetime(number, column, value, moment)
            elif value is not None:
                sheet.write_datetime(number, column, value, day)
    last = _HEADER_ROW + len(rows)
    sheet.autofilter(_HEADER_ROW, 0, max(last, _HEADER_ROW), len(COLUMNS) - 1)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if requests.program.marking:
        marking = visible(requests.program.marking).replace("&", "&&")
        sheet.write_string(last + 2, 0, visible(requests.program.marking))
        sheet.set_header(f"&C{marking}")
        sheet.set_footer(f"&C{marking}")


def _rows(one: Addressee, requests: Requests) -> list[tuple[Any, ...]]:
    seats = listing([seat_words(seat) for seat in one.seats], most=20)
    name = one.name if one.person is not None else "nobody holds this seat"
    ordered = [needed for facts in items.sources_of(one) for needed in facts]
    rows = [(name, seats, items.task((needed,)), *_fact(needed, requests)) for needed in ordered]
    rows += [(name, seats, items.paper_words(paper), *_paper(paper)) for paper in one.papers]
    return rows + [(name, seats, items.work_words(work), *_work(work)) for work in one.works]


def _fact(needed: OutstandingFact, requests: Requests) -> tuple[Any, ...]:
    declaration = requests.vocabulary.get(needed.fact)
    decision, go_live = items.for_decision(needed, requests), items.for_go_live(needed, requests)
    return (
        needed.fact,
        declaration.question if declaration else "",
        (declaration.unit or declaration.type.value) if declaration else "",
        *items.state_words(needed, requests),
        items.weight_words(needed.criteria[0]),
        listing([f"{criterion.title} ({criterion.id})" for criterion in needed.criteria], most=20),
        "decision" if needed.for_decision else "go-live",
        decision.day,
        _local(decision.exact, requests),
        go_live.day,
        _local(go_live.exact, requests),
        items.attest_words(needed),
    )


def _paper(paper: OutstandingPaper) -> tuple[Any, ...]:
    criterion = paper.criterion
    named = f"{criterion.title} ({criterion.id})"
    return (
        paper.kind,
        "",
        "",
        "Would not count",
        paper.why,
        items.weight_words(criterion),
        named,
        "decision",
        *[None] * 5,
    )


def _work(work: OutstandingWork) -> tuple[Any, ...]:
    criterion = work.criterion
    named = f"{criterion.title} ({criterion.id})"
    opened = f" Open: {items.open_words(work)}." if work.items else ""
    detail = f"{work.why}{opened} Do: {criterion.remedy}"
    return ("work", "", "", "Fails on merit", detail, items.weight_words(criterion), named, "decision", *[None] * 5)


def _local(moment: datetime, requests: Requests) -> datetime:
    """Workbooks know no time zones: the column says that its times are local."""
    return moment.astimezone(UTC).astimezone(requests.program.zone).replace(tzinfo=None)
