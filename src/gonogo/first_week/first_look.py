"""Workbooks for a first look: the same checks as those of collectors, with refusals as a command words them."""

from __future__ import annotations

from gonogo.documents.xlsx.archive import read_parts
from gonogo.documents.xlsx.workbook import Workbook, Worksheet
from gonogo.errors import UsageError
from gonogo.model.refusal import SourceRefusal


def look_into(data: bytes, file_name: str) -> FirstLook:
    """Open a workbook.

    Raises:
        UsageError: It is damaged, encrypted, no workbook, or built to hurt.
    """
    try:
        return FirstLook(file_name, read_parts(data, file_name))
    except SourceRefusal as refusal:
        raise UsageError(f"{refusal}.") from refusal


class FirstLook(Workbook):
    """A workbook that a person asks about, of which the sheet with most cells is looked for."""

    def weight(self, name: str) -> int:
        """Return how many cells of a sheet hold a value."""
        xml, _ = self.styled(name)
        return xml.count(b"<v>") + xml.count(b"<is>")

    def visible(self, name: str) -> bool:
        """Whether a sheet is neither hidden nor very hidden."""
        return name not in self._hidden

    @property
    def _hidden(self) -> set[str]:
        return {entry.name for entry in self._calamine.sheets_metadata if not str(entry.visible).endswith(".Visible")}

    def sheet(self, name: str) -> Worksheet:
        """Return a worksheet by its exact name.

        Raises:
            UsageError: It cannot be read.
        """
        try:
            return super().sheet(name)
        except SourceRefusal as refusal:
            raise UsageError(f"{refusal}.") from refusal
