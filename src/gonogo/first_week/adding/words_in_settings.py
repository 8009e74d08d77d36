"""The words with which the settings of a fact compare a column. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\']|\'\')*)\'')
"""A word as a condition or a query writes it."""


def lists_in(column: str, setting: Any, *, against: bool) -> Iterator[tuple[str, ...]]:
    """Yield the words with which a fact compares a column, list by list.

    Args:
        column: Name of the column.
        setting: Of the fact.
        against: Whether those lists are meant that say what must not stand there.
    """
    sign = r"(?<=not \()" if against else r"(?<!not \()"
    name = rf"{sign}(?<![\w.]){re.escape(column)}"
    lists = rf'{name} (?:{"==|in|NOT IN" if against else "==|in|IN"}) (\[[^\]]*\]|\([^)]*\)|"(?:[^"\\]|\\.)*")'
    if against:
        lists = rf"(?:{lists})|(?<![\w.]){re.escape(column)} NOT IN (\([^)]*\))"
    for text in _texts(setting):
        for found in re.finditer(lists, text):
            words = QUOTED.findall(next(filter(None, found.groups()), ""))
            yield tuple(
                re.sub(r"\\(.)", r"\1", double) if double else single.replace("''", "'") for double, single in words
            )


def _texts(setting: Any) -> Iterator[str]:
    if isinstance(setting, Mapping):
        for each in setting.values():
            yield from _texts(each)
    elif isinstance(setting, str):
        yield setting
