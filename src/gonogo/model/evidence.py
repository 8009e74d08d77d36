"""Evidence and gaps. Absence is a value: every promised fact ends as exactly one of the two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, ValidationInfo, field_validator, model_validator

from gonogo.model.base import DottedName, Frozen, Identifier, Instant, OneLine, Sha256
from gonogo.model.build_name import same_build
from gonogo.model.canonical import MAX_INTEGER, fraction_text
from gonogo.model.fact import FactType, Value, read_value, write_value
from gonogo.model.open_items import LeftOut, OpenItems, RowsRead
from gonogo.model.people import RoleName


class GapReason(StrEnum):
    """Why a fact has no usable evidence. A closed list."""

    MISSING = "missing"
    """The source was read and does not say."""
    UNASKED = "unasked"
    """No binding of the program answers for the fact."""
    STALE = "stale"
    """The evidence is as old as the criterion allows, or older."""
    FUTURE = "future"
    """The evidence claims to hold after the moment of the assessment."""
    MALFORMED = "malformed"
    """The source cannot be read as what it claims to be."""
    WRONG_TYPE = "wrong_type"
    """The answer is not of the fact's type."""
    OUT_OF_RANGE = "out_of_range"
    """The answer cannot be true by the vocabulary's range."""
    CONFLICT = "conflict"
    """Two sources disagree beyond the fact's tolerance."""
    COLLECTOR_FAILED = "collector_failed"
    """The collector could not load, crashed, or did not finish its answer."""
    DEADLINE = "deadline"
    """The collector did not answer in time and was ended."""
    UNDECLARED = "undeclared"
    """The collector answered for facts that it never declared; none of its answers counts."""
    WRONG_SUBJECT = "wrong_subject"
    """The evidence is about another program, release, build or offering."""
    NOT_PROVABLE = "not_provable"
    """The source cannot prove this fact, whatever it says; another source is needed."""
    ISOLATION = "isolation"
    """The collector ran with less isolation than is asked for."""
    AMBIGUOUS_ROWS = "ambiguous_rows"
    """Rows of the source may be no items, or parts of one; the binding does not say what one row is."""
    MIXED_SUBJECTS = "mixed_subjects"
    """The source is about several builds, releases, environments or cycles; the binding does not say which counts."""
    COUNTED_DIFFERENTLY = "counted_differently"
    """A register counts differently from the ruleset, or better than its own open items allow."""
    UNCONFIRMED = "unconfirmed"
    """No person has confirmed the binding, so its source was not read."""


class Basis(StrEnum):
    """What evidence rests on."""

    MEASURED = "measured"
    """From a system's own bytes."""
    STATED = "stated"
    """A person says so."""


class Subject(Frozen):
    """What evidence is about. Every field that is set must match what is being released.

    Attributes:
        program: Program id.
        release: Release id.
        offering: The provider's offering, for evidence that is not about one program.
        build: Build, commit or configuration id.
        environment: Name of the environment, e.g. ``production``.
    """

    program: str | None = None
    release: str | None = None
    offering: str | None = None
    build: str | None = None
    environment: str | None = None

    def merged(self, other: Subject) -> Subject | None:
        """Return both together, or None where they contradict each other; two spellings of one build do not."""
        if _NOBODY in (self, other):
            return other if self == _NOBODY else self
        mine, theirs = self.document(), other.document()
        for key in mine.keys() & theirs.keys():
            if mine[key] != theirs[key] and not (key == "build" and same_build(mine[key], theirs[key])):
                return None
        return Subject(**(mine | theirs))


_NOBODY: Final = Subject()


class Attested(Frozen):
    """Who states a fact, as written in the attestation.

    Attributes:
        person: Person id.
        role: The seat in which they state it.
        on: The local date of the statement.
        prepared_by: Person id of who prepared the evidence: another person. Without it the statement counts only where
            the binding's producer is a person in the register.
        evidence: Link to what they saw.
        evidence_sha256: Digest of what they saw, when it is a file.
        qualified: A caveat in their own words; a qualified attestation proves nothing.
    """

    person: Identifier
    role: RoleName
    on: date
    prepared_by: Identifier | None = None
    evidence: str = ""
    evidence_sha256: Sha256 | None = None
    qualified: str = ""


class Source(Frozen):
    """Where a person can check a value.

    Attributes:
        binding: Id of the binding.
        locator: File and place: ``evidence/workforce/roster.csv, 1,462 rows``.
        sha256: Digests of the bytes that were read; several inputs, several digests.
    """

    binding: Identifier
    locator: str
    sha256: tuple[Sha256, ...] = ()


