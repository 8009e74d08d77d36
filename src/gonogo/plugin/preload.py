"""Importing gonogo's own collectors before forking, so that no child pays for it again.

Third-party plugins are never imported here: they are executed in an interpreter of their own. A collector's module may
have a function ``before_fork``, which imports its heavy libraries and may set them up if that starts no thread
and nothing of the program is read; a test holds it to that. Calling it again costs nothing.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from importlib.abc import InspectLoader
from typing import Final

_BEGUN: Final[set[str]] = set()
"""Modules of which this process has started a child that reads."""


def preload(module: str, *, ready: bool = True) -> None:
    """Import the module of a built-in plugin; with ``ready`` and not for the first time, call its ``before_fork``.

    The first of its children begins at once, and loads for itself what it needs; the host sets up the rest for the
    others while that one is at work. What fails to import is left to the child, which turns it into gaps that say so.
    """
    try:
        imported = importlib.import_module(module)
        if ready and module in _BEGUN:
            prepare = getattr(imported, "before_fork", None)
            if prepare is not None:
                prepare()
        elif ready:
            _BEGUN.add(module)
    except ImportError:
        return


def takes_names(module: str) -> bool:
    """Return whether the module of a built-in plugin declares that it reads what people call each other.

    It says so by ``TAKES_NAMES = True``. What fails to import takes none. A module whose text has not that word is not
    imported for the question: it is imported before its own children, while those of others are at work.
    """
    try:
        if module not in sys.modules and not _says(module, "TAKES_NAMES"):
            return False
        return getattr(importlib.import_module(module), "TAKES_NAMES", False) is True
    except ImportError:
        return False


def _says(module: str, word: str) -> bool:
    """Return whether a word is in the text of a module; where there is no text to look at, it may be.

    Raises:
        ImportError: There is no such module.
    """
    spec = importlib.util.find_spec(module)
    if spec is None:
        raise ImportError(module)
    source = spec.loader.get_source(module) if isinstance(spec.loader, InspectLoader) else None
    return source is None or word in source
