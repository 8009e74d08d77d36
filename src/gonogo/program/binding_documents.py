"""A binding as a document: which files, when their content held, and how they must be handled."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import Discriminator, Field, Tag

from gonogo.documents.quantities import DayOrMoment, Deadline, Size
from gonogo.documents.scalars import (
    Bare,
    Id,
    Prefix,
    ScalarType,
    Sha256Text,
    SideLeaf,
    VariableName,
    Words,
    choice,
    mistake,
    text_of,
)
from gonogo.documents.settings_leaf import SettingsLeaf
from gonogo.documents.shape import Document
from gonogo.documents.yaml import ScalarNode
from gonogo.model.placeholder import has_content
from gonogo.model.program import DEFAULT_MAX_BYTES, Handling, Keep, Marking


class Pick(StrEnum):
    """Which of several matches of a pattern counts."""

    NEWEST = "newest as_of"


class Latest(StrEnum):
    """Which row of a column counts."""

    LATEST = "latest"


class RuleName(StrEnum):
    """The rules that need no more than their name."""

    DOCUMENT = "document"
    DOCUMENT_SAVED = "document_saved"


def _handling(value: object) -> Handling:
    if isinstance(value, dict):
        return _reasoned(value)
    text = text_of(value)
    match = re.fullmatch(r"CUI \(([^()]{1,80})\)", text)
    if match:
        return Handling(marking=Marking.CUI, category=match[1])
    if text not in (Marking.PUBLIC, Marking.INTERNAL, Marking.PII):
        hint = "write `public`, `internal`, `PII`, or `CUI (category)`"
        raise mistake("G114", f"`{text[:40]}` is not a handling", hint)
    return Handling(marking=Marking(text))


def _reasoned(value: dict[str, object]) -> Handling:
    """Read ``{marking: internal, reason: …}``, by which a person says why a source names nobody."""
    if set(value) != {"marking", "reason"}:
        hint = "for example {marking: internal, reason: testers are teams}"
        raise mistake("G117", "a handling in braces has a marking and a reason", hint)
    reason = text_of(value["reason"])
    if not has_content(reason):
        raise mistake("G117", f"`{reason[:40]}` is not a reason", "say why the source names nobody")
    return _handling(value["marking"]).model_copy(update={"reason": reason})


def _cell(value: object) -> str:
    text = text_of(value)
    if not re.fullmatch(r"(?:[^!]{1,31}!)?[A-Z]{1,3}[1-9][0-9]{0,6}", text):
        raise mistake(
            "G115", f"`{text[:60]}` is not a cell", 'write sheet and cell: "Cover!B5", or of a CSV the cell alone: A1'
        )
    return text


def _file_name(value: object) -> str:
    text = text_of(value)
    try:
        pattern = re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise mistake("G115", f"this is not a regular expression: {error}") from None
    named = set(pattern.groupindex)
    if named != {"year", "month", "day"} and not (pattern.groups == 1 and not named):
        hint = r"for example `plan_(\d{4}-\d{2}-\d{2})\.xml`, or (?P<year>…) (?P<month>…) (?P<day>…)"
        raise mistake("G115", "the pattern needs one group for the date, or groups named year, month and day", hint)
    return text


def _plugin(value: object) -> str:
    text = text_of(value)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}(:[A-Za-z0-9][A-Za-z0-9._-]{0,79})?", text, re.ASCII):
        raise mistake("G115", f"`{text[:60]}` is not a collector", "write `plugin` or `plugin:collector`")
    return text


def _confirmed(value: object) -> bool:
    if isinstance(value, ScalarNode) and value.truth is not None:
        return value.truth
    text = text_of(value)
    if text not in ("yes", "no"):
        raise mistake("G114", f"`{text[:40]}` is neither yes nor no", "write `confirmed: no`, or remove the line")
    return text == "yes"


PickLeaf = Annotated[Pick, choice(Pick, hint="write `pick: newest as_of`")]
LatestLeaf = Annotated[Latest, choice(Latest, hint="write `pick: latest`")]
WordLeaf = Annotated[
    RuleName, choice(RuleName, hint="write `document`, or how else it is known: `{at: 2027-04-15, by: Ada Kirsch}`")
]
KeepLeaf = Annotated[Keep, choice(Keep)]
ConfirmedLeaf = Annotated[bool, ScalarType(_confirmed, {"enum": ["yes", "no", True, False]})]
_MARKING: Final = {"type": "string", "pattern": r"^(public|internal|PII|CUI \([^()]{1,80}\))$"}
HandlingLeaf = Annotated[
    Any,
    ScalarType(
        _handling,
        {
            "anyOf": [
                _MARKING,
                {
                    "type": "object",
                    "properties": {"marking": _MARKING, "reason": {"type": "string", "minLength": 1}},
                    "required": ["marking", "reason"],
                    "additionalProperties": False,
                },
            ]
        },
    ),
]


class FileNameRule(Document):
    """The file's name says when its content held."""

    file_name: Annotated[str, ScalarType(_file_name, {"type": "string"})]