class Evidence(Frozen):
    """One admitted, dated, attributable value of a fact.

    Attributes:
        fact: Dotted name declared in the vocabulary.
        type: The declared type.
        unit: The declared unit; empty for types without one.
        value: In the declared unit; for a ratio from counts the quotient to 18 decimals, for reading only.
        part: Numerator, for a ratio from counts; the exact value is part / whole.
        whole: Denominator, greater than 0.
        as_of: When the value held; not when it was read.
        basis: measured or stated.
        source: Where a person can check it.
        subject: What it is about.
        attested: The statements it rests on, when stated.
        open_items: Keys of all rows, cases or items that count against the fact, in the order of the source; stand-ins
            where the source holds personal data. Absent where the collector does not name them, and in records of
            earlier versions.
        open_left_out: How many more there are than a list may hold; absent where it is whole.
        rows_from: When the oldest row that the fact asks about held, where ``as_of`` is that of the newest row; absent
            where it is that of every row, and where nobody knows which rows count.
        rows_read: How many rows were read, where ``whole`` is another number; absent where nobody says.
        agreeing: What other sources say that agree with this one, which is the oldest; None where nobody else says
            anything. Every one of the values is judged.
    """

    fact: DottedName
    type: FactType
    unit: str = ""
    value: Annotated[Value, BeforeValidator(lambda v: v), PlainSerializer(write_value, when_used="json")]
    part: int | None = None
    whole: int | None = None
    as_of: Instant
    basis: Basis
    source: Source
    subject: Subject = Subject()
    attested: tuple[Attested, ...] = ()
    open_items: OpenItems | None = None
    open_left_out: LeftOut | None = None
    rows_from: Instant | None = None
    rows_read: RowsRead | None = None
    agreeing: tuple[Evidence, ...] | None = None  # never empty: what has one source keeps its recorded form

    @field_validator("value", mode="wrap")
    @classmethod
    def _typed(cls, raw: Any, _handler: Any, info: ValidationInfo) -> Value:
        kind = info.data.get("type")
        if not isinstance(kind, FactType):
            raise ValueError("the type is not known")
        return read_value(kind, raw)

    @model_validator(mode="after")
    def _counted(self) -> Evidence:
        if (self.part is None) != (self.whole is None):
            raise ValueError("part and whole come together")
        if self.whole is not None and self.part is not None:
            counts = 0 < self.whole <= MAX_INTEGER and 0 <= self.part <= MAX_INTEGER
            if self.type is not FactType.RATIO or not counts:
                raise ValueError("part and whole are counts of a ratio, with a whole greater than 0")
        if self.open_items is None and self.open_left_out is not None:
            raise ValueError("what is left out is left out of a list of open items")
        return self

    @model_validator(mode="after")
    def _alike(self) -> Evidence:
        if self.agreeing is not None:
            alike = {(entry.fact, entry.type, entry.unit, entry.agreeing) for entry in self.agreeing}
            if alike != {(self.fact, self.type, self.unit, None)}:
                raise ValueError("what agrees are other values of the same fact, each alone")
        return self

    @property
    def values(self) -> tuple[Evidence, ...]:
        """This value and those that agree with it, one for each source."""
        return (self, *(self.agreeing or ()))

    @property
    def open_count(self) -> int | None:
        """How many rows, cases or items are known to count against the fact; None where they are not named."""
        return None if self.open_items is None else len(self.open_items) + (self.open_left_out or 0)

    @property
    def exact(self) -> Fraction:
        """The value of a numeric fact, exactly."""
        if self.part is not None and self.whole is not None:
            return Fraction(self.part, self.whole)
        if isinstance(self.value, (int, Decimal)) and not isinstance(self.value, bool):
            return Fraction(self.value)
        raise TypeError(f"{self.fact} is not a number")


class Gap(Frozen):
    """Why a fact has no usable evidence.

    Attributes:
        fact: Dotted name.
        reason: From the closed list.
        detail: One sentence: what was looked at and what is wrong with it.
        binding: The binding that should have answered; None when none is bound.
        sources: Locators that were looked at.
    """

    fact: DottedName
    reason: GapReason
    detail: OneLine
    binding: Identifier | None = None
    sources: tuple[str, ...] = ()


class EvidenceSet(Frozen):
    """Exactly one Evidence or Gap for every fact that was asked for, in order of fact name."""

    evidence: tuple[Evidence, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> EvidenceSet:
        names = [entry.fact for entry in self]
        if len(set(names)) != len(names):
            raise ValueError("a fact has two answers")
        return self

    def __iter__(self) -> Iterator[Evidence | Gap]:  # type: ignore[override]  # iterates answers, not fields
        yield from self.evidence
        yield from self.gaps

    @cached_property
    def _by_fact(self) -> dict[str, Evidence | Gap]:
        return {entry.fact: entry for entry in self}

    def __getitem__(self, fact: str) -> Evidence | Gap:
        found = self._by_fact.get(fact)
        if found is None:
            return Gap(fact=fact, reason=GapReason.UNASKED, detail="No binding of the program answers for this fact.")
        return found


def quotient_text(part: int, whole: int) -> str:
    """Return ``part / whole`` as decimal text with at most 18 decimals, rounded half-even."""
    return fraction_text(Fraction(part, whole))
