"""The report as one plain HTML page: no script, no outside resource, readable on paper and by a screen reader."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from gonogo.model.finding import Status
from gonogo.model.ruleset import Domain, Severity
from gonogo.report.detail import page_of
from gonogo.report.formats.page_environment import page_environment, trusted
from gonogo.report.formats.sheet_fit import fit
from gonogo.report.page import Block, Entry, Figure, Heading, Page, PageTable, Pairs, Section, Words
from gonogo.report.view import RunView
from gonogo.report.words import STATUS

if TYPE_CHECKING:
    from jinja2 import Template

SUFFIX: Final = ".html"
MEDIA_TYPE: Final = "text/html; charset=utf-8"
FOR_READERS: Final = True
_KINDS: Final = {
    Words: "words",
    Heading: "heading",
    Pairs: "pairs",
    PageTable: "table",
    Entry: "entry",
    Figure: "figure",
}
"""What the template calls a block; a class that is missing here stops the report."""
_STYLES: Final = ("uswds.css", "report.css")
_COVERED: Final = frozenset(
    {"asked", "blocking", "shadow", "depends", "beside", "locked", "eased", "trusted", "ahead", "unlocked", "change"}
)
"""Parts of page one that another section shows whole."""


def before_others() -> None:
    """Read the template and the style sheets, before code runs that might change them."""
    _template()
    _style()


def render(view: RunView) -> bytes:
    """Return the page as UTF-8. Its policy allows its own style sheet, by digest, and nothing else."""
    return html_of(page_of(view))


def html_of(page: Page) -> bytes:
    """Return a page in HTML."""
    style = _style()
    sections = _sections(page)
    return (
        _template()
        .render(
            page=page,
            fit=fit(page),
            sections=sections,
            filters=_filters(page),
            anchors={block.id for part in sections for block in part.blocks if isinstance(block, Heading)},
            style=trusted(style),
            style_digest=style_digest(),
        )
        .encode()
    )


def style_digest() -> str:
    """Return the SHA-256, in base64, by which a policy allows the page's own style sheet and no other."""
    return base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()


def page_style() -> str:
    """Return the style sheet of the page, for other pages that are to look like it."""
    return _style()


def _sections(page: Page) -> tuple[Section, ...]:
    """Return everything after page one: all that it shows in part, then the sections of every format."""
    meaning = Section("meaning", "What the verdict means", tuple(map(Words, page.meaning)))
    whole = [
        Section(f"all-{part.id}", part.title, tuple(map(Words, (*([part.lead] if part.lead else []), *part.items))))
        for part in page.brief
        if part.id not in _COVERED
    ]
    return (meaning, *whole, *page.sections)


@dataclass(frozen=True, slots=True)
class _Filter:
    facet: str
    name: str
    number: int


def _filters(page: Page) -> tuple[_Filter, ...]:
    """Return what the criteria can be narrowed to, with the number of each; nothing where all are alike."""
    entries = [block for part in page.sections for block in part.blocks if isinstance(block, Entry) and block.facets]
    tally = Counter(facet for entry in entries for facet in entry.facets)
    names = {
        **{f"status-{status}": STATUS[status] for status in Status},
        **{f"weight-{severity}": severity.value.capitalize() for severity in Severity},
        **{f"domain-{domain}": domain.value.capitalize() for domain in Domain},
    }
    kept = [_Filter(facet, name, tally[facet]) for facet, name in names.items() if 0 < tally[facet] < len(entries)]
    return (_Filter("all", "All", len(entries)), *kept) if kept else ()


@cache
def _style() -> str:
    return "".join(map(_read, _STYLES))


@cache
def _template() -> Template:
    environment = page_environment()
    environment.filters["block_kind"] = _kind
    environment.filters["trusted"] = trusted
    return environment.from_string(_read("report.html"))


def _kind(block: Block) -> str:
    return _KINDS[type(block)]


@cache
def _read(name: str) -> str:
    return files("gonogo.report").joinpath("templates", name).read_text(encoding="utf-8")
