"""``gonogo.yaml`` as a document. Only shape is declared here; the program loader checks meaning."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Discriminator, Field, Tag

from gonogo.documents.key_order import alike_everywhere
from gonogo.documents.quantities import Day, Moment, WorkingDays
from gonogo.documents.scalars import (
    Bare,
    Dotted,
    Heading,
    Id,
    ReportMarking,
    SchemaOne,
    Version,
    Words,
    choice,
)
from gonogo.documents.shape import Document
from gonogo.program.binding_documents import BindingDocument


class Accept(StrEnum):
    """Verdicts beside GO that the command line may be told to accept."""

    CONDITIONAL = "conditional"


class Calendar(StrEnum):
    """The shipped working-day calendars."""

    US_FEDERAL = "us-federal"


AcceptLeaf = Annotated[Accept, choice(Accept)]
CalendarLeaf = Annotated[Calendar, choice(Calendar)]


class IdentityDocument(Document):
    """Who migrates what, with whom, on whose calendar."""

    id: Id
    title: Heading = ""
    customer: Words
    provider: Words
    offerings: list[Words] = Field(default_factory=list)
    time_zone: Words
    calendar: CalendarLeaf = Calendar.US_FEDERAL
    closures: list[Day] = Field(default_factory=list)
    marking: ReportMarking = ""


class HoldPointDocument(Document):
    """A point of the cutover at which it is asked whether to go on or to go back."""

    id: Id
    at: Moment


class WaitingDocument(Document):
    """What it costs not to go live, and when the next window is. Nothing decides by it; page one shows it."""

    price: Words
    next_window: Words = ""
    source: Words


class ReleaseDocument(Document):
    """One release: what is switched on, and when."""

    id: Id
    go_live: Moment
    window: Words = ""
    scope: Words = ""
    subjects: dict[Bare, Words] = Field(default_factory=dict)
    environment: Words | None = None
    follows: Words | None = None
    hold_points: Annotated[list[HoldPointDocument], Field(max_length=9)] = Field(default_factory=list)
    waiting: WaitingDocument | None = None


class AllowDocument(Document):
    """A third-party distribution that may run, in exactly one version; with ``network: true`` also on the network."""

    distribution: Id
    version: Version
    network: bool = False


class PluginsDocument(Document):
    """Third-party plugins."""

    allow: list[AllowDocument] = Field(default_factory=list)


class RaciDocument(Document):
    """The people register as a RACI matrix names them."""

    raci: Words


PeopleLeaf = Annotated[
    Annotated[Words, Tag("<file>")] | Annotated[RaciDocument, Tag("<matrix>")],
    Discriminator(lambda value: "<matrix>" if isinstance(value, (dict, RaciDocument)) else "<file>"),
]


class ProgramDocument(Document):
    """``gonogo.yaml``."""

    schema_: SchemaOne = Field(alias="schema")
    program: IdentityDocument
    releases: Annotated[list[ReleaseDocument], Field(min_length=1, max_length=200)]
    ruleset: Words
    with_ruleset: dict[Id, Words] = Field(default_factory=dict)
    overlays: list[Words] = Field(default_factory=list)
    adopt: Annotated[list[Dotted], Field(min_length=1)] | None = None
    people: PeopleLeaf | None = None
    evidence: Annotated[list[BindingDocument], Field(max_length=1000)] = Field(default_factory=list)
    not_evidence: Annotated[dict[Words, Words], AfterValidator(alike_everywhere)] = Field(default_factory=dict)
    authority: dict[Dotted, Id] = Field(default_factory=dict)
    effort: dict[Dotted, WorkingDays] = Field(default_factory=dict)
    attestations: Words | None = None
    waivers: Words | None = None
    plans: Words | None = None
    acceptances: Words | None = None
    plugins: PluginsDocument = Field(default_factory=PluginsDocument)
    log: Words = "./audit"
    trust: Words | None = None
    accept: list[AcceptLeaf] = Field(default_factory=list)
