"""The parts of an Excel workbook as bytes, so that one cell can be changed and the rest stays as it was written."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from gonogo.drill.defect import NotPlanted

_ROW: Final = re.compile(rb"<row\b[^>]*?(?:/>|>.*?</row>)", re.DOTALL)
_CELL: Final = re.compile(rb"<c\b(?P<head>[^>]*?)(?:/>|>(?P<body>.*?)</c>)", re.DOTALL)
_SHEET: Final = re.compile(rb'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_TARGET: Final = re.compile(rb"<Relationship\b[^>]*?>")


class WorkbookParts:
    """A workbook, member by member.

    Raises:
        NotPlanted: It is not a workbook.
    """

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
        except (zipfile.BadZipFile, OSError) as error:
            raise NotPlanted("the workbook cannot be taken apart") from error

    def member(self, name: str) -> bytes:
        """Return one member's bytes."""
        for entry, content in self._entries:
            if entry.filename == name:
                return content
        raise NotPlanted(f"the workbook has no {name}")

    def put(self, name: str, content: bytes) -> None:
        """Replace one member's bytes."""
        self._entries = [(entry, content if entry.filename == name else old) for entry, old in self._entries]

    def sheet(self, name: str = "") -> str:
        """Return the member of a sheet by its name; without one, of the sheet with most rows."""
        targets = dict(self._targets())
        sheets = {
            found[1].decode(): targets.get(found[2], "") for found in _SHEET.finditer(self.member("xl/workbook.xml"))
        }
        known = {sheet: member for sheet, member in sheets.items() if member}
        if name:
            if name not in known:
                raise NotPlanted(f"the workbook has no sheet {name}")
            return known[name]
        if not known:
            raise NotPlanted("the workbook names no sheet")
        return max(known.values(), key=lambda member: len(self.rows(member)))

    def rows(self, member: str) -> list[re.Match[bytes]]:
        """Return the rows of a sheet."""
        return list(_ROW.finditer(self.member(member)))

    def filled(self, member: str) -> list[re.Match[bytes]]:
        """Return the rows of a sheet that hold at least three values."""
        return [row for row in self.rows(member) if row[0].count(b"<v>") + row[0].count(b"<is>") >= 3]

    def _targets(self) -> list[tuple[bytes, str]]:
        found = []
        for relation in _TARGET.findall(self.member("xl/_rels/workbook.xml.rels")):
            name, target = re.search(rb'\bId="([^"]*)"', relation), re.search(rb'\bTarget="([^"]*)"', relation)
            if name and target:
                path = target[1].decode()
                found.append((name[1], path.lstrip("/") if path.startswith("/") else f"xl/{path}"))
        return found

    @property
    def data(self) -> bytes:
        """The workbook's bytes."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, content in self._entries:
                archive.writestr(entry.filename, content)
        return stream.getvalue()


def without_results(row: bytes) -> bytes:
    """Return a row whose every value is a formula that nobody has calculated."""
    return _CELL.sub(_formula, row)


def _formula(cell: re.Match[bytes]) -> bytes:
    if not cell["body"] or (b"<v>" not in cell["body"] and b"<is>" not in cell["body"]):
        return cell[0]
    head = re.sub(rb'\s+t="[^"]*"', b"", cell["head"])
    return b"<c" + head + b"><f>1+1</f></c>"
