"""The decision memo as a Word document: two pages for the people who sign, made from the record alone.

It recommends what the verdict says, and leaves the decision to the people. A rehearsal and a progress run get no lines
to sign on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gonogo.core.wording import listing
from gonogo.documents.docx_writer import DocxWriter
from gonogo.model.assessment import Purpose
from gonogo.model.verdict import Verdict
from gonogo.report.asked import what_is_decided
from gonogo.report.detail import page_of
from gonogo.report.escape import visible
from gonogo.report.formats.docx_format import MEDIA_TYPE as WORD
from gonogo.report.formats.docx_format import document
from gonogo.report.page import Page, SheetPart
from gonogo.report.view import RunView
from gonogo.report.words import by_owner, local, named_seat

SUFFIX: Final = ".docx"
MEDIA_TYPE: Final = WORD
MOST: Final = 10
"""Rows of a part; the rest is counted, and its owners are named."""
SIGNED: Final = 60
"""Rows of what people sign for: each reason, each condition and each acceptance stands above their names."""
_SIGNED_FOR: Final = ("sheet-blocks", "sheet-depends", "sheet-rests")
SIGNERS: Final = ("customer.executive_sponsor", "provider.executive_sponsor")
_LIVE: Final = "going live"
_CHOICES: Final = {
    Verdict.GO: ("Go live", "Do not go live"),
    Verdict.CONDITIONAL_GO: ("Go live, on the conditions above", "Do not go live"),
    Verdict.NO_GO: ("Do not go live", "Go live against the verdict"),
}
_OTHER_CHOICES: Final = {
    Verdict.GO: ("Approve {}", "Refuse {}"),
    Verdict.CONDITIONAL_GO: ("Approve {}, on the conditions above", "Refuse {}"),
    Verdict.NO_GO: ("Refuse {}", "Approve {} against the verdict"),
}
"""Boxes where the run is a verdict on something else than going live: an earlier assessment, a gate, a hold point."""
_RECOMMENDED: Final = {
    Verdict.GO: "The record supports {}.",
    Verdict.CONDITIONAL_GO: "The record supports {} only if the conditions below are kept.",
    Verdict.NO_GO: "The record does not support {}.",
}


def render(view: RunView) -> bytes:
    """Return the memo."""
    page = page_of(view)
    run, zone = view.started, view.started.program.zone
    paper = document(view, f"Decision memo: {page.title}", page.marking)
    paper.paragraph(visible(page.kind))
    _table(
        paper,
        "About this memo",
        ("What", "Value"),
        (
            ("For", ", and ".join(_signers(view))),
            ("Assessed", local(run.now, zone)),
            *page.sheet.dates,
            ("Rules", run.ruleset),
        ),
    )
    paper.heading(1, "Recommendation")
    paper.paragraph(visible(f"{page.verdict}. {_RECOMMENDED[view.decision.verdict].format(_what(view))}"), bold=True)
    for text in (*page.sheet.lead, page.sheet.without, *page.sheet.purpose):
        paper.paragraph(visible(text))
    tiles = [(tile.name, tile.state, tile.counts) for tile in page.sheet.tiles]
    _table(paper, "The four domains", ("Domain", "How it stands", "Criteria"), tiles)
    for part in page.sheet.parts:
        _part(paper, part)
    _decide(paper, view, page)
    paper.heading(1, "The record")
    _table(paper, "How to find this run again", ("What", "Value"), page.sheet.digests)
    return paper.to_bytes()


def _part(paper: DocxWriter, part: SheetPart) -> None:
    paper.heading(1, visible(part.title))
    for text in part.lead:
        paper.paragraph(visible(text))
    most = SIGNED if part.id in _SIGNED_FOR else MOST
    shown, cut = part.rows[:most], part.rows[most:]
    if part.header and shown:
        _table(paper, part.title, part.header, shown)
    else:
        for row in shown:
            paper.paragraph(visible(" ".join(row)))
    if cut:
        owners = by_owner(part.owners[most:])
        by = f", of {listing(owners, most=len(owners))}" if owners else ""
        paper.paragraph(visible(f"And {len(cut)} more{by}: see the assessment report."))


def _decide(paper: DocxWriter, view: RunView, page: Page) -> None:
    paper.heading(1, "Decision")
    if view.started.kind.purpose is not Purpose.DECISION:
        paper.paragraph(visible(f"{page.kind} Nothing can be decided on this page."))
        return
    live = _what(view) == _LIVE
    recommended, other = (
        each.format(_what(view)) for each in (_CHOICES if live else _OTHER_CHOICES)[view.decision.verdict]
    )
    paper.paragraph(visible(f"☐ {recommended} (as recommended)"))
    paper.paragraph(visible(f"☐ {other}, for this reason:"))
    paper.paragraph("_" * 78)
    paper.paragraph(
        "A decision other than the verdict is the signers' own, and changes nothing in the record. `gonogo outcome` "
        "records what became of the release."
    )
    rows = [(who, "", "") for who in _signers(view)]
    _table(paper, "Signatures of both sides", ("Name and seat", "Signature", "Date"), rows)


def _what(view: RunView) -> str:
    """What is signed for: going live, or what else the run is a verdict on."""
    what = what_is_decided(view)
    return _LIVE if what == f"{_LIVE} with release {view.started.release.id}" else what


def _signers(view: RunView) -> tuple[str, ...]:
    people = view.decision.people or {}
    return tuple(named_seat(people, seat) for seat in SIGNERS)


def _table(paper: DocxWriter, caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    cells = [[visible(cell) for cell in row] for row in rows]
    paper.table(visible(caption), [visible(cell) for cell in header], cells)
