"""What people write about criteria, as documents: ruleset, vocabulary, overlay, cases.

Only shape is declared here; meaning (types, units, known names) is checked by the loader. The fields of a criterion
are in :mod:`gonogo.ruleset.criterion_fields`, the documents of a program in :mod:`gonogo.program.program_documents`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from gonogo.documents.scalars import (
    Dotted,
    Id,
    Milestone,
    Numeral,
    Prefix,
    RawValue,
    SchemaOne,
    Seat,
    SourceKey,
    Version,
    Words,
    YesNo,
    whole,
)
from gonogo.documents.shape import Document
from gonogo.model.ruleset import ApprovalRule
from gonogo.ruleset.criterion_fields import ChangeDocument, CriterionDocument
from gonogo.ruleset.declared_registers import RegisterDocuments
from gonogo.ruleset.declared_trends import TrendDocument
from gonogo.ruleset.derivation_pins import DerivationDocuments
from gonogo.ruleset.holds import HoldDocument
from gonogo.ruleset.lock_policy import LockPolicyDocument
from gonogo.ruleset.ruleset_scalars import (
    BoundLeaf,
    LevelLeaf,
    ModeLeaf,
    RuleLeaf,
    RungLeaf,
    StatusLeaf,
    TypeLeaf,
    VotesLeaf,
)

Cap = Annotated[int, whole(least=0, most=1000)]


class CapsDocument(Document):
    """How many open conditional criteria a CONDITIONAL GO allows."""

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
    holds: Annotated[list[HoldDocument], Field(max_length=100)] = Field(default_factory=list)
    votes: VotesLeaf | None = None
    mode: ModeLeaf | None = None
    gate: Words | None = None
    hold_points: Annotated[list[Id], Field(max_length=9)] = Field(default_factory=list)
    lock: LockPolicyDocument | None = None


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
    sample: YesNo = False
    trend: TrendDocument | None = None


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
    registers: RegisterDocuments = Field(default_factory=dict)
    derivation: DerivationDocuments = Field(default_factory=dict)


class CaseDocument(Document):
    """One example of a criterion: facts in, status out. A fact that is not named is missing."""

    criterion: Dotted
    name: Words
    at: RungLeaf
    facts: dict[Dotted, RawValue] = Field(default_factory=dict)
    expect: StatusLeaf


class OverlayDocument(Document):
    """An overlay: an agency's own facts, criteria and changes, laid on a ruleset."""

    schema_: SchemaOne = Field(alias="schema")
    overlay: Id
    version: Version
    title: Words = ""
    extends: Words | None = None
    prefix: Prefix | None = None
    offices: list[Seat] = Field(default_factory=list)
    sources: dict[SourceKey, Words] = Field(default_factory=dict)
    facts: list[FactDocument] = Field(default_factory=list)
    registers: RegisterDocuments = Field(default_factory=dict)
    derivation: DerivationDocuments = Field(default_factory=dict)
    criteria: list[CriterionDocument] = Field(default_factory=list)
    holds: Annotated[list[HoldDocument], Field(max_length=100)] = Field(default_factory=list)
    changes: list[ChangeDocument] = Field(default_factory=list, alias="set")
    cases: list[CaseDocument] = Field(default_factory=list)


class CasesDocument(Document):
    """``cases/*.yaml``."""

    schema_: SchemaOne = Field(alias="schema")
    cases: Annotated[list[CaseDocument], Field(min_length=1)]
