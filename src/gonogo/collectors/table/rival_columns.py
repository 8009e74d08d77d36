"""Two columns that say one thing in two ways, such as a priority and a severity: a person says which of them counts."""

from __future__ import annotations

import re
from functools import lru_cache

from gonogo.collectors.columns.column import Column
from gonogo.collectors.table.headings_found import plain_heading
from gonogo.collectors.table.settings import Table


def is_rival(column: Column, heading: str) -> bool:
    """Return whether a heading is that of a column that may say the same as this one."""
    plain = plain_heading(heading)
    own = {plain_heading(each) for each in (column.header or "", *column.also)}
    return plain not in own and any(_compiled(each).fullmatch(plain) for each in column.rivals)


def rivalled(table: Table, heading: str) -> list[str]:
    """Return the columns that are read beside which a column of this heading may say the same."""
    if heading in table.not_rival:
        return []
    return [name for name, column in table.columns.items() if is_rival(column, heading)]


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, plain_heading(pattern).split("*"))), re.DOTALL)
