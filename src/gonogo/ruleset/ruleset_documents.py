"""What people write about criteria, as documents: ruleset, vocabulary, overlay, cases.

Only shape is declared here; meaning (types, units, known names) is checked by the loader. The documents of a program
are in :mod:`gonogo.program.program_documents`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from gonogo.documents.quantities import Age
from gonogo.documents.scalars import (
    ANY_VALUE,
    Bare,
    Dotted,
    Id,
    Milestone,
    Numeral,
    Prefix,
    RawValue,
    RequirementLeaf,
    ScalarType,
    SchemaOne,
    Seat,
    SourceKey,
    Version,
    Words,
    YesNo,
    choice,
    mistake,
    scalar,
    whole,
)
from gonogo.documents.shape import Document
from gonogo.documents.yaml import ScalarKind
from gonogo.language.expression import ExpressionError, parse_literal
from gonogo.language.requirement import Literal, Span, Text
from gonogo.model.fact import Bound, FactType
from gonogo.model.finding import Status
from gonogo.model.people import Sides
from gonogo.model.ruleset import ApprovalRule, IsolationLevel, Severity


def _literal(value: object) -> Literal:
    """A value as a requirement would write it; what is in YAML quotes is text."""
    found = scalar(value)
    if found.kind is ScalarKind.NULL or not found.text.strip():
        raise mistake("G117", "nothing stands here", 'write a value such as `3`, `95%`, `7d`, `true` or `"signed"`')
    if found.quoted:
        return Text(found.text, Span(0, len(found.text)))
    try:
        return parse_literal("true" if found.truth else "false" if found.truth is False else found.text)
    except ExpressionError as error:
        hint = error.hint or "values look like `3`, `95%`, `7d`, `true`; text stands in quotes"
        raise mistake("G112", f"`{found.text[:40]}` is not a value: {error.sentence}", hint) from None


LiteralLeaf = Annotated[Any, ScalarType(_literal, ANY_VALUE)]


SidesLeaf = Annotated[Sides, choice(Sides)]
SeverityLeaf = Annotated[Severity, choice(Severity)]
LevelLeaf = Annotated[IsolationLevel, choice(IsolationLevel)]
RuleLeaf = Annotated[ApprovalRule, choice(ApprovalRule)]
TypeLeaf = Annotated[FactType, choice(FactType)]
BoundLeaf = Annotated[Bound, choice(Bound)]
StatusLeaf = Annotated[Status, choice(Status)]
Cap = Annotated[int, whole(least=0, most=1000)]


def _one_or_ladder(value: object) -> str:
    return "<ladder>" if isinstance(value, dict) else "<one>"


Ladder = Annotated[dict[Milestone, LiteralLeaf], Field(min_length=1)]
Setting = Annotated[
    Annotated[LiteralLeaf, Tag("<one>")] | Annotated[Ladder, Tag("<ladder>")], Discriminator(_one_or_ladder)
]
"""A parameter: one value, or a ladder of values by milestone."""


class CapsDocument(Document):
    """How many open conditional criteria a CONDITIONAL GO bears."""

    domain: Cap = 3
    total: Cap = 8


class MinIsolationDocument(Document):
    """The isolation level that evidence must have been read at, by the severity of what rests on it."""

    mandatory: LevelLeaf | None = None
    conditional: LevelLeaf | None = None
    advisory: LevelLeaf | None = None


WaiverDays = Annotated[int, whole(least=0, most=3660)]


class PolicyDocument(Document):
    """How findings become a verdict."""

    milestones: Annotated[list[Milestone], Field(min_length=1, max_length=50)]
    rule: RuleLeaf = ApprovalRule.CAPS
    caps: CapsDocument | None = None
    min_isolation: MinIsolationDocument | None = None
    max_waiver_days: WaiverDays | None = None


class CriterionDocument(Document):
    """One readiness requirement."""

    id: Dotted
    title: Words
    statement: Words
    why: Words
    severity: SeverityLeaf
    due_from: Milestone | None = Field(default=None, alias="from")
    require: RequirementLeaf
    not_applicable_when: RequirementLeaf | None = None
    parameters: dict[Bare, Setting] = Field(default_factory=dict)
    max_age: Age
    carries: YesNo = False
    owner: Seat
    attest: Annotated[list[Seat], Field(min_length=1)] | None = None
    evidence_producer: Words = ""
    waivable_by: list[Seat] = Field(default_factory=list)
    sides: SidesLeaf = Sides.BOTH
    remedy: Words
    source: Annotated[list[SourceKey], Field(min_length=1)]
    m3_ref: Words = ""


class FactDocument(Document):
    """One fact of the vocabulary."""

    name: Dotted
    type: TypeLeaf
    unit: Words = ""
    min: Numeral | None = None
    max: Numeral | None = None
    allowed: list[Words] = Field(default_factory=list)
    tolerance: Numeral = Decimal(0)
    meaning: Words
    question: Words
    bound: BoundLeaf | None = None


class RulesetDocument(Document):
    """``ruleset.yaml``."""

    schema_: SchemaOne = Field(alias="schema")
    name: Id
    version: Version
    title: Words
    policy: PolicyDocument
    offices: list[Seat] = Field(default_factory=list)
    sources: dict[SourceKey, Words] = Field(default_factory=dict)
    criteria: Annotated[list[CriterionDocument], Field(min_length=1, max_length=5000)]


class FactsDocument(Document):
    """``facts.yaml``."""

    schema_: SchemaOne = Field(alias="schema")
    facts: Annotated[list[FactDocument], Field(min_length=1)]


class ChangeDocument(Document):
    """What an overlay changes in one criterion, and why."""

    criterion: Dotted
    reason: Words
    severity: SeverityLeaf | None = None
    due_from: Milestone | None = Field(default=None, alias="from")
    parameters: dict[Bare, Setting] = Field(default_factory=dict)
    max_age: Age | None = None
    carries: YesNo | None = None
    owner: Seat | None = None
    attest: Annotated[list[Seat], Field(min_length=1)] | None = None
    waivable_by: list[Seat] | None = None
    sides: SidesLeaf | None = None


class OverlayDocument(Document):
    """An overlay: an agency's own facts, criteria and changes, laid on a ruleset."""

    schema_: SchemaOne = Field(alias="schema")
    overlay: Id
    version: Version
    title: Words = ""
    prefix: Prefix | None = None
    offices: list[Seat] = Field(default_factory=list)
    sources: dict[SourceKey, Words] = Field(default_factory=dict)
    facts: list[FactDocument] = Field(default_factory=list)
    criteria: list[CriterionDocument] = Field(default_factory=list)
    changes: list[ChangeDocument] = Field(default_factory=list, alias="set")


class CaseDocument(Document):
    """One example of a criterion: facts in, status out. A fact that is not named is missing."""

    criterion: Dotted
    name: Words
    at: Milestone
    facts: dict[Dotted, RawValue] = Field(default_factory=dict)
    expect: StatusLeaf


class CasesDocument(Document):
    """``cases/*.yaml``."""

    schema_: SchemaOne = Field(alias="schema")
    cases: Annotated[list[CaseDocument], Field(min_length=1)]
