"""The lock file and the file of approvals, as documents. Only shape is declared here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gonogo.documents.quantities import Day, Moment
from gonogo.documents.scalars import Id, SchemaOne, Seat, Sha256Text, Words, whole
from gonogo.documents.shape import Document
from gonogo.model.canonical import MAX_INTEGER


class LockApprovalDocument(Document):
    """One person's approval in a seat, on a local date."""

    person: Id
    role: Seat
    on: Day


Approvals = Annotated[list[LockApprovalDocument], Field(max_length=50)]


class LockSignatureDocument(Document):
    """A signature over the lock."""

    key: Sha256Text
    signature: Words


class LockDocument(Document):
    """``gonogo.lock``: what was locked and who approved it. gonogo writes it, and nobody edits it."""

    schema_: SchemaOne = Field(alias="schema")
    program: Id
    number: Annotated[int, whole(least=1, most=100_000)]
    locked_at: Moment
    content: Sha256Text
    ruleset: Words
    ruleset_sha256: Sha256Text
    vocabulary_sha256: Sha256Text
    approved_by: Approvals = Field(default_factory=list)
    earlier: Sha256Text | None = None
    change: Sha256Text | None = None
    log: Id
    records: Annotated[int, whole(least=1, most=MAX_INTEGER)]
    root: Sha256Text
    made_with: Words
    signature: LockSignatureDocument | None = None


class LockApprovalsDocument(Document):
    """Who approves a lock, or a change of one: what `gonogo lock --approvals` reads."""

    schema_: SchemaOne = Field(alias="schema")
    program: Id
    content: Sha256Text
    changes: Sha256Text | None = None
    request: Words | None = None
    requested_by: Id | None = None
    reason: Words | None = None
    approved_by: Approvals = Field(default_factory=list)
    reviewed_by: LockApprovalDocument | None = None
