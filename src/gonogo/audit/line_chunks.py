"""Many whole lines of a segment at once, with what can be asked of all of them in one call."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gonogo.audit.range_values import GiveUp

CHUNK: Final = 2**17
_SHOWN: Final = bytes(byte if byte >= 0x20 or byte == 0x0A else 0x20 for byte in range(256))


def chunks(path: Path, start: int, stop: int, size: int = CHUNK) -> Iterator[tuple[int, bytes]]:
    """Iterate the whole lines from ``start`` to ``stop``, each lot with the place where it begins.

    Every lot is UTF-8 without a control character but line feeds. The one caller sees that each of these ends a line.

    Args:
        path: The segment.
        start: Its first byte that is read.
        stop: The byte after the last; it ends a line.
        size: About how many bytes are read at once; more where a line is longer.

    Raises:
        GiveUp: The bytes are not such lines.
    """
    with path.open("rb", buffering=0) as stream:
        offset, length = start, size
        while offset < stop:
            stream.seek(offset)
            read = stream.read(min(length, stop - offset))
            chunk = read[: read.rfind(b"\n") + 1]
            if chunk:
                yield offset, _sound(chunk)
                offset, length = offset + len(chunk), size
            elif length >= stop - offset:
                raise GiveUp
            else:
                length *= 2


def _sound(chunk: bytes) -> bytes:
    if chunk.translate(_SHOWN) != chunk:
        raise GiveUp
    if not chunk.isascii():
        chunk.decode()
    return chunk
