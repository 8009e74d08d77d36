"""Polynomials with exact coefficients, the constant first: their products and differences."""

from __future__ import annotations

from fractions import Fraction
from itertools import zip_longest

Polynomial = tuple[Fraction, ...]


def times(one: Polynomial, other: Polynomial) -> Polynomial:
    """Return the product of two polynomials that are not empty."""
    found = [Fraction(0)] * (len(one) + len(other) - 1)
    for power, factor in enumerate(one):
        for other_power, other_factor in enumerate(other):
            found[power + other_power] += factor * other_factor
    return tuple(found)


def minus(one: Polynomial, other: Polynomial) -> Polynomial:
    """Return the difference of two polynomials; an empty one is zero."""
    return tuple(a - b for a, b in zip_longest(one, other, fillvalue=Fraction(0)))
