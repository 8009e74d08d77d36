"""Every error code of gonogo in one registry, for the generated reference and for code look-ups."""

from __future__ import annotations

from typing import Final

from gonogo import errors
from gonogo.core import compile as core_codes
from gonogo.documents import document_codes as ruleset_codes
from gonogo.errors import GonogoError
from gonogo.language.tokens import ExpressionError
from gonogo.plugin import plugin_codes as plugin_codes

OTHERS: Final[dict[str, str]] = {
    "G000": "A defect of gonogo. Include the traceback above it in your report.",
    "G002": "Somebody or something interrupted the run; no verdict is returned.",
    "G003": "Something below ended the process; no verdict is returned.",
    "G020": "Setting up: this machine lacks something, and the sentence says how to get it.",
    "G210": "A file of evidence lines cannot be read.",
    "G211": "A line of such a file is neither evidence nor a gap.",
    "G212": "A file of evidence lines is empty.",
    "G213": "An evidence bundle that cannot be read, is not whole, or was changed after it was signed.",
}
"""Codes that no exception class and no registry of a room carries."""


def classes() -> dict[str, type[GonogoError]]:
    """Return every exception class that gonogo raises on purpose, by its code."""
    found = [*(each for each in vars(errors).values() if isinstance(each, type)), ExpressionError]
    return {each.code: each for each in found if issubclass(each, GonogoError)}


def all_codes() -> dict[str, str]:
    """Return every code with its meaning, in order of code."""
    of_classes = {code: (each.__doc__ or "").strip().partition("\n")[0] for code, each in classes().items()}
    return dict(
        sorted({**of_classes, **OTHERS, **core_codes.CODES, **plugin_codes.CODES, **ruleset_codes.CODES}.items())
    )
