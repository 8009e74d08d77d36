"""What a file's name is beside that of a bound file: newer, older, a copy of it, or otherwise nearly the same.

By names alone. `lint` and every run ask here, so that the judging command knows no less than the warning one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final, Literal

from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.leftovers import composed, leftover
from gonogo.plugin.inputs.match import conflict_copies

By = Literal["date", "version"]
Likeness = Literal["date", "version", "older", "copy", "name"]
"""Newer by the date or the version in its name, older by either, named like a copy, or nearly the same name."""

_VERSION: Final = re.compile(r"(?i)(?<![a-z0-9])(v|ver|version|rev)([ ._-]?)([0-9]{1,6}(?:\.[0-9]{1,6}){0,3})(?![0-9])")
_MARK: Final = re.compile(
    r"(?i)\b(?:v|ver|version|rev)?[ ._-]?[0-9]+(?:[._-][0-9]+)*\b|\b(?:final|new|draft|latest|old|copy)\b"
    r"|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
"""What one version of a name has otherwise than the next: numbers, versions, months, and words such as `final`."""


def likeness(name: str, other: str) -> Likeness | None:
    """Return what the file ``other`` is beside the file ``name``, by their names; None where nothing is alike."""
    bound, found = composed(name), composed(other)
    if bound == found or found.startswith(".") or leftover(found) is not None:
        return None
    if conflict_copies(bound, [found]):
        return "copy"
    mine = stem(bound)
    if mine is not None and mine == stem(found) and rank(bound) != rank(found):
        return mine[1] if rank(found) > rank(bound) else "older"
    return "name" if _unmarked(bound) == _unmarked(found) else None


def look_alikes(name: str, names: Collection[str], read: Collection[str]) -> Iterator[tuple[str, Likeness]]:
    """Yield the files that may be taken for a bound one, with what they are; the newest by their names come first.

    A file that is older than any that is read is history, and none of them.

    Args:
        name: The bound file.
        names: Every file of its folder that nobody reads.
        read: The files of its folder that some source reads.
    """
    alike = [(other, kind) for other in sorted(names) if (kind := likeness(name, other)) is not None]
    alike.sort(key=lambda one: (one[1] not in ("date", "version"), [-part for part in rank(composed(one[0]))]))
    for other, kind in alike:
        if kind != "older" and all(likeness(each, other) != "older" for each in read):
            yield other, kind


def stem(name: str) -> tuple[str, By] | None:
    """Return a name without its one date or version, and by which of them."""
    day = dated(name)
    if day is not None:
        # Beside a name with a time of day, one without tells nothing of which is newer on that day.
        return f"{day.wild} at *" if day.time else day.wild, "date"
    found = list(_VERSION.finditer(name))
    if len(found) == 1:
        return f"{name[: found[0].start(3)]}*{name[found[0].end(3) :]}".casefold(), "version"
    return None


def rank(name: str) -> tuple[int, ...]:
    """Return how late a name is, by its date or else its version; nothing where it has neither."""
    day = dated(name)
    if day is not None:
        return day.day.toordinal(), *day.time
    found = _VERSION.search(name)
    return tuple(int(part) for part in found[3].split(".")) if found is not None else ()


def _unmarked(name: str) -> str:
    """Return a name without dates, versions, numbers, marks such as `final`, blanks and signs."""
    day = dated(name)
    head, dot, suffix = (day.wild if day is not None else name).rpartition(".")
    return re.sub(r"[\W_]+", "", _MARK.sub("", (head or suffix).replace("_", " "))).casefold() + dot + suffix.casefold()
