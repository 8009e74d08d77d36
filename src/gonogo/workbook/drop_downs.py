"""What the drop-downs offer: columns of a hidden sheet, because a list inside a cell's rule ends at 255 characters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gonogo.documents.xlsx.form import LISTS_SHEET
from gonogo.documents.xlsx.workbook import column_letters
from gonogo.model.people import M3_OFFICES, Side
from gonogo.workbook.content import Content


@dataclass(slots=True)
class Lists:
    """The lists of one workbook, each once."""

    columns: dict[tuple[str, ...], str] = field(default_factory=dict)

    def reference(self, values: Iterable[str]) -> str:
        """Return the reference of a list; the empty text for a list of nothing."""
        wanted = tuple(dict.fromkeys(values))
        if not wanted:
            return ""
        if wanted not in self.columns:
            letters = column_letters(len(self.columns) + 1)
            self.columns[wanted] = f"={LISTS_SHEET}!${letters}$1:${letters}${len(wanted)}"
        return self.columns[wanted]

    def write(self, sheet: Any) -> None:
        """Write every list that was asked for."""
        for number, values in enumerate(self.columns):
            for row, value in enumerate(values):
                sheet.write_string(row, number, value)


def choices(content: Content, key: str) -> tuple[str, ...]:
    """Return what a column of that key offers; nothing for one that takes anything."""
    people = tuple(sorted(content.people.names))
    offices = [office.partition(".")[2] for office in content.ruleset.offices]
    offices += [tenure.role.partition(".")[2] for tenure in content.people.tenures]
    offered: dict[str, Iterable[str]] = {
        "side": tuple(side.value for side in Side),
        "office": (*M3_OFFICES, *offices),
        "criterion": (criterion.id for criterion in content.ruleset.criteria),
        "release": (content.release.id,),
        "register": content.registers,
    }
    offered |= dict.fromkeys(("person", "prepared_by", "by", "requested_by"), people)
    return tuple(dict.fromkeys(offered.get(key, ())))
