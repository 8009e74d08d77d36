"""Export profiles as values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_SHIPPED: Final = Path(__file__).resolve().parent / "shipped"
_KEPT: Final = 4096
"""Headings, and patterns of them, that are kept as they are compared: each is compared with those of every profile."""


@dataclass(frozen=True, slots=True)
class HeadColumn:
    """What a column of a profile is called in a file.

    Attributes:
        table: Name of its table.
        name: What expressions call it.
        headings: Every heading that it may have, the usual one first.
        needed: Whether a file must have it.
        compared: The headings as they are compared; a list of JSON records is there by its own key.
    """

    table: str
    name: str
    headings: tuple[str, ...]
    needed: bool
    compared: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordList:
    """Words of the tool that mean one thing.

    Attributes:
        meaning: What they mean, as a person is asked.
        usual: What the tool calls it where nobody changed it; empty where only a person knows.
    """

    meaning: str
    usual: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactsOf:
    """Facts that the export answers.

    Attributes:
        prefixes: Prefixes that a binding may have for them, the usual one first.
        facts: Fact to its settings, with ``$word_list`` where words go.
    """

    prefixes: tuple[str, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A made file and the right answers to it.

    Attributes:
        file: Its name, beside the profile.
        prefix: ``as`` of the binding.
        answers: Word lists that the binding answers.
        settings: Own settings of the binding.
        right: Fact to its value as text, ``3`` or ``7 of 9``; ``gap`` where the file cannot answer.
    """

    file: str
    prefix: str | None
    answers: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, Any]
    right: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the export of one tool looks like.

    Attributes:
        name: Its name, such as ``jira-issues``.
        version: Its version.
        title: What readers call it.
        tool: The tool, and which of its editions.
        made_from: Versions or public documents that its columns come from.
        what: What one row is.
        save_as: How to export so that nothing is lost; empty where every way does.
        formats: csv, xlsx, json.
        telling: Headings that only this tool has.
        foreign: Headings that this tool never has.
        sheets: Names of its worksheets.
        file_names: How the tool names its exports.
        roles: What a column is for: key, status, severity, held, plan, build ... to its name.
        about_people: Headings of columns about people.
        as_of: How it is known when the content held.
        words: Word lists by name.
        asks: What else only a person knows.
        tables: Tables, in the language of the table collector.
        facts: Facts it can answer.
        not_provable: What the export cannot prove.
        traps: What makes such an export be read wrongly.
        examples: Made files with the right answers.
        path: Where the profile is; what it carries is beside it.
        sha256: Digest of its file.
        needed: Every heading, as headings are compared, that a column may have which a file must have.
    """

    name: str
    version: str
    title: str
    tool: str
    made_from: tuple[str, ...]
    what: str
    save_as: str
    formats: tuple[str, ...]
    telling: tuple[str, ...]
    foreign: tuple[str, ...]
    sheets: tuple[str, ...]
    file_names: tuple[str, ...]
    roles: Mapping[str, str]
    about_people: tuple[str, ...]
    as_of: str
    words: Mapping[str, WordList]
    asks: tuple[str, ...]
    tables: Mapping[str, Any]
    facts: tuple[FactsOf, ...]
    not_provable: tuple[str, ...]
    traps: tuple[str, ...]
    examples: tuple[Example, ...]
    path: Path = field(compare=False)
    sha256: str
    needed: frozenset[str] = field(init=False, repr=False, compare=False)
    _columns: tuple[HeadColumn, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_columns", tuple(_columns(self.tables)))
        needed = (column.compared for column in self._columns if column.needed)
        object.__setattr__(self, "needed", frozenset().union(*needed))

    @property
    def reference(self) -> str:
        """``name@version``, as a binding names it."""
        return f"{self.name}@{self.version}"

    @property
    def ships(self) -> bool:
        """Whether it ships with gonogo; any other one somebody has written for their own exports."""
        return self.path.parent == _SHIPPED

    def rivals(self, headings: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return each column beside which others of these headings may say the same, with its own heading first."""
        found: dict[str, tuple[str, ...]] = {}
        for table in self.tables.values():
            for name, column in table["columns"].items():
                patterns, own = column.get("rivals", ()), (column.get("header") or name, *column.get("also", ()))
                mine = [each for each in headings if any(heading_fits(one, each) for one in own)]
                others = [each for each in headings if any(heading_fits(one, each) for one in patterns)]
                if mine and (beside := [each for each in others if each not in mine]):
                    found[name] = (mine[0], *beside)
        return found

    def columns(self) -> tuple[HeadColumn, ...]:
        """Return each column of each table, with its headings."""
        return self._columns

    def is_about_people(self, heading: str) -> bool:
        """Return whether a heading is that of a column about people."""
        return any(heading_fits(pattern, heading) for pattern in self.about_people)


@lru_cache(maxsize=_KEPT)
def plain(heading: str) -> str:
    """Return a heading as headings are compared: blanks, marks and capitals do not count."""
    return " ".join(heading.replace("\ufeff", "").split()).casefold()


@lru_cache(maxsize=_KEPT)
def _compiled(pattern: str) -> str | re.Pattern[str]:
    """Return a pattern without ``*`` as a plain heading, and any other one compiled."""
    text = plain(pattern)
    return re.compile(".*".join(map(re.escape, text.split("*"))), re.DOTALL) if "*" in text else text


def heading_fits(pattern: str, heading: str) -> bool:
    """Return whether a heading is as a pattern says, in which ``*`` is anything."""
    return any_fits(pattern, (plain(heading),))


def any_fits(pattern: str, found: Collection[str]) -> bool:
    """Return whether one of these plain headings is as a pattern says."""
    wanted = _compiled(pattern)
    return wanted in found if isinstance(wanted, str) else any(map(wanted.fullmatch, found))


def _columns(tables: Mapping[str, Any]) -> Iterator[HeadColumn]:
    for table, settings in tables.items():
        for name, column in settings["columns"].items():
            headings = (column.get("header") or name, *column.get("also", ()))
            compared = frozenset(plain(each) for name in headings for each in (name, name.partition("[]")[0]))
            yield HeadColumn(table, name, headings, not column.get("may_be_absent", False), compared)
