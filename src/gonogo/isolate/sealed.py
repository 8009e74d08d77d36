"""Bytes that are handed to a child and that nobody can change any more."""

from __future__ import annotations

import os
import sys
import tempfile


def sealed(data: bytes, name: str = "gonogo-request") -> int:
    """Return a descriptor of these bytes, at their beginning: sealed memory on Linux, else a file without a name."""
    if sys.platform == "linux" and hasattr(os, "memfd_create"):
        descriptor = os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            _write(descriptor, data)
            seal(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor
    with tempfile.TemporaryFile() as stream:
        descriptor = os.dup(stream.fileno())
    _write(descriptor, data)
    return descriptor


def seal(descriptor: int) -> None:
    """Close memory to every change, for good."""
    import fcntl

    seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    os.lseek(descriptor, 0, os.SEEK_SET)
