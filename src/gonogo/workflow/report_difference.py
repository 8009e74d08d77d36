"""What a file that looks like a report says otherwise than the record gives it, a sentence each."""

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


def first_differences(file: bytes, record: bytes, name: str) -> Iterator[str]:
    """Yield the first places at which a file differs from what the record gives in the format ``name``."""
    ours, theirs = report_lines(file, name), report_lines(record, name)
    if ours == theirs:
        yield "Every line says the same; only line ends, white space or the order of keys differ."
        return
    alike = (number for number, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1])
    same = next(alike, min(len(ours), len(theirs)))
    ours, theirs = ours[same : same + _COMPARED], theirs[same : same + _COMPARED]
    found = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for kind, a, b, c, d in islice((each for each in found if each[0] != "equal"), _SHOWN):
        where = "" if name == "json" else f"line {same + a + 1}: "
        first = next((n for n, pair in enumerate(zip(ours[a:b], theirs[c:d], strict=False)) if pair[0] != pair[1]), 0)
        at = first if kind == "replace" else 0
        yield f"{where}the file says {_quoted(ours[a + at : b])}; the record gives {_quoted(theirs[c + at : d])}"


def _quoted(part: Sequence[str]) -> str:
    said = next(filter(None, part), "")
    if not said:
        return "nothing there"
    return f"`{said if len(said) <= _LONGEST else said[: _LONGEST - 1] + '…'}`"
