"""The library that simulates: asked for before anything is read, with a sentence where it is missing."""

from __future__ import annotations

import os
from typing import Final

from gonogo.errors import UsageError

_THREADS: Final = "OPENBLAS_NUM_THREADS"
INSTALL: Final = "install it with `pip install 'gonogo[forecast]'`"


def need_numbers_library() -> None:
    """Load numpy, so that nothing is loaded once other people's code has run.

    Its linear algebra is not used, and must start no threads: a child that is forked twice would wait for them.

    Raises:
        UsageError: It is not installed.
    """
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        import numpy.random  # noqa: F401  # loaded here, used elsewhere in this room
    except ImportError as error:
        what = "The go-live date cannot be simulated: the library `numpy` is not installed."
        raise UsageError(what, hint=INSTALL) from error
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before
