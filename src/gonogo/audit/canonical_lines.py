"""Is a line the one canonical form of its record? Every line of a log is checked, nearly always by its shape alone.

Between its strings a line is punctuation, numbers and words; that, and its keys, is its shape. A string without escapes
is canonical whatever it says, so that one line of a shape answers for all of them. The shapes of a log are few, because
each run asks the same of the same things. Any other line is read and written again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from operator import itemgetter
from typing import Any, Final

KEYS: Final = ("data", "prev", "run", "seq", "ts", "type", "v", "~h")
MOST: Final = 20_000
"""How many shapes are remembered, and how many hashes."""
_sealed: Final = set[str]()
"""Hashes of lines that this process sealed and found canonical then."""
_CONTROL: Final = re.compile(rb"[\x00-\x1f]")
_SEQ_FROM_END: Final = 15
"""Where the number of a record is among the parts of its line, counted from the end."""
_Keys = Callable[[list[bytes]], Any]


def note_sealed(digest: str) -> None:
    """Note that the line with this hash is canonical; the same bytes need no second look."""
    if len(_sealed) >= MOST:
        _sealed.clear()
    _sealed.add(digest)


def was_sealed(digest: str) -> bool:
    """Return whether this process sealed the line with this hash, which fits its bytes, and found it canonical."""
    return digest in _sealed


class CanonicalLines:
    """Says whether lines are canonical, and remembers shapes that are."""

    def __init__(self) -> None:
        self._keys: dict[bytes, _Keys] = {}
        self._known: set[tuple[bytes, Any]] = set()

    def holds(self, line: bytes) -> bool:
        """Return whether a line whose suffix and hash are sound is canonical."""
        if b"\\" in line or _CONTROL.search(line, 0, len(line) - 1):
            return is_canonical(line)
        try:
            line.decode()
        except UnicodeDecodeError:
            return False
        parts = line.split(b'"')
        number = len(parts) - _SEQ_FROM_END
        seq, parts[number] = parts[number], b""  # it is another one in each line, and sound by its suffix
        shape = b'"'.join(parts[::2])
        keys = self._keys.get(shape)
        if keys is not None and (shape, keys(parts)) in self._known:
            return True
        parts[number] = seq
        if not is_canonical(line):
            return False
        if len(self._known) >= MOST:
            self._keys.clear()
            self._known.clear()
        keys = itemgetter(*[place for place in range(1, len(parts), 2) if parts[place + 1].startswith(b":")])
        self._keys[shape] = keys
        self._known.add((shape, keys(parts)))
        return True


def is_canonical(line: bytes) -> bool:
    """Return whether a line is the one canonical form of its document, with exactly the keys of a record."""
    try:
        document = _READER.decode(line.decode())
        return tuple(document) == KEYS and _WRITER.encode(document).encode() + b"\n" == line
    except (ValueError, RecursionError):  # not JSON, a float, a lone surrogate, or nested without end
        return False


def members(data: bytes) -> dict[str, tuple[Any, bytes]]:
    """Return each member of a canonical object: its value, and the bytes that it was read from; none of anything else.

    Raises:
        ValueError: It is not canonical.
    """
    text, at, found = data.decode(), 1, dict[str, tuple[Any, bytes]]()
    while text[0] == "{" and text[at] == '"':
        key, start = _READER.raw_decode(text, at)
        value, end = _READER.raw_decode(text, start + 1)
        found[key] = value, text[start + 1 : end].encode()
        at = end + 1
        if end + 1 == len(text):
            break
    return found


def _refuse(text: str) -> None:
    raise ValueError(f"{text} has no canonical form")


_READER: Final = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)
_WRITER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
