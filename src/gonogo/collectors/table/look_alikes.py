"""Keys of a loaded table that are likely one key written in two ways, as a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.table.shown import Doubt, Shown
from gonogo.model.evidence import GapReason
from gonogo.model.look_alike import latin
from gonogo.model.shown_text import shown_text

_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)
_LONGEST: Final = 60


def doubles(loaded: Shown, key: Sequence[str], *, counting: bool) -> Iterator[Doubt]:
    """Yield a doubt where two keys look like one that is written in two ways, unless the settings say why they differ.

    Args:
        loaded: The table.
        key: Columns that tell its rows apart, or the one whose values are counted as things; none for none.
        counting: Whether it concerns the facts that count rows; else those that read the column.
    """
    table = loaded.table
    if table.distinct is not None or not any(table.columns[column].type in _TEXTS for column in key):
        return
    if not loaded.may_have_doubles(key):
        return
    keys = loaded.keys(key)
    found = likely_doubles(keys)
    if not found:
        return
    (first, second), more = found[0], f" (and {len(found) - 1:,} more)" if len(found) > 1 else ""
    one, other = (" / ".join(keys[index])[:_LONGEST] for index in (first, second))
    word, number = loaded.source.row_word, loaded.source.number
    start = f"{loaded.source.place}: {', '.join(key)} "
    end = "; correct the file, or say why they are different items by distinct: ..."
    yield Doubt(
        GapReason.AMBIGUOUS_ROWS,
        f"{start}is {one!r} in {word} {number(first)} and {other!r} in {word} {number(second)}{more}, which look like "
        f"one key written in two ways{end}",
        f"{start}looks like one key written in two ways in {word} {number(first)} and {number(second)}{more}{end}",
        counting=counting,
        only=frozenset() if counting else frozenset(key),
    )


def aside(loaded: Shown, key: Sequence[str]) -> Iterator[Doubt]:
    """Yield a doubt where keys are marked as set aside, such as ``#IF-07``, unless struck rows count.

    Args:
        loaded: The table.
        key: Columns that tell its rows apart.
    """
    for column in key:
        if loaded.table.columns[column].type not in _TEXTS or loaded.table.rows.get(NoItem.STRUCK) == "counts":
            continue
        if not loaded.may_be_aside(column):
            continue
        keys = loaded.keys((column,))
        found = set_aside([text for (text,) in keys])
        if found:
            rows = first_few([str(loaded.source.number(index)) for index in found[:SHOWN]], len(found))
            sentence = (
                f"{loaded.source.place}: {column} in {loaded.source.row_word} {rows} begins with a sign that sets rows "
                f"aside, such as # or //; take them out, or say rows: {{struck: {{column: {column}, values: "
                "[...]}}, or {struck: counts} if such rows are items"
            )
            yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence)


_ZEROS: Final = re.compile(r"(?<![0-9.,])0+(?=[0-9])")
"""Zeros that lead a number; those behind a point are decimals or parts of an outline number."""
_JOINTS: Final = re.compile(r"[\s_/:\-\u2010-\u2015\u2212]+")
_BESIDE_LETTER: Final = re.compile(r"(?<=[^\W\d_])-|-(?=[^\W\d_])")
_AROUND: Final = " \t.,;:*'\"`()[]{}<>#_-/\u2018\u2019\u201c\u201d"
_MIXED: Final = re.compile(r"[OoIl0-9]*[0-9][OoIl0-9]*")
"""Digits, with letters among them that are read as digits."""
_DIGIT: Final = str.maketrans("OoIl", "0011")
_SMALL_L: Final = re.compile(r"l(?=[A-Z])|(?<=[A-Z])l")
_OPAQUE: Final = re.compile(r"(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z]{11,}")
"""An identifier that a system made, in which capitals tell apart."""

_COPY: Final = re.compile(
    r"[\s_-]*[(\[]\s*(?:dup|duplicate|copy|kopie|copie|copia|doppelt|doublon)[ .0-9]{0,4}[)\]]\s*\Z", re.I
)
"""What people write behind a key that is there twice."""
_ASIDE: Final = re.compile(r"(?:#+|//|--+|~~+)\s*(?=[^\W_])")
"""Signs by which a row is commented out or struck where nothing else can strike it."""


def alike(key: str) -> str:
    """Return a key as it is compared.

    Without markup, invisible signs, leading zeros, width, capitals, and what stands around it, such as quotes, a star
    or *(dup)*; joints between digits are one sign and others none. A letter that looks like another, or a digit among
    digits, is it.
    """
    plain = _COPY.sub("", latin(shown_text(key)))
    if _OPAQUE.fullmatch(plain):
        return plain
    bare = _JOINTS.sub("-", _SMALL_L.sub("I", plain.strip(_AROUND) or plain.strip()))
    read = _MIXED.sub(lambda found: found[0].translate(_DIGIT), _ZEROS.sub("", bare))
    return _BESIDE_LETTER.sub("", _ZEROS.sub("", read)).casefold()


def set_aside(keys: Sequence[str]) -> list[int]:
    """Return the indexes of keys that are marked as set aside: ``#IF-07`` among keys without such a sign.

    Where at least half of the keys begin so, the sign is part of them.
    """
    found = [index for index, key in enumerate(keys) if _ASIDE.match(key)]
    return found if len(found) * 2 < len(keys) else []


def likely_doubles(keys: Iterable[Sequence[str]]) -> list[tuple[int, int]]:
    """Return the indexes of keys that are another way to write an earlier one, each after the index of that one.

    Args:
        keys: The parts of each key, in the order of the rows. A key that comes again as it stands is no double.
    """
    first: dict[tuple[str, ...], tuple[int, Sequence[str]]] = {}
    found = []
    for index, key in enumerate(keys):
        known, written = first.setdefault(tuple(map(alike, key)), (index, key))
        if list(written) != list(key):
            found.append((known, index))
    return found
