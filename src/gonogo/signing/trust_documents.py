"""The trust file as a document. Only shape is declared here; its reader checks meaning."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import Field

from gonogo.documents.quantities import Day
from gonogo.documents.scalars import (
    Id,
    ScalarType,
    SchemaOne,
    Seat,
    SideLeaf,
    Words,
    choice,
    mistake,
    scalar,
    text_of,
    whole,
)
from gonogo.documents.shape import Document
from gonogo.model.canonical import MAX_INTEGER
from gonogo.signing.base64_text import read_base64
from gonogo.signing.key_forms import is_key_text
from gonogo.signing.trust_values import KeyKind

MOST_KEYS: Final = 500


def _lock(value: object) -> str:
    text = text_of(value)
    if text == "none" or re.fullmatch(r"[0-9a-f]{64}", text, re.ASCII):
        return text
    hint = "`lock: none` accepts a decision without a lock; 64 hexadecimal digits name the only lock that is accepted"
    raise mistake("G115", f"`{text[:80]}` says nothing about a lock", hint)


LockLeaf = Annotated[str, ScalarType(_lock, {"type": "string", "pattern": "^(none|[0-9a-f]{64})$"})]
"""``none``, or the digest of a lock."""


def _public(value: object) -> str:
    found = scalar(value)
    if is_key_text(found.text):
        return found.text  # its reader says what it is, without quoting it
    return text_of(value)


def _root(value: object) -> str:
    text = text_of(value)
    if re.fullmatch(r"[0-9a-f]{64}", text, re.ASCII):
        return text
    try:
        root = read_base64(text)
    except ValueError:
        root = b""
    if len(root) != 32:
        hint = "the third line of a checkpoint holds it in base64; 64 hexadecimal digits are read too"
        raise mistake("G115", f"`{text[:80]}` is not the root of a log", hint)
    return root.hex()


Root = Annotated[str, ScalarType(_root, {"type": "string", "pattern": "^([0-9a-f]{64}|[A-Za-z0-9+/]{43}=)$"})]
Public = Annotated[str, ScalarType(_public, {"type": "string", "minLength": 1})]
"""The path of a PEM file beside the trust file, or the PEM itself."""


class LogDocument(Document):
    """What the log must continue."""

    id: Words
    size: Annotated[int, whole(least=1, most=MAX_INTEGER)]
    root: Root


class KeyDocument(Document):
    """One key, what it is for, and its days in UTC."""

    id: Id
    kind: Annotated[KeyKind, choice(KeyKind)]
    public: Public
    start: Day = Field(alias="from")
    until: Day
    bundles: Annotated[list[Id], Field(min_length=1, max_length=1000)] | None = None
    side: SideLeaf | None = None
    office: Seat | None = None
    person: Id | None = None


class TrustDocument(Document):
    """Which keys a program trusts, for what, and when."""

    schema_: SchemaOne = Field(alias="schema")
    program: Id
    lock: LockLeaf | None = None
    log: LogDocument | None = None
    keys: Annotated[list[KeyDocument], Field(min_length=1, max_length=MOST_KEYS)]
