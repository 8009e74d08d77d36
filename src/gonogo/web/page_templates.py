"""The pages' templates and their style, read once, before anything else runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Final

from gonogo.report.formats.html_format import page_style
from gonogo.report.formats.page_environment import page_filler

_FOLDER: Final = "templates"


def page(name: str, **values: Any) -> bytes:
    """Return a page as UTF-8; what is no character of it is written out by then."""
    return _filler()(name, **values).encode()


def read_all() -> None:
    """Read the templates and the style, so that a page shows what was installed when the server started."""
    style()
    _filler()


@cache
def style() -> bytes:
    """Return the style sheet: that of the report, and that of forms."""
    return (page_style() + _read("local.css")).encode()


@cache
def _filler() -> Callable[..., str]:
    names = [each.name for each in files("gonogo.web").joinpath(_FOLDER).iterdir() if each.name.endswith(".html")]
    return page_filler({name: _read(name) for name in sorted(names)})


def _read(name: str) -> str:
    return files("gonogo.web").joinpath(_FOLDER, name).read_text(encoding="utf-8")
