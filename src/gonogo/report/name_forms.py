"""The other forms in which a name is written: *Osei, Marguerite*, *M. Osei*, *marguerite.osei*, *Osei*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_PART: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ASIDE: Final = re.compile(r"\([^)]*\)")
_NO_NAMES: Final = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "sir", "jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "pmp", "cpa"]
)
_ORDINARY: Final = re.compile(r"(?<![\w.@’'\-])[^\W\d_]+(?![\w@’'\-]|\.\w)")
_SHORTEST: Final = 3


def other_forms(name: str) -> tuple[str, ...]:
    """Return how else a name of two words or more is written, in more than one word; of other names nothing."""
    first, last = _ends(name)
    if not last:
        return ()
    forms = [f"{last}, {first}", f"{last} {first}", f"{first} {last}", f"{last}, {first[0]}", f"{last}, {first[0]}."]
    forms += [f"{first}{mark}{last}" for mark in ".-_"] + [f"{last}{mark}{first}" for mark in ".-_"]
    forms += [f"{first[0]}{mark}{last}" for mark in (".", ". ", " ", "_", "-")]
    return tuple(dict.fromkeys(forms))


def solid_forms(name: str) -> tuple[str, ...]:
    """Return the forms that are one word, which may also be a word of its own: *Osei*, *MargueriteOsei*."""
    first, last = _ends(name)
    return tuple(form for form in (last, f"{first}{last}") if len(form) >= _SHORTEST)


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that stand in small letters somewhere: *price* is no name there, even if a *Price* works on it.

    Parts of ids and of mail addresses are no such words.
    """
    return frozenset(word for text in texts for word in _ORDINARY.findall(text) if word.islower())


def _ends(name: str) -> tuple[str, str]:
    """Return the first and the last name; two empty texts where there are not two."""
    before, comma, after = _ASIDE.sub(" ", name).partition(",")
    parts = [*(_parts(after) if comma else ()), *_parts(before)]
    return (parts[0], parts[-1]) if len(parts) > 1 else ("", "")


def _parts(text: str) -> Iterator[str]:
    return (part for part in _PART.findall(text.replace(".", " ").replace("_", " ")) if part.lower() not in _NO_NAMES)
