"""JSON that tools write, read strictly: one document in UTF-8, no key twice, no NaN, at most 64 levels deep.

Unlike gonogo's own JSON (``model/canonical.py``), numbers may have fractions: who reads decides what becomes of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final, NoReturn

from gonogo.model.canonical import half_a_character
from gonogo.model.refusal import StructuralFault

MAX_DEPTH: Final = 64
_FLAT: Final = 8
_NO_MARKS: Final = bytes(set(range(256)) - set(b'[]{}"\\'))
_BETWEEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[^"\[\]{}]+')
"""What stands between brackets: strings, which may hold brackets themselves, and everything else."""


def read_evidence(data: bytes, place: str, *, number: Callable[[str], Any]) -> Any:
    """Return the document.

    Args:
        data: Its bytes; a byte order mark of UTF-8 may come first.
        place: What it is called in a refusal.
        number: Makes a value of the text of a number, so that nothing is rounded unseen.

    Raises:
        StructuralFault: Not one strict JSON document.
    """

    def refuse_constant(text: str) -> NoReturn:
        raise StructuralFault(f"{place} contains {text}, which is not a number")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise StructuralFault(f"{place} has an object with a key twice")
        return found

    try:
        text = data.decode("utf-8-sig", "strict")
        if not _is_flat(data):
            _check_depth(text, place)
        if half_a_character(text):
            raise StructuralFault(f"{place} holds half a character (a lone surrogate such as \\ud800)")
        return json.loads(
            text,
            parse_constant=refuse_constant,
            parse_float=number,
            parse_int=number,
            object_pairs_hook=unique,
        )
    except UnicodeDecodeError as error:
        raise StructuralFault(f"{place} is not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise StructuralFault(
            f"{place} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from error
    except RecursionError as error:
        raise StructuralFault(f"{place} is nested too deeply") from error


def _is_flat(data: bytes) -> bool:
    """Return whether brackets are few levels deep, so that nobody has to count: most exports are a list of rows."""
    marks = data.translate(None, _NO_MARKS)
    if b"\\" in marks:
        return False
    between = b"".join(marks.split(b'"')[::2])
    for _ in range(_FLAT):  # each takes away one level, or two
        between = between.replace(b"{}", b"").replace(b"[]", b"")
    return not between


def _check_depth(text: str, place: str) -> None:
    depth = 0
    for mark in _BETWEEN.sub("", text):
        if mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise StructuralFault(f"{place} is nested deeper than {MAX_DEPTH} levels")
        elif mark in "]}":
            depth -= 1
