"""The words of a requirement: text in, tokens with columns out, or one sentence that says what cannot be read.

Strict on purpose. A number has ASCII digits, no separators, no exponent; a duration is in days or hours; a name is in
lower case. Whatever a spreadsheet, a word processor or another language would have written is refused with a hint.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from gonogo.errors import GonogoError

MAX_LENGTH: Final = 4000
"""Most characters of a requirement."""

KEYWORDS: Final = frozenset({"and", "or", "not", "in", "true", "false", "now", "go_live"})
"""Words of the language; a parameter cannot have one of them as its name."""


class ExpressionError(GonogoError):
    """A requirement cannot be read.

    Attributes:
        start: 0-based column of the text at which the mistake begins.
        end: Column after it; greater than or equal to ``start``.
    """

    code = "G150"
    exit_code = 2

    def __init__(self, sentence: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(sentence, hint=hint)
        self.start = start
        self.end = end


class TokenKind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    PERCENT = "percentage"
    DURATION = "duration"
    TEXT = "text"
    NAME = "name"
    KEYWORD = "keyword"
    COMPARE = "comparison"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One word.

    Attributes:
        kind: What it is.
        text: As written; for a text, its value without quotes.
        start: 0-based column.
        end: Column after it.
    """

    kind: TokenKind
    text: str
    start: int
    end: int


_NUMERAL = re.compile(r"[0-9][0-9A-Za-z_.]*%?", re.ASCII)
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?", re.ASCII)
_DURATION = re.compile(r"(?:0|[1-9][0-9]{0,5})[dh]", re.ASCII)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*", re.ASCII)
_COMPARE = re.compile(r"(?:<=|>=|==|!=|<|>)(?![=<>!])")
_FOREIGN = re.compile(r"[=<>!&|*/^~?:;@#$\\]+|\*\*|//")
_FOREIGN_HINTS = {
    "=": "did you mean `==`?",
    "===": "did you mean `==`?",
    "=>": "did you mean `>=`?",
    "=<": "did you mean `<=`?",
    "<>": "did you mean `!=`?",
    "!==": "did you mean `!=`?",
    "!": "did you mean `not`?",
    "&&": "did you mean `and`?",
    "&": "did you mean `and`?",
    "||": "did you mean `or`?",
    "|": "did you mean `or`?",
    "**": "there are no powers; multiply instead",
    "//": "did you mean `/`? Division is exact",
}
_CHARACTER_HINTS = {
    "≥": "write `>=`",
    "≤": "write `<=`",
    "≠": "write `!=`",
    "×": "write `*`",
    "÷": "write `/`",
    "\u00a0": "replace it with an ordinary space",
    "\ufeff": "remove it",
    "{": "values to choose from go in brackets: `in [1, 2]`",
    ".": "a number below one begins with 0: `0.5`",
}
_BLANK = re.compile(r"\s+(?:not\s+)?blank\b", re.ASCII)
_QUOTES = "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u0060\u00b4"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_WORD_HINTS = {
    "is": "did you mean `==`? Of a column of a table, `is blank` and `is not blank` can be said",
    "equals": "did you mean `==`?",
    "between": "write `x >= low and x <= high`",
    "null": "a fact without evidence is unknown by itself and never counts as met",
    "none": "a fact without evidence is unknown by itself and never counts as met",
    "yes": "did you mean `true`?",
    "no": "did you mean `false`?",
}


