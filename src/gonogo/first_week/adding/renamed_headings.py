"""Headings that a newer file has in the place of those which its binding reads: proposed, and never taken unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.bound_paths import read_now
from gonogo.first_week.adding.newer_content import unfit
from gonogo.first_week.adding.old_readers import OldReader
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.prose import plain
from gonogo.first_week.spellings import as_one
from gonogo.model.program import Binding
from gonogo.profiles.profile import plain as plain_heading
from gonogo.text import listed

_KINDS: Final = {"date": "days", "instant": "moments", "text": "words", "id": "keys", "boolean": "yes and no"}
_HEADING: Final = "HEADING"
_FEW: Final = 12
"""A column of so few different words is compared by them."""


@dataclass(frozen=True, slots=True)
class RenamedHeading:
    """A heading that a file lacks, and the one that it may have in its place.

    Attributes:
        old: As the binding knows it.
        new: As the file has it; empty where nothing stands in that place.
        why: Why it may be the same column, in words; empty where only a person knows.
        offered: Other headings of the file that the binding does not know.
    """

    old: str
    new: str = ""
    why: str = ""
    offered: tuple[str, ...] = ()


def with_renamed(binding: Binding, named: Mapping[str, str]) -> Binding:
    """Return a binding whose table reads columns by other names too: old heading to new one."""
    return binding.model_copy(update={"settings": renamed_settings(binding.settings, named)})


def renamed_settings(settings: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    """Return settings in which the one table reads columns by other names too."""
    tables = dict(settings.get("tables", {}))
    for key, table in tables.items():
        before = {old: list(names) for old, names in (table.get("renamed") or {}).items()}
        for old, new in named.items():
            before[old] = [*dict.fromkeys([*before.get(old, []), new])]
        tables[key] = {**table, "renamed": before}
    return {**settings, "tables": tables}


def renamed_headings(program: OpenProgram, reader: OldReader, path: str) -> list[RenamedHeading]:
    """Return the headings that a file lacks and a binding needs, each with what the file has in its place.

    Plain is what stands between the same columns and holds the same kind of cells, and of a few words some of the same.

    Args:
        program: The program.
        reader: The binding, and by which path it reads the old file.
        path: Of the newer file.
    """
    tables = reader.binding.settings.get("tables", {})
    if reader.binding.plugin != "table" or len(tables) != 1 or len(reader.binding.inputs) != 1:
        return []
    (table,) = tables.values()
    before = _mapped(program, read_now(program, reader.words), table)
    after = _mapped(program, path, table)
    if before is None or after is None:
        return []
    there = [plain_heading(each) for each in after.grid.headings]
    lacking = [old for old in _needed(table) if not any(plain_heading(each) in there for each in _names(table, old))]
    known = {plain_heading(each) for old in _every(table) for each in _names(table, old)}
    known |= {plain_heading(each) for each in before.grid.headings}
    beyond = tuple(each for each in after.grid.headings if each and plain_heading(each) not in known)
    if not lacking or not beyond or 2 * len(lacking) > len(_needed(table)):
        return []  # where more is lacking than is there, it is another list
    places = {_place(after, each, known): each for each in beyond}
    found = []
    for old in lacking:
        new = places.get(_place(before, old, set(there)), "") if len(places) == len(beyond) else ""
        why = _alike(before, after, old, new) if new else ""
        found.append(RenamedHeading(old, new if why else "", why, beyond))
    return found


def _mapped(program: OpenProgram, path: str, table: Mapping[str, Any]) -> TableMapping | None:
    sheet, row = table.get("sheet"), table.get("header_row", 1)
    try:
        return map_file(program.root / path, sheet=sheet, header_row=None if table.get("header_within") else row)
    except UsageError:
        return None


def _every(table: Mapping[str, Any]) -> list[str]:
    """Return each heading that a table reads or ignores."""
    read = [str(column.get("header", name)) for name, column in table.get("columns", {}).items()]
    return [*dict.fromkeys([*read, *table.get("ignore", ())])]


def _needed(table: Mapping[str, Any]) -> list[str]:
    """Return those that a file must have."""
    loose = {
        str(column.get("header", name))
        for name, column in table.get("columns", {}).items()
        if column.get("may_be_absent") or column.get("pick")
    }
    return [each for each in _every(table) if each not in loose]


def _names(table: Mapping[str, Any], heading: str) -> list[str]:
    """Return every name by which a heading is read."""
    also = [
        each
        for name, column in table.get("columns", {}).items()
        if str(column.get("header", name)) == heading
        for each in column.get("also", ())
    ]
    return [heading, *also, *(table.get("renamed") or {}).get(heading, ())]


def _place(mapping: TableMapping, heading: str, known: set[str]) -> tuple[str, str]:
    """Return between which known headings one stands; the ends of the row are empty."""
    headings = [plain_heading(each) for each in mapping.grid.headings]
    wanted = plain_heading(heading)
    if wanted not in headings:
        return "?", "?"
    at = headings.index(wanted)
    left = next((each for each in reversed(headings[:at]) if each in known), "")
    return left, next((each for each in headings[at + 1 :] if each in known), "")


def _alike(before: TableMapping, after: TableMapping, old: str, new: str) -> str:
    """Return that two columns hold cells of one kind, in words; empty where they do not."""
    one = next((each for each in before.columns.values() if plain_heading(each.heading) == plain_heading(old)), None)
    two = next((each for each in after.columns.values() if plain_heading(each.heading) == plain_heading(new)), None)
    if one is None or two is None or one.settings.get("type") != two.settings.get("type"):
        return ""
    kind = _KINDS.get(str(one.settings.get("type")), "numbers")
    if kind == "words" and min(one.distinct, two.distinct) <= _FEW:
        mine, theirs = _words(before, one.index), _words(after, two.index)
        if 2 * len(mine & theirs) < min(len(mine), len(theirs)) or not mine & theirs:
            return ""
        return "it stands in the same place and has the same words"
    return f"it stands in the same place and holds {kind} too"


def _words(mapping: TableMapping, index: int) -> set[str]:
    return {as_one(str(row[index])) for row in mapping.grid.rows} - {""}


def plainly_renamed(program: OpenProgram, reader: OldReader, path: str) -> dict[str, str]:
    """Return each heading that a file plainly has by another name, with that, if its binding reads the file by them."""
    found = renamed_headings(program, reader, path)
    named = {each.old: each.new for each in found}
    if not named or not all(named.values()):
        return {}
    read = with_renamed(reader.reading(path), named)
    return {} if unfit(preview_in(program, read)) else named


def renamed_words(program: OpenProgram, readers: Sequence[OldReader], misfits: Mapping[str, str], path: str) -> str:
    """Return that a file has other headings in the place of some, and what a person does about it; empty for nothing.

    Args:
        program: The program.
        readers: The bindings that read the old file.
        misfits: Those that could not read the newer one, with why.
        path: Of the newer file.
    """
    parts: list[str] = []
    options: dict[str, None] = {}
    for each in (each for each in readers if each.binding.id in misfits):
        found = renamed_headings(program, each, path)
        if not found:
            return ""
        asks = []
        for one in found:
            if one.new:
                asks.append(f"where it reads `{plain(one.old)}` the file has `{plain(one.new)}`, and {one.why}")
            else:
                others = listed([f"`{plain(new)}`" for new in one.offered], most=6)
                asks.append(f"it reads `{plain(one.old)}`, which the file lacks, and the file has {others}")
            options[f"--renamed {quote(f'{one.old}={one.new or _HEADING}')}"] = None
        parts.append(f"{each.binding.id} does not read it: {'; '.join(asks)}.")
    if_so = "If it is the same column" if len(options) == 1 else "If they are the same columns"
    way = f"gonogo add PROGRAM {quote(path)} --replaces {readers[0].binding.id} {' '.join(options)} --by 'NAME'"
    return f"{' '.join(parts)} {if_so}: {way}."
