"""Whether a file's headings are those of a profile, how surely, and what is different. Pure, over headings."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from gonogo.profiles.kind_told import kind_told
from gonogo.profiles.profile import Profile, any_fits, heading_fits, plain

_SURE: Final = 2
"""So many headings that only this tool has make it sure."""
_NEARLY: Final = 0.6
"""Such a share of the needed columns makes a file like the tool's, where something else tells the tool as well."""
_HALF: Final = 0.5
"""The same where several headings tell it."""
_MANY: Final = 4
_QUARTER: Final = 0.25
"""The same where so many headings tell it that it can be no other tool's."""
_SEVERAL: Final = 2
"""So many needed columns make a file possibly the tool's where nothing else tells it; any list has one of them."""
_SHOWN: Final = 6
_DEFAULT: Final = re.compile(
    r"(sheet|tabelle|feuil|hoja|planilha|folha|foglio|blad|ark|arkusz|taulukko|sayfa|list|munka|лист|工作表|シート)\s?[0-9]+"
)
"""Names that a spreadsheet program gives a sheet that nobody named: they say nothing about what is on it."""


class Confidence(StrEnum):
    """How surely a file is of a tool."""

    SURE = "sure"
    """Every needed column is there, and several that only this tool has."""
    LIKELY = "likely"
    """Every needed column is there, and one that only this tool has, or its sheet or file name."""
    POSSIBLE = "possible"
    """Every needed column is there, and nothing else tells."""
    CHANGED = "changed"
    """It reads like the tool's, and needed columns are not there."""
    OTHER = "other"
    """It has the columns, and its rows are another kind of thing: problems where incidents are read."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a file before anybody reads its rows.

    Attributes:
        headings: Of a table, or the keys of records, dotted.
        file_name: Base name.
        sheet: Name of the worksheet; empty for other files.
        form: csv, xlsx or json.
        below: Gives rows below the headings, the first ones or all of them; nothing where nobody can look.
        whole: Whether those are all of them.
        compared: The headings as they are compared.
    """

    headings: tuple[str, ...]
    file_name: str = ""
    sheet: str = ""
    form: str = "csv"
    below: Callable[[], Sequence[Sequence[object]]] = tuple
    whole: bool = False
    compared: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compared", frozenset(map(plain, self.headings)))

    def column(self, headings: Sequence[str]) -> tuple[str, list[str]]:
        """Return the column with one of these headings: its own heading, and its cells in the rows that are known."""
        wanted = set(map(plain, headings))
        at = next((index for index, heading in enumerate(self.headings) if plain(heading) in wanted), None)
        if at is None:
            return "", []
        return self.headings[at].strip(), [str(row[at]).strip() for row in self.below() if len(row) > at]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a file fits a profile.

    Attributes:
        profile: The profile.
        confidence: How surely it is of this tool.
        why: In one sentence.
        lacking: Columns that must be there and are not, each with its usual heading.
        unread: Headings that the profile does not read.
        people: Headings of columns about people.
        told: How many things tell the tool: headings that only it has, keys of its form, and the name of the file or
            of the sheet.
        other: What its rows are instead; empty where they are what the profile reads, or nobody knows.
    """

    profile: Profile
    confidence: Confidence
    why: str
    lacking: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    told: int = 0
    other: str = ""

    @property
    def surely(self) -> bool:
        """Whether it is of this tool beyond doubt, whether or not the profile reads it."""
        return self.told >= _SURE

    @property
    def fits(self) -> bool:
        """Whether the profile reads the file."""
        return not self.lacking and not self.other

    @property
    def difference(self) -> str:
        """What the file has otherwise than the profile says; empty where nothing matters."""
        if self.other:
            return self.other
        if not self.lacking:
            return ""
        new = f"; columns that the profile does not read: {_some(self.unread)}" if self.unread else ""
        return f"columns that it has not: {_some(self.lacking)}{new}"


def fit(profile: Profile, head: Head) -> Fit | None:
    """Return how a file fits a profile; None where it is not at all like it."""
    found = head.compared
    if head.form not in profile.formats or profile.needed.isdisjoint(found):
        return None  # of most profiles a file has no column that it must have
    columns = profile.columns()
    needed = [column for column in columns if column.needed]
    lacking = [column for column in needed if column.compared.isdisjoint(found)]
    telling = [each for each in profile.telling if any_fits(each, found)]
    foreign = any(any_fits(each, found) for each in profile.foreign)
    named = _named_like(profile, head)
    share = _QUARTER if len(telling) >= _MANY else _HALF if len(telling) >= _SURE else _NEARLY
    if foreign or len(needed) - len(lacking) < max(1, share * len(needed)):
        return None
    kind = kind_told(profile, head.column, whole=head.whole)
    if lacking and not telling and not named and not kind.ours:
        return None
    read = {plain(heading) for column in columns for heading in column.headings}
    unread = tuple(heading for heading in head.headings if heading.strip() and plain(heading) not in read)
    told = len(telling) + bool(named) + bool(kind.ours)
    if len(needed) < _SEVERAL and not told:
        return None
    people = tuple(heading for heading in head.headings if profile.is_about_people(heading))
    missing = tuple(column.headings[0] for column in lacking)
    if kind.other and not lacking:
        confidence = Confidence.OTHER
    elif lacking:
        confidence = Confidence.CHANGED
    elif told >= _SURE:
        confidence = Confidence.SURE
    else:
        confidence = Confidence.LIKELY if told else Confidence.POSSIBLE
    signs = [*([kind.ours] if kind.ours else []), *([named] if named else [])]
    why = _why(profile, len(needed) - len(lacking), len(needed), telling, signs)
    return Fit(profile, confidence, why, missing, unread, people, told, "" if lacking else kind.other)


def recognize(head: Head, profiles: Iterable[Profile]) -> list[Fit]:
    """Return the profiles that a file may be an export of, the surest first; of two as sure an agency's own."""
    found = [each for profile in profiles if (each := fit(profile, head)) is not None]
    order = list(Confidence)
    return sorted(
        found,
        key=lambda each: (
            order.index(each.confidence),
            each.profile.ships,
            -_columns_there(each, head),
            each.profile.reference,
        ),
    )


def _columns_there(found: Fit, head: Head) -> int:
    told = sum(any_fits(each, head.compared) for each in found.profile.telling)
    return told + sum(not column.compared.isdisjoint(head.compared) for column in found.profile.columns())


def _named_like(profile: Profile, head: Head) -> str:
    for pattern in profile.sheets:
        if head.sheet and heading_fits(pattern, head.sheet) and not _DEFAULT.fullmatch(plain(head.sheet)):
            return f"the sheet is called {head.sheet!r}"
    for pattern in profile.file_names:
        any_file = pattern.partition(".")[0] == "*"
        if head.file_name and not any_file and fnmatch.fnmatch(head.file_name.casefold(), pattern.casefold()):
            return "the file is named as the tool names it"
    return ""


def _why(profile: Profile, there: int, needed: int, telling: Sequence[str], signs: Sequence[str]) -> str:
    parts = [f"{there} of {needed} columns that {profile.title} must have"]
    parts += [f"{_some(telling)}, which only this tool has"] if telling else []
    return "; ".join([*parts, *signs])


def _some(headings: Sequence[str]) -> str:
    shown = ", ".join(repr(heading[:60]) for heading in headings[:_SHOWN])
    return shown + (f" and {len(headings) - _SHOWN} more" if len(headings) > _SHOWN else "")
