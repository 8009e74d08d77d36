"""Whether two names, or two ids, may mean one person. A doubt counts as yes.

Names are compared by skeletons (UTS 39: letters that look alike are one letter) of their words, whatever their case,
accents, invisible characters and order; initials stand for names, short forms and other spellings for given names, and
a middle name may be left out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from gonogo.model.confusables import LOOKALIKES
from gonogo.model.given_names import same_given

_ALIKE: Final = {char: letter for letter, chars in LOOKALIKES.items() for char in chars}
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "jr", "sr"})
_DIGITS: Final = str.maketrans("01", "ol")
_APOSTROPHES: Final = re.compile(r"['’‘`´ʼ]")
_MOST: Final = 8
"""Words of a name that are compared; nobody differs by the ninth alone."""


def same_id(one: str, other: str) -> bool:
    """Whether two ids read alike: case, punctuation, ``0`` for ``o``, ``1`` for ``l``, ``rn`` for ``m``."""
    return bool(_compact(one) & _compact(other))


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: ``Jane Smith``, ``SMITH, Jane``, ``J. Smith``, ``Janie Q. Smith``."""
    if _compact(one) & _compact(other):
        return True
    return any(_may_be(first, second) for first in _words(one) for second in _words(other))


def keys_of(person: str, name: str) -> frozenset[str]:
    """Return what a person shares with everybody who may be the same: an id as it reads, a name, a word of it."""
    words = {word for each in _words(name) for word in each if len(word) > 1 and not word.isdigit()}
    return frozenset({f"@{each}" for each in _compact(person)} | {f"={each}" for each in _compact(name)} | words)


@lru_cache(maxsize=8192)
def _compact(text: str) -> frozenset[str]:
    return frozenset("".join(words).replace("rn", "m") for words in _words(text)) - {""}


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[tuple[str, ...]]:
    """The words of a name as they look, without titles; a capital I is read as i and as l."""
    plain = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text))
    shown = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    letters = "".join(_ALIKE.get(char, char) if not _capital_i(char) else "I" for char in shown)
    return frozenset(_split(letters.replace("I", letter)) for letter in "il")


def _capital_i(char: str) -> bool:
    return char == "I" or (char.isupper() and _ALIKE.get(char) == "l")


def _split(text: str) -> tuple[str, ...]:
    folded = "".join(_kept(char) for char in unicodedata.normalize("NFKD", text.casefold()))
    words = [_letters(word) for word in folded.split()]
    named = [word for word in words if word not in _TITLES]
    return tuple(named or words)[:_MOST]


def _kept(char: str) -> str:
    kind = unicodedata.category(char)[0]
    return "" if kind == "M" else _ALIKE.get(char, char) if kind in "LN" else " "


def _letters(word: str) -> str:
    """Digits inside a word are the letters that they look like; a number stays a number."""
    return word if word.isdigit() else word.translate(_DIGITS)


def _may_be(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether each word of the shorter name has its like in the longer one, at least one of them in full."""
    short, long = sorted((one, other), key=len)
    full = sum(len(word) > 1 and not word.isdigit() and word in long for word in short)
    if not full:
        return False
    left = list(long)
    for word in sorted(short, key=len, reverse=True):
        like = next((each for alike in _LIKE for each in left if alike(each, word)), None)
        if like is None:
            return False
        left.remove(like)
    return full > 1 or len(short) == 1 or all(len(word) == 1 for word in left)


def _initial(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and short.isalpha() and long.startswith(short)


_LIKE: Final = (str.__eq__, _initial, same_given)
