"""The number in a file's name by which it may be one of several parts of a list: ``page 2``, ``2 of 3``, ``_2``.

A date, a version or a week is no such number: it tells of another day of the whole list. By names alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.leftovers import composed

_OF: Final = r"(?:[ ._-]*(?:of|de|von|/)[ ._-]*(?P<many>[0-9]{1,3}))?"
_SAID: Final = re.compile(
    r"(?i)(?<![^\W\d_])(?:part|page|pt|pg|p|section|chunk|batch|piece|teil|seite|partie|parte|pagina|página)"
    rf"[ ._-]{{0,3}}[0-9]{{1,3}}{_OF}(?![^\W_])"
)
_SHARE: Final = re.compile(r"(?i)(?<![^\W_])[0-9]{1,3}[ ._-]{0,2}of[ ._-]{0,2}(?P<many>[0-9]{1,3})(?![^\W_])")
_BARE: Final = re.compile(r"(?<=[\w*])[ ._(\[-]+(?P<number>[0-9]{1,2})[)\]]?$")
_BEFORE: Final = re.compile(r"(?<=[\w*])[ ._(\[-]+(?P<number>[0-9]{1,2})[)\]]?[ ._-]*\*")
_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_AGE: Final = re.compile(
    r"(?i)(?<![^\W_])(?:v|ver|version|rev|revision)[ ._-]?[0-9]+(?:[._-][0-9]+)*"
    rf"|(?:{_MONTHS})[a-z]*[ ._-]*[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9])"
    rf"|(?<![0-9])[0-9]{{1,2}}[ ._-]*(?:{_MONTHS})[a-z]*"
    r"|(?<![0-9])[0-9]+[-._][0-9]+(?:[-._][0-9]+)*(?![0-9])"
)
"""Versions, days of a month, and numbers in a row: what one day of a list has otherwise than the next."""


def part_number(name: str) -> str:
    """Return the words of a name by which it may be one of several parts; empty for none.

    Args:
        name: Name of a file, or a pattern; the ``*`` of a pattern stands for a date.
    """
    whole = composed(name).rpartition("/")[2]
    day = dated(whole)
    plain = day.wild if day is not None else whole
    plain = plain.rpartition(".")[0] or plain
    for form in (_SAID, _SHARE):
        for found in form.finditer(plain):
            if found["many"] is None or int(found["many"]) > 1:
                return found[0].strip()
    aged = _AGE.sub("~", _SHARE.sub("~", _SAID.sub("~", plain)))
    bare = _BARE.search(aged) or _BEFORE.search(aged)
    return bare["number"] if bare is not None else ""


def part_beyond(name: str, others: Sequence[str]) -> str:
    """Return the words by which a file may be a part, where one of the others has none; empty for none.

    Args:
        name: Name of a file.
        others: Those that it is compared with.
    """
    mine = part_number(name)
    return mine if mine and any(not part_number(other) for other in others) else ""


def lone_part(name: str, pattern: str) -> str:
    """Return the words by which the one file that a pattern matches may be a part; empty for none.

    A number counts there only beside a date: without one, it may be what the ``*`` stands for.

    Args:
        name: Name of the file.
        pattern: The pattern.
    """
    mine = part_number(name)
    if not mine or part_number(pattern):
        return ""
    return mine if not mine.isdecimal() or dated(composed(name).rpartition("/")[2]) is not None else ""


def other_part(name: str, old: str) -> bool:
    """Whether two files of nearly one name may be two parts of one list: one day, and another number.

    Args:
        name: Name of a file.
        old: That of the one that is bound.
    """
    one, other = dated(composed(name)), dated(composed(old))
    same_day = (one is None and other is None) or (one is not None and other is not None and one.day == other.day)
    return same_day and part_number(name) != part_number(old)
