"""A sheet of people beside the register: it names nobody, and where it says another name it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from gonogo.documents.xlsx.answers import read_form
from gonogo.documents.xlsx.form import DELEGATIONS, PEOPLE, STAFF
from gonogo.documents.xlsx.typed_ids import KnownNames, evened
from gonogo.documents.xlsx.workbook import Workbook
from gonogo.model.position import Position
from gonogo.model.refusal import SourceRefusal


@dataclass(frozen=True, slots=True)
class OtherName:
    """A row of a workbook that gives somebody another name than the register.

    Attributes:
        where: Sheet and cell.
        what: What the sheet says and what the register says, without the place.
    """

    where: Position
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def other_names(workbook: Workbook, known: KnownNames) -> list[OtherName]:
    """Return every row of the sheets of people that gives an id of the register another name than the register does."""
    found: list[OtherName] = []
    for form, ids in ((PEOPLE, "person"), (DELEGATIONS, "to"), (STAFF, "person")):
        if form.sheet not in workbook.sheet_names:
            continue
        try:
            rows = [row for row in read_form(workbook, form) if not row.blank]
        except SourceRefusal:
            continue  # its layout was changed; nothing is read from it
        for row in rows:
            person, name = str(row.cells[ids]).strip(), str(row.cells["name"])
            names = known.people.get(person, frozenset())
            if not names or not name.strip() or evened(name) in {evened(each) for each in names}:
                continue
            register = " or ".join(repr(each) for each in sorted(names))
            what = f"{person} is {name[:60]!r} here and {register} in the people register; make them the same"
            found.append(OtherName(row.where("name"), what))
    return found
