"""Derivation settings of ``facts.yaml`` and of overlays: from documents to pins, each setting once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from gonogo.documents.scalars import ANY_VALUE, Bare, ScalarType, mistake, scalar
from gonogo.documents.shape import CheckedDocument, Document
from gonogo.documents.yaml import ScalarKind
from gonogo.errors import Problem
from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.derivation import Derivation


def _collector(value: object) -> str:
    text = scalar(value).text
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}(:[A-Za-z0-9][A-Za-z0-9._-]{0,79})?", text, re.ASCII):
        raise mistake("G115", f"`{text[:60]}` is not a collector", "write `plugin` or `plugin:collector`")
    return text


def _pin(value: object) -> Any:
    """Read a value as a binding's settings are read: whole numbers as numbers, other numbers as they are written."""
    found = scalar(value)
    if found.kind is ScalarKind.NULL or not found.text.strip():
        raise mistake("G117", "there is no value here", "write the value that every binding must use, such as `15`")
    if found.kind is ScalarKind.INTEGER:
        if len(found.text) > 17 or abs(int(found.text)) > MAX_INTEGER:
            raise mistake("G115", f"the number `{found.text[:40]}` has too many digits")
        return int(found.text)
    return found.truth if found.truth is not None else found.text


CollectorLeaf = Annotated[str, ScalarType(_collector, {"type": "string"})]
PinLeaf = Annotated[Any, ScalarType(_pin, ANY_VALUE)]
DerivationDocuments = Annotated[
    dict[CollectorLeaf, Annotated[dict[Bare, PinLeaf], Field(min_length=1)]], Field(max_length=200)
]
PinSheet = tuple[CheckedDocument[Document], Mapping[str, Mapping[str, Any]]]


def derivations(sheets: Sequence[PinSheet]) -> tuple[tuple[Derivation, ...] | None, list[Problem]]:
    """Return what is pinned by all files, and the mistakes: a setting that two of them pin."""
    found: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for sheet, documents in sheets:
        for collector, settings in documents.items():
            pinned = found.setdefault(collector, {})
            for key, value in settings.items():
                if key in pinned:
                    what = f"`{key}` of {collector} is pinned already, to {pinned[key]}"
                    place = ("derivation", collector, key)
                    problems.append(sheet.key_problem(place, "G123", what, "remove it here, or change it there"))
                pinned.setdefault(key, value)
    pins = tuple(Derivation(collector=name, settings=settings) for name, settings in found.items())
    return pins or None, problems
