"""The scorecard as a workbook: page one, every criterion to filter and sort, a sheet for each domain, the evidence.

The sheet of action plans has the form of `gonogo workbook`, so what an office fills in there can be read back. Text
stays text, whatever it begins with. Equal runs give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from gonogo.core.wording import shown
from gonogo.documents.xlsx.form import PLANS
from gonogo.documents.xlsx.writer import new_workbook
from gonogo.model.finding import Status
from gonogo.model.ruleset import Domain
from gonogo.report.detail import page_of
from gonogo.report.escape import visible
from gonogo.report.health import health
from gonogo.report.machine.machine_standing import Account, accounts
from gonogo.report.page import Page
from gonogo.report.view import RunView
from gonogo.report.words import local, person_and_seat, weighs

SUFFIX: Final = ".xlsx"
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LETTERS: Final = 32_000
"""Excel holds 32,767 in a cell; a longer text ends with words that say so."""
SPARE_ROWS: Final = 20
"""Empty rows for plans that an office adds."""
_LETTERS, _LINE = 100, 15
"""Letters in a line of page one, fewer than fit, and the height of a line in points."""
Cell = str | int | float | None

_CRITERIA: Final = (
    ("Domain", 12),
    ("Criterion", 38),
    ("Id", 32),
    ("Weight", 20),
    ("Status", 24),
    ("M3", 9),
    ("Finding", 60),
    ("Margin", 26),
    ("Open items", 12),
    ("Oldest evidence, days", 14),
    ("Owner", 34),
    ("Last day", 13),
    ("Waiver", 12),
    ("Acceptances", 16),
    ("Plan", 40),
    ("Remedy", 50),
)
_BARS: Final = (8, 9)
"""Columns whose numbers get a bar."""
_DOMAINS: Final = (
    ("Domain", 14),
    ("How it stands", 20),
    ("Due", 8),
    ("Met", 8),
    ("Not met", 9),
    ("Unknown", 10),
    ("Not due", 9),
    ("Met of due", 14),
)
_EVIDENCE: Final = (("Fact", 34), ("Value", 30), ("Basis", 12), ("Held", 26), ("Source", 50), ("SHA-256", 66))


def ready() -> None:
    """Look for the library before a run takes place.

    Raises:
        UsageError: XlsxWriter is not installed.
    """
    new_workbook(BytesIO())


def render(view: RunView) -> bytes:
    """Return the workbook.

    Raises:
        UsageError: XlsxWriter is not installed.
    """
    page, stream = page_of(view), BytesIO()
    book = new_workbook(stream)
    made = view.started.now.replace(tzinfo=None)
    book.set_properties({"title": visible(page.title), "created": made, "subject": view.finished.assessment})
    found = accounts(view)
    _page_one(book, page)
    _table(book, "Domains", page, _DOMAINS, [_domain(view, domain) for domain in Domain], bars=(7,), share=7)
    _table(book, "Scorecard", page, _CRITERIA, [_criterion(view, each) for each in found], bars=_BARS)
    for domain in Domain:
        mine = [_criterion(view, each) for each in found if each.finding.domain is domain]
        _table(book, domain.value.capitalize(), page, _CRITERIA, mine, bars=_BARS)
    _table(book, "Admitted evidence", page, _EVIDENCE, list(_evidence(view)))
    _plans(book, page, view, found)
    book.close()
    return stream.getvalue()


def _page_one(book: Any, page: Page) -> None:
    sheet = book.add_worksheet("Page one")
    sheet.set_column(0, 0, 110)
    top = {"text_wrap": True, "valign": "top"}
    wrapped, strong = book.add_format(top), book.add_format({**top, "bold": True})
    lines = [(page.kind, False), (page.title, True), (page.verdict, True), (page.sheet.without, False)]
    lines += [(text, False) for text in page.meaning]
    for part in page.brief:
        lines += [("", False), (part.title, True)]
        lines += [(text, False) for text in (part.lead, *part.items) if text]
    lines += [("", False), *((f"{label}: {value}", False) for label, value in page.sheet.digests)]
    for row, (text, bold) in enumerate(lines):
        sheet.set_row(row, _height([text], [_LETTERS]))
        sheet.write_string(row, 0, _fit(text), strong if bold else wrapped)
    _printed(sheet, page, wide=False)


def _domain(view: RunView, domain: Domain) -> tuple[Cell, ...]:
    part = next(each for each in view.decision.domains if each.domain is domain)
    number = dict.fromkeys(Status, 0)
    for finding in view.findings:
        number[finding.status] += finding.domain is domain
    tile = next((tile for tile in page_of(view).sheet.tiles if tile.where == domain.value), None)
    counts = [number[status] for status in (Status.NOT_MET, Status.UNKNOWN, Status.NOT_DUE)]
    share = part.met / part.due if part.due else None
    return (domain.value.capitalize(), tile.state if tile else "", part.due, part.met, *counts, share)


def _criterion(view: RunView, account: Account) -> tuple[Cell, ...]:
    found = account.finding
    ages = [reading.age_days for reading in found.facts if reading.age_days is not None]
    items = [reading.open_count for reading in found.facts if reading.open_count is not None]
    last = account.waiver.expires_on if account.waiver else account.plan.due if account.plan else None
    return (
        found.domain.value.capitalize(),
        found.title,
        found.criterion,
        weighs(found),
        account.head,
        health(view, found),
        account.why,
        "; ".join(f"{each.text}: {each.margin}" for each in found.comparisons if each.margin),
        sum(items) if items else None,
        max(ages) if ages else None,
        person_and_seat(view, found.owner),
        last.isoformat() if last else None,
        account.waiver.id if account.waiver else None,
        ", ".join(one.id for one in account.accepted) or None,
        account.plan.action if account.plan else None,
        found.remedy,
    )


def _evidence(view: RunView) -> Iterable[tuple[Cell, ...]]:
    zone = view.started.program.zone
    for fact in view.evidence:
        for entry in fact.values:
            yield (
                entry.fact,
                shown(entry),
                entry.basis.value,
                local(entry.as_of, zone),
                f"{entry.source.binding}: {entry.source.locator}",
                ", ".join(entry.source.sha256),
            )


def _plans(book: Any, page: Page, view: RunView, found: Sequence[Account]) -> None:
    """Write the recorded plans in the form that `plans:` of a program reads, with room for more."""
    sheet = book.add_worksheet(PLANS.sheet)
    asked, text = (
        book.add_format({"bold": True, "bg_color": "#faf3d1", "border": 1}),
        book.add_format({"num_format": "@"}),
    )
    for number, column in enumerate(PLANS.columns):
        sheet.set_column(number, number, column.width, text)
        sheet.write_string(0, number, column.heading, asked)
    for row, plan in enumerate(view.assessment.plans, start=1):
        due = plan.due.isoformat() if isinstance(plan.due, date) else ""
        for number, value in enumerate((plan.criterion, plan.owner, plan.action, due)):
            sheet.write_string(row, number, _fit(value or ""), text)
    last = len(view.assessment.plans) + SPARE_ROWS
    open_ones = [account.finding.criterion for account in found if account.standing.open and not account.hold]
    if open_ones:
        lists = book.add_worksheet("open criteria")
        for row, criterion in enumerate(open_ones):
            lists.write_string(row, 0, visible(criterion))
        lists.hide()
        offered = f"='open criteria'!$A$1:$A${len(open_ones)}"
        sheet.data_validation(1, 0, last, 0, {"validate": "list", "source": offered, "ignore_blank": True})
    sheet.freeze_panes(1, 0)
    _printed(sheet, page)


def _table(
    book: Any,
    name: str,
    page: Page,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Cell]],
    *,
    bars: Sequence[int] = (),
    share: int = -1,
) -> None:
    """Write a sheet that is one table: to filter, with headings that stay and repeat on paper."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    percent = book.add_format({"num_format": "0%", "valign": "top"})
    sheet = book.add_worksheet(name)
    for number, (_, width) in enumerate(columns):
        sheet.set_column(number, number, width)
    last = max(len(rows), 1)
    headings = [{"header": title} for title, _ in columns]
    sheet.add_table(0, 0, last, len(columns) - 1, {"columns": headings, "style": "Table Style Light 1"})
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, _height(row, [width for _, width in columns]))
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, _fit(value), wrapped)
            elif value is not None:
                sheet.write_number(number, column, value, percent if column == share else wrapped)
    for column in bars:
        limits = {"min_type": "num", "min_value": 0}
        limits |= {"max_type": "num", "max_value": 1} if column == share else {}
        sheet.conditional_format(1, column, last, column, {"type": "data_bar", "bar_solid": True, **limits})
    sheet.freeze_panes(1, 3 if columns is _CRITERIA else 1)
    sheet.repeat_rows(0)
    _printed(sheet, page)


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """Return the height of a row in points, so that nothing wraps out of its cell; Excel allows no more than 409."""
    texts = zip(cells, widths, strict=True)
    return min(409, _LINE * max(1 + len(_fit(cell)) // width if isinstance(cell, str) else 1 for cell, width in texts))


def _printed(sheet: Any, page: Page, *, wide: bool = True) -> None:
    if wide:
        sheet.set_landscape()
    sheet.set_paper(8 if wide else 1)  # A3: a row of a table has to be readable
    sheet.fit_to_pages(1, 0)
    marking, words = (visible(text).replace("&", "&&")[:110] for text in (page.marking, f"{page.kind} {page.verdict}"))
    sheet.set_header(f"&C{marking}\n{words}")
    sheet.set_footer(f"&C{marking}&R&P of &N")


def _fit(text: str) -> str:
    plain = visible(text)
    if len(plain) <= MOST_LETTERS:
        return plain
    return f"{plain[:MOST_LETTERS]} … (cut here; the report has it whole. Letters cut: {len(plain) - MOST_LETTERS:,})"
