"""Which rows of a table a fact asks about: those of its kind, of its side, in scope, critical, or due by now.

A fact of some of the rows is never drafted from all of them. Where nothing tells which ones it means, a person says it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week.drafts.date_parts import asks_of_due, due_part, spoiled_due, undated
from gonogo.first_week.drafts.draft_columns import WordsOfColumn, says_critical
from gonogo.first_week.drafts.fact_asks import FactAsk
from gonogo.first_week.drafts.fact_groups import called, stems
from gonogo.first_week.drafts.row_outcomes import is_scope, side_asked, side_words
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.row_subjects import subjects_of
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.good_words import KINDS, plain_word
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, plain, word_set
from gonogo.first_week.row_kinds import kind_column, kinds_asked
from gonogo.model.fact import FactDeclaration
from gonogo.model.people import Side

_SAYS_WHETHER: Final = frozenset({Meaning.YES, Meaning.NO, None})
_OF_LOG: Final = frozenset({"risk", "issue"})
_IN_KEYS: Final = _OF_LOG | frozenset({"decision", "action", "assumption", "dependency", "lesson", "opportunity"})
"""Kinds of entries that the heading of a key names: a *Decision ID* tells decisions apart."""
DIVIDED: Final = "divided by"
EVERY_ROW: Final = "every row"
"""What a person chooses under `only rows` where each row of the list is one that is asked about."""
_A_RELEASE: Final = re.compile(r"\b(?:r|rel|release|wave)[ _-]?([0-9]+(?:\.[0-9]+)*)\b")
"""A release as paths and tags name it, in small letters: ``tfc\\r1``, ``release 2``."""
_LARGEST: Final = word_set("longest largest highest")


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """The rows that a fact asks about.

    Attributes:
        parts: What a row must be, where that is known; nothing where the fact asks about every row.
        ask: What has to be said before that is known; empty where it is.
    """

    parts: tuple[RowPart, ...] = ()
    ask: str = ""

    @property
    def settled_by_every_row(self) -> bool:
        """Whether it is known once a person says that each row is needed: not which are critical, or due."""
        return EVERY_ROW in self.ask


def asked_about(
    mapping: TableMapping,
    states: Mapping[str, WordsOfColumn],
    fact: FactDeclaration,
    ask: FactAsk,
    parties: Mapping[str, str],
    due: str = "",
) -> AskedAbout:
    """Return which rows a fact asks about.

    Args:
        mapping: Of the table.
        states: Columns of words.
        fact: That counts rows.
        ask: What it asks.
        parties: Side to the name of its organization.
        due: Column of the day due that a person chose; empty to find it.
    """
    own = side_part(mapping, fact, parties)
    known = (*kind_part(mapping, fact), *own.parts)
    if own.ask:
        return AskedAbout(known, own.ask)
    parts = [*known]
    scope = scope_columns(mapping, states, fact, parties)
    narrow = [name for name in scope if {*states[name].words.values()} != {Meaning.YES}]
    if len(narrow) > 1 or (scope and any(states[name].blanks for name in scope)):
        listed = " and ".join(_named(mapping, name) for name in narrow or scope)
        return AskedAbout(known, f"which rows are asked about: what does {listed} say? Say it under `only rows`")
    parts += [RowPart(name, frozenset({Meaning.YES}), unknown=True) for name in narrow or scope[:1]]
    if DIVIDED in fact.meaning and not scope:
        why = "no column says which rows are needed, and it is a share of those"
        return AskedAbout(known, f"{why}: say under `only rows` which they are, or `{EVERY_ROW}`")
    if ask.among:
        critical = [name for name, state in states.items() if says_critical(state)]
        if len(critical) != 1 or states[critical[0]].blanks:
            return AskedAbout(known, "no column, or more than one, says of each row whether it is critical")
        parts.append(RowPart(critical[0], ask.among, unknown=True))
    if releases := "this release" in fact.meaning and names_releases(mapping):
        why = f"{_named(mapping, releases)} names several releases, and it asks about one"
        return AskedAbout(known, f"{why}: say under `only rows` which of its words count, or `{EVERY_ROW}`")
    if asks_of_due(fact):
        found = due_part(mapping, fact, due)
        if not found:
            return AskedAbout(known, spoiled_due(mapping) or undated(mapping))
        parts += found
    return AskedAbout(tuple(parts))


def names_releases(mapping: TableMapping) -> str:
    """Return the column that names a release in each of its filled cells, and not always the same: ``Iteration Path``.

    One that is headed so, such as ``Release``, is asked about as what its rows are about.
    """
    asked = {each.name for each in subjects_of(mapping)}
    for name, guess in mapping.read.items():
        if name in asked or guess.people or guess.distinct == guess.rows:
            continue
        cells = {str(row[guess.index]).casefold() for row in mapping.grid.rows} - {""}
        found = {tuple(_A_RELEASE.findall(cell)) for cell in cells}
        if len(found) > 1 and () not in found:
            return name
    return ""


def side_part(mapping: TableMapping, fact: FactDeclaration, parties: Mapping[str, str]) -> AskedAbout:
    """Return the rows of the side whose people a fact counts, where a column tells the sides apart."""
    side, asked = side_column(mapping, parties), side_asked(fact)
    if not side or asked is None:
        return AskedAbout()
    words = words_of_side(mapping, side, asked, parties)
    if not words:
        return AskedAbout(ask=f"no row of the column {_named(mapping, side)} is the {asked}'s")
    return AskedAbout((RowPart(side, unknown=True, words=words, others=_not_of(mapping, side, words)),))


def _named(mapping: TableMapping, name: str) -> str:
    return plain(mapping.columns[name].heading, most=60)


def scope_columns(
    mapping: TableMapping, states: Mapping[str, WordsOfColumn], fact: FactDeclaration, parties: Mapping[str, str]
) -> list[str]:
    """Return the columns of yes and no that say which things are asked about at all."""
    return [
        name
        for name, state in states.items()
        if is_scope(mapping.columns[name].heading, fact, parties)
        and {*state.words.values()} <= _SAYS_WHETHER
        and not says_critical(state)
    ]


def side_column(mapping: TableMapping, parties: Mapping[str, str]) -> str:
    """Return the column that says of each row whose it is, the customer's or the provider's; empty for none."""
    for name, guess in mapping.read.items():
        cells = (row[guess.index] for row in mapping.grid.rows)
        if guess.settings["type"] == "text" and _name_sides(cells, parties):
            return name
    return ""


def _name_sides(cells: Iterable[Cell], parties: Mapping[str, str]) -> bool:
    """Whether there are cells and each names a side; a column of anything else is left at its first cell."""
    seen: set[Cell] = set()
    for cell in cells:
        if cell not in seen:
            if _side_of_cell(str(cell), parties) is None:
                return False
            seen.add(cell)
    return bool(seen)


def _side_of_cell(cell: str, parties: Mapping[str, str]) -> Side | None:
    """Return the side that a cell names, or each word of it: ``BLW (customer)``; None for any other, and for both."""
    used, whole = set(ascii_words(cell)), plain_word(cell)
    found = [
        side
        for side, words in side_words(parties).items()
        if whole in words or whole == plain_word(parties.get(side, "")) or (used and used <= words)
    ]
    return found[0] if len(found) == 1 and whole else None


def words_of_side(mapping: TableMapping, column: str, side: Side, parties: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of a column that name one side, in the order of the file."""
    index = mapping.columns[column].index
    cells = dict.fromkeys(str(row[index]) for row in mapping.grid.rows)
    return tuple(cell for cell in cells if _side_of_cell(cell, parties) is side)


