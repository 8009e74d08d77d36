"""The one owner of bytes: canonical JSON (RFC 8785), digests, and the text forms of decimals and instants.

A digest is only as good as its bytes. Everything that is hashed, logged or sent to another process goes through here:
keys that sort alike everywhere, decimals as strings, instants in UTC with six decimals and ``Z``, integers within
+-(2**53 - 1).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any, Final, NoReturn

from gonogo.errors import CanonicalError, DocumentError

MAX_INTEGER: Final = 2**53 - 1
MAX_DEPTH: Final = 64
DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?", re.ASCII)
INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z", re.ASCII
)


def canonical_bytes(value: object) -> bytes:
    """Return the RFC 8785 bytes of ``value``, built of None, bool, int, str, list/tuple and dict with str keys.

    Raises:
        CanonicalError: A float, an integer beyond +-(2**53 - 1), a lone surrogate, a key that is no text, keys of one
            object that sort otherwise by UTF-16 units than by characters, any other type, or nesting deeper than 64.
    """
    _check(value, 0)
    try:
        return _WRITER.encode(value).encode("utf-8")
    except (UnicodeEncodeError, ValueError, TypeError) as error:
        raise CanonicalError(f"this value has no canonical form: {error}") from error


_WRITER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_PLAIN: Final = frozenset({str, bool, type(None)})
"""Types whose values always have a canonical form; most values are of one of them, and need no look inside."""


def _check(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise CanonicalError(f"a value is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, dict):
        plain = True
        for key, item in value.items():
            if not isinstance(key, str):
                raise CanonicalError(f"the key {key!r} is not text")
            plain = plain and key.isascii()
            if type(item) not in _PLAIN or depth == MAX_DEPTH:
                _check(item, depth + 1)
        if not plain and not sorts_alike(value):
            raise CanonicalError(f"the keys {', '.join(map(repr, sorted(value)))} do not sort alike everywhere")
    elif isinstance(value, (list, tuple)):
        for item in value:
            if type(item) not in _PLAIN or depth == MAX_DEPTH:
                _check(item, depth + 1)
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > MAX_INTEGER:
            raise CanonicalError(f"the integer {value} is beyond 2**53 - 1 and would lose digits in JSON")
    elif value is not None and not isinstance(value, (bool, str)):
        raise CanonicalError(f"a {type(value).__name__} has no canonical form")


def sorts_alike(keys: Collection[str]) -> bool:
    """Return whether keys have one order everywhere: names of files and headings are keys, in every alphabet.

    RFC 8785 sorts by UTF-16 units, Python by characters; the two differ only beside a character beyond U+FFFF.

    Raises:
        CanonicalError: Half a character (a lone surrogate) is in one of them.
    """
    try:
        return sorted(keys) == sorted(keys, key=lambda key: key.encode("utf-16-be"))
    except UnicodeEncodeError as error:
        raise CanonicalError(f"a key has no canonical form: {error}") from error


def digest(value: object) -> str:
    """Return the SHA-256, in 64 hexadecimal digits, of the canonical bytes of ``value``."""
    return digest_of_bytes(canonical_bytes(value))


def digest_of_bytes(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def read_json(data: bytes, *, what: str = "this document") -> Any:
    """Parse one strict JSON document: UTF-8 without a byte order mark, no duplicate keys, no NaN, at most 64 deep.

    Numbers with a fraction or an exponent are refused: a decimal travels as a string.

    Raises:
        DocumentError: The bytes are anything else; the sentence names ``what``.
    """

    def refuse_constant(name: str) -> NoReturn:
        raise DocumentError(f"{what} contains {name}, which is not a number")

    def refuse_float(text: str) -> NoReturn:
        raise DocumentError(f"{what} contains the number {text[:40]}; a decimal is written as a string")

    def read_integer(text: str) -> int:
        if len(text) > 15 and (len(text) > 17 or abs(int(text)) > MAX_INTEGER):
            raise DocumentError(f"{what} contains an integer of {len(text)} digits; the limit is 2**53 - 1")
        return int(text)

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for number, key in enumerate(keys) if key in keys[:number])
            raise DocumentError(f"{what} has the key {twice[:80]!r} twice")
        return found

    try:
        text = data.decode("utf-8", "strict")
        if _too_deep(text):
            raise DocumentError(f"{what} is nested deeper than {MAX_DEPTH} levels")
        found = json.loads(
            text,
            parse_constant=refuse_constant,
            parse_float=refuse_float,
            parse_int=read_integer,
            object_pairs_hook=unique,
        )
        if half_a_character(text):
            raise DocumentError(f"{what} holds half a character (a lone surrogate such as \\ud800)")
        return found
    except UnicodeDecodeError as error:
        raise DocumentError(f"{what} is not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise DocumentError(f"{what} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise DocumentError(f"{what} is nested too deeply") from error


def half_a_character(text: str) -> bool:
    """Return whether JSON text escapes a surrogate without its other half, which each reader takes otherwise."""
    if "\\u" not in text:
        return False
    plain = _PAIR.sub("", text.replace("\\\\", ""))
    return _SURROGATE.search(plain) is not None


_PAIR: Final = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def within_limits(data: bytes) -> bool:
    """Return whether JSON in canonical form surely has nothing that :func:`canonical_bytes` refuses.

    That is an integer of too many digits, keys whose order is not certain, or a level too many. No is no proof of one.
    """
    return _REFUSED.search(data) is None and not _too_deep(data.decode("utf-8"))


_REFUSED: Final = re.compile(rb'[0-9]{16}|[\x80-\xff][^"]*":')
_BETWEEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[^"\[\]{}]+')
_LEVELS: Final = {"[": 1, "{": 1, "]": -1, "}": -1, '"': 0}


def _too_deep(text: str) -> bool:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    return max(accumulate(map(_LEVELS.__getitem__, _BETWEEN.sub("", text)))) > MAX_DEPTH


def decimal_text(value: Decimal) -> str:
    """Write a decimal in its one form: no exponent, no trailing zeros, no ``-0``.

    Raises:
        CanonicalError: Not finite, or beyond 18 digits on either side of the point.
    """
    if not value.is_finite():
        raise CanonicalError(f"{value} is not a finite number")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("-0", ""):
        text = "0"
    if not DECIMAL.fullmatch(text):
        raise CanonicalError("a decimal has more than 18 digits before or after the point")
    return text


def read_decimal(text: str) -> Decimal:
    """Read a decimal from its text form ``-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?``; nothing else is a number.

    Raises:
        ValueError: The text has blanks, separators, an exponent, other digits than 0-9, or too many of them.
    """
    if not DECIMAL.fullmatch(text):
        raise ValueError("not a decimal: digits with an optional sign and point, such as 95 or -0.25")
    value = Decimal(text)
    return Decimal(0) if value == 0 else value


def fraction_text(value: Fraction) -> str:
    """Write a fraction as decimal text: exact where 18 decimals suffice, else rounded half-even to 18 decimals.

    Raises:
        CanonicalError: The whole part has more than 18 digits.
    """
    scaled = round(value * 10**18)
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**18)
    return decimal_text(Decimal(f"{sign}{whole}.{rest:018d}"))


def instant_text(value: datetime) -> str:
    """Write an aware instant as ``2027-04-19T16:00:00.000000Z``.

    Raises:
        CanonicalError: The instant has no time zone.
    """
    if value.tzinfo is None or value.utcoffset() is None:
        raise CanonicalError("an instant without a time zone has no canonical form")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").rjust(26, "0") + "Z"


def read_instant(text: str) -> datetime:
    """Read the canonical form of an instant.

    Raises:
        ValueError: Any other form.
    """
    if not INSTANT.fullmatch(text):
        raise ValueError("not an instant: 2027-04-19T16:00:00.000000Z")
    return datetime.fromisoformat(f"{text[:-1]}+00:00").replace(tzinfo=UTC)
