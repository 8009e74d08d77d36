"""Cells that a program spoiled when it saved a table, and cells that a survey tool writes for itself. Patterns only."""

from __future__ import annotations

from typing import Final

MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
SPOILED: Final = (
    rf"[0-9](?:\.[0-9]+)?E\+[0-9]{{2,3}}|[0-9]{{1,2}}-(?:{MONTHS})(?:-[0-9]{{2,4}})?|(?:{MONTHS})-[0-9]{{2}}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
)
"""What Excel leaves of ``120000`` and ``3-12`` when it saves a CSV: ``1.20E+05``, ``12-Mar``, ``3/12/2027``."""

IMPORT_ID: Final = r"\{ ?\"ImportId\":.*\}"
"""What Qualtrics writes into each cell of its third heading row."""

_KEY: Final = r"[A-Za-z][A-Za-z0-9_.-]*[0-9]"
_PARTED_KEY: Final = r"[A-Za-z]+[_-](?:[A-Za-z0-9]+[_.-])*[0-9]+"
SEVERAL_KEYS: Final = rf"\s*(?:{_KEY}(?:\s*[,;]\s*{_KEY})+|{_PARTED_KEY}(?:\s+{_PARTED_KEY})+)\s*"
"""Keys of several items in one cell: ``TC_1, TC_2``, ``REQ1;REQ2``, and ``TC-1 TC-2`` where each has parts itself."""
