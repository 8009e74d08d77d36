"""What can be wrong with a YAML file before it has a structure: bytes that are not text, text that is not YAML."""

from __future__ import annotations

import re
from typing import Any, Final

from gonogo.documents.yaml.node import YamlSource
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.position import Position

_LINE_END: Final = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def lines_of(text: str) -> tuple[str, ...]:
    """Split a text where the YAML parser does."""
    return tuple(_LINE_END.split(text))


def refusal(source: YamlSource, what: str, hint: str) -> ConfigurationError:
    """Return the refusal of a whole file."""
    return ConfigurationError([Problem("G101", source.name, what, hint=hint)])


def decoded(data: bytes, source: YamlSource) -> str:
    """Decode the bytes of a file.

    Raises:
        ConfigurationError: They are not UTF-8 text without a byte order mark and NUL, or there is no text.
    """
    save = "save it as UTF-8 without a byte order mark"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(source, "the file is UTF-16, not UTF-8", save)
    if data.startswith(b"\xef\xbb\xbf"):
        raise refusal(source, "the file begins with a byte order mark", save)
    if b"\x00" in data:
        raise refusal(source, "the file contains a NUL byte, so it is not text", save)
    try:
        text = data.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        where = Position(source.name, line, column)
        raise ConfigurationError([Problem("G101", str(where), "the file is not UTF-8 here", hint=save)]) from error
    if not text.strip():
        hint = "every file begins with `schema: 1`; if `>>` made this one, the command before it failed: remove it"
        raise refusal(source, "the file is empty", hint)
    return text


_SYNTAX_HINTS = (
    ("mapping values are not allowed", "put a text that contains `: ` in quotes, and align the keys of one mapping"),
    ("cannot start any token", "put a text that begins with % @ ` or a tab in quotes; indent with spaces"),
    ("could not find expected ':'", "a key is followed by a colon and a space"),
    ("expected <block end>", "keys of one mapping and dashes of one list begin in the same column"),
    ("found unexpected end of stream", "a quote or bracket is never closed"),
    ("did not find expected ',' or", "a bracket or brace is never closed, or a comma is missing"),
    ("unknown escape character", "in double quotes, write a backslash twice; single quotes take it as it is"),
    ("found undefined tag handle", "put a text that begins with ! in quotes"),
    ("while scanning an alias", "put a text that begins with * in quotes"),
    ("while scanning an anchor", "put a text that begins with & in quotes"),
    ("tab", "indent with spaces, not with tabs"),
)


def syntax_problem(source: YamlSource, error: Any) -> Problem:
    """Turn what PyYAML says into one problem with a place, the line, and a hint where one is known."""
    message = " ".join(part for part in (error.context, error.problem) if part)
    never_closed = "unexpected end of stream" in message or "expected ',' or" in message
    mark = (never_closed and error.context_mark) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    text = source.lines[line - 1] if line <= len(source.lines) else ""
    hint = next((hint for pattern, hint in _SYNTAX_HINTS if pattern in message), "")
    if "\t" in text[: len(text) - len(text.lstrip())] or text[column - 1 : column] == "\t":
        return source.problem(
            "G102",
            "a tab is used where spaces belong",
            line=line,
            column=text.index("\t") + 1,
            hint="indent with blanks",
        )
    return source.problem("G102", f"this is not YAML: {message}", line=line, column=column, hint=hint)


def reader_problem(source: YamlSource, error: Any) -> Problem:
    """A character that YAML does not allow, such as a control character."""
    for number, line in enumerate(source.lines, start=1):
        for column, character in enumerate(line, start=1):
            if not character.isprintable() and character != "\t":
                what = f"the character U+{ord(character):04X} is not allowed in YAML"
                return source.problem("G101", what, line=number, column=column, hint="remove it")
    return Problem("G102", source.name, f"this is not YAML: {str(error).splitlines()[0]}")
