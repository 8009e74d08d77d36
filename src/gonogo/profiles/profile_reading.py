"""A profile from its YAML file, or every mistake in it at its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from gonogo.documents.files import read_file, shown
from gonogo.documents.shape import CheckedDocument, Loc, read_sheet, sorted_problems
from gonogo.errors import ConfigurationError, Problem
from gonogo.profiles.expanding import named_words
from gonogo.profiles.profile import Example, FactsOf, Profile, WordList
from gonogo.profiles.profile_documents import ProfileDocument
from gonogo.text import did_you_mean, listed

CONTRADICTED: Final = "G152"
_FORMATS: Final = ("csv", "xlsx", "json")
_KEPT: Final = 256


def read_profile(path: Path) -> Profile:
    """Return the profile of a file.

    Raises:
        ConfigurationError: With every mistake in it.
    """
    return _read(path, read_file(path, hint="an export profile is a YAML file; `gonogo profile new FILE` drafts one"))


@lru_cache(maxsize=_KEPT)
def _read(path: Path, data: bytes) -> Profile:
    """Return the profile that these bytes are; a program with many bindings reads the same ones again and again."""
    sheet = read_sheet(data, shown(path), ProfileDocument)
    document = sheet.document
    if document is None:
        raise ConfigurationError(sheet.problems)
    problems = [*sheet.problems, *_mistakes(sheet, document)]
    if problems:
        raise ConfigurationError(sorted_problems(problems))
    return _profile(document, path, hashlib.sha256(data).hexdigest())


def _profile(document: ProfileDocument, path: Path, digest: str) -> Profile:
    recognize = document.recognize
    return Profile(
        name=document.name,
        version=document.version,
        title=document.title,
        tool=document.tool,
        made_from=tuple(document.made_from),
        what=document.what,
        save_as=document.save_as or "",
        formats=tuple(document.formats),
        telling=tuple(recognize.telling),
        foreign=tuple(recognize.foreign),
        sheets=tuple(recognize.sheets),
        file_names=tuple(recognize.file_names),
        roles=document.roles,
        about_people=tuple(document.about_people),
        as_of=document.as_of,
        words={name: WordList(each.meaning, tuple(each.usual)) for name, each in document.words.items()},
        asks=tuple(document.asks),
        tables=document.tables,
        facts=tuple(FactsOf(tuple(each.prefixes), each.facts) for each in document.facts),
        not_provable=tuple(document.not_provable),
        traps=tuple(document.traps),
        examples=tuple(
            Example(
                each.file,
                each.as_,
                {name: tuple(words) for name, words in each.answers.items()},
                each.settings,
                each.right,
            )
            for each in document.examples
        ),
        path=path,
        sha256=digest,
    )


def _mistakes(sheet: CheckedDocument[ProfileDocument], document: ProfileDocument) -> Iterator[Problem]:
    def wrong(place: Loc, what: str, hint: str = "") -> Problem:
        return sheet.problem(place, CONTRADICTED, what, hint)

    for index, form in enumerate(document.formats):
        if form not in _FORMATS:
            yield wrong(("formats", index), f"`{form}` is not a format that is read", "csv, xlsx or json")
    columns: set[str] = set()
    if not isinstance(document.tables, Mapping) or not document.tables:
        yield wrong(("tables",), "a profile has at least one table")
    for name, table in document.tables.items() if isinstance(document.tables, Mapping) else ():
        own = table.get("columns") if isinstance(table, Mapping) else None
        if not isinstance(own, Mapping) or not all(isinstance(each, Mapping) for each in own.values()):
            yield wrong(("tables", name), "a table has columns, as the table collector reads them")
        else:
            columns |= set(own)
    for role, column in document.roles.items():
        if column not in columns:
            hint = did_you_mean(column, columns, otherwise=f"the columns are {listed(sorted(columns))}")
            yield wrong(("roles", role), f"there is no column '{column}'", hint)
    known = set(document.words)
    used: list[tuple[Loc, Any]] = [(("tables",), document.tables)]
    used += [(("facts", index, "facts"), each.facts) for index, each in enumerate(document.facts)]
    for place, value in used:
        for word in sorted(named_words(value) - known):
            hint = did_you_mean(word, known, otherwise=f"words: has {listed(sorted(known)) or 'none'}")
            yield wrong(place, f"there is no word list '${word}'", hint)
    for index, example in enumerate(document.examples):
        if "/" in example.file or "\\" in example.file:
            yield wrong(("examples", index, "file"), "an example is beside its profile", "write its name alone")
        for word in example.answers:
            if word not in known:
                hint = did_you_mean(word, known, otherwise=f"words: has {listed(sorted(known)) or 'none'}")
                yield wrong(("examples", index, "answers", word), f"there is no word list '{word}'", hint)
