"""Ten conditions to copy: of the forms that people need most, over the columns that a table has.

Shown wherever a condition is expected and what stands there is none. Each can be pasted as it is; which one counts, a
person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gonogo.collectors.columns.column import Column, ColumnType

_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)
_DAYS: Final = (ColumnType.DATE, ColumnType.INSTANT)


def copyable(columns: Mapping[str, Column]) -> tuple[str, ...]:
    """Return up to ten conditions, each over columns of the table that can be read that way.

    Args:
        columns: The columns of the table.
    """
    return tuple(dict.fromkeys(_conditions(columns)))[:10]


def _conditions(columns: Mapping[str, Column]) -> Iterator[str]:
    words = [(name, column.allowed) for name, column in columns.items() if column.type in _TEXTS and _listed(column)]
    days = [name for name, column in columns.items() if column.type in _DAYS]
    numbers = [name for name, column in columns.items() if column.type.numeric]
    truths = [name for name, column in columns.items() if column.type is ColumnType.BOOLEAN]
    blanks = [name for name, column in columns.items() if column.optional and column.blank is None]
    for name, values in words[:1]:
        yield f'{name} == "{values[0]}"'
        yield f'{name} != "{values[0]}"'
        some = ", ".join(f'"{value}"' for value in values[:2])
        yield f"{name} in [{some}]"
        yield f"{name} not in [{some}]"
    for name in blanks[:1]:
        yield f"{name} is blank"
        yield f"{name} is not blank"
    for name in days[:1]:
        yield f"{name} < go_live"
        yield f"now - {name} > 14d"
        yield f"{name} >= go_live - 14d and {name} < go_live"
    for name in numbers[:1]:
        bounds = ("50%", "90%") if columns[name].type is ColumnType.PERCENT else ("1", "5")
        yield f"{name} >= {bounds[0]} and {name} <= {bounds[1]}"
    for name in truths[:1]:
        yield name
        yield f"not {name}"


def _listed(column: Column) -> bool:
    return column.allowed != "any" and bool(column.allowed) and not any('"' in value for value in column.allowed)
