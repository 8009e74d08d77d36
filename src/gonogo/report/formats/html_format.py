"""The report as one plain HTML page: no script, no outside resource, readable on paper and by a screen reader."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from gonogo.model.finding import Status
from gonogo.model.ruleset import Domain, Severity
from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.formats.sheet_fit import fit
from gonogo.report.page import Block, Entry, Figure, Heading, Page, PageTable, Pairs, Section, Words
from gonogo.report.view import RunView
from gonogo.report.words import STATUS

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

SUFFIX: Final = ".html"
MEDIA_TYPE: Final = "text/html; charset=utf-8"
FOR_READERS: Final = True
_LETTER: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_TO_LEFT: Final = re.compile(f"([{_LETTER}](?:[{_LETTER} ]*[{_LETTER}])?)")

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
            style=_trusted(style),
            style_digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        )
        .encode()
    )


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
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["plain"] = escape
    environment.filters["shown"] = _isolated
    environment.filters["block_kind"] = _kind
    environment.filters["trusted"] = _trusted
    return environment.from_string(_read("report.html"))


def _trusted(markup: str) -> Markup:
    """Mark our own style sheet, or a drawing of our own, as what it is; nothing else is ever exempt from escaping."""
    from markupsafe import Markup

    return Markup(markup)


def _isolated(text: str) -> Markup:
    """Return an escaped text in which words written from right to left turn nothing around them.

    Without that a browser shows ``"قبول" == "رفض"`` with its sides exchanged.
    """
    from markupsafe import Markup
    from markupsafe import escape as quoted

    plain = escape(text)
    if plain.isascii():
        return quoted(plain)
    pieces = _RIGHT_TO_LEFT.split(plain)
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(piece) if number % 2 else quoted(piece) for number, piece in enumerate(pieces)
    )


def _kind(block: Block) -> str:
    return _KINDS[type(block)]


@cache
def _read(name: str) -> str:
    return files("gonogo.report").joinpath("templates", name).read_text(encoding="utf-8")