class CellRule(Document):
    """A cell of the workbook, or of a text above its headings, says when its content held."""

    cell: Annotated[
        str, ScalarType(_cell, {"type": "string", "pattern": "^(?:[^!]{1,31}!)?[A-Z]{1,3}[1-9][0-9]{0,6}$"})
    ]


class ColumnRule(Document):
    """A column says when each row held: all rows alike, or the latest counts."""

    column: Words
    pick: LatestLeaf | None = None


class StatedRule(Document):
    """A person says when the content held; with ``sha256``, when these contents did, and no other."""

    at: DayOrMoment
    by: Words
    sha256: Annotated[list[Sha256Text], Field(min_length=1)] | None = None


_RULES = ("file_name", "cell", "column", "at")


def _misspelt(value: dict[str, object]) -> str:
    """The rule that was meant where its name is misspelt; no input has a rule that is such a text."""
    for key, item in value.items():
        meant = get_close_matches(key, _RULES, n=1, cutoff=0.75)
        if meant and isinstance(item, ScalarNode) and item.text not in set(RuleName):
            return f"<{meant[0]}>"
    return ""


def _rule_tag(value: object) -> str:
    if isinstance(value, dict):
        for key in _RULES:
            if isinstance(value.get(key), ScalarNode):
                return f"<{key}>"
        return _misspelt(value) or "<by input>"
    return "<document>"


RuleLeaf = Annotated[
    Annotated[WordLeaf, Tag("<document>")]
    | Annotated[FileNameRule, Tag("<file_name>")]
    | Annotated[CellRule, Tag("<cell>")]
    | Annotated[ColumnRule, Tag("<column>")]
    | Annotated[StatedRule, Tag("<at>")],
    Discriminator(lambda value: _rule_tag(value).replace("<by input>", "<document>")),
]
AsOfLeaf = Annotated[
    Annotated[WordLeaf, Tag("<document>")]
    | Annotated[FileNameRule, Tag("<file_name>")]
    | Annotated[CellRule, Tag("<cell>")]
    | Annotated[ColumnRule, Tag("<column>")]
    | Annotated[StatedRule, Tag("<at>")]
    | Annotated[dict[Bare, RuleLeaf], Tag("<by input>")],
    Discriminator(_rule_tag),
]


def _path_tag(value: object) -> str:
    return "<many>" if isinstance(value, list) else "<named>" if isinstance(value, dict) else "<one>"


Paths = Annotated[
    Annotated[Words, Tag("<one>")] | Annotated[list[Words], Field(min_length=1), Tag("<many>")],
    Discriminator(lambda value: _path_tag(value).replace("<named>", "<one>")),
]
PathLeaf = Annotated[
    Annotated[Words, Tag("<one>")]
    | Annotated[list[Words], Field(min_length=1), Tag("<many>")]
    | Annotated[dict[Bare, Paths], Field(min_length=1), Tag("<named>")],
    Discriminator(_path_tag),
]


class SubjectDocument(Document):
    """What a source is about, where it does not say so itself; the evidence counts only for that."""

    release: Id | None = None
    offering: Words | None = None
    build: Words | None = None
    environment: Words | None = None


class BindingDocument(Document):
    """One source of evidence and the collector that reads it."""

    id: Id
    collector: Annotated[str, ScalarType(_plugin, {"type": "string"})]
    prefix: Prefix | None = Field(default=None, alias="as")
    path: PathLeaf | None = None
    pick: PickLeaf | None = None
    as_of: AsOfLeaf | None = None
    side: SideLeaf
    producer: Words
    subject: SubjectDocument = Field(default_factory=lambda: SubjectDocument())
    handling: HandlingLeaf = Handling()
    keep: KeepLeaf = Keep.DIGEST
    max_bytes: Size = DEFAULT_MAX_BYTES
    env: list[VariableName] = Field(default_factory=list)
    deadline: Deadline = 60
    settings: SettingsLeaf = Field(default_factory=dict)
    confirmed: ConfirmedLeaf = True
    waits_for: Words | None = None
    profile: Words | None = None
    answers: dict[Bare, Annotated[list[Words], Field(min_length=1, max_length=400)]] = Field(default_factory=dict)
    leaves_out: dict[Bare, Words] = Field(default_factory=dict)
