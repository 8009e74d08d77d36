"""A report as a command printed it and a mail carried it: line ends, blanks and last lines that are no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LAST_LINE: Final = re.compile(rb"\r?\nverdict=([^\s]*)[^\n]*\s*\Z")
_COLOUR: Final = re.compile("\x1b\\[[0-9;]*m")
_BLANKS: Final = re.compile("[ \t\u00a0]+")
LINE_ENDS: Final = "line ends"
AT_LINE_ENDS: Final = "blanks at line ends"


@dataclass(frozen=True, slots=True)
class Form:
    """Bytes that may be a report.

    Attributes:
        data: The bytes.
        ignored: What of the file is left out of them, in words.
        verdict: What a last line ``verdict=…`` says, which a command prints after a report; None where there is none.
    """

    data: bytes
    ignored: tuple[str, ...] = ()
    verdict: str | None = None


def forms_of(data: bytes) -> Iterator[Form]:
    """Yield a file as it is, then without what a mail or a command adds to a report."""
    for base in _carried(data):
        yield base
        document, _, rest = base.data.partition(b"\n")
        if base.data.startswith(b"{") and rest:
            yield Form(document + b"\n", (*base.ignored, "the lines after the document"), _verdict(base.data))
        cut = _LAST_LINE.search(base.data)
        if cut is not None:
            yield Form(base.data[: cut.start()] + b"\n", base.ignored, _verdict(base.data))


def without_last_line(data: bytes, verdict: str) -> bytes:
    """Return a file without the last line of a command where that says the verdict of the run; else as it is."""
    cut = _LAST_LINE.search(data)
    return data[: cut.start()] + b"\n" if cut is not None and _verdict(data) == verdict else data


def even_lines(data: bytes) -> list[str]:
    """Return the lines of a text without colours and with single blanks; of the empty ones at its end, none."""
    text = _COLOUR.sub("", data.decode("utf-8", errors="replace")).removeprefix("\ufeff")
    lines = [_BLANKS.sub(" ", line).strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def unlike_only_in(file: bytes, record: bytes) -> tuple[str, ...] | None:
    """Return what has to be ignored for a text to be the record's; None where its words differ.

    Args:
        file: The text, from a file.
        record: As the record gives it.
    """
    if even_lines(file) != even_lines(record):
        return None
    found = [LINE_ENDS] if b"\r" in file else []
    if b"\x1b" in file:
        found.append("colours")
    plain = _COLOUR.sub("", file.decode("utf-8", errors="replace")).encode()
    if _trimmed(plain) != plain.replace(b"\r\n", b"\n").replace(b"\r", b"\n"):
        found.append(AT_LINE_ENDS)
    if _trimmed(plain) != _trimmed(record):
        found.append("blanks in lines")
    return tuple(found)


def _carried(data: bytes) -> Iterator[Form]:
    yield Form(data)
    ends = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    changed = () if ends == data else (LINE_ENDS,)
    if changed:
        yield Form(ends, changed)
    trimmed = _trimmed(data)
    if trimmed != ends:
        yield Form(trimmed, (*changed, AT_LINE_ENDS))


def _trimmed(data: bytes) -> bytes:
    lines = [line.rstrip(b" \t") for line in data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")]
    return b"\n".join(lines).rstrip(b"\n") + b"\n"


def _verdict(data: bytes) -> str | None:
    cut = _LAST_LINE.search(data)
    return None if cut is None else cut[1].decode("utf-8", errors="replace")
