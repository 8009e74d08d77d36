"""Keys that people choose, such as names of files and headings, in any alphabet, as long as their order is certain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from gonogo.documents.scalars import mistake
from gonogo.model.canonical import sorts_alike

_Keys = TypeVar("_Keys", bound=Mapping[str, object])


def alike_everywhere(keys: _Keys) -> _Keys:
    """Return a mapping whose keys have one order in every reader of the record.

    Raises:
        PydanticCustomError: G115; two of them sort otherwise by characters than by UTF-16 units.
    """
    if not sorts_alike(keys):
        what = "these keys sort otherwise in other programs, because one has a rare character such as an emoji"
        raise mistake("G115", what, "write or name it without that character")
    return keys
