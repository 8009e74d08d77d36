"""Things that are one file each in a folder, by name: commands, report formats. A new one is one new file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


def stem_of(name: str) -> str:
    """Return how the file of a name begins: ``verify_decision`` for ``verify-decision``."""
    return name.replace("-", "_")


class FileRegistry(Mapping[str, T]):
    """What the files ``<name><end>`` of a folder hold, by name. A file is read when its entry is taken out."""

    def __init__(self, folder: str, end: str, first: tuple[str, ...], read: Callable[[str], T]) -> None:
        """Look for the files.

        Args:
            folder: Where they are.
            end: End of their file names: ``_command.py``.
            first: Names that come first, in this order; the others follow by name.
            read: Returns the entry of a name.
        """
        found = {file.removesuffix(end).replace("_", "-") for file in os.listdir(folder) if file.endswith(end)}
        self._names = tuple(name for name in first if name in found) + tuple(sorted(found - {*first}))
        self._read = read

    def __iter__(self) -> Iterator[str]:
        """Iterate the names in their order."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        """Return whether there is a file of a name, without reading it."""
        return name in self._names

    def __getitem__(self, name: str) -> T:
        """Read and return the entry of a name."""
        if name not in self._names:
            raise KeyError(name)
        return self._read(name)