def tokens(text: str) -> list[Token]:
    """Split a requirement into tokens; the last one is END.

    Raises:
        ExpressionError: A character, number, word or quotation cannot be read, or the text is too long.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"the requirement has {len(text)} characters; the limit is {MAX_LENGTH}",
            0,
            0,
            "split it into several criteria",
        )
    return list(_scan(text))


def _scan(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        character = text[at]
        if character in " \t\n\r":
            at += 1
            continue
        token = _token(text, at)
        yield token
        at = token.end
    yield Token(TokenKind.END, "", len(text), len(text))


def _token(text: str, at: int) -> Token:
    character = text[at]
    if "0" <= character <= "9":
        return _numeral(text, at)
    if match := _WORD.match(text, at):
        return _word(match)
    if character in "\"'":
        return _quotation(text, at)
    if match := _COMPARE.match(text, at):
        return Token(TokenKind.COMPARE, match.group(), at, match.end())
    foreign = _FOREIGN.match(text, at)
    if foreign and foreign.group() not in ("*", "/"):
        raise ExpressionError(
            f"`{foreign.group()}` is not an operator", at, foreign.end(), _FOREIGN_HINTS.get(foreign.group(), "")
        )
    if character in "+-*/()[],":
        return Token(TokenKind.SIGN, character, at, at + 1)
    if character == "%":
        number = re.search(r"[0-9.]+(?=\s+\Z)", text[:at])
        hint = f"write `{number.group()}%` without a blank" if number else "`%` follows a number: `95%`"
        raise ExpressionError("`%` stands alone", at, at + 1, hint)
    raise ExpressionError(f"the character {_named(character)} has no meaning here", at, at + 1, _hint_for(character))


def _named(character: str) -> str:
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"`{character}` ({name})" if character.isprintable() else f"U+{ord(character):04X} ({name})"


def _hint_for(character: str) -> str:
    if character in _QUOTES:
        return 'text goes in straight quotes: "signed"'
    if character in _DASHES:
        return "write `-`"
    if character.isdigit():
        return "numbers are written with the digits 0 to 9"
    return _CHARACTER_HINTS.get(character, "")


def _numeral(text: str, at: int) -> Token:
    match = _NUMERAL.match(text, at)
    assert match is not None
    written, end = match.group(), match.end()
    if _NUMBER.fullmatch(written):
        return Token(TokenKind.NUMBER, written, at, end)
    if written.endswith("%") and _NUMBER.fullmatch(written[:-1]):
        return Token(TokenKind.PERCENT, written, at, end)
    if _DURATION.fullmatch(written):
        return Token(TokenKind.DURATION, written, at, end)
    raise ExpressionError(f"`{written[:40]}` is not a number or a duration", at, end, _numeral_hint(text, at, written))


def _numeral_hint(text: str, at: int, written: str) -> str:
    if re.search(r"[0-9],\Z", text[:at]) and re.match(r"[0-9]{3}(?![0-9])", written):
        return "numbers are written without separators: `1000`"
    bare = written.rstrip("%")
    digits = bare.replace("_", "")
    if "_" in bare and _NUMBER.fullmatch(digits):
        return f"write `{digits}`"
    if re.fullmatch(r"0[0-9]+(\.[0-9]+)?", bare):
        return f"a number has no leading zeros: `{bare.lstrip('0') or '0'}`"
    if re.fullmatch(r"[0-9]+w", bare):
        return f"durations are in days or hours: `{int(bare[:6].rstrip('w')) * 7}d`"
    if re.fullmatch(r"[0-9]+[dDhHmsMS]", bare):
        return "a duration is a whole number of days or hours, at most six digits: `7d`, `12h`"
    if re.fullmatch(r"[0-9.]+", bare):
        return "a number has at most 15 digits before the point and 1 to 9 after it"
    return "numbers look like `3`, `0.95` or `95%`, durations like `7d` or `12h`"


def _word(match: re.Match[str]) -> Token:
    written, start, end = match.group(), match.start(), match.end()
    if written in KEYWORDS:
        return Token(TokenKind.KEYWORD, written, start, end)
    lower = written.lower()
    if lower in KEYWORDS:
        raise ExpressionError(f"`{written}` is not a word of the language", start, end, f"did you mean `{lower}`?")
    if written == "is" and _BLANK.match(match.string, end):
        return Token(TokenKind.KEYWORD, written, start, end)
    if lower in _WORD_HINTS:
        raise ExpressionError(f"`{written}` is not a word of the language", start, end, _WORD_HINTS[lower])
    if _NAME.fullmatch(written):
        return Token(TokenKind.NAME, written, start, end)
    hint = f"did you mean `{lower}`?" if _NAME.fullmatch(lower) else ""
    raise ExpressionError(f"`{written[:120]}` is not a name; names are in lower case", start, end, hint)


def _quotation(text: str, at: int) -> Token:
    quote, value, position = text[at], list[str](), at + 1
    while position < len(text):
        character = text[position]
        if character == quote:
            if not value:
                raise ExpressionError(
                    "the text is empty",
                    at,
                    position + 1,
                    "a fact without a value is unknown by itself and never counts as met",
                )
            return Token(TokenKind.TEXT, "".join(value), at, position + 1)
        if character == "\\":
            position += 1
            if text[position : position + 1] not in ("\\", quote) or position >= len(text):
                raise ExpressionError(
                    "in a text, a backslash may come only before a quote or a backslash", position - 1, position, ""
                )
            character = text[position]
        elif not character.isprintable():
            raise ExpressionError(f"the text contains {_named(character)}", position, position + 1)
        value.append(character)
        position += 1
    raise ExpressionError("the text that begins here has no closing quote", at, len(text), f"add {quote} where it ends")


def number_of(token: Token) -> Fraction:
    """Return the exact value of a number or percentage; seconds for a duration."""
    if token.kind is TokenKind.PERCENT:
        return Fraction(token.text[:-1]) / 100
    if token.kind is TokenKind.DURATION:
        return Fraction(token.text[:-1]) * (86400 if token.text[-1] == "d" else 3600)
    return Fraction(token.text)
