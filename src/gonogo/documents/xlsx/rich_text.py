"""Texts of which every run is struck through: another way to strike a cell than by its style."""

from __future__ import annotations

from typing import Final

_OFF: Final = ("0", "false", "off")


class Runs:
    """Follows the elements of rich texts, in the shared texts of a workbook or in the cells themselves.

    Attributes:
        struck: Whether the text that ended last has content, and all of it is struck through.
    """

    def __init__(self) -> None:
        self.struck = False
        self._strike = self._any = self._reading = False
        self._all = True
        self._phonetic = 0

    def start(self, local: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if local in ("si", "is"):
            self.struck, self._any, self._all, self._strike = False, False, True, False
        elif local == "r":
            self._strike = False
        elif local == "strike":
            self._strike = attributes.get("val", "1") not in _OFF
        elif local == "rPh":
            self._phonetic += 1
        self._reading = local == "t" and not self._phonetic

    def text(self, data: str) -> None:
        """Take characters."""
        if self._reading and data.strip():
            self._any = True
            self._all = self._all and self._strike

    def end(self, local: str) -> None:
        """Take the end of an element."""
        self._reading = False
        if local == "rPh":
            self._phonetic -= 1
        elif local == "r":
            self._strike = False
        elif local in ("si", "is"):
            self.struck = self._any and self._all
