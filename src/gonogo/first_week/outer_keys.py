"""Keys of the outermost object of a JSON document, from its first and its last bytes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_KEY: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:')
_STRUCTURE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]')
_FLAT: Final = re.compile(r'(?:\{[^{}\[\]"]*(?:"(?:[^"\\]|\\.)*"[^{}\[\]"]*)*\}[\s,]*)+')
"""Objects in which nothing opens: they are passed over whole, as they have no key of the outermost one."""
_QUOTE: Final = re.compile(r'\\.|"', re.DOTALL)
_CUT: Final = re.compile(r"\\*.?", re.DOTALL)


def first_keys(text: str) -> list[str]:
    """Return the keys that the head of a document shows; none where it is no object."""
    return list(_keys(text, 0)) if text.lstrip().startswith("{") else []


def last_keys(tail: str) -> list[str]:
    """Return the keys that the end of a document shows; none where it does not end as an object.

    Producers that write ``components`` first and ``bomFormat`` last, or sort their keys, name the kind there only.

    Args:
        tail: Its last characters; they may begin anywhere, in a string too.
    """
    if not tail.rstrip().endswith("}"):
        return []
    text = tail[_CUT.match(tail).end() :]  # type: ignore[union-attr]
    if sum(found[0] == '"' for found in _QUOTE.finditer(text)) % 2:
        # The document ends outside of a string, so this part of it begins in one.
        text = text[_end_of_string(text) :]
    opened = sum({"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0) for token in _STRUCTURE.finditer(text))
    return list(_keys(text, -opened))


def _end_of_string(text: str) -> int:
    return next(found.end() for found in _QUOTE.finditer(text) if found[0] == '"')


def _keys(text: str, depth: int) -> Iterator[str]:
    last = at = 0
    while (token := _STRUCTURE.search(text, at)) is not None:
        mark, at = token[0], token.end()
        if mark in "{[":
            flat = _FLAT.match(text, token.start()) if depth > 0 and mark == "{" else None
            if flat is None:
                depth += 1
            else:
                at = flat.end()
        elif mark in "}]":
            depth -= 1
        elif depth == 1:
            key = _KEY.match(text, token.start())
            if key is not None and token.start() >= last:
                yield key[1]
                last = key.end()
