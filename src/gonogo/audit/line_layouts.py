"""Layouts: one pattern matches every line that differs from a canonical line in nothing but what its values are.

Between its values a line is punctuation and keys. A pattern that has those as they are, and in place of each value any
value of the same kind in its one form, matches canonical lines only. It checks the suffix and the form of a line at
once, in a third of the time. Runs ask the same of the same things, so a log has few layouts, in much the same order.

What can be asked of many lines in one call, or has to be compared anyway, no pattern checks again: it takes UTF-8
without a control character, and for a string without escapes a line without a backslash. The reader compares the two
hashes and the number, and looks at the name of a run where it is a new one.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from gonogo.audit.canonical_lines import is_canonical

MOST: Final = 400
"""So many layouts have a pattern."""
SEEN: Final = 3
"""A pattern is made once so many lines were of a layout: to make one costs what reading a hundred lines does."""
LONGEST: Final = 16_384
"""A longer line is read by itself: there are few, and no two are alike."""
_FOLLOWERS: Final = 4
_TRIED: Final = 32
_AHEAD: Final = 12
MOST_OF_A_RUN: Final = 5_000
"""The order of the layouts of so many records is remembered."""
_WAITING: Final = 4_000
_PLAIN: Final = rb'"[^"]*+"'
_ESCAPED: Final = rb'"[^"\\]*+(?:\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f]))[^"\\]*+)*+"'  # as the writer escapes
_NUMBER: Final = rb"(?:0|-?[1-9][0-9]{0,15}+)"
SUFFIX: Final = (
    rb',"prev":"([^"]{64})","run":"([^"]*+)","seq":(0|[1-9][0-9]{0,15}+),'
    rb'"ts":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)","type":"(%b)",'
    rb'"v":1,"~h":"([^"]{64})"\}\n'
)
"""The end of a line, with a place for the type, which is the fifth of its groups."""


class LineLayout:
    """One layout.

    Attributes:
        type: Type of the records that have it.
        match: Matches a line at a place of a buffer; its groups are prev, run, seq, ts, type and ~h.
        escaped: Whether its strings may have escapes. What matches any other is of it only if it has no backslash.
        after: What came after it, the last one first.
    """

    __slots__ = ("after", "escaped", "match", "type")

    def __init__(self, kind: bytes, pattern: bytes, *, escaped: bool = False) -> None:
        self.type = kind.decode()
        self.escaped = escaped
        self.match = re.compile(pattern).match
        self.after: list[LineLayout] = []


class LayoutOrder:
    """Which layout is expected next: that which came next in the run before, or which came after the same one before.

    Attributes:
        before: The layouts of the run before, and the first of them once more, because another run follows.
        at: Place in it of the one that is expected.
        seen: Those of this run so far.
    """

    def __init__(self, nothing: LineLayout) -> None:
        self._nothing = nothing
        self._begun = False
        self.before = [nothing]
        self.at = 0
        self.seen: list[LineLayout] = []

    def others(self) -> list[LineLayout]:
        """Return what came after the layout before, the last one first."""
        return self.seen[-1].after if self.seen else []

    def found(self, layout: LineLayout, at: int) -> int:
        """Note a layout that was not the one expected at a place, and return the place of the next one."""
        if self.seen and layout is not self._nothing:
            after = self.seen[-1].after
            if layout in after:
                after.remove(layout)
            after.insert(0, layout)
            del after[_FOLLOWERS:]
        for place in range(at + 1, min(at + _AHEAD, len(self.before) - 1)):
            if self.before[place] is layout:
                return place + 1
        return at

    def run_begins(self) -> tuple[list[LineLayout], int]:
        """Go on with the layouts of the run that came before, now that another begins; return :attr:`before` and at."""
        first = self.seen.pop()
        known = self._begun and first is not self._nothing and len(self.seen) < MOST_OF_A_RUN
        self.before = [*self.seen, first] if known else [self._nothing]
        self.seen, self._begun = [first], True
        self.at = 1 if len(self.before) > 1 else 0
        return self.before, self.at

    def chunk_ends(self, at: int) -> None:
        """Keep the place, and forget what would grow without end."""
        self.at = at
        if len(self.seen) > MOST_OF_A_RUN:
            del self.seen[:-1]
            self._begun = False


class Layouts:
    """The layouts of one log, learned from its lines.

    Attributes:
        nothing: Stands for a line that has no layout yet.
    """

    def __init__(self) -> None:
        self.nothing = LineLayout(b"", rb"(?!)")
        self._known: dict[bytes, LineLayout] = {}
        self._waiting: dict[bytes, int] = {}
        self._of_type: dict[bytes, list[LineLayout]] = {}

    def of(self, line: bytes, kind: bytes) -> LineLayout | None:
        """Return the layout of a line with a sound suffix, or ``nothing`` while it has none; None if not canonical."""
        layouts = self._of_type.setdefault(kind, [])
        escaped = b"\\" in line
        for number, layout in enumerate(layouts):
            if (layout.escaped or not escaped) and layout.match(line):
                layouts.insert(0, layouts.pop(number))
                return layout
        made = self._learned(line)
        if made is not None and made is not self.nothing and made not in layouts:
            layouts.insert(0, made)
            del layouts[_TRIED:]
        return made

    def _learned(self, line: bytes) -> LineLayout | None:
        if not is_canonical(line):
            return None
        if len(line) > LONGEST:
            return self.nothing
        document = json.loads(line)
        escaped = b"\\" in line
        string = _ESCAPED if escaped else _PLAIN
        kind = str(document["type"]).encode()
        pattern = rb'\{"data":' + _pattern(document["data"], string) + SUFFIX % re.escape(kind)
        known = self._known.get(pattern)
        if known is not None:
            return known
        seen = self._waiting.pop(pattern, 0) + 1
        if seen < SEEN or len(self._known) >= MOST:
            if len(self._waiting) >= _WAITING:
                self._waiting.clear()
            self._waiting[pattern] = seen
            return self.nothing
        made = self._known[pattern] = LineLayout(kind, pattern, escaped=escaped)
        return made


def _pattern(value: Any, string: bytes) -> bytes:
    """Return a pattern for every canonical value with the same keys and the same kinds of values as this one."""
    if isinstance(value, str):
        return string
    if value is None or isinstance(value, bool):
        return json.dumps(value).encode()
    if isinstance(value, int):
        return _NUMBER
    if isinstance(value, list):
        if value and all(isinstance(each, str) for each in value):
            return rb"\[" + string + rb"(?:," + string + rb")*+\]"
        return rb"\[" + b",".join(_pattern(each, string) for each in value) + rb"\]"
    pairs = (
        re.escape(json.dumps(key, ensure_ascii=False).encode()) + b":" + _pattern(each, string)
        for key, each in value.items()
    )
    return rb"\{" + b",".join(pairs) + rb"\}"
