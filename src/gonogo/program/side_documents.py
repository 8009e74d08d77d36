"""The files beside ``gonogo.yaml`` as documents: people, waivers, action plans."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from gonogo.documents.quantities import Day
from gonogo.documents.scalars import (
    Dotted,
    Id,
    SchemaOne,
    Seat,
    Words,
)
from gonogo.documents.shape import Document

NOT_READ: Final = "G197"
"""Code of what could not be read in a row of a workbook."""
UNNAMED: Final = "unreadable"
"""First word of what stands for an id that a row does not give."""


class TenureDocument(Document):
    """One person in one seat for a while."""

    role: Seat
    person: Id
    name: Words
    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")
    distinct_from: list[Id] = Field(default_factory=list)
    unit: Words | None = None


class DelegationDocument(Document):
    """The holder of a seat lets another person act for a purpose and a while."""

    role: Seat
    by: Id
    to: Id
    name: Words
    purpose: Words = Field(alias="for")
    start: Day = Field(alias="from")
    end: Day = Field(alias="until")
    distinct_from: list[Id] = Field(default_factory=list)


class StaffDocument(Document):
    """Somebody who holds no seat, and prepares evidence or asks for waivers."""

    person: Id
    name: Words
    distinct_from: list[Id] = Field(default_factory=list)


class OrganizationDocument(Document):
    """Somebody outside of the program who prepares evidence: a test house, an assessor."""

    id: Id
    name: Words


class PeopleDocument(Document):
    """The people register."""

    schema_: SchemaOne = Field(alias="schema")
    people: Annotated[list[TenureDocument], Field(max_length=1000)]
    delegations: Annotated[list[DelegationDocument], Field(max_length=1000)] = Field(default_factory=list)
    staff: Annotated[list[StaffDocument], Field(max_length=5000)] = Field(default_factory=list)
    organizations: Annotated[list[OrganizationDocument], Field(max_length=1000)] = Field(default_factory=list)


class ApprovalDocument(Document):
    """One person's approval in a seat, on a local date."""

    person: Id
    role: Seat
    on: Day


class WaiverDocument(Document):
    """One waiver. What is left out makes it incomplete, so that it does not count."""

    id: Id
    criterion: Dotted
    reason: Words = ""
    residual_risk: Words = ""
    compensating_control: Words = ""
    owner: Words = ""
    requested_by: Id
    approved_by: list[ApprovalDocument] = Field(default_factory=list)
    expires_on: Day | None = None
    release: Id | None = None


class WaiversDocument(Document):
    """All waivers."""

    schema_: SchemaOne = Field(alias="schema")
    waivers: Annotated[list[WaiverDocument], Field(max_length=1000)]


class PlanDocument(Document):
    """One action plan. What is left out makes it incomplete, so that it does not count."""

    criterion: Dotted
    owner: Words = ""
    action: Words = ""
    due: Day | None = None


class PlansDocument(Document):
    """All action plans."""

    schema_: SchemaOne = Field(alias="schema")
    plans: Annotated[list[PlanDocument], Field(max_length=5000)]
