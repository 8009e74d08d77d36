"""The text of a C2SP checkpoint: which log, how many records, and their root (c2sp.org/tlog-checkpoint)."""

from __future__ import annotations

import re
from typing import Final

from pydantic import Field

from gonogo.errors import DocumentError
from gonogo.model.base import Frozen, OneLine, Sha256
from gonogo.model.canonical import MAX_INTEGER
from gonogo.signing.base64_text import base64_of, read_base64

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


class TreeHead(Frozen):
    """What a checkpoint says of a log.

    Attributes:
        origin: The log's name.
        size: How many records it has.
        root: The RFC 6962 root over them, 64 hexadecimal digits.
        extensions: Further lines, which mean nothing to those who do not know them.
    """

    origin: OneLine
    size: int = Field(ge=0, le=MAX_INTEGER)
    root: Sha256
    extensions: tuple[OneLine, ...] = ()

    @property
    def text(self) -> str:
        """The text of the note: a line for each, the root in base64."""
        return "".join(
            f"{line}\n" for line in (self.origin, self.size, base64_of(bytes.fromhex(self.root)), *self.extensions)
        )


def read_tree_head(text: str, *, what: str = "this checkpoint") -> TreeHead:
    """Read the text of a note whose signature was checked.

    Raises:
        DocumentError: It is not a checkpoint: too few lines, an empty one, or a size or root that cannot be read.
    """
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines) or any(len(line) > 2000 for line in lines):
        raise DocumentError(f"{what} is not a checkpoint: its lines are the log, its size, and its root")
    origin, size, root, *extensions = lines
    if not _SIZE.fullmatch(size) or int(size) > MAX_INTEGER:
        raise DocumentError(f"{what}: the second line `{size[:40]}` is not the size of a log")
    try:
        digest = read_base64(root)
    except ValueError:
        digest = b""
    if len(digest) != 32:
        raise DocumentError(f"{what}: the third line is not the root of a log in base64")
    return TreeHead(origin=origin, size=int(size), root=digest.hex(), extensions=tuple(extensions))
