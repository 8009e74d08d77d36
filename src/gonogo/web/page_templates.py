"""The pages' templates and their style, read once, before anything else runs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from gonogo.report.formats.html_format import page_style
from gonogo.report.formats.page_environment import page_environment

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER: Final = "templates"


def page(name: str, **values: Any) -> bytes:
    """Return a page as UTF-8; what is no character of it is written out by then."""
    return _environment().get_template(name).render(**values).encode()


@cache
def style() -> bytes:
    """Return the style sheet: that of the report, and that of forms."""
    return (page_style() + _read("local.css")).encode()


@cache
def _environment() -> Environment:
    names = [each.name for each in files("gonogo.web").joinpath(_FOLDER).iterdir() if each.name.endswith(".html")]
    return page_environment({name: _read(name) for name in sorted(names)})


def _read(name: str) -> str:
    return files("gonogo.web").joinpath(_FOLDER, name).read_text(encoding="utf-8")
