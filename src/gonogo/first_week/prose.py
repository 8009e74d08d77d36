"""Texts from outside, fit to stand in YAML, in a comment and on a terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Final

from gonogo.text import to_statement

FILL_IN: Final = "FILL IN"
"""Marks every place where only a person knows what belongs there."""

SHOWN: Final = 3
"""Positions that a sentence names before it says how many more there are."""


def plain(text: str, *, most: int = 240) -> str:
    """Return text in which what a terminal or a comment could trip over is spelt out: ``\\x1b``, ``\\u202e``."""
    shown = text[:most]
    if not shown.isprintable():
        shown = "".join(mark if mark.isprintable() else _escape(mark) for mark in shown)
    return shown + ("…" if len(text) > most else "")


def in_short(text: str, *, most: int) -> str:
    """Return a text as :func:`plain` does; one that is too long ends after a statement, and not within one."""
    if len(text) <= most:
        return plain(text, most=most)
    head, _, tail = text[:most].rpartition(" ")
    cut = f"{head} " if head else tail
    return f"{plain(to_statement(cut), most=most)} …"


def _escape(mark: str) -> str:
    code = ord(mark)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def quoted(text: str) -> str:
    """Return a double-quoted YAML scalar that is read back as exactly ``text``."""
    body = json.dumps(text, ensure_ascii=False)
    shown = "".join(mark if mark.isprintable() else _escape(mark) for mark in body)
    # Logs of CI systems take `::` and `##` for the beginning of commands; a reader of YAML sees no difference.
    return shown.replace("::", ":\\x3a").replace("##", "#\\x23")


def ascii_words(text: str) -> list[str]:
    """Return the words of a text in lower-case ASCII: ``Coût total (USD)`` is ``[cout, total, usd]``."""
    return re.findall(r"[a-z]+|[0-9]+", _flat(text))


def _flat(text: str) -> str:
    apart = unicodedata.normalize("NFKD", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text))
    return apart.encode("ascii", "ignore").decode("ascii").lower()


def slug(text: str, *, joint: str, otherwise: str, most: int = 60) -> str:
    """Return a name made of the words of a text that begins with a letter: ``Harborline R1`` is ``harborline-r1``."""
    made = joint.join(re.findall(r"[a-z0-9]+", _flat(text)))[:most].strip(joint)
    if not made:
        return otherwise
    return made if made[0].isalpha() else f"{otherwise}{joint}{made}"[:most]


def positions(places: list[str], count: int) -> str:
    """Return some positions and how many there are in all: ``B3, B7, B9 and 12 more``."""
    shown = ", ".join(places[:SHOWN])
    rest = count - min(len(places), SHOWN)
    return f"{shown} and {rest} more" if rest > 0 else shown


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 file``, ``3 files``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def with_article(noun: str) -> str:
    """Return a noun with *a* or *an* before it: ``a risk``, ``an issue``."""
    return f"{'an' if noun.casefold().startswith(('a', 'e', 'i', 'o')) else 'a'} {noun}"


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())
