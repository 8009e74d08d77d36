"""Ten conditions to copy: of the forms that people need most, over the columns that a table has.

Shown wherever a condition is expected and what stands there is none. Those over columns of the table can be pasted as
they are; which one counts, a person decides. The other forms have COLUMN and WORD in capitals, which no condition may
have: pasted without a change they are refused, and count nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gonogo.collectors.columns.column import Column, ColumnType

_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)
_DAYS: Final = (ColumnType.DATE, ColumnType.INSTANT)
_MOST: Final = 10
IS: Final = 'COLUMN == "WORD"'
IS_NOT: Final = 'COLUMN != "WORD"'
ONE_OF: Final = 'COLUMN in ["WORD", "WORD"]'
NONE_OF: Final = 'COLUMN not in ["WORD", "WORD"]'
BLANK: Final = "COLUMN is blank"
NOT_BLANK: Final = "COLUMN is not blank"
BEFORE_GO_LIVE: Final = "COLUMN < go_live"
OLDER: Final = "now - COLUMN > 14d"
BETWEEN_DAYS: Final = "COLUMN >= go_live - 14d and COLUMN < go_live"
BETWEEN: Final = "COLUMN >= 1 and COLUMN <= 5"
FORMS: Final = (IS, IS_NOT, ONE_OF, NONE_OF, BLANK, NOT_BLANK, BEFORE_GO_LIVE, OLDER, BETWEEN_DAYS, BETWEEN)
"""The ten forms. No column has a name in capitals, so a form that nobody filled in is refused and counts nothing."""


def copyable(columns: Mapping[str, Column]) -> tuple[str, ...]:
    """Return up to ten conditions, each over columns of the table that can be read that way.

    Args:
        columns: The columns of the table.
    """
    return tuple(text for _, text in _ready(columns))


def to_copy(columns: Mapping[str, Column]) -> str:
    """Return ten conditions as part of a sentence: those that can be pasted, then the forms that none of them has.

    Args:
        columns: The columns of the table.
    """
    ready = _ready(columns)
    had = {form for form, _ in ready}
    forms = [form for form in FORMS if form not in had][: _MOST - len(ready)]
    parts = (("to copy: ", [text for _, text in ready]), ("to copy, with a column and words of yours: ", forms))
    return "; ".join(lead + ", ".join(f"`{each}`" for each in texts) for lead, texts in parts if texts)


def _ready(columns: Mapping[str, Column]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(_conditions(columns)))[:_MOST]


def _conditions(columns: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    """Yield conditions, each behind the form that it has; a column of yes and no has none of the ten."""
    words = [(name, said) for name, column in columns.items() if column.type in _TEXTS and (said := _quotable(column))]
    days = [name for name, column in columns.items() if column.type in _DAYS]
    numbers = [name for name, column in columns.items() if column.type.numeric]
    truths = [name for name, column in columns.items() if column.type is ColumnType.BOOLEAN]
    blanks = [name for name, column in columns.items() if column.optional and column.blank is None]
    for name, values in words[:1]:
        some = ", ".join(f'"{value}"' for value in values[:2])
        yield IS, f'{name} == "{values[0]}"'
        yield IS_NOT, f'{name} != "{values[0]}"'
        yield ONE_OF, f"{name} in [{some}]"
        yield NONE_OF, f"{name} not in [{some}]"
    for name in blanks[:1]:
        yield BLANK, f"{name} is blank"
        yield NOT_BLANK, f"{name} is not blank"
    for name in days[:1]:
        yield BEFORE_GO_LIVE, f"{name} < go_live"
        yield OLDER, f"now - {name} > 14d"
        yield BETWEEN_DAYS, f"{name} >= go_live - 14d and {name} < go_live"
    for name in numbers[:1]:
        bounds = ("50%", "90%") if columns[name].type is ColumnType.PERCENT else ("1", "5")
        yield BETWEEN, f"{name} >= {bounds[0]} and {name} <= {bounds[1]}"
    for name in truths[:1]:
        yield "", name
        yield "", f"not {name}"


def _quotable(column: Column) -> tuple[str, ...]:
    """Return the words of a column that are listed; none where one of them cannot be quoted."""
    words = column.known if column.allowed == "any" else tuple(column.allowed)
    return () if any('"' in word for word in words) else words
