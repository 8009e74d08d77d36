"""A process that has imported everything but gonogo, and runs tests in a fork of itself when it is asked.

One line of JSON in, one line with an exit code out. Starting Python, pytest and the libraries takes longer than most
tests; here it is done once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from contextlib import suppress

import click  # noqa: F401  # imported to be there after the fork
import hypothesis  # noqa: F401
import pluggy  # noqa: F401
import pydantic  # noqa: F401
import pytest


def main() -> None:
    """Answer until the other side closes."""
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(f"{_run(asked['arguments'], asked['limit'])}\n")
        sys.stdout.flush()


def _run(arguments: list[str], limit: float) -> int:
    child = os.fork()
    if child == 0:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        os._exit(pytest.main(["-W", "ignore::pytest.PytestAssertRewriteWarning", *arguments]))  # imported before
    end = time.monotonic() + limit
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            with suppress(ProcessLookupError):  # what a test left running
                os.killpg(child, signal.SIGKILL)
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1


if __name__ == "__main__":
    main()
