"""The leaves of every document: how one YAML scalar becomes a typed value, or one mistake with a code and a hint.

Each type takes the scalar as it was written, so that nothing is converted by anybody else's rules, and carries the JSON
Schema that editors use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from gonogo.documents.yaml import ScalarKind, ScalarNode, YamlSource
from gonogo.model.canonical import MAX_INTEGER, read_decimal
from gonogo.model.people import Side
from gonogo.model.verdict_words import reads_like_a_verdict, reads_like_readiness
from gonogo.text import did_you_mean, plain_dashes

MAX_WORDS: Final = 2000
_NUMERIC = (ScalarKind.INTEGER, ScalarKind.DECIMAL)
_KEYS = YamlSource("", ())
_FILLERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")


@dataclass(frozen=True, slots=True, eq=False)
class ScalarType:
    """Annotation of a field: how its scalar is read, and what editors are told.

    Attributes:
        read: Takes the scalar as written, returns the value, raises :func:`mistake`.
        schema: JSON Schema; the type's own where None.
    """

    read: Callable[[object], Any]
    schema: dict[str, Any] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return deepcopy(self.schema) if self.schema is not None else handler(schema)


_LONGEST_HINT: Final = 80


def mistake(code: str, what: str, hint: str = "", offset: int = 0) -> PydanticCustomError:
    """Return a mistake for pydantic to collect; ``offset`` is its 0-based place inside the scalar's text."""
    return PydanticCustomError("gonogo", "{what}", {"code": code, "what": what, "hint": hint, "offset": offset})


def scalar(value: object) -> ScalarNode:
    """Return the value as the one scalar that it must be. The key of a mapping arrives as its text."""
    if isinstance(value, ScalarNode):
        return value
    if isinstance(value, str):
        return ScalarNode(_KEYS, 1, 1, value, quoted=True)
    shown = "a list" if isinstance(value, list) else "a mapping"
    raise mistake("G112", f"one value is expected here, not {shown}")


def _shows(text: str) -> bool:
    """Whether a text has anything that a reader can see: blanks of width zero and fillers are nothing."""
    return any(unicodedata.category(sign)[0] not in "CZ" and sign not in _FILLERS for sign in text)


def text_of(value: object) -> str:
    """Return a non-empty text; numbers and true or false are refused, because text that looks like one needs quotes."""
    found = scalar(value)
    if found.kind is ScalarKind.NULL or not _shows(found.text):
        raise mistake("G117", "there is no value here", "write a value, or remove the key")
    if found.kind is not ScalarKind.TEXT:
        what = "is true or false" if found.kind is ScalarKind.TRUTH else f"is a {found.kind}"
        raise mistake("G113", f"`{found.text[:40]}` {what} here, not text", f'write "{found.text[:40]}" in quotes')
    if len(found.text) > MAX_WORDS:
        raise mistake("G115", f"the text has {len(found.text)} characters; the limit is {MAX_WORDS}")
    return found.text


def _words(value: object) -> str:
    return " ".join(text_of(value).split())


def _patterned(what: str, pattern: str, example: str) -> ScalarType:
    compiled = re.compile(pattern, re.ASCII)

    def read(value: object) -> str:
        text = text_of(value)
        if not compiled.fullmatch(text):
            meant = _meant(text, pattern)
            hint = f"write `{meant}`" if meant else f"for example `{example}`"
            raise mistake("G115", f"`{text[:80]}` is not {what}", hint)
        return text

    return ScalarType(read, {"type": "string", "pattern": f"^({pattern})$"})


def _meant(text: str, pattern: str) -> str:
    """Return a text as the pattern wants it, if only a dash or capitals are in the way; empty for any other."""
    plain = plain_dashes(text)
    ways = (plain, plain.lower())
    return next((way for way in ways if len(way) <= _LONGEST_HINT and re.fullmatch(pattern, way, re.ASCII)), "")


Words = Annotated[str, ScalarType(_words, {"type": "string", "minLength": 1, "maxLength": MAX_WORDS})]
"""Words for readers; line ends and runs of blanks become one blank."""


def _heading(value: object) -> str:
    text = _words(value)
    if reads_like_a_verdict(text):
        what = f"`{text[:80]}` reads like a verdict, and is at the top of every report"
        raise mistake("G115", what, "say it in words that nobody takes for a verdict")
    return text


def _report_marking(value: object) -> str:
    text = _heading(value)
    if reads_like_readiness(text):
        what = f"`{text[:80]}` reads like a verdict, and is at the top of every report"
        raise mistake("G115", what, "a marking says who may see the report, for example `CUI//SP-PRVCY`")
    return text


Heading = Annotated[str, ScalarType(_heading, {"type": "string", "minLength": 1, "maxLength": MAX_WORDS})]
"""Words that stand at the head of every report, which must not read like a verdict."""
ReportMarking = Annotated[str, ScalarType(_report_marking, {"type": "string", "minLength": 1, "maxLength": MAX_WORDS})]
"""Who may see the reports; it must not read like a word about the program's readiness either."""

