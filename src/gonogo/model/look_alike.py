"""Names as they look: letters of other scripts, markup, signs, joined words and plurals never make another name. Pure.

:func:`latin` reads letters by what they look like. :func:`near` says whether two names look like one that is written in
two ways: who compares names refuses such a pair with both spellings, since a row of the other would be left out.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Final

from gonogo.model.confusables import LOOKALIKES
from gonogo.model.placeholder import plain_words
from gonogo.model.shown_text import shown_text

_LATIN: Final = {
    sign: "I" if letter == "l" and sign.isupper() else letter for letter, signs in LOOKALIKES.items() for sign in signs
}
_LONG: Final = 5
"""Letters from which on one slip is more likely than another word: ``Unit A`` and ``Unit B`` are two."""


def latin(text: str) -> str:
    """Return a text as a reader sees it: a letter of another script that looks like a Latin one is that one."""
    if text.isascii():
        return text
    return "".join(
        sign if sign.isascii() else _LATIN.get(sign, sign)
        for sign in unicodedata.normalize("NFKC", text)
        if unicodedata.category(sign) != "Cf"
    )


def near(one: str, other: str) -> bool:
    """Return whether two names look like one: by other letters, signs, blanks, a plural, or one slip in a long word.

    Args:
        one: A name.
        other: Another spelling of it, or another name.
    """
    first, second = _words(one), _words(other)
    if "".join(map(_single, first)) == "".join(map(_single, second)) or "".join(first) == "".join(second):
        return True
    if len(first) != len(second):
        return False
    unlike = [(a, b) for a, b in zip(first, second, strict=True) if _single(a) != _single(b)]
    return len(unlike) == 1 and _one_slip(*unlike[0])


def as_read(name: str) -> str:
    """Return a name as its reader sees it: letters of other scripts, markup, signs and blanks make no other name.

    For keys of many items, where a plural or one letter more is another item: ``TC-12`` is not ``TC-1.2``.
    """
    return plain_words(latin(shown_text(name)))


def _words(text: str) -> list[str]:
    return as_read(text).split()


def _single(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _one_slip(one: str, other: str) -> bool:
    """Whether two long words of letters differ by one letter, or by two neighbors that change places."""
    if min(len(one), len(other)) < _LONG or not (one + other).isalpha() or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((index for index, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = any(short[:i] + y + x + short[i + 2 :] == long for i, (x, y) in enumerate(pairwise(short)) if i == at)
    return swapped or short[at + 1 :] == long[at + 1 :]
