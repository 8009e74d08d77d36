"""The one escaper: what others wrote is shown, never obeyed.

Evidence, file names and people's words reach terminals, CI logs, Markdown viewers and browsers. What has no shape of
its own (control characters, direction marks, zero width) is written out as ``\\u202e``, so that a reader sees that it
is there; what a CI runner would take for a command is broken with a blank.
"""

from __future__ import annotations

import re
from typing import Final

_SPACES: Final = re.compile("(?:\r\n|[\n\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])+")
_HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff"  # no characters; the last two may be in no XML
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_STACK: Final = re.compile(
    "(?<=[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_COMMAND: Final = re.compile(r":(?=:)|#(?=#)|verdict(?==)")
_MARKUP: Final = re.compile(r"([\\`*{}\[\]<>#|~&$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=[a-z0-9_+-]+:))")
_START: Final = re.compile(r"^([-+=]|[0-9]{1,9}(?=[.)]))")
_LIVE: Final = re.compile(r"://|www\.|@|mailto:|xmpp:", re.IGNORECASE | re.ASCII)


def visible(text: str) -> str:
    """Return ``text`` on one line with everything that has no shape, or an ambiguous one, written out.

    Runs of blanks, tabs and line breaks become one blank. More than three combining marks on one letter are written
    out, because they paint over other lines.
    """
    line = _SPACES.sub(" ", text).strip(" ")
    return _HIDDEN.sub(_written, _STACK.sub(lambda found: "".join(map(_mark, found.group())), line))


def escape(text: str) -> str:
    """Return ``text`` fit for a terminal or a CI log: :func:`visible`, and no workflow command of any runner.

    GitHub reads ``::command::`` and ``##[command]``, Azure ``##vso[…]``, anywhere in a line: ``::`` and ``##`` are
    broken with a blank. So is ``verdict=``, which only gonogo's own last line may say.
    """
    return _COMMAND.sub(lambda found: found.group() + " ", visible(text))


def markdown(text: str) -> str:
    """Return ``text`` as inline Markdown that can be nothing but text, outside and inside of tables.

    Every mark that could mean something is escaped where it could. Text that a viewer would turn into a link or a
    mention by itself becomes a code span whose fence is longer than any run of backticks in it.
    """
    line = escape(text)
    if not _LIVE.search(line):
        return _START.sub(_unlisted, _MARKUP.sub(r"\\\1", line))
    line = line.replace("|", "\u00a6")  # a pipe ends a cell even in a code span, and its escape shows outside of tables
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def _unlisted(found: re.Match[str]) -> str:
    start = found.group()
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def _written(found: re.Match[str]) -> str:
    return _mark(found.group())


def _mark(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
