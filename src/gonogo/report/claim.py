"""What a report says that it is: its format, and its run. Read from its bytes, and believed by nobody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from gonogo.report.formats import FORMATS
from gonogo.report.formats.terminal_format import WHOLE
from gonogo.report.printed import even_lines

_ID: Final = r"(\d{8}T\d{6}Z-[0-9a-f]{8})"
_RUN: Final = re.compile(
    rf'(?m)^(?:<dt>Run</dt><dd>{_ID}</dd>|- \*\*Run:\*\* {_ID}|Run {{2,}}{_ID})\s*$|"record":\{{[^{{}}]*"run": ?"{_ID}"'
)
"""How each format says which run it is about, under *The record*."""
_NAME: Final = re.compile(f"urn:gonogo:report:([a-z][a-z-]*):{_ID}")
"""What a report for machines calls itself."""
_HEAD: Final = 2_000
"""Letters at the beginning of a text within which it says what it is: further below, evidence has its say."""
_DATA: Final = re.compile(r'[{\[][ \t]*\r?\n|<\?xml|"report"|# TYPE gonogo')
"""How the texts begin that no person reads."""
_LOGGED: Final = re.compile(rf"[^\n]*\n[^\n]*This report is {_NAME.pattern}\.\s*(?:\n|$)")
"""Lines for the log of a runner: the second one ends with the name."""
_TITLE: Final = re.compile("(?:Go-live readiness|Readiness) of ")
_COLOUR: Final = re.compile("\x1b\\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class ReportClaim:
    """What a file says about itself.

    Attributes:
        format: Name of the format.
        run: Id of the run; None where the format names none, as the first screen does.
        text: The whole as one line of words, in which a screen's breaks are blanks.
    """

    format: str
    run: str | None
    text: str


def claim_of(data: bytes) -> ReportClaim | None:
    """Return what a file claims to be; None where nothing in it looks like a report of gonogo's own formats."""
    text = _COLOUR.sub("", data.decode("utf-8", errors="replace"))
    own = _own_name(text, binary=b"\0" in data)
    if own is not None and own[1] in FORMATS and FORMATS[own[1]].for_machines:
        return ReportClaim(own[1], own[2], " ".join(text.split()))
    name = _format(text)
    if name is None:
        return None
    found = [next(filter(None, match.groups())) for match in _RUN.finditer(text.replace("\r\n", "\n"))]
    return ReportClaim(name, found[-1] if found else _named(text), " ".join(text.split()))


def _own_name(text: str, *, binary: bool) -> re.Match[str] | None:
    """Return what a report for machines calls itself; what evidence says in a page for people is no name."""
    if binary:
        return _NAME.search(text)
    start = text.lstrip("\ufeff \r\n\t")
    return _NAME.search(start[:_HEAD]) if _DATA.match(start) else _LOGGED.match(start)


def report_lines(data: bytes, name: str) -> list[str]:
    """Return a report as lines that two versions of it are compared by; of JSON, one value each with its place."""
    if name == "json":
        document = _document(data.decode("utf-8", errors="replace"))
        if document is not None:
            return list(_values(document, ""))
    return even_lines(data)


def _format(text: str) -> str | None:
    start = text.lstrip("\ufeff \r\n\t")
    if start.startswith("{"):
        return "json" if '"verdict"' in text and '"record"' in text else None
    if _TITLE.search(text) is None:
        return None
    if start[:15].lower().startswith(("<!doctype html", "<html")):
        return "html"
    if re.search(f"# {_TITLE.pattern}", text) is not None:
        return "markdown"
    return "terminal" if WHOLE[:11] in text else "full"


def _named(text: str) -> str | None:
    """Return the run that a JSON document with blanks in it names."""
    document = _document(text)
    record = document.get("record") if document is not None else None
    run = record.get("run") if isinstance(record, dict) else None
    return run if isinstance(run, str) and re.fullmatch(_ID, run) else None


def _document(text: str) -> dict[str, Any] | None:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _values(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key in sorted(value):
            yield from _values(value[key], f"{place}.{key}" if place else key)
    elif isinstance(value, list) and value:
        for number, each in enumerate(value):
            yield from _values(each, f"{place}[{number}]")
    else:
        yield f"{place} = {json.dumps(value, ensure_ascii=False)}"
