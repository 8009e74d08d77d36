"""What may be shown of a table of personal data: structure, headings and numbers; no cell, and no sheet with a name."""

from __future__ import annotations

from typing import Final

from gonogo.collectors.table.settings import Table
from gonogo.plugin.spec import CollectorRefusal

_SHEET: Final = ", sheet "


def unnamed(refusal: CollectorRefusal, table: Table, place: str = "") -> CollectorRefusal:
    """Take the name of a sheet that the settings do not name out of what may be shown of personal data.

    Args:
        refusal: Why a table or a fact of it cannot be used.
        table: Settings of the table.
        place: Where it was read; empty where nobody knows, and then a sentence that names a sheet is taken back.
    """
    if table.sheet is None:
        file_name, sheet, _ = place.partition(_SHEET)
        public = refusal.told.replace(place, file_name) if sheet else refusal.told
        refusal.told = "" if _SHEET in public else public
    return refusal
