"""Seats as the headings of a RACI matrix name them: ``Customer Program Manager (Theo Brandvold)``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from gonogo.documents.xlsx.cell_values import described
from gonogo.documents.xlsx.workbook import Cell
from gonogo.model.people import M3_ROLES
from gonogo.model.placeholder import has_content
from gonogo.text import did_you_mean

_NAMED: Final = re.compile(r"(?P<office>[^()]+?)\s*\((?P<name>[^()]+)\)\s*")


@dataclass(slots=True)
class SeatColumn:
    """One seat of the matrix.

    Attributes:
        column: Its column, from 1.
        role: Side and office.
        texts: ``name``, ``person``, ``from`` and ``to``, where the matrix gives them.
        cells: Where each of them stands: row and column.
    """

    column: int
    role: str
    texts: dict[str, str] = field(default_factory=dict)
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def person(self) -> str:
        """Id of the person: as given, or made of the name; empty where there is neither."""
        return self.texts.get("person") or person_id(self.texts.get("name", ""))


def person_id(name: str) -> str:
    """Return the id that a name makes: ``José O'Neil`` is ``jose.oneil``; empty where nothing is left."""
    flat = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return ".".join(re.findall("[a-z0-9-]+", re.sub(r"['’`]", "", flat)))[:80].strip(".-")


def seat_of(heading: Cell, above: str, words: Mapping[str, str]) -> tuple[SeatColumn, str]:
    """Return the seat of a heading, or what is wrong with it."""
    nobody = SeatColumn(0, "")
    if not isinstance(heading, str):
        return nobody, f"the heading is {described(heading)}, where a seat belongs"
    named = _NAMED.fullmatch(" ".join(heading.split()))
    office_text, name = (named["office"], named["name"].strip()) if named else (heading, "")
    side, office = _split_side(office_text, words)
    side = side or above
    slug = "_".join(re.findall("[a-z0-9]+", office.lower()))
    if not side or not slug or not slug[0].isalpha():
        return (
            nobody,
            f"'{heading[:60]}' does not say whose office it is; write `Customer {heading[:40]}` or `Provider …`",
        )
    role = f"{side}.{slug}"
    hint = "" if role in M3_ROLES else did_you_mean(role, M3_ROLES)
    if hint:
        return nobody, f"'{heading[:60]}' is not a seat of M3; {hint}"
    return SeatColumn(0, role, {"name": name} if has_content(name) else {}), ""


def _split_side(text: str, words: Mapping[str, str]) -> tuple[str, str]:
    flat = re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
    for word in sorted(words, key=len, reverse=True):
        plain = re.sub(r"[^a-z0-9]+", " ", word).strip()
        if plain and (flat == plain or flat.startswith(plain + " ")):
            return words[word], flat[len(plain) :].strip()
        if plain and flat.endswith(" " + plain):
            return words[word], flat[: -len(plain)].strip()
    return "", flat
