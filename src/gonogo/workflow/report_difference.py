"""How a file that looks like a report differs from the record, a sentence each."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from gonogo.report.claim import report_lines

_SHOWN: Final = 3
_COMPARED: Final = 5_000
"""So many lines after the first difference are lined up with each other; the time for that grows with their square."""
_LONGEST: Final = 160
_BEFORE: Final = 40
"""Letters that are shown before a difference, where a line is too long to be shown whole."""
_Numbered = list[tuple[int, str]]


def first_differences(file: bytes, record: bytes, name: str) -> Iterator[str]:
    """Yield the first places at which a file differs from what the record gives in the format ``name``.

    Empty lines say nothing, and are not compared.
    """
    ours, theirs = _numbers(file, name), _numbers(record, name)
    mine, given = [line for _, line in ours], [line for _, line in theirs]
    if mine == given:
        yield "Every line says the same; only empty lines, white space or the order of keys differ."
        return
    if ours and _goes_on(mine, given):
        yield _ends(ours, theirs, name)
        return
    alike = (number for number, pair in enumerate(zip(mine, given, strict=False)) if pair[0] != pair[1])
    same = next(alike, min(len(mine), len(given)))
    mine, given = mine[same : same + _COMPARED], given[same : same + _COMPARED]
    found = difflib.SequenceMatcher(None, mine, given, autojunk=False).get_opcodes()
    for kind, a, _, c, d in islice((each for each in found if each[0] != "equal"), _SHOWN):
        at = same + a
        where = "" if name == "json" else f"line {ours[min(at, len(ours) - 1)][0] if ours else 1}: "
        if kind == "insert" and at >= len(ours):
            yield _ends(ours, theirs[: same + d], name)
        elif kind == "insert":
            yield f"{where}the file leaves out {_quoted(given[c])}, which the record gives before it"
        elif kind == "delete":
            yield f"{where}the file says {_quoted(mine[a])}; the record gives nothing there"
        else:
            one, other = _quoted(*_from(mine[a], given[c])), _quoted(*_from(given[c], mine[a]))
            yield f"{where}the file says {one}; the record gives {other}"


def _numbers(data: bytes, name: str) -> _Numbered:
    return [(number, line) for number, line in enumerate(report_lines(data, name), start=1) if line]


def _goes_on(mine: Sequence[str], given: Sequence[str]) -> bool:
    """Whether a file is the beginning of what the record gives; its last line may be cut, too."""
    last = len(mine) - 1
    return len(mine) <= len(given) and mine[:last] == list(given[:last]) and given[last].startswith(mine[last])


def _ends(ours: _Numbered, theirs: _Numbered, name: str) -> str:
    left = len(theirs) - len(ours)
    missing = "the rest of that line" if left <= 0 else f"{left} more line{'' if left == 1 else 's'} of words"
    if not ours:
        return f"the file says nothing; the record gives {missing}"
    place = "" if name == "json" else f" after line {ours[-1][0]}"
    return f"the file ends{place}, {_quoted(ours[-1][1])}; the record gives {missing}"


def _from(text: str, other: str) -> tuple[str, bool]:
    """Return a long line from shortly before it differs from another, and whether its beginning is left out."""
    unlike = (at for at, pair in enumerate(zip(text, other, strict=False)) if pair[0] != pair[1])
    same = next(unlike, min(len(text), len(other)))
    first = same - _BEFORE if same > _LONGEST // 2 else 0
    return text[first:], first > 0


def _quoted(text: str, cut: bool = False) -> str:
    text = f"…{text}" if cut else text
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}`"
