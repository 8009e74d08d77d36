"""Nearest known names, for hints."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


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


def listed(names: Sequence[str], *, most: int = 8) -> str:
    """Write names as ``a, b, c``, cut after ``most`` with the number of those left out."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
