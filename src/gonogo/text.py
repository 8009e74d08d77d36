"""Nearest known names for hints, lists, seats as people say them, and numbers that belong to one person."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Final

PERSONAL_NUMBER: Final = re.compile(
    r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b"
    r"|(?<![0-9A-Z])(?<![0-9A-Z][._-])(?:\+?1[ .-])?\(?[0-9]{3}\)?[ .-]{1,2}[0-9]{3}[ .-][0-9]{4}(?![0-9])"
)
"""Numbers of social security and telephone numbers; ``FFM.010.010.0001`` is the id of a thing."""
SECRET: Final = re.compile(
    r"\b(?:gh[opsur]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|A[KS]IA[0-9A-Z]{16}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?|sk-[\w-]{20,})"
)
"""Tokens that say by their beginning what they open."""
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))
_ENDS: Final = re.compile(r"[.;:] | \(")
_ANNOUNCES: Final = "Why"
"""What ends a statement, and a word that only announces the next one."""


def nearest(name: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return up to ``most`` known names that look like ``name``, the closest first.

    A dotted name that differs only in its first segments, or that ends alike, counts as close too. Case does not
    matter: ``def-6`` is near ``DEF-6``.
    """
    names = list(known)[:5000]
    if len(name) > 200:
        return []
    lower = name.lower()
    written = {other.lower(): other for other in reversed(names)}
    found = [written[other] for other in difflib.get_close_matches(lower, written, n=most, cutoff=0.8)]
    tail = lower.rpartition(".")[2]
    found += [other for other in names if len(tail) > 3 and other.rpartition(".")[2] == tail and other not in found]
    return found[:most]


def did_you_mean(name: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """Return ``did you mean `x`?``, or ``otherwise`` when nothing looks like it."""
    found = nearest(name, known, most=2)
    if not found:
        return otherwise
    return f"did you mean {' or '.join(f'`{other}`' for other in found)}?"


def plain_dashes(text: str) -> str:
    """Return a text with a hyphen for every dash: word processors make ``T–14`` of ``T-14``, and nobody sees it."""
    return text.translate(_DASHES)


def to_statement(text: str) -> str:
    """Return the beginning of a text that was cut that ends with a statement, if it is over a third of it; else all.

    *It is no longer known …* says something, *It is no longer known: nobody has …* leaves somebody guessing.
    """
    ends = [found.start() for found in _ENDS.finditer(text) if not text[: found.start()].endswith(_ANNOUNCES)]
    end = max(ends, default=0)
    return text[:end] if end * 3 > len(text) else text.rstrip(" .,;:(")


def listed(names: Sequence[str], *, most: int = 8) -> str:
    """Write names as ``a, b, c``, cut after ``most`` with the number of those left out."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def seat_words(role: str) -> str:
    """Write a seat as people say it: ``customer.pmo_lead`` is ``the customer's PMO lead``."""
    side, _, office = role.partition(".")
    if not office:
        return role
    words = " ".join(_OFFICES.get(word, word) for word in office.split("_"))
    return f"the {side}'s {words}" if side != "independent" else f"the independent {words}"


_OFFICES = {"pmo": "PMO", "ivv": "IV&V"}


def any_of(words: Sequence[str]) -> str:
    """Write what one of is enough: ``a, b or c``; empty for none."""
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def any_seat(roles: Sequence[str], *, most: int = 3) -> str:
    """Write seats of which one is enough; of more than so many the first, and how many there are besides."""
    if len(roles) > most:
        return f"{seat_words(roles[0])} or one of {len(roles) - 1} more seats"
    return any_of([seat_words(role) for role in roles])
