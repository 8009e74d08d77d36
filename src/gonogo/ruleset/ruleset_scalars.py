"""Values that only rulesets hold, as people write them: literals, ladders, and words of closed lists."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Discriminator, Field, Tag

from gonogo.documents.scalars import ANY_VALUE, ScalarType, YesNo, choice, mistake, scalar, text_of
from gonogo.documents.shape import Document
from gonogo.documents.yaml import ScalarKind
from gonogo.language.expression import ExpressionError, parse_literal
from gonogo.language.requirement import Literal, Span, Text
from gonogo.model.fact import Bound, FactType
from gonogo.model.finding import Status
from gonogo.model.people import Sides
from gonogo.model.ruleset import ApprovalRule, GateMode, IsolationLevel, Severity, VotesWord
from gonogo.text import plain_dashes

_COMPARED: Final = re.compile(r"(?:[<>=]=?|[\u2264\u2265])\s*(\S.*)")
_MILESTONE: Final = re.compile(r"T-(0|[1-9][0-9]{0,2})", re.ASCII)


def _literal(value: object) -> Literal:
    """A value as a requirement would write it; what is in YAML quotes is text."""
    found = scalar(value)
    if found.kind is ScalarKind.NULL or not found.text.strip():
        raise mistake("G117", "there is no value here", 'write a value such as `3`, `95%`, `7d`, `true` or `"signed"`')
    if found.quoted:
        return Text(found.text, Span(0, len(found.text)))
    try:
        return parse_literal("true" if found.truth else "false" if found.truth is False else found.text)
    except ExpressionError as error:
        alone = _COMPARED.fullmatch(found.text)
        hint = error.hint or "values look like `3`, `95%`, `7d`, `true`; put text in quotes"
        if alone is not None:
            hint = f"write the value alone, `{alone[1][:40]}`; how it is compared is written in `require:`"
        raise mistake("G112", f"`{found.text[:40]}` is not a value: {error.sentence}", hint) from None


LiteralLeaf = Annotated[Any, ScalarType(_literal, ANY_VALUE)]

SidesLeaf = Annotated[Sides, choice(Sides)]
SeverityLeaf = Annotated[Severity, choice(Severity)]
LevelLeaf = Annotated[IsolationLevel, choice(IsolationLevel)]
RuleLeaf = Annotated[ApprovalRule, choice(ApprovalRule)]
VotesLeaf = Annotated[VotesWord, choice(VotesWord, hint="this release of gonogo collects no votes")]
ModeLeaf = Annotated[GateMode, choice(GateMode, hint="leave the key out where it is enforced")]
TypeLeaf = Annotated[FactType, choice(FactType)]
BoundLeaf = Annotated[Bound, choice(Bound)]
StatusLeaf = Annotated[Status, choice(Status)]


def _milestone_or_day(value: object) -> str:
    text = text_of(value)
    if _MILESTONE.fullmatch(text):
        return text
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    meant = plain_dashes(text)
    dashed = text != meant and _MILESTONE.fullmatch(meant)
    hint = f"write it with a hyphen: `{meant}`" if dashed else "write `T-14`, or a date like 2027-04-01"
    raise mistake("G116", f"`{text[:40]}` is neither a milestone nor a date", hint)


EnforceLeaf = Annotated[
    str,
    ScalarType(
        _milestone_or_day,
        {"type": "string", "pattern": r"^(T-(0|[1-9][0-9]{0,2})|[0-9]{4}-[0-9]{2}-[0-9]{2})$"},
    ),
]
"""A milestone, or a date."""


def _rung(value: object) -> str:
    text = text_of(value)
    meant = plain_dashes(text)
    plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", text, re.ASCII)
    like_milestone = re.match(r"[Tt][-+ ]?[0-9]", text, re.ASCII)
    if not plain or (like_milestone and not _MILESTONE.fullmatch(text)):
        hint = (
            f"write it with a hyphen: `{meant}`"
            if text != meant and _MILESTONE.fullmatch(meant)
            else "for example `T-30`"
        )
        raise mistake("G115", f"`{text[:40]}` is not a milestone", hint)
    return text


_RUNG_PATTERN = r"^(T-(0|[1-9][0-9]{0,2})|(?![Tt][-+ ]?[0-9])[A-Za-z0-9][A-Za-z0-9._-]{0,39})$"
RungLeaf = Annotated[str, ScalarType(_rung, {"type": "string", "pattern": _RUNG_PATTERN})]
"""A milestone, or the id of a hold point."""

Ladder = Annotated[dict[RungLeaf, LiteralLeaf], Field(min_length=1)]


class FlooredDocument(Document):
    """A parameter that later layers may tighten and not loosen: its one value, or its ladder."""

    value: LiteralLeaf = None
    ladder: Ladder | None = None
    floor: YesNo


def _form(value: object) -> str:
    if isinstance(value, FlooredDocument):
        return "<floored>"
    if isinstance(value, dict):
        return "<floored>" if value.keys() & FlooredDocument.model_fields.keys() else "<ladder>"
    return "<one>"


Setting = Annotated[
    Annotated[LiteralLeaf, Tag("<one>")]
    | Annotated[Ladder, Tag("<ladder>")]
    | Annotated[FlooredDocument, Tag("<floored>")],
    Discriminator(_form),
]
"""A parameter: one value, a ladder of values by milestone, or either with ``floor:``."""
