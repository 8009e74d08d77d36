"""Where a program's log lies and whose it is, read of ``gonogo.yaml`` alone: for commands that show the record.

They need nothing else of a program, and mistakes elsewhere in its files keep nobody from its log.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from gonogo.documents.files import path_mistake, read_file, shown
from gonogo.documents.scalars import Id, Words
from gonogo.documents.yaml.node import MappingNode
from gonogo.documents.yaml.reader import read_yaml
from gonogo.errors import ConfigurationError

USUAL: Final = "audit"
"""Folder of a program's log, where its file names no other."""
_WORDS: Final[TypeAdapter[str]] = TypeAdapter(Words)
_ID: Final[TypeAdapter[str]] = TypeAdapter(Id)


@dataclass(frozen=True, slots=True)
class OwnLog:
    """What a program file says of its log.

    Attributes:
        program: Id of the program; None where the file does not say it as it should.
        folder: Of the log, relative to the program's.
    """

    program: str | None = None
    folder: str = USUAL


def own_log(file: Path) -> OwnLog:
    """Return what ``gonogo.yaml`` says of its log; the usual place where it says nothing that can be used."""
    try:
        return _said(read_file(file), shown(file))
    except ConfigurationError:
        return OwnLog()


@lru_cache(maxsize=4)
def _said(data: bytes, name: str) -> OwnLog:
    tree = read_yaml(data, name)
    if not isinstance(tree, MappingNode):
        return OwnLog()
    identity = tree.get("program")
    program = _text(_ID, identity.get("id")) if isinstance(identity, MappingNode) else None
    folder = _text(_WORDS, tree.get("log"))
    return OwnLog(program, USUAL if folder is None or path_mistake(folder) else folder)


def _text(kind: TypeAdapter[str], node: object) -> str | None:
    try:
        return None if node is None else kind.validate_python(node)
    except ValidationError:
        return None
