"""Keys that are likely one key written in two ways: ``IF-4`` beside ``IF-04``, ``if-4`` or ``IF 4``.

Each would count as an item of its own. Pure, so that whoever sets a binding up sees what collecting will see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

_ZEROS: Final = re.compile(r"(?<![0-9.,])0+(?=[0-9])")
"""Zeros that lead a number; those behind a point are decimals or parts of an outline number."""
_JOINTS: Final = re.compile(r"[\s_\-\u2010-\u2015\u2212]+")
_OPAQUE: Final = re.compile(r"(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z]{11,}")
"""An identifier that a system made, in which capitals tell apart."""


def alike(key: str) -> str:
    """Return a key as it is compared: no invisible signs, leading zeros, width or capitals, and one sign for joints."""
    plain = (
        key
        if key.isascii()
        else "".join(sign for sign in unicodedata.normalize("NFKC", key) if unicodedata.category(sign) != "Cf")
    )
    if _OPAQUE.fullmatch(plain):
        return plain
    return _ZEROS.sub("", _JOINTS.sub("-", plain.strip().casefold()))


def likely_doubles(keys: Iterable[Sequence[str]]) -> list[tuple[int, int]]:
    """Return the indexes of keys that are another way to write an earlier one, each after the index of that one.

    Args:
        keys: The parts of each key, in the order of the rows. A key that comes again as it stands is no double.
    """
    first: dict[tuple[str, ...], tuple[int, Sequence[str]]] = {}
    found = []
    for index, key in enumerate(keys):
        known, written = first.setdefault(tuple(map(alike, key)), (index, key))
        if list(written) != list(key):
            found.append((known, index))
    return found
