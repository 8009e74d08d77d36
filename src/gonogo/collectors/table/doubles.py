"""Keys that are likely one key written in two ways: ``IF-4`` beside ``IF-04``, ``if-4`` or ``IF 4``.

Each would count as an item of its own. Pure, so that whoever sets a binding up sees what collecting will see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from gonogo.model.confusables import LOOKALIKES

_ZEROS: Final = re.compile(r"(?<![0-9.,])0+(?=[0-9])")
"""Zeros that lead a number; those behind a point are decimals or parts of an outline number."""
_JOINTS: Final = re.compile(r"[\s_\-\u2010-\u2015\u2212]+")
_OPAQUE: Final = re.compile(r"(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z]{11,}")
"""An identifier that a system made, in which capitals tell apart."""

_LATIN: Final = {
    sign: "I" if letter == "l" and sign.isupper() else letter for letter, signs in LOOKALIKES.items() for sign in signs
}
_ASIDE: Final = re.compile(r"(?:#+|//|--+|~~+)\s*(?=[^\W_])")
"""Signs by which a row is commented out or struck where nothing else can strike it."""


def alike(key: str) -> str:
    """Return a key as it is compared.

    Without invisible signs, leading zeros, width and capitals; joints are one sign, and so are letters that look alike.
    """
    plain = key if key.isascii() else _seen(key)
    if _OPAQUE.fullmatch(plain):
        return plain
    return _ZEROS.sub("", _JOINTS.sub("-", plain.strip().casefold()))


def _seen(key: str) -> str:
    """Return a key as a reader sees it: a letter of another script that looks like a Latin one is that one."""
    return "".join(
        sign if sign.isascii() else _LATIN.get(sign, sign)
        for sign in unicodedata.normalize("NFKC", key)
        if unicodedata.category(sign) != "Cf"
    )


def set_aside(keys: Sequence[str]) -> list[int]:
    """Return the indexes of keys that are marked as set aside: ``#IF-07`` among keys without such a sign.

    Where at least half of the keys begin so, the sign is part of them.
    """
    found = [index for index, key in enumerate(keys) if _ASIDE.match(key)]
    return found if len(found) * 2 < len(keys) else []


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
