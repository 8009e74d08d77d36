"""Regular expressions that people write: RE2, whose time is linear whatever it is asked about. Its only importer."""

from __future__ import annotations

from typing import Any


def compiled(pattern: str) -> Any:
    """Return the compiled pattern.

    Raises:
        ValueError: RE2 does not read it; the sentence is RE2's own.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        raise ValueError(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)) from error
