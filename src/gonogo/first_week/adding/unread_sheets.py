"""Sheets of a bound workbook that hold a list, and that no binding reads and nobody has settled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.settled_sheets import sheets_settled
from gonogo.first_week.drafts.other_sheets import unread_words
from gonogo.first_week.first_look import look_into
from gonogo.first_week.grid_xlsx import sheets_with_items
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding

_TABLE: Final = "table"


def unread_sheets(path: Path, readers: Sequence[Binding], settled: Collection[str] = ()) -> str:
    """Return in words which sheets with items of a workbook nothing reads; empty for none.

    A collector that knows its workbook reads what it knows of it, so only workbooks read as tables are told of.

    Args:
        path: Of the workbook.
        readers: The bindings that name it.
        settled: Sheets that a person has said to be no evidence.
    """
    tables = [table for each in readers if each.plugin == _TABLE for table in each.settings.get("tables", {}).values()]
    read = {str(table.get("sheet") or "") for table in tables}
    if not read or "" in read or any(each.plugin != _TABLE for each in readers):
        return ""
    try:
        names = sheets_with_items(look_into(path.read_bytes(), path.name))
    except (UsageError, OSError):
        return ""
    left = [each for each in names if each not in read and plain(each, most=40) not in settled]
    return unread_words(left) if left else ""


def settled_in(root: Path, path: str) -> list[str]:
    """Return the sheets of a workbook of which a comment in the program file says that they are no evidence."""
    try:
        lines = (root / "gonogo.yaml").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return sheets_settled(lines, path)
