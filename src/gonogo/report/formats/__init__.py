"""The formats that gonogo carries: each is one file ``<name>_format.py`` here, and this finds it.

The file has ``SUFFIX`` (``.html``), ``MEDIA_TYPE``, and ``render``, which makes the whole report of one run; where a
program reads it, also ``FOR_MACHINES``; where it is made of a page and nothing else, ``FOR_READERS``. It is imported
when its format is asked for. What several formats share stands in other files; nothing is computed here that the record
does not say.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gonogo.file_registry import FileRegistry, stem_of

if TYPE_CHECKING:
    from gonogo.report.view import RunView

_TEXTS: Final = ("json", "/xml", "/openmetrics-text")
"""How media types of texts end that do not begin with ``text/``."""
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
        for_machines: Whether a program reads it: ``FOR_MACHINES`` in the file; absent where a person does.
        ready: Raises UsageError if something that it needs is not installed: ``ready`` in the file, where it needs any.
        for_readers: Whether it makes copies for a seat, a side or people outside: ``FOR_READERS`` in the file.
    """

    name: str
    suffix: str
    media_type: str
    render: Callable[[RunView], bytes]
    for_machines: bool = False
    ready: Callable[[], None] | None = None
    for_readers: bool = False

    @property
    def binary(self) -> bool:
        """Whether its bytes are no text: such a report goes into a file, and what a command says would destroy it."""
        plain = self.media_type.partition(";")[0]
        return not (plain.startswith("text/") or plain.endswith(_TEXTS))


def _imported(name: str) -> Format:
    module = importlib.import_module(f"{__name__}.{stem_of(name)}_format")
    return Format(
        name,
        module.SUFFIX,
        module.MEDIA_TYPE,
        module.render,
        for_machines=getattr(module, "FOR_MACHINES", False),
        ready=getattr(module, "ready", None),
        for_readers=getattr(module, "FOR_READERS", False),
    )


FORMATS: Final[Mapping[str, Format]] = FileRegistry(os.path.dirname(__file__), "_format.py", _FIRST, _imported)
"""Every built-in format by name."""
