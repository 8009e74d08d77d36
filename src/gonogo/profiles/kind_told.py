"""What the rows of an export are, by the keys or the words that a profile knows: incidents, or problems beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gonogo.model.key_beginning import begins_with
from gonogo.profiles.expanding import named_words
from gonogo.profiles.profile import Profile
from gonogo.text import any_of

_MEMBERS: Final = ";"


@dataclass(frozen=True, slots=True)
class KindTold:
    """What the rows of a file are.

    Attributes:
        ours: That they are what the profile reads, in words, where their keys tell the tool; else empty.
        other: What they are instead; empty where they may be what the profile reads.
        strange: Whether keys have a beginning that the profile knows of nothing.
    """

    ours: str = ""
    other: str = ""
    strange: bool = False


def kind_told(
    profile: Profile, column_of: Callable[[Sequence[str]], tuple[str, list[str]]], *, whole: bool
) -> KindTold:
    """Return what the rows of a file are.

    Args:
        profile: By which it would be read.
        column_of: Gives the column with one of these headings: what the file itself calls it, and its cells.
        whole: Whether those are the cells of every row.
    """
    for table in profile.tables.values():
        kind = table.get("kind")
        column = table["columns"].get(kind["column"]) if kind else None
        if column is None:
            continue
        heading, found = column_of([column.get("header") or kind["column"], *column.get("also", ())])
        if kind.get("begins"):
            return _by_keys(profile, kind, [cell for cell in found if cell])
        if whole:
            return _by_words(profile, kind, column, heading, found)
    return KindTold()


def _by_keys(profile: Profile, kind: Mapping[str, Any], cells: Sequence[str]) -> KindTold:
    own, others = words_meant(profile, kind["begins"]), kind.get("others", {})
    strange = [cell for cell in cells if not begins_with(cell, own)]
    if cells and not strange:
        return KindTold(ours=f"its keys begin with {any_of(sorted({begins_with(cell, own) for cell in cells}))}")
    known = next((other for cell in strange if (other := begins_with(cell, others))), "")
    if not known:
        return KindTold(strange=bool(strange))
    which = "a row" if len(strange) < len(cells) else "each row" if len(cells) > 1 else "its row"
    return KindTold(other=f"{which} is {others[known]} and not {kind['what']}, because its key begins with {known}")


def _by_words(
    profile: Profile, kind: Mapping[str, Any], column: Mapping[str, Any], heading: str, cells: Sequence[str]
) -> KindTold:
    own = set(words_meant(profile, kind["words"]))
    known = set(words_meant(profile, [*column.get("allowed", ()), *column.get("known", ())])) - own
    members = [_members(cell, column) for cell in cells]
    if not cells or any(own & each for each in members) or not all(known & each for each in members):
        return KindTold()
    return KindTold(other=f"no row is {kind['what']} by its column {heading!r}")


def _members(cell: str, column: Mapping[str, Any]) -> set[str]:
    if not column.get("pick"):
        return {cell}
    return {each.strip() for each in re.split(f"[{re.escape(column.get('members', _MEMBERS))}]", cell)}


def words_meant(profile: Profile, items: Collection[str] | str) -> tuple[str, ...]:
    """Return the usual words of the lists that settings name, and the words that they say themselves."""
    found: list[str] = []
    for item in [items] if isinstance(items, str) else items:
        lists = named_words(item)
        found += [word for name in lists for word in profile.words[name].usual] if lists else [item]
    return tuple(dict.fromkeys(found))
