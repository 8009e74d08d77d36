"""Texts that a formula turns into a date of the current year: ``DATEVALUE("16 Apr")`` is another day next year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

YEARLESS: Final = "() of a date without a year"
"""End of the cause of such a formula."""

_CALLED: Final = re.compile(
    r'(?<![\w.])(DATEVALUE|VALUE)\s*\(\s*("(?:[^"]|"")*"(?:\s*&\s*"(?:[^"]|"")*")*)\s*\)', re.IGNORECASE
)
_MONTH: Final = r"[A-Za-z]{3,9}\.?"
_DAY_AND_MONTH: Final = re.compile(
    rf"\s*(?:[0-9]{{1,2}}\s*[-/ ]\s*(?:[0-9]{{1,2}}|{_MONTH})|{_MONTH}\s*[-/ ]?\s*[0-9]{{1,2}})(?:\s+[0-9]+:.*)?\s*"
)
_QUICK: Final = re.compile(rb"VALUE\s*\(\s*(?:\"|&quot;)", re.IGNORECASE)


def yearless(text: str) -> Iterator[str]:
    """Yield the cause for each text of a formula that is read as a date and has no year of four digits."""
    for found in _CALLED.finditer(text):
        function = found[1].upper()
        literal = re.sub(r'"\s*&\s*"', "", found[2])[1:-1]
        if re.search(r"[0-9]{4}", literal) is None and (function == "DATEVALUE" or _DAY_AND_MONTH.fullmatch(literal)):
            yield f"{function}{YEARLESS}"


def may_be_yearless(xml: bytes) -> bool:
    """Return whether a part of a workbook may hold such a formula: a quick look."""
    return _QUICK.search(xml) is not None
