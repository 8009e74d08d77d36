"""What a sample proves: the one-sided exact binomial test behind ``lower(fact, 95%) >= x``.

A sample of ``part`` good ones out of ``whole`` proves a share of at least ``x`` if, were the share just ``x``, so many
good ones or more would turn up in at most 5% of such samples. That tail is added up in whole numbers, so no rounding
ever decides.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from gonogo.model.judgement import MAX_SAMPLE

_STEPS: Final = 1000
"""The bound is shown in tenths of a percent, rounded down."""


def tail(part: int, whole: int, share: Fraction, *, strict: bool = False) -> Fraction:
    """Return how probable ``part`` good ones or more are out of ``whole``, if ``share`` of all are good; exactly.

    That at least nothing is good needs no proof, so its tail is 0; that more than nothing is (``strict``) needs one
    that is good. That everything is good is never proved, so its tail is 1.
    """
    if share <= 0:
        return Fraction(int(strict and share == 0 and part <= 0))
    if share >= 1 or part <= 0:
        return Fraction(1)
    good, bad = share.numerator, share.denominator - share.numerator
    term = total = good**whole  # all good; then one fewer at a time
    for number in range(whole, part, -1):
        # The next term has one good one less: C(n, k-1) g^(k-1) b^(n-k+1), exactly divisible.
        term = term * number * bad // ((whole - number + 1) * good)
        total += term
    return Fraction(total, share.denominator**whole)


def bound_shown(part: int, whole: int, doubt: Fraction) -> str:
    """Return what the sample proves in tenths of a percent, rounded down: ``85.2%``."""
    low, high = 0, _STEPS
    while high - low > 1:
        middle = (low + high) // 2
        proved = tail(part, whole, Fraction(middle, _STEPS)) <= doubt
        low, high = (middle, high) if proved else (low, middle)
    return f"{low // 10}.{low % 10}%"


def too_large(whole: int) -> str:
    """Return why a sample is not judged; empty where it is small enough."""
    if whole <= MAX_SAMPLE:
        return ""
    return f"A sample of {whole:,} is larger than {MAX_SAMPLE:,}, the most that are added up; compare the share itself."
