"""The library that simulates: asked for before anything is read, with a sentence where it is missing."""

from __future__ import annotations

from typing import Final

from gonogo.errors import UsageError

INSTALL: Final = "install it with `pip install 'gonogo[forecast]'`"


def need_numbers_library() -> None:
    """Load numpy, so that nothing is loaded once other people's code has run.

    Raises:
        UsageError: It is not installed.
    """
    try:
        import numpy.random  # noqa: F401  # loaded here, used elsewhere in this room
    except ImportError as error:
        what = "The go-live date cannot be simulated: the library `numpy` is not installed."
        raise UsageError(what, hint=INSTALL) from error
