"""Names that a browser gives to headings of tables: it counts as it goes, so two prints of one page may differ.

They are counted anew, in their own order, so that the index of names stays sorted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

_COUNTED: Final = re.compile(r"node[0-9]{8}")
_KEYS: Final = frozenset(["/ID", "/Headers", "/Names", "/Limits"])
"""Where they stand: the name of a tag, the headings of a cell, the index of names and its bounds."""


def count_anew(library: Any, document: Any) -> None:
    """Replace each name that was counted by its place among them."""
    found = {str(value) for value, _ in _names(library, document)}
    places = {name: library.String(f"part{place:08}") for place, name in enumerate(sorted(found))}
    for value, replace in list(_names(library, document)):
        replace(places[str(value)])


def _names(library: Any, document: Any) -> Iterator[tuple[Any, Callable[[Any], None]]]:
    """Yield each such name, and what puts another in its place."""
    for each in document.objects:
        left = [each]
        while left:
            node = left.pop()
            if isinstance(node, (library.Dictionary, library.Stream)):
                for key in list(node.keys()):
                    value = node[key]
                    if key in _KEYS and isinstance(value, library.Array):
                        yield from _listed(library, value)
                    elif key in _KEYS and _is_counted(library, value):
                        yield value, partial(node.__setitem__, key)
                    if _inside(library, value):
                        left.append(value)
            elif isinstance(node, library.Array):
                left += [value for value in node if _inside(library, value)]


def _listed(library: Any, values: Any) -> Iterator[tuple[Any, Callable[[Any], None]]]:
    for at in range(len(values)):
        if _is_counted(library, values[at]):
            yield values[at], partial(values.__setitem__, at)


def _is_counted(library: Any, value: Any) -> bool:
    return isinstance(value, library.String) and _COUNTED.fullmatch(str(value)) is not None


def _inside(library: Any, value: Any) -> bool:
    """Return whether a value is a part of the object that is looked at, and not an object of its own."""
    return isinstance(value, (library.Dictionary, library.Stream, library.Array)) and not value.is_indirect
