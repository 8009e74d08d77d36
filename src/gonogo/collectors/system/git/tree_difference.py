"""Files that differ between two commits below given paths, by the ids of their contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.collectors.system.git.git_bundle import AGAIN
from gonogo.collectors.system.git.pack import Pack
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

_MOST: Final = 500_000
FOLDER: Final = b"40000"
Node = tuple[bytes, str]
"""Mode and id of an entry of a tree."""


class TreeDifference:
    """Compares trees of one pack."""

    def __init__(self, pack: Pack, place: str) -> None:
        self._pack, self._place, self._met = pack, place, 0

    def there(self, root: str, path: str) -> bool:
        """Return whether a tree has a file or folder of that path."""
        return self._below(root, path) is not None

    def differing(self, before: str, after: str, path: str) -> Iterator[str]:
        """Yield the path of every file below ``path`` that one tree has and the other has not, or has otherwise.

        Raises:
            StructuralFault: A tree is not in the pack, or there are too many entries.
        """
        ahead: list[tuple[str, Node | None, Node | None]] = [
            (path, self._below(before, path), self._below(after, path))
        ]
        while ahead:
            name, one, other = ahead.pop()
            if one == other:
                continue
            sides = [self.entries(side[1]) if side and side[0] == FOLDER else {} for side in (one, other)]
            if any(side and side[0] != FOLDER for side in (one, other)):
                yield name
            for key in sorted(set(sides[0]) | set(sides[1]), reverse=True):
                ahead.append((f"{name}/{_shown(key)}", sides[0].get(key), sides[1].get(key)))

    def _below(self, root: str, path: str) -> Node | None:
        node: Node | None = (FOLDER, root)
        for part in filter(None, path.split("/")):
            if node is None or node[0] != FOLDER:
                return None
            node = self.entries(node[1]).get(part.encode())
        return node

    def entries(self, identity: str) -> dict[bytes, Node]:
        """Return what a folder holds, by name.

        Raises:
            StructuralFault: It is not in the pack, cannot be read, or there are too many entries.
        """
        content = self._pack.tree(identity)
        if content is None:
            raise StructuralFault(
                f"{self._place} does not hold the folders of a commit, as of a partial clone; {AGAIN}",
                GapReason.NOT_PROVABLE,
            )
        width = len(identity) // 2
        found: dict[bytes, Node] = {}
        at = 0
        while at < len(content):
            end = content.find(b"\0", at)
            mode, blank, name = content[at:end].partition(b" ")
            if end < 0 or not blank or not name or b"/" in name or end + 1 + width > len(content):
                raise StructuralFault(f"{self._place} has a folder that cannot be read; it may be damaged")
            found[name] = mode.lstrip(b"0"), content[end + 1 : end + 1 + width].hex()
            at = end + 1 + width
        self._met += len(found)
        if self._met > _MOST:
            raise StructuralFault(f"more than {_MOST:,} files and folders of {self._place} would have to be compared")
        return found


def _shown(name: bytes) -> str:
    text = name.decode("utf-8", "backslashreplace")
    return "".join(mark if mark.isprintable() else "?" for mark in text)
