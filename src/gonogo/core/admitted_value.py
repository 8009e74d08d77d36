"""The value of one answer: read by the type that the vocabulary declares, and inside the range that it allows."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from gonogo.core.wording import shown
from gonogo.model.canonical import MAX_INTEGER, decimal_text
from gonogo.model.evidence import Basis, Evidence, GapReason, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Value, read_value
from gonogo.model.reply import NOTHING_COUNTED, Item, Reply


class Refused(Exception):
    """An answer is no usable evidence; reason and sentence become its gap."""

    def __init__(self, reason: GapReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def value_of(item: Item, declaration: FactDeclaration) -> Value:
    """Return the value of an answer in its declared type; of counts the quotient.

    Raises:
        Refused: It is of another type, or counts nothing.
    """
    if item.part is not None and item.whole is not None:
        if declaration.type is not FactType.RATIO:
            raise Refused(GapReason.WRONG_TYPE, f"Counts were given, but the fact is a {declaration.type}.")
        if not (0 <= item.part <= MAX_INTEGER and 0 <= item.whole <= MAX_INTEGER):
            raise Refused(GapReason.OUT_OF_RANGE, "Part and whole must be counts of 0 or more.")
        if item.whole == 0:
            raise Refused(GapReason.MISSING, NOTHING_COUNTED)
        return Decimal(quotient_text(item.part, item.whole))
    try:
        return read_value(declaration.type, item.value)
    except ValueError as error:
        raise Refused(GapReason.WRONG_TYPE, f"The answer is not usable: {error}.") from error


def check_range(evidence: Evidence, declaration: FactDeclaration) -> None:
    """Return if the value is one that can be true by the vocabulary.

    Raises:
        Refused: It is not.
    """
    if declaration.allowed and evidence.value not in declaration.allowed:
        raise Refused(GapReason.OUT_OF_RANGE, "The text is not one of the values that the vocabulary allows.")
    if not declaration.type.numeric:
        return
    low, high = declaration.lowest, declaration.highest
    limit = ""
    if low is not None and evidence.exact < Fraction(low):
        limit = f"least {decimal_text(low)}"
    elif high is not None and evidence.exact > Fraction(high):
        limit = f"most {decimal_text(high)}{_unsigned(evidence)}"
    if limit:
        sentence = f"{shown(evidence)} cannot be true: the vocabulary says at {limit}."
        raise Refused(GapReason.OUT_OF_RANGE, sentence)


def check_sample(evidence: Evidence, declaration: FactDeclaration) -> None:
    """Return unless a sample counts more than was read: 47 good ones of 50 prove less than 1,880 of 2,000.

    Raises:
        Refused: It does.
    """
    whole, rows = evidence.whole, evidence.rows_read
    if declaration.sample and whole is not None and rows is not None and whole > rows:
        read = f"only {rows:,} {'row was' if rows == 1 else 'rows were'} read"
        raise Refused(GapReason.NOT_PROVABLE, f"It counts a sample of {whole:,}, but {read}; count each row once.")


def _unsigned(evidence: Evidence) -> str:
    """Say how 93.2 percent is written, where somebody stated 93.2 and may have meant it."""
    value = evidence.value
    if evidence.basis is not Basis.STATED or evidence.type is not FactType.RATIO or not isinstance(value, Decimal):
        return ""
    return f"; {decimal_text(value)} percent is written with its sign" if 1 < value <= 100 else ""


def locator(reply: Reply, where: str) -> str:
    """Say where a value is: the files, and the place inside; a file is not named twice.

    Of several files those that the place names: what was counted in one of two is not in the other.
    """
    paths = [entry.path for entry in reply.inputs]
    names = {path.rpartition("/")[2]: path for path in paths}
    if 1 < len(names) == len(paths) and where.startswith(tuple(f"{name}, " for name in names)):
        return _named(tuple(names)).sub(lambda found: names[found[0]], where)
    if len(paths) == 1:
        name = paths[0].rpartition("/")[2]
        if where == name:
            where = ""
        elif where.startswith((f"{name}:", f"{name}, ")):
            return paths[0] + where[len(name) :]
    return ", ".join([*paths, where] if where else paths) or reply.binding


@lru_cache(maxsize=64)
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the names of a source's files in a place; a source has one place for each of its facts."""
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?:(?<=^)|(?<=, )|(?<=; ))(?:{known})(?=, |;|$)")
