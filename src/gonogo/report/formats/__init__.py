"""The formats that gonogo carries: each is one file ``<name>_format.py`` here, and this finds it.

The file has ``SUFFIX`` (``.html``), ``MEDIA_TYPE``, and ``render``, which makes the whole report of one run. It is
imported when its format is asked for. What several formats share stands in other files; nothing is computed here that
the record does not say.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.file_registry import FileRegistry
from gonogo.report.view import RunView

_FIRST: Final = ("terminal", "full", "json", "markdown", "html")
"""Named first where formats are listed; others follow by name."""


@dataclass(frozen=True, slots=True)
class Format:
    """One report format.

    Attributes:
        name: What ``-o`` takes.
        suffix: Of files: ``.html``.
        media_type: For a server that hands it out.
        render: The whole report of one run. Equal views give equal bytes.
    """

    name: str
    suffix: str
    media_type: str
    render: Callable[[RunView], bytes]


def _imported(name: str) -> Format:
    module = importlib.import_module(f"{__name__}.{name}_format")
    return Format(name, module.SUFFIX, module.MEDIA_TYPE, module.render)


FORMATS: Final[Mapping[str, Format]] = FileRegistry(os.path.dirname(__file__), "_format.py", _FIRST, _imported)
"""Every built-in format by name."""
