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


def parts_beside(name: str, others: Sequence[str]) -> list[str]:
    """Return the files that say of themselves that they are other parts of the list that a file is, or is a part of.

    They say so in words, such as `part 2` or `2 of 3`, and have the same name and day otherwise. Beside a file that is
    no part by its name they count where the first part is not among them: then that file is the first one.

    Args:
        name: Name of the file that is read.
        others: Names of others in its folder.
    """
    mine = _said_part(name)
    found = {other: part for other in others if (part := _said_part(other))[1] and part[0] == mine[0]}
    if mine[1]:
        return sorted(other for other, (_, number) in found.items() if number != mine[1])
    return sorted(found) if min((number for _, number in found.values()), default=1) > 1 else []


def _said_part(name: str) -> tuple[str, int]:
    """Return a name without the words that say which part it is, with its day, and the number; 0 for no part."""
    whole = composed(name)
    day = dated(whole)
    head, dot, suffix = (day.wild if day is not None else whole).rpartition(".")
    found = _SAID.search(head) or _SHARE.search(head)
    number = int(re.findall(r"[0-9]+", found[0])[0]) if found is not None else 0
    rest = head if found is None else head[: found.start()] + head[found.end() :]
    moment = str(day.day) if day is not None else ""
    plain = re.sub(r"[\W_]+", "", rest).casefold()
    return f"{plain}{dot}{suffix.casefold()} {moment}", number
