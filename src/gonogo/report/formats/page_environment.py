"""How pages of HTML are filled in: everything is escaped, and what hides or turns text is written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from gonogo.report.escape import escape

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_LETTER: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_TO_LEFT: Final = re.compile(f"([{_LETTER}](?:[{_LETTER} ]*[{_LETTER}])?)")


def page_environment(templates: Mapping[str, str] | None = None) -> Environment:
    """Return an environment whose templates show text by ``shown``, and write it into attributes by ``plain``.

    Args:
        templates: Templates by name, which may extend each other; none where they are given one by one.
    """
    from jinja2 import DictLoader, Environment, StrictUndefined

    environment = Environment(
        loader=DictLoader(templates or {}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = escape
    environment.filters["shown"] = _isolated
    return environment


def page_filler(templates: Mapping[str, str]) -> Callable[..., str]:
    """Return what fills in a template by its name, for pages outside of the report's room."""
    environment = page_environment(templates)

    def fill(name: str, **values: Any) -> str:
        return environment.get_template(name).render(**values)

    return fill


def trusted(markup: str) -> Markup:
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
