"""Whether a sentence may repeat what a cell holds: never where the table, or the cell, may be about a person.

Most files about people are bound by somebody who has not said so yet.
"""

from __future__ import annotations

import re
from typing import Final

from gonogo.collectors.rows.row_subject import plain
from gonogo.collectors.rows.row_words import STATUS_WORDS
from gonogo.collectors.table.settings import Table
from gonogo.model.about_people import why_about_people

_CAPITAL: Final = re.compile(r"(?<!\w)[^\W\d_a-z]\w*")
_LONGEST: Final = 60
"""Most characters of a cell that a sentence shows."""


def speaks_of_people(table: Table) -> bool:
    """Return whether a heading of the table, read or not, is about people."""
    read = [column.header or name for name, column in table.columns.items()]
    return any(why_about_people(heading) for heading in [*read, *table.ignore])


def may_quote(text: str, table: Table) -> bool:
    """Return whether a cell of a table may be repeated: it is no mail address, and no two words with capitals.

    ``In Progress`` is such a text too, and known to say how something stands.
    """
    if speaks_of_people(table) or why_about_people("", [text]):
        return False
    return plain(text) in STATUS_WORDS or len(_CAPITAL.findall(text)) < 2


def shortened(text: str) -> str:
    """Return a cell as a sentence shows it."""
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
