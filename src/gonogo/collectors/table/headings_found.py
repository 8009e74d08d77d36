"""The headings of one file against settings that leave room: other names, columns that may be absent or repeated.

The export of a tool is never twice the same: people choose columns, add fields of their own, use another language.
What a file has is settled first, into settings that leave no room; everything after that is as strict as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gonogo.collectors.columns.column import Column
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.twin_columns import TwinHeadings, twins_in
from gonogo.model.about_people import names_nobody
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal

BELOW = 10
"""So many rows below those that were taken for headings are looked at."""
_JOINT = "; "
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Picked:
    """A column that holds one member of a list.

    Attributes:
        positions: Of the columns that hold the list.
        members: What stands between its members.
        among: The members that count, the first of them before the others.
    """

    positions: tuple[int, ...]
    members: str
    among: tuple[str, ...]

    def cell(self, cells: Sequence[str]) -> str:
        """Return the member that counts; empty where none does."""
        lists = [cells[at] for at in self.positions if at < len(cells)]
        there = {part.strip() for text in lists for part in re.split(f"[{self.members}]", text)}
        return next((word for word in self.among if word in there), "")


@dataclass(frozen=True, slots=True)
class Fold:
    """How repeated columns become one, and what lists hold.

    Attributes:
        width: Cells of a row before.
        groups: Position of the first column to those of all with its heading, and which of their cells counts.
        picked: Cells that are added at the end.
    """

    width: int
    groups: dict[int, tuple[tuple[int, ...], str]]
    picked: tuple[Picked, ...] = ()

    def row(self, cells: Sequence[str]) -> list[str]:
        """Return the cells of a row with each group as one cell, where its first column was, and what is picked."""
        found = list(cells)
        gone: set[int] = set()
        for first, (positions, which) in self.groups.items():
            filled = [cells[at] for at in positions if at < len(cells) and cells[at].strip()]
            joined = _JOINT.join(dict.fromkeys(filled))
            found[first] = joined if which == "joined" else filled[0 if which == "first" else -1] if filled else ""
            gone.update(positions[1:])
        return [cell for at, cell in enumerate(found) if at not in gone] + [each.cell(cells) for each in self.picked]


@dataclass(frozen=True, slots=True)
class Settled:
    """What a file has of what the settings ask for.

    Attributes:
        table: Settings that name exactly the headings of the file.
        headings: Of the file, repeated ones that are read as one.
        absent: Columns that may be absent and are, with the sentence for facts that need them.
        fold: How rows follow the headings; None where nothing is repeated.
        twins: Columns that nobody reads, under another heading of a column that is read.
    """

    table: Table
    headings: list[str]
    absent: dict[str, str] = field(default_factory=dict)
    fold: Fold | None = None
    twins: tuple[TwinHeadings, ...] = ()


def leaves_room(table: Table) -> bool:
    """Return whether the settings fit files with different headings."""
    if table.others == "ignored":
        return True
    return any(each.also or each.may_be_absent or each.repeated or each.pick for each in table.columns.values())


def names_of(name: str, column: Column) -> list[str]:
    """Return every heading that a column may have, the usual one first."""
    return [column.header or name, *column.also]


def plain_heading(heading: str) -> str:
    """Return a heading as headings are compared where the settings leave room: blanks and capitals do not count."""
    return " ".join(heading.replace("\ufeff", "").split()).casefold()


def as_named_now(table: Table, headings: Iterable[str]) -> Table:
    """Return the settings with the headings of a file in the place of those that it has by another name now.

    A heading is taken for a renamed one where the file has one column of that name and none of the old one; a file with
    both stays as it is, and is refused.
    """
    if not table.renamed:
        return table
    found = list(headings)
    there = list(map(plain_heading, found))
    named: dict[str, str] = {}
    for old, names in table.renamed.items():
        wanted = set(map(plain_heading, names))
        at = [index for index, heading in enumerate(there) if heading in wanted]
        if len(at) == 1 and plain_heading(old) not in there:
            named[old] = found[at[0]]
    return table.model_copy(
        update={
            "columns": {name: _renamed(name, column, named) for name, column in table.columns.items()},
            "ignore": tuple(named.get(heading, heading) for heading in table.ignore),
            "not_subject": {named.get(heading, heading): why for heading, why in table.not_subject.items()},
            "not_rival": {named.get(heading, heading): why for heading, why in table.not_rival.items()},
            "renamed": {},
        }
    )


def _renamed(name: str, column: Column, named: Mapping[str, str]) -> Column:
    new = named.get(column.header or name)
    return column if new is None else column.model_copy(update={"header": new})


def header_row_of(table: Table, rows: Iterable[Sequence[str]]) -> Table:
    """Return the settings with the row of the headings: the first one that has every heading that must be there.

    Args:
        table: Settings that say ``header_within``.
        rows: First rows of the file as texts.
    """
    for number, cells in enumerate(rows, 1):
        if has_headings(table, cells):
            return table.model_copy(update={"header_row": number, "header_within": None})
    return table.model_copy(update={"header_within": None})


def has_headings(table: Table, cells: Iterable[str]) -> bool:
    """Return whether a row has every heading that must be there."""
    cells = list(cells)
    table = as_named_now(table, cells)
    found = {plain_heading(cell) for cell in cells}
    return all(
        not found.isdisjoint(plain_heading(heading) for heading in names_of(name, column))
        for name, column in table.columns.items()
        if not column.may_be_absent
    )


def settle(table: Table, headings: Sequence[str], place: str, below: Iterable[Sequence[str]] = ()) -> Settled:
    """Return settings that name exactly the headings of a file.

    Args:
        table: Settings of the table.
        headings: Of the file.
        place: Where they are.
        below: First rows below them, in which the headings may really be.

    Raises:
        CollectorRefusal: A column that must be there is not, has two other names, or is repeated without a word on it.
    """
    table = as_named_now(table, headings)
    if not leaves_room(table):
        return Settled(table, list(headings))
    plain = [plain_heading(heading) for heading in headings]
    columns: dict[str, tuple[int, Column]] = {}
    absent: dict[str, str] = {}
    lacking: list[str] = []
    groups: dict[int, tuple[tuple[int, ...], str]] = {}
    picked: dict[str, Picked] = {}
    several: dict[str, list[str]] = {}
    for name, column in table.columns.items():
        names = names_of(name, column)
        found = [each for each in dict.fromkeys(map(plain_heading, names)) if each in plain]
        if len(found) > 1 and found[0] != plain_heading(names[0]):  # the usual heading comes before the others
            both = " and ".join(repr(headings[plain.index(each)]) for each in found[:2])
            raise StructuralFault(f"{place}: the header has {both}, and either could be what the settings call {name}")
        if not found:
            if column.may_be_absent:
                absent[name] = f"{place} has no column {_or(names)}, which this fact needs"
            else:
                lacking.append(_or(names))
            continue
        positions = tuple(at for at, each in enumerate(plain) if each == found[0])
        several[name] = found
        if column.pick:
            heading = f"{headings[positions[0]]} ({name})"
            picked[heading] = Picked(positions, column.members, column.pick)
            strict_column = column.model_copy(update={"header": heading, "also": (), "pick": (), "optional": True})
            columns[name] = len(headings) + len(picked), strict_column
            continue
        if len(positions) > 1:
            if column.repeated is None:
                sentence = (
                    f"{place}: the header has {headings[positions[0]]!r} {len(positions)} times; say which counts: "
                )
                raise StructuralFault(sentence + "repeated: first, last or joined")
            groups[positions[0]] = positions, column.repeated
        columns[name] = positions[0], column.model_copy(update={"header": headings[positions[0]], "also": ()})
    for name in [each for each in absent if table.columns[each].sole]:
        taken = {at for at, _ in columns.values()}
        others = [at for at, each in enumerate(plain) if each and at not in taken]
        if len(others) == 1:
            del absent[name]
            columns[name] = (
                others[0],
                table.columns[name].model_copy(update={"header": headings[others[0]], "also": ()}),
            )
        elif others:
            shown = ", ".join(repr(headings[at][:60]) for at in others[:_SHOWN])
            absent[name] += f"; name one of the {len(others)} others as its header: {shown}"
    if lacking:
        # A row with headings of its own is no note, and where headings repeat, a later row begins a later group.
        looked_at = () if columns or "repeated_heading" in table.rows else below
        for number, cells in enumerate(looked_at, table.header_row + 1):
            if has_headings(table, cells):
                raise StructuralFault(
                    f"{place}: the headings are in row {number}, below a note or a title; "
                    "if the note says that a filter was applied, export again without it; else take it out, or say "
                    f"header_row: {number}"
                )
        raise _difference(place, lacking, headings, {at for at, _ in columns.values()})
    fold = Fold(len(headings), groups, tuple(picked.values())) if groups or picked else None
    gone = {at for positions, _ in groups.values() for at in positions[1:]}
    left = [heading for at, heading in enumerate(headings) if at not in gone] + list(picked)
    ordered = sorted(columns.items(), key=lambda each: each[1][0]) if table.others == "ignored" else columns.items()
    read = {column.header for _, column in columns.values()}
    lists = [headings[each.positions[0]] for each in picked.values()]
    ignore = tuple(dict.fromkeys([*table.ignore, *(heading for heading in lists if heading not in read)]))
    if table.others == "ignored":
        ignore = tuple(dict.fromkeys(heading for heading in left if heading not in read))
    strict = table.model_copy(
        update={"columns": {name: column for name, (_, column) in ordered}, "ignore": ignore, "others": "refused"}
    )
    return Settled(strict, left, absent, fold, tuple(twins_in(table, headings, plain, several)))


def _difference(place: str, lacking: Sequence[str], headings: Sequence[str], known: set[int]) -> CollectorRefusal:
    """Return the refusal of a file whose headings are not those of the settings, with what is different."""
    more = f" and {len(lacking) - _SHOWN} more" if len(lacking) > _SHOWN else ""
    sentence = f"{place}: columns that it has not: {', '.join(lacking[:_SHOWN])}{more}"
    new = [heading for at, heading in enumerate(headings) if at not in known and heading.strip()]
    if not known:  # without one heading that is known it may be a row of data, with somebody's name in it
        return StructuralFault(f"{sentence}; none of its headings is known, and they may be data, so none is shown")
    beyond = ", ".join(repr(heading[:60]) for heading in new[:_SHOWN])
    rest = f" and {len(new) - _SHOWN} more" if len(new) > _SHOWN else ""
    plain = [heading for heading in new if names_nobody(heading)]
    told = f"{sentence}; {len(new)} columns that nobody reads"
    if plain and len(plain) == len(new):  # none of them may name a person
        told = f"{sentence}; columns that nobody reads: {beyond}{rest}"
    return CollectorRefusal(f"{sentence}; columns that nobody reads: {beyond}{rest}" if new else sentence, told=told)


def _or(names: Sequence[str]) -> str:
    also = f" (or {', '.join(map(repr, names[1:4]))})" if len(names) > 1 else ""
    return f"{names[0]!r}{also}"