def _not_of(mapping: TableMapping, column: str, words: Collection[str]) -> tuple[str, ...]:
    """Return the words of a column beside some of them, in the order of the file."""
    index = mapping.columns[column].index
    return tuple(cell for cell in dict.fromkeys(str(row[index]) for row in mapping.grid.rows) if cell not in words)


def kind_part(mapping: TableMapping, fact: FactDeclaration) -> Iterator[RowPart]:
    """Yield that a row must be of the kind that the fact counts, where a column tells kinds apart."""
    column = kind_column(mapping)
    if column is not None and column.shown:
        words = tuple(word for word in column.values if KINDS.get(plain_word(word)) in kinds_asked(fact))
        others = tuple(word for word in column.values if plain_word(word) in KINDS and word not in words)
        if words:
            yield RowPart(column.name, unknown=True, words=words, others=others)


def other_kind(mapping: TableMapping, fact: FactDeclaration) -> str:
    """Return what the rows of a log are, by its key and its name, where a fact counts another kind of entry.

    A list of risks answers nothing about issues. Empty where nothing says it.
    """
    asked = kinds_asked(fact)
    key = mapping.columns.get(mapping.key.partition(", ")[0])
    named = [KINDS[word] for word in ascii_words(key.heading if key else "") if KINDS.get(word) in _IN_KEYS]
    named = named or [KINDS[word] for word in mapping.table.split("_") if KINDS.get(word) in _OF_LOG]
    return named[0] if named and asked & _OF_LOG and not asked & set(named) else ""


def speaks_of(mapping: TableMapping, fact: FactDeclaration) -> bool:
    """Whether the name of a table, or a heading, has a word of what a fact counts: *records* alone are no transfers."""
    group, _, local = fact.name.rpartition(".")
    told = [mapping.table.replace("_", " "), *(guess.heading for guess in mapping.columns.values())]
    return bool(stems(ascii_words(" ".join(told))) & (stems(ascii_words(f"{local} {fact.unit}")) | called(group)))


def rows_are(mapping: TableMapping, fact: FactDeclaration) -> bool:
    """Whether one row is one of the things that a fact counts, by the heading of what tells rows apart."""
    key = mapping.key.partition(", ")[0]
    guess = mapping.columns.get(key)
    if guess is None:
        return False
    things = fact.meaning.partition(",")[0]
    for word in (" that ", " whose ", " which ", " with ", " in ", " against "):
        things = things.partition(word)[0]
    known = stems(ascii_words(f"{things} {fact.unit}"))
    headed = stems(ascii_words(guess.heading))
    return bool(headed & known) and headed <= known


def one_value(mapping: TableMapping, fact: FactDeclaration) -> bool:
    """Whether a table gives one value of a fact: by its only row, or as the largest where that is the worst."""
    return len(mapping.grid.rows) == 1 or bool(_LARGEST & set(ascii_words(fact.meaning)))


def one_for_all(mapping: TableMapping, fact: FactDeclaration) -> bool:
    """Whether all rows together answer a fact of yes or no: it says *every*, and a row is no cycle of several."""
    words = set(ascii_words(fact.meaning))
    return bool(words & {"every", "all"}) and not rows_are(mapping, fact)
