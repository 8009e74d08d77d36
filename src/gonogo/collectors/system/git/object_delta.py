"""git's deltas: an object as pieces of another one and new bytes."""

from __future__ import annotations


def patched(base: bytes, delta: bytes, largest: int) -> bytes | None:
    """Return the object that a delta makes of its base; None where the two do not fit, or it is larger than allowed."""
    try:
        before, at = _number(delta, 0)
        after, at = _number(delta, at)
        if before != len(base) or after > largest:
            return None
        made, length = [], 0
        while at < len(delta):
            code = delta[at]
            at += 1
            if code & 128:
                start = size = 0
                for bit in range(4):
                    if code >> bit & 1:
                        start |= delta[at] << 8 * bit
                        at += 1
                for bit in range(3):
                    if code >> bit + 4 & 1:
                        size |= delta[at] << 8 * bit
                        at += 1
                size = size or 0x10000
                piece = base[start : start + size]
            else:
                size = code
                piece = delta[at : at + size]
                at += size
            length += size
            if not code or len(piece) != size or length > after:
                return None
            made.append(piece)
    except IndexError:
        return None
    return b"".join(made) if length == after else None


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return a number in groups of seven bits, the lowest first, and where it ends."""
    found = shift = 0
    while shift < 63:
        byte = data[at]
        at += 1
        found |= (byte & 127) << shift
        if not byte & 128:
            return found, at
        shift += 7
    raise IndexError
