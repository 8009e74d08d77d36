"""The tree that YAML is read into: mappings, sequences and scalars that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from gonogo.errors import Problem
from gonogo.model.position import Position

_SNIPPET: Final = 140
_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_BEGINS_NUMBER: Final = frozenset("-0123456789")
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+", re.ASCII)


class ScalarKind(StrEnum):
    """What an unquoted scalar is by the core rules; a quoted one is always text."""

    NULL = "null"
    TRUTH = "true or false"
    INTEGER = "whole number"
    DECIMAL = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True, eq=False)
class YamlSource:
    """The text that positions point into.

    Attributes:
        name: File name as the person gave it.
        lines: Its lines without line ends.
    """

    name: str
    lines: tuple[str, ...] = field(repr=False)

    def at(self, line: int, column: int) -> Position:
        """Return the place of a 1-based line and column; a source that is laid out otherwise says it in its own way."""
        return Position(self.name, line, column)

    def problem(self, code: str, what: str, *, line: int, column: int, hint: str = "") -> Problem:
        """Return a mistake at a 1-based line and column, with the source line and a caret."""
        text = self.lines[line - 1] if 1 <= line <= len(self.lines) else ""
        text = "".join(c if c.isprintable() else " " for c in text)
        start = max(len(text) - len(text.lstrip()), column - _SNIPPET // 2 if len(text) > _SNIPPET else 0)
        start = min(start, column - 1)
        snippet = text[start : start + _SNIPPET].rstrip()
        where = str(self.at(line, column))
        return Problem(code, where, what, snippet, column - start if snippet else 0, hint)


@dataclass(frozen=True, slots=True)
class _Placed:
    source: YamlSource = field(repr=False, compare=False)
    line: int = field(compare=False)
    column: int = field(compare=False)

    @property
    def position(self) -> Position:
        """File, 1-based line and column; or sheet and cell."""
        return self.source.at(self.line, self.column)

    def problem(self, code: str, what: str, hint: str = "") -> Problem:
        """Return a mistake that points here."""
        return self.source.problem(code, what, line=self.line, column=self.column, hint=hint)


@dataclass(frozen=True, slots=True)
class ScalarNode(_Placed):
    """A scalar.

    Attributes:
        text: As written, without quotes; for a block, its folded text.
        quoted: Whether it was written in quotes or as a block, so that it is text whatever it looks like.
    """

    text: str
    quoted: bool = False

    @property
    def kind(self) -> ScalarKind:
        """What it is by the core rules."""
        if self.quoted:
            return ScalarKind.TEXT
        if self.text in _NULL:
            return ScalarKind.NULL
        if self.text in _TRUTH:
            return ScalarKind.TRUTH
        if self.text[0] not in _BEGINS_NUMBER:
            return ScalarKind.TEXT
        if _INTEGER.fullmatch(self.text):
            return ScalarKind.INTEGER
        return ScalarKind.DECIMAL if _DECIMAL.fullmatch(self.text) else ScalarKind.TEXT

    @property
    def is_null(self) -> bool:
        """Whether it says nothing."""
        return not self.quoted and self.text in _NULL

    @property
    def truth(self) -> bool | None:
        """True or false where it is one, else None."""
        return None if self.quoted else _TRUTH.get(self.text)

    def inside(self, offset: int) -> ScalarNode:
        """Return this scalar placed at the character ``offset`` of its text; unmoved where that cannot be traced."""
        line, column = _trace(self, offset)
        return ScalarNode(self.source, line, column, self.text, self.quoted)


@dataclass(frozen=True, slots=True)
class SequenceNode(_Placed):
    """A list, in the order of the file."""

    items: tuple[Node, ...]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class MappingNode(_Placed):
    """A mapping: key text to key and value, in the order of the file. No key is there twice."""

    entries: dict[str, tuple[ScalarNode, Node]]

    def get(self, key: str) -> Node | None:
        """Return the value of ``key``, or None."""
        entry = self.entries.get(key)
        return entry[1] if entry else None


Node = ScalarNode | SequenceNode | MappingNode


def to_plain(node: Node) -> Any:
    """Return plain dicts, lists, None, bools and texts. Numbers stay text, exactly as written."""
    if isinstance(node, MappingNode):
        return {key: to_plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [to_plain(item) for item in node.items]
    if node.kind is ScalarKind.NULL:
        return None
    return node.truth if node.kind is ScalarKind.TRUTH else node.text


def _trace(scalar: ScalarNode, offset: int) -> tuple[int, int]:
    """Follow the text of a scalar through the lines of its file up to ``offset``.

    Blanks and line ends of the text may be any run of them in the file; quotes and backslashes of the file may be
    skipped. Where the file says something else (an escape), the beginning of the scalar is returned.
    """
    lines, start = scalar.source.lines, (scalar.line, scalar.column)
    row, column = scalar.line - 1, scalar.column - 1
    if row >= len(lines):
        return start
    if scalar.quoted and lines[row][column : column + 1] in ("|", ">"):
        row, column = row + 1, 0
    elif scalar.quoted:
        column += 1
    for index, character in enumerate(scalar.text[: offset + 1]):
        blank = character in " \n"
        while row < len(lines):
            seen = lines[row][column : column + 1]
            if seen == "":
                row, column = row + 1, 0
            elif (seen in " \t" and not (blank and index == offset)) or (
                seen in "\\'" and scalar.quoted and not blank and seen != character
            ):
                column += 1
            else:
                break
        else:
            return start
        if index == offset:
            return row + 1, column + 1
        if not blank:
            if lines[row][column] != character:
                return start
            column += 1
    return row + 1, column + 1
