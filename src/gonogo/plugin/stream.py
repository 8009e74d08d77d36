"""Independent streams over one open descriptor: each has a position of its own."""

from __future__ import annotations

import io
import os
from typing import Final

_BUFFER_BYTES: Final = 2**18


class _Positioned(io.RawIOBase):
    """Reads an open file from its own position; the descriptor's own offset, which duplicates share, is left alone."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = os.dup(descriptor)
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # any writable buffer
        data = os.pread(self._descriptor, len(view), self._position)
        view[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: os.fstat(self._descriptor).st_size}[whence]
        if base + offset < 0:
            raise OSError("a position before the first byte")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def close(self) -> None:
        if not self.closed:
            os.close(self._descriptor)
        super().close()


def stream_of(descriptor: int) -> io.BufferedReader:
    """Return a binary stream over ``descriptor`` from the first byte. Closing it leaves ``descriptor`` open."""
    return io.BufferedReader(_Positioned(descriptor), _BUFFER_BYTES)
