"""The formats that gonogo carries: each is one file ``<name>_format.py`` here, and this finds it.

The file has ``SUFFIX`` (``.html``), ``MEDIA_TYPE``, and ``render``, which makes the whole report of one run. It is
imported when its format is asked for. What several formats share stands in other files; nothing is computed here that
the record does not say.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.report.view import RunView

_END: Final = "_format.py"
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


class _Found(Mapping[str, Format]):
    """Formats by name; the file of one is imported when it is taken out."""

    def __init__(self) -> None:
        found = {file.removesuffix(_END) for file in os.listdir(os.path.dirname(__file__)) if file.endswith(_END)}
        self._names = tuple(name for name in _FIRST if name in found) + tuple(sorted(found - {*_FIRST}))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> Format:
        if name not in self._names:
            raise KeyError(name)
        module = importlib.import_module(f"{__name__}.{name}_format")
        return Format(name, module.SUFFIX, module.MEDIA_TYPE, module.render)


FORMATS: Final[Mapping[str, Format]] = _Found()
"""Every built-in format by name."""
