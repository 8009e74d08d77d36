"""Percentages as people write them: ``4%``, ``4.5 %``, ``4,5%``, ``4 percent``. One reading for every file."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_PERCENT: Final = re.compile(
    r"([0-9]{1,3}(?:[.,][0-9]{1,2}|\.[0-9]{3,6})?)[\s\u00a0\u202f]*(?:%|percent|per cent|pct\.?|Prozent)",
    re.ASCII | re.IGNORECASE,
)
"""A comma before one or two digits is a decimal comma: thousands have three, and no percentage has thousands."""


def written_percent(text: str) -> Decimal | None:
    """Return how many percent a text names: 4.5 for ``4,5 %``; None where it is anything else, or more than one."""
    found = _PERCENT.fullmatch(text.strip())
    return Decimal(found[1].replace(",", ".")) if found else None
