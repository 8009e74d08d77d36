"""Runs gonogo in a process that is forked from the tests: a real one, without the second that a start of Python takes.

For what a process meets from outside: signals, streams, limits, a disk that is full. What is about the start itself
(imports, flags, variables of Python) needs a process of its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from gonogo.__main__ import main


@dataclass
class Forked:
    """A process that runs gonogo; its output goes to files, unless it was given other streams."""

    pid: int
    out: IO[bytes]
    err: IO[bytes]

    def over(self) -> bool:
        """Whether it has ended; it can still be waited for."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def ended(self) -> tuple[int, str, str]:
        """Wait for it; return its exit code and what it wrote on stdout and stderr."""
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status), _text(self.out), _text(self.err)


def forked(
    arguments: Sequence[str],
    *,
    stdout: IO[bytes] | int | None = None,
    stderr: IO[bytes] | int | None = None,
    first: Callable[[], object] = lambda: None,
) -> Forked:
    """Start ``gonogo`` with these arguments, after ``first`` was called in the new process."""
    out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115  # read when it has ended
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pytest-xdist has a thread, which takes no lock of ours
        pid = os.fork()
    if pid == 0:
        try:
            for number, given, own in ((1, stdout, out), (2, stderr, err)):
                target = own if given is None else given
                os.dup2(target if isinstance(target, int) else target.fileno(), number)
            sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
            sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
            sys.argv = ["gonogo", *arguments]
            first()
            main()
        finally:
            os._exit(70)
    return Forked(pid, out, err)


def _text(file: IO[bytes]) -> str:
    with file:
        file.seek(0)
        return file.read().decode(errors="replace")
