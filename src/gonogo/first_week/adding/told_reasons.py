"""Why a collector gives no figure, in words for who fills in a sheet: which row settles it, and no setting."""

from __future__ import annotations

import re
from typing import Final

_NO_OUTCOME: Final = (
    "a row that it asks about has no outcome yet, no row is one that it asks about, or nothing says which row is the "
    "last, so nobody can tell"
)
_WORDS: Final = (
    (
        re.compile(r"[a-z0-9_.]+ has no value: what it computes is unknown for the rows that it found[^()]*"),
        _NO_OUTCOME,
    ),
    (re.compile(r" ?\(by the query that the program wrote\)"), ""),
    (
        re.compile(
            r"; say (?:the key by unique: \[\.\.\.\], or in words what one row is by one_row: \.\.\.|rows: \{total.*)"
        ),
        "; choose in the row `key` of its sheet the column, or the two, that tell every row apart",
    ),
    (
        re.compile(r"; say rows: \{parent.*$", re.DOTALL),
        "; say in the row `rows` of its sheet whether they count",
    ),
    (
        re.compile(r"; say (?:which rows count by )?subject: .*$", re.DOTALL),
        "; say in the row `which rows` of its sheet which of them count",
    ),
    (
        re.compile(r"[;,] say in the settings what a blank means \(blank: or given:\)"),
        "; say in its row `word` of the sheet, for (blank), what a blank cell means, or choose another column",
    ),
)
_SETTING: Final = re.compile(
    r"; [^;]*?(?:\b[a-z_]+: (?:\{|\[|true|counts|allowed|left_out|\.\.\.)|\b(?:by|under) `?[a-z_]+:)[^;]*", re.DOTALL
)
_KEEPER: Final = "; correct the file, or ask the person who keeps gonogo.yaml"


def told_reason(detail: str) -> str:
    """Return a reason without settings: with the row of the sheet that answers it, else with who can."""
    for setting, words in _WORDS:
        detail = setting.sub(words, detail)
    found = _SETTING.search(detail)
    return f"{detail[: found.start()]}{_KEEPER}" if found is not None else detail
