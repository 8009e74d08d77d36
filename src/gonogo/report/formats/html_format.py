"""The report as one plain HTML page: no script, no outside resource, readable on paper and by a screen reader."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.page import Block, Entry, Heading, PageTable, Pairs, Words
from gonogo.report.view import RunView

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

SUFFIX: Final = ".html"
MEDIA_TYPE: Final = "text/html; charset=utf-8"
_LETTER: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_TO_LEFT: Final = re.compile(f"([{_LETTER}](?:[{_LETTER} ]*[{_LETTER}])?)")

SHEET: Final = {"blocking": 12, "depends": 8}
"""Most things of a part that stand on the first sheet of paper, of any other part :data:`FEW`; a screen shows all."""
FEW: Final = 4
_KINDS: Final = {Words: "words", Heading: "heading", Pairs: "pairs", PageTable: "table", Entry: "entry"}
"""What the template calls a block; a class that is missing here stops the report."""


def before_others() -> None:
    """Read the template and the style sheet, before code runs that might change them."""
    _template()
    _read("report.css")


def render(view: RunView) -> bytes:
    """Return the page as UTF-8. Its policy allows its own style sheet, by digest, and nothing else."""
    style = _read("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _template()
        .render(page=page_of(view), style=_trusted(style), style_digest=digest, sheet=SHEET, few=FEW)
        .encode()
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["plain"] = escape
    environment.filters["shown"] = _isolated
    environment.filters["block_kind"] = _kind
    return environment.from_string(_read("report.html"))


def _trusted(style: str) -> Markup:
    """Mark our own style sheet as what it is; nothing else is ever exempt from escaping."""
    from markupsafe import Markup

    return Markup(style)


def _isolated(text: str) -> Markup:
    """Return an escaped text in which words written from right to left turn nothing around them.

    Without that a browser shows ``"قبول" == "رفض"`` with its sides exchanged.
    """
    from markupsafe import Markup
    from markupsafe import escape as quoted

    pieces = _RIGHT_TO_LEFT.split(escape(text))
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(piece) if number % 2 else quoted(piece) for number, piece in enumerate(pieces)
    )


def _kind(block: Block) -> str:
    return _KINDS[type(block)]


@cache
def _read(name: str) -> str:
    return files("gonogo.report").joinpath("templates", name).read_text(encoding="utf-8")