Id = Annotated[
    str, _patterned("an identifier (letters, digits, `.`, `_`, `-`)", r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", "release-1")
]
Dotted = Annotated[
    str,
    _patterned(
        "a dotted name in lower case", r"(?=.{1,120}$)[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", "training.completed_ratio"
    ),
]
Bare = Annotated[str, _patterned("a bare name in lower case", r"[a-z][a-z0-9_]{0,79}", "min_completion")]
Prefix = Annotated[str, _patterned("a prefix in lower case", r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", "sit")]
Seat = Annotated[
    str,
    _patterned(
        "a seat: side and office", r"(customer|provider|independent)\.[a-z][a-z0-9_]*", "customer.functional_lead"
    ),
]
Milestone = Annotated[str, _patterned("a milestone", r"T-(0|[1-9][0-9]{0,2})", "T-30")]
Version = Annotated[
    str, _patterned("a version (letters, digits, `.`, `_`, `-`, `+`)", r"[A-Za-z0-9][A-Za-z0-9._+-]{0,39}", '"1.0.0"')
]
SourceKey = Annotated[str, _patterned("a source key", r"[A-Za-z0-9][A-Za-z0-9._:-]{0,39}", "M3-P4R")]
Sha256Text = Annotated[str, _patterned("a SHA-256 digest in lower-case hexadecimal", r"[0-9a-f]{64}", "0" * 8 + "…")]
VariableName = Annotated[
    str, _patterned("the name of an environment variable", r"[A-Za-z_][A-Za-z0-9_]{0,79}", "SERVICE_TOKEN")
]


def _requirement(value: object) -> str:
    """A requirement's text; its grammar is the parser's affair. ``true`` is a (useless) requirement, not a boolean."""
    found = scalar(value)
    if found.kind is ScalarKind.NULL or not found.text.strip():
        raise mistake("G117", "there is no value here", "for example `training.completed_ratio >= 95%`")
    return found.text


RequirementLeaf = Annotated[str, ScalarType(_requirement, {"type": "string", "minLength": 1, "maxLength": 4000})]


def _truth(value: object) -> bool:
    found = scalar(value)
    if found.truth is None:
        raise mistake(
            "G112", f"`{found.text[:40]}` is neither true nor false", "write `true` or `false`, without quotes"
        )
    return found.truth


YesNo = Annotated[bool, ScalarType(_truth, {"type": "boolean"})]


def _whole(value: object) -> int:
    found = scalar(value)
    if found.quoted and found.text.isdecimal():
        raise mistake("G112", f'"{found.text[:40]}" is text, not a whole number', "remove the quotes")
    if found.kind is not ScalarKind.INTEGER:
        raise mistake("G112", f"`{found.text[:40]}` is not a whole number", "digits only, such as `3`")
    if len(found.text) > 17 or abs(int(found.text)) > MAX_INTEGER:
        raise mistake("G115", "the number has too many digits; the limit is 2**53 - 1")
    return int(found.text)


def whole(*, least: int, most: int) -> ScalarType:
    """Return the annotation of a whole number from ``least`` to ``most``."""

    def read(value: object) -> int:
        number = _whole(value)
        if not least <= number <= most:
            raise mistake("G115", f"{number} is not from {least} to {most}")
        return number

    schema = {"type": "integer", "minimum": least, "maximum": most}
    return ScalarType(read, schema)


def _schema_one(value: object) -> int:
    found = scalar(value)
    if found.kind is not ScalarKind.INTEGER or found.text != "1":
        raise mistake("G114", f"schema `{found.text[:20]}` is not known", "this version reads `schema: 1`")
    return 1


SchemaOne = Annotated[int, ScalarType(_schema_one, {"const": 1})]


def decimal_of(found: ScalarNode) -> Decimal:
    """Return an exact number from an unquoted scalar: ``3``, ``0.25``, ``25%``."""
    text, percent = found.text, found.text.endswith("%")
    if found.quoted or found.kind not in (*_NUMERIC, ScalarKind.TEXT):
        raise mistake("G112", f"`{text[:40]}` is not a number", "write it without quotes: `3`, `0.95`, `95%`")
    try:
        number = read_decimal(text.removesuffix("%"))
        return read_decimal(format(number / 100, "f")) if percent else number
    except ValueError:
        raise mistake(
            "G112", f"`{text[:40]}` is not a number", "digits with an optional point: `3`, `0.95`, `95%`"
        ) from None


def _decimal(value: object) -> Decimal:
    return decimal_of(scalar(value))


Numeral = Annotated[
    Decimal,
    ScalarType(_decimal, {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?%?$"}]}),
]


def choice(kind: type[StrEnum], *, hint: str = "") -> ScalarType:
    """Return the annotation of a word out of a closed list."""
    words = [member.value for member in kind]

    def read(value: object) -> StrEnum:
        text = text_of(value)
        if text not in words:
            raise mistake(
                "G114", f"`{text[:40]}` is not one of {', '.join(words)}", did_you_mean(text, words, otherwise=hint)
            )
        return kind(text)

    return ScalarType(read, {"enum": words})


SideLeaf = Annotated[Side, choice(Side)]

ANY_VALUE: Final = {"anyOf": [{"type": "number"}, {"type": "boolean"}, {"type": "string", "minLength": 1}]}
"""JSON Schema of a value of any type of fact."""


def _raw(value: object) -> ScalarNode:
    found = scalar(value)
    if found.kind is ScalarKind.NULL:
        raise mistake("G117", "there is no value here", "leave the key out for a fact that has no value")
    return found


RawValue = Annotated[Any, ScalarType(_raw, ANY_VALUE)]
"""The scalar itself; what it means depends on the fact's type."""
