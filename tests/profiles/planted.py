"""Examples of every shipped profile with a set of names, addresses, numbers and tokens planted where people stand."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gonogo.profiles.example_files import WORKBOOK, workbook_of
from gonogo.profiles.profile import Example, Profile, plain

NAMES = ("Zebulon Quackenbush", "Wilhelmina Thistlewood", "Zygmunt Brzeczkowski")
PLANTED = (
    *NAMES,
    "zebulon.quackenbush@people.example",
    "wthistlewood@people.example",
    "987-65-4320",
    "EMP-7744113",
    "+1 202 555 0143",
    "ghp_PLANTEDtoken0123456789abcdefABCDEF01",
    "hunter2-PLANTED-secret",
)
"""What must appear nowhere."""
TRACES = ("Quackenbush", "Thistlewood", "Brzeczkowski", "wthistlewood", "zebulon.q", "987-65-43", "7744113", "555 0143")
TRACES = (*TRACES, "PLANTED")
"""Parts of it by which it would be found."""
NOTE = "Call Zebulon Quackenbush (zebulon.quackenbush@people.example, +1 202 555 0143), SSN 987-65-4320, EMP-7744113"
NOTES = (NOTE, "hunter2-PLANTED-secret of Wilhelmina Thistlewood", "see ghp_PLANTEDtoken0123456789abcdefABCDEF01")
_NOTED = ("note", "comment", "description", "summary", "justification", "rationale", "explanation")


def is_note(heading: str) -> bool:
    """Return whether a heading is that of a text for people."""
    return any(word in plain(heading) for word in _NOTED)


class Planter:
    """Gives each value of a person one planted value, the same each time, so that keys stay keys."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def person(self, value: str) -> str:
        """Return what stands in place of a person."""
        number = len(self.known)
        turn = number // len(PLANTED)
        return self.known.setdefault(value, PLANTED[number % len(PLANTED)] + (f" {turn}" if turn else ""))

    def note(self, number: int) -> str:
        """Return what stands in place of a note."""
        return NOTES[number % len(NOTES)]


def planted_file(profile: Profile, example: Example, named: Callable[[str], str]) -> tuple[str, bytes]:
    """Return the name and the bytes of an example with the set planted in it.

    Args:
        profile: The profile.
        example: The example.
        named: What a file of this ending is called.
    """
    data = (profile.path.parent / example.file).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252")
    planter = Planter()
    if example.file.endswith(".json"):
        document = json.loads(text)
        _plant_records(document, "", profile, planter)
        return named(".json"), json.dumps(document).encode()
    book = example.file.endswith(WORKBOOK)
    delimiter = "," if book else max(",;\t|", key="".join(text.splitlines()[:12]).count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    width, at = 0, -1
    for number, cells in enumerate(rows):
        if at < 0 and _is_header(profile, cells):
            at, width = number, len(cells)
            people = {index for index, cell in enumerate(cells) if profile.is_about_people(cell)}
            notes = {index for index, cell in enumerate(cells) if is_note(cell) and index not in people}
            cells.append("Notes")
        elif at >= 0:
            for index, cell in enumerate(cells[:width]):
                if cell and index in people:
                    cells[index] = planter.note(number) if is_note(rows[at][index]) else planter.person(cell)
                elif cell and index in notes:
                    cells[index] = planter.note(number)
            if sum(map(bool, cells)) > 1 and not (cells[-1].startswith("#^") or book):
                cells[width:] = [planter.note(number)]
    if book:
        rows[at].pop()
        sheet = profile.sheets[0].replace("*", "") if profile.sheets else "Sheet1"
        return named(".xlsx"), workbook_of(_written(rows, ","), sheet)
    return named(".csv"), _written(rows, delimiter).encode()


def _written(rows: list[list[str]], delimiter: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _is_header(profile: Profile, cells: list[str]) -> bool:
    found = {plain(cell) for cell in cells}
    first = next(iter(profile.tables))
    needed = [each for each in profile.columns() if each.needed and each.table == first]
    return all(not found.isdisjoint(map(plain, each.headings)) for each in needed)


def _plant_records(place: Any, path: str, profile: Profile, planter: Planter) -> None:
    parts = place.items() if isinstance(place, dict) else enumerate(place) if isinstance(place, list) else ()
    for key, value in parts:
        own = f"{path}.{key}" if path and isinstance(key, str) else str(key) if isinstance(key, str) else path
        if isinstance(value, str) and value and (profile.is_about_people(own) or profile.is_about_people(str(key))):
            place[key] = planter.note(len(planter.known)) if is_note(own) else planter.person(value)
        elif isinstance(value, str) and value and is_note(own):
            place[key] = planter.note(len(own))
        elif isinstance(value, (dict, list)):
            _plant_records(value, own, profile, planter)


def traces(text: str) -> list[str]:
    """Return which parts of the planted set a text shows."""
    return [trace for trace in TRACES if trace in text]


def all_bytes(folder: Path) -> dict[str, bytes]:
    """Return what every file below a folder holds, archives opened."""
    found: dict[str, bytes] = {}
    for path in [folder] if folder.is_file() else sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        data = path.read_bytes()
        found[path.name] = data
        if data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    found[f"{path.name}:{name}"] = archive.read(name)
    return found
