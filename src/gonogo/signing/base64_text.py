"""Base64, written in its one form (RFC 4648, section 4, with padding), so that equal bytes are equal text."""

from __future__ import annotations

import base64
import binascii


def base64_of(data: bytes) -> str:
    """Write bytes as base64."""
    return base64.b64encode(data).decode("ascii")


def read_base64(text: str) -> bytes:
    """Read base64 that :func:`base64_of` could have written.

    Raises:
        ValueError: It has another alphabet, line ends, missing padding, or bits that say nothing.
    """
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("not base64") from error
    if base64_of(data) != text:
        raise ValueError("not canonical base64")
    return data


def read_either_base64(text: str) -> bytes:
    """Read base64 in the standard or the URL-safe alphabet, with padding: DSSE leaves the choice to who writes.

    Raises:
        ValueError: As :func:`read_base64`, or both alphabets stand in one text.
    """
    if "+" in text or "/" in text:
        return read_base64(text)
    return read_base64(text.translate(_FROM_URL_SAFE))


_FROM_URL_SAFE = str.maketrans("-_", "+/")
