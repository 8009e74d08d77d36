"""Files that are one export at different days, in one folder or in several: which is newer, and by what one can tell.

By names of files and folders alone: ``old/raid_march.csv`` beside ``raid_april.csv``, ``2027-03/raid.csv`` beside
``2027-04/raid.csv``. What they tell must agree; where it does not, or tells nothing, nobody knows which is newer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gonogo.plugin.inputs.aside_folders import is_aside
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.likeness import rank, stem

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_YEAR: Final = r"(?P<year>20[0-9]{2})"
_FORMS: Final = (
    re.compile(rf"(?<![0-9]){_YEAR}[-_. ]?(?P<number>0[1-9]|1[0-2])(?![0-9])"),
    re.compile(rf"(?<![0-9])(?P<number>0[1-9]|1[0-2])[-_./ ]{_YEAR}(?![0-9])"),
    re.compile(rf"(?<![a-z])(?P<word>{_NAMED})\.?(?:[-_ ]?'?{_YEAR})?(?![a-z0-9])"),
    re.compile(rf"(?<![0-9]){_YEAR}[-_. ](?P<word>{_NAMED})(?![a-z])"),
)
_VERSION_WORD: Final = re.compile(r"(?i)(?:v|ver|version|rev)[ ._-]?\*")
_HALF_A_YEAR: Final = 6


def placed(name: str) -> tuple[str, tuple[int, ...]] | None:
    """Return a name without its day, month or version, and how late it is; None where it has none of them."""
    whole = stem(name)
    if whole is not None:
        return whole[0], rank(name)
    text = name.casefold()
    for form in reversed(_FORMS):
        found = form.search(text)
        if found is not None:
            parts = found.groupdict()
            month = int(parts["number"]) if parts.get("number") else MONTHS.index(parts["word"][:3]) + 1
            year = (int(parts["year"]),) if parts["year"] else ()
            return f"{text[: found.start()]}*{text[found.end() :]}", (*year, month)
    return None


@dataclass(frozen=True, slots=True)
class InSeries:
    """What the path of a file says of its place among others of its kind.

    Attributes:
        path: The path.
        series: Folder and name without what says how old it is: what files of one series share.
        days: The day that its name or a folder says, as text, or the month; empty for none.
        ages: By what one can tell how late it is, with how late: a day, a month of a year, a month, a version.
        aside: The folder of things that nobody uses any more in which it is; empty for none.
    """

    path: str
    series: tuple[str, str]
    days: tuple[str, ...] = ()
    ages: dict[str, tuple[int, ...]] = field(default_factory=dict)
    aside: str = ""

    @property
    def said(self) -> str:
        """How old it says it is, in words; empty where it does not."""
        return " ".join(self.days)


def in_series(path: str) -> InSeries:
    """Return what a path says of the place of its file among others."""
    *folders, name = path.split("/")
    kept: list[str] = []
    ages: dict[str, tuple[int, ...]] = {}
    days: list[str] = []
    aside = ""
    for folder in folders:
        if is_aside(folder):
            aside = folder
        elif (found := _age(folder)) is not None and not re.search(r"[a-z0-9]", found[1].replace("*", "")):
            ages[f"{found[0]} of its folder"] = found[2]
            days.append(folder)
        else:
            kept.append(folder)
    plain = name
    if (found := _age(name)) is not None:
        plain = found[1]
        ages[f"{found[0]} in its name"] = found[2]
        days.append(_written(found[0], found[2]))
    head, dot, suffix = plain.rpartition(".")
    key = re.sub(r"[\W_]+", "", head or suffix).casefold() + dot + suffix.casefold()
    return InSeries(path, ("/".join(kept), key), tuple(days), ages, aside)


def _age(text: str) -> tuple[str, str, tuple[int, ...]] | None:
    """Return by what a text says how late something is, the text without it, and how late; None where it does not."""
    if (day := dated(text)) is not None:
        return "day", day.wild.casefold(), (day.day.year, day.day.month, day.day.day)
    whole = stem(text)
    if whole is not None:
        return "version", _VERSION_WORD.sub("*", whole[0]), rank(text)
    found = placed(text)
    return None if found is None else ("month", *found)


def _written(what: str, age: tuple[int, ...]) -> str:
    if what == "version":
        return f"version {'.'.join(map(str, age))}"
    if what == "day":
        return date(*age).isoformat()
    return f"{age[0]}-{age[1]:02}" if len(age) > 1 else MONTHS[age[0] - 1].capitalize()


def newer(one: InSeries, other: InSeries) -> str:
    """Return by what one file is surely newer than another of its series; empty where it is not, or nobody can tell."""
    signs = list(_signs(one, other))
    return signs[0][1] if signs and all(sign > 0 for sign, _ in signs) else ""


def put_away_and_later(path: str, present: str, reads: str = "") -> str:
    """Return that a file which was put away is later by its name than the present one; empty where it is not.

    Args:
        path: The file.
        present: The one that is read.
        reads: What reads that one, as the sentence goes on.
    """
    mine, other = in_series(path), in_series(present)
    if not mine.aside or other.aside or mine.series[1] != other.series[1]:
        return ""
    later = [what for what, age in mine.ages.items() if age > other.ages.get(what, age)]
    return f"by the {later[0]} newer than {present}{reads}, but it lies in the folder {mine.aside!r}" if later else ""


def _signs(one: InSeries, other: InSeries) -> Iterator[tuple[int, str]]:
    """Yield for each thing that tells them apart whether the first is newer (1), older (-1), or nobody knows (0)."""
    for what, age in one.ages.items():
        beside = other.ages.get(what)
        if beside is None or beside == age:
            continue
        if len(beside) != len(age) and not what.startswith("version"):
            yield 0, what
        elif what.startswith("month") and len(age) == 1 and abs(age[0] - beside[0]) >= _HALF_A_YEAR:
            yield 0, what  # December may be before January, and after it
        else:
            yield (1 if age > beside else -1), f"the {what}"
    if bool(one.aside) is not bool(other.aside):
        yield (1, f"the folder {other.aside!r}, in which the other is") if other.aside else (-1, "")
