"""A note beside a table that says that a filter was applied: its rows are a part, and nobody knows of what.

Power BI writes one below the table or above it. A list without its critical items counts none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from gonogo.collectors.table.filter_words import narrows, says_none
from gonogo.collectors.table.settings import Table
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

_WORD: Final = r"(?:(?<!\w)filt(?:er|r)\w*(?:\(s\))?|フィルター?|筛选器?|篩選)"
"""A filter in English, German, Dutch, Swedish, French, Spanish, Portuguese, Italian, Polish, Japanese and Chinese."""
_LABEL: Final = re.compile(rf"(?i)[^:=：]{{0,60}}{_WORD}[^:=：]{{0,40}}[:=：] ?(.*)")
_QUERY: Final = re.compile(r"(?i)(?:jql|wiql)(?: query)? ?[:=：] ?(.*)")
_BARE: Final = re.compile(
    r"(?i)(?:filtered (?:by|on|to)|applied filters) (.+)|(?:(?:applied|active) )?filters?(?: applied)?"
)


def says_filter(cells: Iterable[str]) -> bool:
    """Return whether the cells of a row say that a filter was applied, and not that none was."""
    words = " ".join(" ".join(cells).split())
    query = _QUERY.fullmatch(words)
    if query is not None:
        return narrows(query[1])
    found = _LABEL.fullmatch(words) or _BARE.fullmatch(words)
    return found is not None and not (found[1] and says_none(found[1].strip()))


def refuse_filter(table: Table, place: str, row: str, cells: Iterable[str]) -> None:
    """Refuse a table beside which a row that is not counted says that a filter was applied.

    Args:
        table: Its settings.
        place: Where it is.
        row: The row: ``row 3``.
        cells: Of the row.

    Raises:
        StructuralFault: It says so, and the settings do not say why the filter leaves out nothing that counts.
    """
    if table.filtered is None and says_filter(cells):
        raise StructuralFault(
            f"{place}: {row} says that a filter was applied, so items may be lacking; export it without the filter, or "
            "say why the filter leaves out nothing that counts: filtered",
            GapReason.NOT_PROVABLE,
        )
