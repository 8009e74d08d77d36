"""What an office wrote beside the outputs of M3's Document Tracker: which version exists, of which phase, where.

GSA's tracker says what is due and has no column for what exists, so an office adds some. Every row is accounted for:
a version, a phase or a citation that cannot be read is a refusal that names the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gonogo.collectors.document_moment import read_day
from gonogo.collectors.program.m3.phase_outputs import names_of
from gonogo.collectors.program.m3.plain_sheet import check_struck, shown_sheet
from gonogo.collectors.worksheet import Cell, Header, Workbook, Worksheet, find_header, header_key
from gonogo.model.evidence import GapReason
from gonogo.model.placeholder import has_content
from gonogo.plugin.spec import CollectorRefusal

SHEET: Final = "M3 Documents"
NAME: Final = "Documentation/Output"
_OF_GSA: Final = (NAME, "Phase 3 Engagement", "Phase 4 Migration")
_NUMBERED: Final = re.compile(r"(?:v|version|ver|rev|revision)?[ .]?([0-9]{1,4}(?:\.[0-9]{1,4}){0,3})", re.IGNORECASE)
_PHASE: Final = re.compile(r"(?:phase ?)?([0-5])", re.IGNORECASE)
_CITED: Final = re.compile(r"(.+?)[ ,]+(?:v|version|ver|rev|revision)?[ .]?([0-9]{1,4}(?:\.[0-9]{1,4}){0,3})", re.I)
_SEVERAL: Final = re.compile(r"[;\n]")
_NOTHING: Final = frozenset({"none", "nothing", "no other output"})

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AddedColumns:
    """Headings of the columns that the office added."""

    version: str
    phase: str
    date: str
    location: str
    cites: str

    @property
    def needed(self) -> tuple[str, ...]:
        """Those without which nothing shows what exists."""
        return (self.version, self.phase, self.date, self.location)


@dataclass(frozen=True, slots=True)
class TrackedDocument:
    """One output.

    Attributes:
        name: As the sheet writes it.
        row: Row of the sheet.
        version: Number of the version in force; empty where there is none.
        phase: Phase whose version it is; None where nothing says so.
        dated: Its local date; None where there is none.
        located: Whether it says where the document is.
        cites: Keys of other outputs and the versions that it cites; None where nobody says what it cites.
    """

    name: str
    row: int
    version: Version
    phase: int | None
    dated: date | None
    located: bool
    cites: tuple[tuple[str, Version], ...] | None


@dataclass(frozen=True, slots=True)
class Tracker:
    """A tracker that somebody filled in.

    Attributes:
        sheet: Its sheet.
        documents: By each of their names.
        rows: How many outputs it lists.
        cites: Whether it has the column of what is cited.
    """

    sheet: Worksheet
    documents: Mapping[str, TrackedDocument]
    rows: int
    cites: bool

    def of(self, output: str) -> TrackedDocument | None:
        """Return the row of an output that GSA published; None where the row was deleted."""
        return self.documents.get(header_key(output))


def read_tracker(workbook: Workbook, added: AddedColumns) -> Tracker:
    """Read the tracker.

    Raises:
        CollectorRefusal: Not the tracker, nobody filled it in, or a row cannot be read.
    """
    sheet = shown_sheet(workbook, SHEET)
    header = find_header(sheet, _OF_GSA)
    lacking = [heading for heading in added.needed if header_key(heading) not in header.columns]
    if lacking:
        raise CollectorRefusal(
            f"{sheet.where()} says what is due and not what exists: it lacks the columns "
            f"{', '.join(map(repr, lacking))}; add them beside GSA's, or name yours in the settings",
            GapReason.NOT_PROVABLE,
        )
    for merged in sheet.merged_in(header.row, sheet.last_row):
        raise CollectorRefusal(f"{sheet.where()} has merged cells {merged} among its rows; only one holds the value")
    documents = [
        found for row in range(header.row + 1, sheet.last_row + 1) if (found := _read(sheet, header, row, added))
    ]
    check_struck(workbook, sheet, (document.row for document in documents))
    if not any(document.version for document in documents):
        raise CollectorRefusal(
            f"{sheet.where()} has no version under {added.version!r}: the tracker is not filled in",
            GapReason.NOT_PROVABLE,
        )
    return Tracker(sheet, _by_name(sheet, documents), len(documents), header_key(added.cites) in header.columns)


def _by_name(sheet: Worksheet, documents: Iterable[TrackedDocument]) -> dict[str, TrackedDocument]:
    found: dict[str, TrackedDocument] = {}
    for document in documents:
        key = header_key(document.name)
        if key in found:
            raise CollectorRefusal(
                f"{sheet.where()}, row {document.row}, has {document.name!r} a second time; the first is in row "
                f"{found[key].row}"
            )
        found[key] = document
    short: dict[str, TrackedDocument] = {}
    for document in found.values():
        for name in names_of(document.name) - found.keys():
            if name in short:
                raise CollectorRefusal(
                    f"{sheet.where()}: {document.name!r} and {short[name].name!r} have one short name, {name!r}; give "
                    "one of them another"
                )
            short[name] = document
    return short | found


def _read(sheet: Worksheet, header: Header, row: int, added: AddedColumns) -> TrackedDocument | None:
    def cell(heading: str) -> Cell:
        column = header.columns.get(header_key(heading))
        return "" if column is None else sheet.value(row, column)

    def place(heading: str) -> str:
        return str(sheet.where(row, header.columns[header_key(heading)]))

    name = " ".join(str(cell(NAME)).split())
    texts = {heading: _text(cell(heading)) for heading in (*added.needed, added.cites)}
    if not name:
        if any(texts.values()):
            raise CollectorRefusal(f"{sheet.where()}, row {row}, is filled in and names no output")
        return None
    version, phase = texts[added.version], texts[added.phase]
    if version and not (number := _NUMBERED.fullmatch(version)):
        raise CollectorRefusal(f"{place(added.version)} holds {version[:40]!r}; write a version such as 2.0")
    if phase and not (of_phase := _PHASE.fullmatch(phase)):
        raise CollectorRefusal(f"{place(added.phase)} holds {phase[:40]!r}; write a phase, from 0 to 5")
    day = read_day(cell(added.date))
    if day is None and texts[added.date]:
        raise CollectorRefusal(
            f"{place(added.date)} holds {texts[added.date][:40]!r}, which is not a date; format the cell as a date"
        )
    cites = texts[added.cites]
    if cites and not version:
        raise CollectorRefusal(f"{place(added.cites)} says what is cited, but no version of {name!r} is there")
    return TrackedDocument(
        name,
        row,
        parsed(number[1]) if version and number else (),
        int(of_phase[1]) if phase and of_phase else None,
        day,
        has_content(texts[added.location]),
        _cited(cites, place(added.cites)) if cites else None,
    )


def _text(value: Cell) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return text if has_content(text) or text[:1].isdigit() or header_key(text) in _NOTHING else ""


def _cited(text: str, place: str) -> tuple[tuple[str, Version], ...]:
    if header_key(text) in _NOTHING:
        return ()
    found = []
    for part in filter(None, (header_key(part) for part in _SEVERAL.split(text))):
        match = _CITED.fullmatch(part)
        if match is None:
            raise CollectorRefusal(
                f"{place} cites {part[:60]!r}; write each output with its version, such as Test Plan 1.2, and a "
                "semicolon between two"
            )
        found.append((match[1].strip(), parsed(match[2])))
    return tuple(found)


def parsed(version: str) -> Version:
    """Return the numbers of a version; 2.0 is 2."""
    numbers = [int(number) for number in version.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
